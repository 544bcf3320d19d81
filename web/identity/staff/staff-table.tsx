// People, a row each.
import type { StaffView } from "@bihuan/contract/identity.ts";
import { roleDefinitions } from "@bihuan/core/identity/roles.ts";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../../platform/language.ts";
import { nowMs } from "../../platform/time.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Tag } from "../../ui/page.tsx";
import { InstantText } from "../../ui/time.tsx";

/** What stands in the way of signing in, or null. */
export function StaffState({ person }: { person: StaffView }) {
  const { t } = useTranslation("identity");
  if (!person.active) return <Tag>{t("staff.inactive")}</Tag>;
  if (person.lockedUntil && Date.parse(person.lockedUntil) > nowMs()) return <Tag tone="caution">{t("staff.locked")}</Tag>;
  if (person.passwordState === "NONE") return <Tag tone="caution">{t("staff.noPassword")}</Tag>;
  if (person.passwordState === "ONE_TIME") return <Tag>{t("staff.oneTime")}</Tag>;
  return <span className="muted">{t("staff.ready")}</span>;
}

export function StaffTable(props: {
  rows: readonly StaffView[];
  empty: ReactNode;
  fill?: boolean;
  stale?: boolean;
  more?: { has: boolean; loading: boolean; load: () => void };
  onOpen?: (person: StaffView) => void;
}) {
  const { t } = useTranslation("identity");
  const say = useBilingual();
  const columns: Column<StaffView>[] = [
    {
      key: "name",
      title: t("staff.name"),
      width: 140,
      render: (person) => (
        <Link to="/staff/$staffId" params={{ staffId: String(person.staffId) }}>
          {person.name}
        </Link>
      ),
    },
    { key: "account", title: t("account"), width: 140, render: ({ account }) => <code>{account}</code> },
    { key: "unit", title: t("staff.homeUnit"), width: 200, render: ({ homeUnitName }) => homeUnitName },
    {
      key: "roles",
      title: t("staff.roles"),
      render: ({ roles, homeUnitId }) =>
        roles.length === 0 ? (
          <span className="muted">{t("staff.noRole")}</span>
        ) : (
          roles
            .map(({ role, unitId, unitName }) =>
              unitId === homeUnitId
                ? say(roleDefinitions[role].title)
                : t("staff.roleAt", { role: say(roleDefinitions[role].title), unit: unitName }),
            )
            .join(" · ")
        ),
    },
    { key: "state", title: t("staff.state"), width: 130, render: (person) => <StaffState person={person} /> },
    {
      key: "seen",
      title: t("staff.lastSignIn"),
      width: 140,
      render: ({ lastSignInAt }) => lastSignInAt && <InstantText at={lastSignInAt} />,
    },
  ];
  return (
    <DataTable
      label={t("staff.title")}
      columns={columns}
      rows={props.rows}
      rowKey={({ staffId }) => staffId}
      empty={props.empty}
      fill={props.fill === true}
      keys={props.fill === true}
      stale={props.stale === true}
      {...(props.more ? { more: props.more } : {})}
      {...(props.onOpen ? { onOpen: props.onOpen } : {})}
    />
  );
}
