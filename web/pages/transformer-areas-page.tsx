import { customerCareOperations } from "@bihuan/contract/customer-care.ts";
import { customerOperations, type TransformerArea } from "@bihuan/contract/customer.ts";
import { useMutation } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { AreaForm } from "../customer/area-form.tsx";
import { HandOverForm } from "../customer/care/hand-over-form.tsx";
import { UnitPicker } from "../identity/organisation/unit-picker.tsx";
import { downloadOperation } from "../platform/client.ts";
import { useOperationPages } from "../platform/query.ts";
import { present } from "../platform/search.ts";
import { may, useSession } from "../platform/session.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Page } from "../ui/page.tsx";
import { SearchInput } from "../ui/search-input.tsx";
import { Answer, Empty, Failure } from "../ui/states.tsx";

export function TransformerAreasPage() {
  const { t } = useTranslation("customer");
  const session = useSession();
  const navigate = useNavigate();
  const search = useSearch({ from: "/inside/transformer-areas" });
  const go = (change: { text?: string | undefined; unit?: number | undefined }) =>
    void navigate({ to: "/transformer-areas", search: present({ ...search, ...change }), replace: true });
  const [editing, setEditing] = useState<TransformerArea | "new" | null>(null);
  const [handing, setHanding] = useState<TransformerArea | null>(null);
  const edits = may(session, "customer.edit");
  const records = may(session, "customer.record");
  const manages = may(session, "customer.manage");
  const printing = useMutation({
    mutationFn: ({ regionId, code }: TransformerArea) =>
      downloadOperation(customerCareOperations.printAreaCards, { params: { regionId, code } }),
  });
  const pages = useOperationPages(
    customerOperations.listTransformerAreas,
    search,
    (after) => ({ query: present({ text: search.text, unitId: search.unit, after: after ?? undefined }) }),
    ({ next }) => next,
  );
  const columns: Column<TransformerArea>[] = [
    { key: "code", title: t("account.areaCode"), width: 160, render: ({ code }) => <code>{code}</code> },
    { key: "name", title: t("area.name"), render: ({ name }) => name },
    { key: "unit", title: t("area.unit"), width: 260, render: ({ unit }) => unit.name },
    { key: "accounts", title: t("file.accounts"), width: 100, align: "right", render: ({ accounts }) => accounts },
    {
      key: "edit",
      title: "",
      width: 300,
      align: "right",
      render: (area) => (
        <>
          {records && area.accounts > 0 && (
            <Button
              size="small"
              loading={printing.isPending && printing.variables === area}
              onClick={() => printing.mutate(area)}
            >
              {t("card.printArea")}
            </Button>
          )}{" "}
          {manages && area.accounts > 0 && (
            <Button size="small" onClick={() => setHanding(area)}>
              {t("manager.name")}
            </Button>
          )}{" "}
          {edits && (
            <Button size="small" onClick={() => setEditing(area)}>
              {t("area.edit")}
            </Button>
          )}
        </>
      ),
    },
  ];
  return (
    <Page
      fill
      title={t("area.title")}
      filters={
        <>
          <SearchInput
            width={220}
            value={search.text}
            onSearch={(text) => go({ text })}
            placeholder={t("area.find")}
            label={t("area.find")}
          />
          <div style={{ width: 200 }}>
            <UnitPicker
              id="area-unit"
              aria-label={t("filter.unit")}
              placeholder={t("filter.unit")}
              value={search.unit}
              onChange={(unit) => go({ unit })}
            />
          </div>
        </>
      }
      actions={
        edits && (
          <Button type="primary" onClick={() => setEditing("new")}>
            {t("area.new")}
          </Button>
        )
      }
    >
      {printing.error && <Failure error={printing.error} />}
      <Answer of={pages} lines={12}>
        {(data) => (
          <DataTable
            fill
            keys
            label={t("area.title")}
            columns={columns}
            rows={data.pages.flatMap(({ rows }) => rows)}
            rowKey={({ regionId, code }) => `${regionId} ${code}`}
            stale={pages.isPlaceholderData}
            empty={<Empty title={t("area.none")} hint={t("area.noneHint")} />}
            more={{ has: pages.hasNextPage, loading: pages.isFetchingNextPage, load: () => void pages.fetchNextPage() }}
          />
        )}
      </Answer>
      <Modal
        open={handing !== null}
        onCancel={() => setHanding(null)}
        footer={null}
        title={t("manager.ofArea", { area: handing?.name ?? "" })}
        width={460}
        destroyOnHidden
      >
        {handing && (
          <HandOverForm
            from={{ by: "transformer-area", regionId: handing.regionId, code: handing.code, name: handing.name }}
            onDone={() => setHanding(null)}
            onCancel={() => setHanding(null)}
          />
        )}
      </Modal>
      <Modal
        open={editing !== null}
        onCancel={() => setEditing(null)}
        footer={null}
        title={t(editing === "new" ? "area.new" : "area.edit")}
        width={460}
        destroyOnHidden
      >
        {editing && <AreaForm area={editing === "new" ? null : editing} onDone={() => setEditing(null)} />}
      </Modal>
    </Page>
  );
}
