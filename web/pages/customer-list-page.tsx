import { customerOperations, type TableFormat } from "@bihuan/contract/customer.ts";
import {
  customerCategories,
  customerCategoryTitles,
  importances,
  specialNeedKinds,
  specialNeedTitles,
} from "@bihuan/core/customer/codes.ts";
import { areaClasses } from "@bihuan/core/identity/organisation.ts";
import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Dropdown, Modal, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { AccountTable } from "../customer/account-table.tsx";
import { ExportInFull } from "../customer/export-in-full.tsx";
import { type CustomerSearch, evidenceFilters } from "../customer/search.ts";
import { UnitPicker } from "../identity/organisation/unit-picker.tsx";
import { downloadOperation } from "../platform/client.ts";
import { useBilingual } from "../platform/language.ts";
import { useOperationPages } from "../platform/query.ts";
import { present } from "../platform/search.ts";
import { may, useSession } from "../platform/session.ts";
import { FilterSelect } from "../ui/filter-select.tsx";
import { Page } from "../ui/page.tsx";
import { SearchInput } from "../ui/search-input.tsx";
import { Answer, Empty, Failure } from "../ui/states.tsx";

export function CustomerListPage() {
  const { t } = useTranslation("customer");
  const say = useBilingual();
  const session = useSession();
  const navigate = useNavigate();
  const search = useSearch({ from: "/inside/customers" });
  const go = (change: Partial<Record<keyof CustomerSearch, unknown>>) =>
    void navigate({ to: "/customers", search: { ...search, ...change } as CustomerSearch, replace: true });

  const filter = present({
    unitId: search.unit,
    category: search.category,
    areaClass: search.area,
    importance: search.importance,
    specialNeed: search.need,
    evidence: search.evidence,
    managerId: search.manager,
  });
  const pages = useOperationPages(
    customerOperations.searchCustomers,
    search,
    (after) => ({ body: { text: search.text ?? "", filter, after, limit: 50 } }),
    ({ next }) => next,
  );
  const exporting = useMutation({
    mutationFn: (format: TableFormat) => downloadOperation(customerOperations.exportCustomers, { body: { filter, format } }),
  });
  const places = [
    { to: "/transformer-areas", label: t("area.open"), shown: true },
    { to: "/customer-managers", label: t("manager.listTitle"), shown: true },
    { to: "/customer-duplicates", label: t("merge.listTitle"), shown: may(session, "customer.manage") },
    { to: "/customers/import", label: t("import.title"), shown: may(session, "import.run") },
  ].filter(({ shown }) => shown);
  const [full, setFull] = useState(false);
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Page
      fill
      title={t("title")}
      filters={
        <>
          <SearchInput
            autoFocus
            width={215}
            value={search.text}
            onSearch={(text) => go({ text })}
            placeholder={t("search.placeholder")}
            label={t("search.label")}
          />
          <div style={{ width: 140 }}>
            <UnitPicker
              id="customer-unit"
              aria-label={t("filter.unit")}
              placeholder={t("filter.unit")}
              value={search.unit}
              onChange={(unit) => go({ unit })}
            />
          </div>
          <FilterSelect
            label={t("filter.category")}
            width={116}
            value={search.category}
            onChange={(category) => go({ category })}
            options={customerCategories.map((value) => ({ value, label: say(customerCategoryTitles[value]) }))}
          />
          <FilterSelect
            label={t("filter.area")}
            width={112}
            value={search.area}
            onChange={(area) => go({ area })}
            options={areaClasses.map((value) => ({ value, label: t(`areaClass.${value}`) }))}
          />
          <FilterSelect
            label={t("filter.importance")}
            width={126}
            value={search.importance}
            onChange={(importance) => go({ importance })}
            options={importances.map((value) => ({ value, label: t(`importance.${value}`) }))}
          />
          <FilterSelect
            label={t("filter.need")}
            width={116}
            value={search.need}
            onChange={(need) => go({ need })}
            options={specialNeedKinds.map((value) => ({ value, label: say(specialNeedTitles[value]) }))}
          />
          <FilterSelect
            label={t("filter.evidence")}
            width={116}
            value={search.evidence}
            onChange={(evidence) => go({ evidence })}
            options={evidenceFilters.map((value) => ({ value, label: t(`evidence.${value}`) }))}
          />
          {search.manager !== undefined && (
            <Tag closable onClose={() => go({ manager: undefined })}>
              {search.manager === 0 ? t("manager.none") : t("filter.manager")}
            </Tag>
          )}
        </>
      }
      actions={
        <>
          <Dropdown menu={{ items: places.map(({ to, label }) => ({ key: to, label: <Link to={to}>{label}</Link> })) }}>
            <Button>{t("places")}</Button>
          </Dropdown>
          {may(session, "customer.export") && (
            <Dropdown
              menu={{
                items: [
                  ...(["xlsx", "csv"] as const).map((format) => ({
                    key: format,
                    label: t(`exportAs.${format}`),
                    onClick: () => exporting.mutate(format),
                  })),
                  ...(may(session, "personal-data.unmask")
                    ? [{ key: "full", label: t("exportAs.full"), onClick: () => setFull(true) }]
                    : []),
                ],
              }}
            >
              <Button loading={exporting.isPending}>{t("export")}</Button>
            </Dropdown>
          )}
          {may(session, "customer.edit") && (
            <Button type="primary" onClick={() => void navigate({ to: "/customers/new" })}>
              {t("new")}
            </Button>
          )}
        </>
      }
    >
      {pages.data?.pages[0]?.tooMany && (
        <p className="muted" style={{ padding: "0 24px 8px" }}>
          {t("tooMany")}
        </p>
      )}
      {exporting.error && <Failure error={exporting.error} />}
      <Modal
        open={full}
        onCancel={() => setFull(false)}
        footer={null}
        title={t("exportAs.fullTitle")}
        width={460}
        destroyOnHidden
      >
        <ExportInFull filter={filter} onDone={() => setFull(false)} />
      </Modal>
      <Answer of={pages} lines={14}>
        {() => (
          <AccountTable
            rows={rows}
            stale={pages.isPlaceholderData}
            empty={<Empty title={t("empty.title")} hint={t("empty.hint")} />}
            more={{ has: pages.hasNextPage, loading: pages.isFetchingNextPage, load: () => void pages.fetchNextPage() }}
            onOpen={({ customerId }) => void navigate({ to: "/customers/$customerId", params: { customerId } })}
          />
        )}
      </Answer>
    </Page>
  );
}
