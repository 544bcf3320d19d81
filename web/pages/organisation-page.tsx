import { identityOperations } from "@bihuan/contract/identity.ts";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { CsvImport } from "../identity/import/csv-import.tsx";
import { areaWords, kindWords, sampleUnits, unitColumns } from "../identity/import/import-samples.ts";
import { OrganisationTree } from "../identity/organisation/organisation-tree.tsx";
import styles from "../identity/organisation/organisation-tree.module.css";
import { StaffTable } from "../identity/staff/staff-table.tsx";
import { UnitDetail } from "../identity/organisation/unit-detail.tsx";
import { pathOf } from "../identity/organisation/unit-tree.ts";
import { useOrganisation } from "../identity/organisation/use-organisation.ts";
import { useOperation } from "../platform/query.ts";
import { useLanguage } from "../platform/language.ts";
import { may, useSession } from "../platform/session.ts";
import { Page, Section } from "../ui/page.tsx";
import { Answer, Empty, Notice } from "../ui/states.tsx";

export function OrganisationPage() {
  const { t } = useTranslation("identity");
  const language = useLanguage();
  const session = useSession();
  const navigate = useNavigate();
  const { unit: asked } = useSearch({ from: "/inside/organisation" });
  const { query, units, tree } = useOrganisation();
  const unit = units.find(({ unitId }) => unitId === (asked ?? session.homeUnitId)) ?? tree[0]?.unit;
  return (
    <Page
      fill
      title={t("organisation.title")}
      note={units.length > 0 && t("organisation.count", { count: units.length })}
      actions={
        may(session, "organisation.edit") && (
          <>
            <CsvImport
              operation={identityOperations.importOrganisation}
              title={t("organisation.import")}
              columns={unitColumns}
              help={t("organisation.importHelp", {
                kinds: kindWords(language).join(t("import.or")),
                areas: areaWords(language).join(t("import.or")),
              })}
              sample={sampleUnits(tree[0]?.unit.code ?? "")}
              refreshes={[identityOperations.readOrganisation]}
            />
            <Button href="/api/organisation/export">{t("organisation.export")}</Button>
          </>
        )
      }
    >
      <Answer of={query}>
        {() => (
          <div className={styles.split}>
            <OrganisationTree tree={tree} current={unit?.unitId ?? null} />
            <div className={styles.detail}>
              {units.length === 1 && may(session, "organisation.edit") && (
                <Notice title={t("organisation.next")}>{t("organisation.nextHint")}</Notice>
              )}
              {unit && (
                <UnitDetail
                  key={unit.unitId}
                  unit={unit}
                  path={pathOf(units, unit.unitId)}
                  onCreated={({ unitId }) => void navigate({ to: "/organisation", search: { unit: unitId } })}
                />
              )}
              {unit && may(session, "staff.read") && <StaffHere unitId={unit.unitId} />}
            </div>
          </div>
        )}
      </Answer>
    </Page>
  );
}

/** People whose home is this unit or one below it. */
function StaffHere({ unitId }: { unitId: number }) {
  const { t } = useTranslation("identity");
  const staff = useOperation(identityOperations.listStaff, { query: { unitId, active: "true", limit: 50 } });
  return (
    <Section title={t("organisation.staffHere")} flush>
      <Answer of={staff} lines={3}>
        {({ staff: people }) => (
          <StaffTable rows={people} empty={<Empty title={t("organisation.noStaff")} hint={t("organisation.noStaffHint")} />} />
        )}
      </Answer>
    </Section>
  );
}
