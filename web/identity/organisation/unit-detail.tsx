// One unit: what it is, and what may be done with it.
import { identityOperations, type UnitView } from "@bihuan/contract/identity.ts";
import { unitKindTitles } from "@bihuan/core/identity/organisation.ts";
import { Button, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../../platform/language.ts";
import { useAct } from "../../platform/query.ts";
import { Bar, Facts, Section, Tag } from "../../ui/page.tsx";
import { Failure } from "../../ui/states.tsx";
import { EditUnitForm, MoveUnitForm, NewUnitForm } from "./unit-forms.tsx";

type Doing = "create" | "edit" | "move" | null;

export function UnitDetail({
  unit,
  path,
  onCreated,
}: {
  unit: UnitView;
  path: readonly UnitView[];
  onCreated: (unit: UnitView) => void;
}) {
  const { t } = useTranslation("identity");
  const say = useBilingual();
  const [doing, setDoing] = useState<Doing>(null);
  const refreshes = [identityOperations.readOrganisation];
  const deactivate = useAct(identityOperations.deactivateUnit, { refreshes });
  const reactivate = useAct(identityOperations.reactivateUnit, { refreshes });
  const call = { params: { unitId: unit.unitId }, body: { version: unit.version } };
  const done = () => setDoing(null);
  return (
    <Section
      title={
        <>
          {doing ? t(`unit.doing.${doing}`, { name: unit.name }) : unit.name} {!unit.active && <Tag>{t("unit.inactive")}</Tag>}
        </>
      }
      actions={
        unit.mayEdit &&
        doing === null && (
          <Bar>
            {unit.active && <Button onClick={() => setDoing("create")}>{t("unit.createBelow")}</Button>}
            <Button onClick={() => setDoing("edit")}>{t("unit.edit")}</Button>
            {unit.parentId !== null && <Button onClick={() => setDoing("move")}>{t("unit.move")}</Button>}
            {unit.parentId !== null && unit.active && (
              <Popconfirm
                title={t("unit.deactivateSure", { name: unit.name })}
                okText={t("unit.deactivate")}
                onConfirm={() => deactivate.mutate(call)}
              >
                <Button danger loading={deactivate.isPending}>
                  {t("unit.deactivate")}
                </Button>
              </Popconfirm>
            )}
            {!unit.active && (
              <Button loading={reactivate.isPending} onClick={() => reactivate.mutate(call)}>
                {t("unit.reactivate")}
              </Button>
            )}
          </Bar>
        )
      }
    >
      {(deactivate.error ?? reactivate.error) && <Failure error={deactivate.error ?? reactivate.error} />}
      {doing === "create" && (
        <NewUnitForm
          parent={unit}
          onCancel={done}
          onDone={(created) => {
            done();
            onCreated(created);
          }}
        />
      )}
      {doing === "edit" && <EditUnitForm unit={unit} onDone={done} onCancel={done} />}
      {doing === "move" && <MoveUnitForm unit={unit} onDone={done} onCancel={done} />}
      {doing === null && (
        <Facts
          rows={[
            [t("unit.path"), path.map(({ name }) => name).join(" › ")],
            [t("unit.kind"), say(unitKindTitles[unit.kind])],
            [t("unit.code"), <code key="code">{unit.code}</code>],
            [t("unit.region"), unit.regionId],
            [
              t("unit.areaClass"),
              unit.effectiveAreaClass && (
                <span key="area">
                  {t(`areaClass.${unit.effectiveAreaClass}`)}{" "}
                  {unit.areaClass === null && <span className="muted">{t("unit.inherited")}</span>}
                </span>
              ),
            ],
            [
              t("unit.zone"),
              <span key="zone">
                {unit.effectiveZone} {unit.zone === null && <span className="muted">{t("unit.inherited")}</span>}
              </span>,
            ],
          ]}
        />
      )}
    </Section>
  );
}
