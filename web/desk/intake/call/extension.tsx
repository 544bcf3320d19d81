// Where the agent sits: calls that the telephone system puts through to this extension open here.
import { callOperations } from "@bihuan/contract/call.ts";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct, useOperation } from "../../../platform/query.ts";
import { Failure } from "../../../ui/states.tsx";
import styles from "./call.module.css";

export function ExtensionField() {
  const { t } = useTranslation(["desk", "ui"]);
  const query = useOperation(callOperations.readExtension, {}, { staleMs: Number.POSITIVE_INFINITY });
  const save = useAct(callOperations.saveExtension, { refreshes: [callOperations.readExtension] });
  const [typed, setTyped] = useState<string | null>(null);
  const known = query.data?.extension ?? null;
  if (!query.data) return null;
  if (typed === null)
    return (
      <span className={styles.extension}>
        {known === null ? t("call.noExtension") : t("call.extension", { extension: known })}
        <Button size="small" type="text" onClick={() => setTyped(known ?? "")}>
          {t("call.changeExtension")}
        </Button>
      </span>
    );
  const isRight = typed === "" || /^\d{2,8}$/.test(typed);
  const send = (): void => {
    if (isRight) save.mutate({ body: { extension: typed === "" ? null : typed } }, { onSuccess: () => setTyped(null) });
  };
  return (
    <span className={styles.extension}>
      <Input
        autoFocus
        size="small"
        style={{ width: 96 }}
        inputMode="numeric"
        maxLength={8}
        aria-label={t("call.extensionLabel")}
        placeholder={t("call.extensionLabel")}
        status={isRight ? "" : "error"}
        value={typed}
        onChange={(event) => setTyped(event.target.value.trim())}
        onPressEnter={send}
        onKeyDown={(event) => event.key === "Escape" && setTyped(null)}
      />
      <Button size="small" disabled={!isRight} loading={save.isPending} onClick={send}>
        {t("call.saveExtension")}
      </Button>
      {save.error && <Failure error={save.error} />}
    </span>
  );
}
