// Other orders this one has to do with: its master, what is merged under it, links; and the units asked to assist.
import type { OrderView } from "@bihuan/contract/work-order.ts";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { linkKinds } from "@bihuan/core/flow/actions/merging.ts";
import { useBilingual } from "../../../platform/language.ts";
import { Facts, Section, Tag } from "../../../ui/page.tsx";
import { OrderNumber } from "../../order-number.tsx";

const OrderLink = ({ orderId }: { orderId: string }) => (
  <Link to="/orders/$orderId" params={{ orderId }}>
    <OrderNumber orderId={orderId} />
  </Link>
);

export const hasRelations = ({ masterId, children, links, consultations }: OrderView): boolean =>
  masterId !== null || children.length > 0 || links.length > 0 || consultations.length > 0;

export function Relations({ order }: { order: OrderView }) {
  const { t } = useTranslation("work-order");
  const say = useBilingual();
  return (
    <Section title={t("relations.title")}>
      <Facts
        rows={[
          [t("relations.master"), order.masterId && <OrderLink key="master" orderId={order.masterId} />],
          [
            t("relations.children"),
            order.children.length > 0 && (
              <ul key="children">
                {order.children.map((orderId) => (
                  <li key={orderId}>
                    <OrderLink orderId={orderId} />
                  </li>
                ))}
              </ul>
            ),
          ],
          [
            t("relations.links"),
            order.links.length > 0 && (
              <ul key="links">
                {order.links.map(({ orderId, kind }) => (
                  <li key={orderId}>
                    <OrderLink orderId={orderId} />{" "}
                    <Tag>{kind in linkKinds ? say(linkKinds[kind as keyof typeof linkKinds]) : kind}</Tag>
                  </li>
                ))}
              </ul>
            ),
          ],
          [
            t("relations.assisting"),
            order.consultations.length > 0 && (
              <ul key="assisting">
                {order.consultations.map(({ seq, unit, answered }) => (
                  <li key={`${seq} ${unit.unitId}`}>
                    {unit.name} <span className="muted">{t(answered ? "relations.answered" : "relations.waiting")}</span>
                  </li>
                ))}
              </ul>
            ),
          ],
        ]}
      />
    </Section>
  );
}
