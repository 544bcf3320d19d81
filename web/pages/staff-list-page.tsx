import { identityOperations } from "@bihuan/contract/identity.ts";
import { roleDefinitions, roles } from "@bihuan/core/identity/roles.ts";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CsvImport } from "../identity/import/csv-import.tsx";
import { grantColumns, roleWords, sampleGrants, sampleStaff, staffColumns } from "../identity/import/import-samples.ts";
import { IssueMany } from "../identity/staff/issue-many.tsx";
import { LockedAddresses } from "../identity/sign-in/locked-addresses.tsx";
import type { StaffSearch } from "../identity/search.ts";
import { NewStaffForm } from "../identity/staff/staff-forms.tsx";
import { StaffTable } from "../identity/staff/staff-table.tsx";
import { UnitPicker } from "../identity/organisation/unit-picker.tsx";
import { useOrganisation } from "../identity/organisation/use-organisation.ts";
import { useBilingual, useLanguage } from "../platform/language.ts";
import { useOperationPages } from "../platform/query.ts";
import { may, useSession } from "../platform/session.ts";
import { useClearing } from "../ui/clearing.tsx";
import { Page } from "../ui/page.tsx";
import { SearchInput } from "../ui/search-input.tsx";
import { Answer, Empty } from "../ui/states.tsx";

export function StaffListPage() {
  const { t } = useTranslation("identity");
  const clearing = useClearing();
  const say = useBilingual();
  const language = useLanguage();
  const session = useSession();
  const navigate = useNavigate();
  const search = useSearch({ from: "/inside/staff" });
  const [creating, setCreating] = useState(false);
  const filter = (change: Partial<Record<keyof StaffSearch, unknown>>) =>
    void navigate({ to: "/staff", search: { ...search, ...change } as StaffSearch, replace: true });

  const pages = useOperationPages(
    identityOperations.listStaff,
    search,
    (cursor) => ({
      query: {
        limit: 50,
        ...(search.unit ? { unitId: search.unit } : {}),
        ...(search.role ? { role: search.role } : {}),
        ...(search.text ? { text: search.text } : {}),
        ...(search.active === "all" ? {} : { active: search.active === "no" ? ("false" as const) : ("true" as const) }),
        ...(cursor ? { cursor } : {}),
      },
    }),
    ({ next }) => next,
  );
  const edits = may(session, "staff.edit");
  const unitCode = useOrganisation().tree[0]?.unit.code ?? "";
  return (
    <Page
      fill
      title={t("staff.title")}
      filters={
        <>
          <SearchInput
            width={220}
            value={search.text}
            onSearch={(text) => filter({ text })}
            placeholder={t("staff.find")}
            label={t("staff.find")}
          />
          <div style={{ width: 220 }}>
            <UnitPicker
              id="staff-unit"
              aria-label={t("staff.homeUnit")}
              placeholder={t("staff.homeUnit")}
              value={search.unit}
              onChange={(unit) => filter({ unit })}
            />
          </div>
          <Select
            allowClear={clearing}
            style={{ width: 170 }}
            placeholder={t("grant.role")}
            aria-label={t("grant.role")}
            value={search.role ?? null}
            onChange={(role) => filter({ role: role ?? undefined })}
            options={roles.map((value) => ({ value, label: say(roleDefinitions[value].title) }))}
          />
          <Select
            style={{ width: 130 }}
            aria-label={t("staff.state")}
            value={search.active ?? "yes"}
            onChange={(active) => filter({ active: active === "yes" ? undefined : active })}
            options={(["yes", "no", "all"] as const).map((value) => ({ value, label: t(`staff.active.${value}`) }))}
          />
        </>
      }
      actions={
        <>
          {may(session, "account.unlock") && <LockedAddresses />}
          {edits && (
            <CsvImport
              operation={identityOperations.importStaff}
              title={t("staff.import")}
              columns={staffColumns}
              sample={sampleStaff(unitCode)}
              refreshes={[identityOperations.listStaff]}
            />
          )}
          {may(session, "password.issue") && <IssueMany unitId={search.unit} />}
          {may(session, "role.grant") && (
            <CsvImport
              operation={identityOperations.importGrants}
              title={t("grant.import")}
              columns={grantColumns}
              help={t("grant.importHelp", { roles: roleWords(language).join(t("import.or")) })}
              sample={sampleGrants(unitCode)}
              refreshes={[identityOperations.listStaff]}
            />
          )}
          {edits && (
            <Button type="primary" onClick={() => setCreating(true)}>
              {t("staff.new")}
            </Button>
          )}
        </>
      }
    >
      <Answer of={pages} lines={12}>
        {(data) => (
          <StaffTable
            fill
            stale={pages.isPlaceholderData}
            rows={data.pages.flatMap(({ staff }) => staff)}
            empty={<Empty title={t("staff.noneFound")} hint={t("staff.noneFoundHint")} />}
            more={{ has: pages.hasNextPage, loading: pages.isFetchingNextPage, load: () => void pages.fetchNextPage() }}
            onOpen={({ staffId }) => void navigate({ to: "/staff/$staffId", params: { staffId: String(staffId) } })}
          />
        )}
      </Answer>
      <Modal open={creating} onCancel={() => setCreating(false)} footer={null} title={t("staff.new")} destroyOnHidden>
        <NewStaffForm
          unitId={search.unit}
          onCancel={() => setCreating(false)}
          onDone={(staffId) => {
            setCreating(false);
            void navigate({ to: "/staff/$staffId", params: { staffId: String(staffId) } });
          }}
        />
      </Modal>
    </Page>
  );
}
