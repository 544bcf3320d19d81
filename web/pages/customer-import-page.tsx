// A customer list from a file: checked first, then loaded; what was refused is listed with its line, and can be taken away.
import { customerTableOperations, type TableImported } from "@bihuan/contract/customer-table.ts";
import { customerOperations } from "@bihuan/contract/customer.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Checkbox } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ImportResult } from "../customer/import-result.tsx";
import { callOperation, downloadOperation } from "../platform/client.ts";
import { operationKey } from "../platform/query.ts";
import { Field, FormFrame } from "../ui/field.tsx";
import { usePickers } from "../ui/pickers.tsx";
import { Page, Section } from "../ui/page.tsx";
import { Failure } from "../ui/states.tsx";

export function CustomerImportPage() {
  const { t } = useTranslation("customer");
  const client = useQueryClient();
  const pickers = usePickers();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [unitId, setUnitId] = useState<number | undefined>();
  const [strict, setStrict] = useState(false);
  const [checked, setChecked] = useState<TableImported | null>(null);
  const send = useMutation({
    mutationFn: async (dryRun: boolean) => {
      if (!file) throw new Error("no file");
      const body = new FormData();
      body.append("file", file, file.name);
      const query = {
        dryRun: dryRun ? "true" : "false",
        strict: strict ? "true" : "false",
        ...(unitId ? { unitId } : {}),
      } as const;
      return callOperation(customerTableOperations.importCustomers, { query }, { body });
    },
    onSuccess: async (result) => {
      setChecked(result);
      if (result.loaded) await client.invalidateQueries({ queryKey: operationKey(customerOperations.searchCustomers) });
    },
  });
  const template = useMutation({
    mutationFn: () => downloadOperation(customerTableOperations.customerTemplate, { query: { format: "xlsx" } }),
  });
  const choose = (next: File | null) => {
    setFile(next);
    setChecked(null);
    send.reset();
  };
  const loaded = checked?.loaded === true;
  return (
    <Page
      narrow
      title={t("import.title")}
      actions={
        <Button loading={template.isPending} onClick={() => template.mutate()}>
          {t("import.template")}
        </Button>
      }
    >
      {template.error && <Failure error={template.error} />}
      <Section title={t("import.file")}>
        <FormFrame
          submit={t(checked && !loaded ? "import.load" : "import.check")}
          pending={send.isPending}
          error={send.error}
          disabled={file === null || loaded}
          onSubmit={() => send.mutate(checked === null)}
        >
          <Field label={t("import.file")} hint={t("import.fileHint")} required>
            {(control) => (
              <div>
                <input
                  ref={input}
                  id={control.id}
                  type="file"
                  accept=".csv,.xlsx,.gz"
                  hidden
                  onChange={({ target }) => choose(target.files?.[0] ?? null)}
                />
                <Button onClick={() => input.current?.click()}>{file?.name ?? t("import.choose")}</Button>
              </div>
            )}
          </Field>
          <Field label={t("import.unit")} hint={t("import.unitHint")}>
            {(control) => (
              <pickers.unit
                {...control}
                value={unitId}
                onChange={(next) => {
                  setUnitId(next);
                  setChecked(null);
                }}
              />
            )}
          </Field>
          <Checkbox
            checked={strict}
            onChange={({ target }) => {
              setStrict(target.checked);
              setChecked(null);
            }}
          >
            {t("import.strict")}
          </Checkbox>
        </FormFrame>
      </Section>
      {checked && <ImportResult result={checked} />}
    </Page>
  );
}
