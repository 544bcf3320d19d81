// A call for this agent, wherever they are in the product: the desk opens with it. Whoever is writing something is asked instead.
import { callOperations } from "@bihuan/contract/call.ts";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../../platform/live.ts";
import { useOperation } from "../../../platform/query.ts";
import { Icon } from "../../../ui/icon.tsx";
import { useKeys } from "../../../ui/keys.ts";
import styles from "./call.module.css";

/** Whether something that is being entered would be lost by going elsewhere: a form of the page holds words. */
export function isEntering(root: ParentNode): boolean {
  const fields = root.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    "main form :is(textarea, input:not([type]), input[type=text]), [role=dialog] form :is(textarea, input:not([type]), input[type=text])",
  );
  return [...fields].some(({ value, disabled, readOnly }) => value.trim() !== "" && !disabled && !readOnly);
}

export function ScreenPop() {
  const { t } = useTranslation("desk");
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [callNo, setCallNo] = useState<string | null>(null);
  const isThere = pathname === "/desk";
  const open = (): void => {
    setCallNo(null);
    void navigate({ to: "/desk" });
  };
  useLive((change) => {
    if (change === "everything" || isThere) return;
    if (change.type === "call.ended" && change.id === callNo) setCallNo(null);
    if (change.type !== "call.arrived" || change.id === null) return;
    if (isEntering(document)) setCallNo(change.id);
    else open();
  });
  const offered = isThere ? null : callNo;
  const call = useOperation(callOperations.readCall, { params: { callNo: offered ?? "" } }, { enabled: offered !== null });
  useKeys(
    {
      F4: {
        does: t("offers.openDesk"),
        run: (event) => {
          event.preventDefault();
          open();
        },
      },
    },
    offered !== null,
  );
  if (offered === null) return null;
  return (
    <aside className={`${styles.offer} ${styles.pop}`} role="status">
      <Icon name="phone" size={16} />
      <strong>{t("offers.call", { phone: call.data?.phone ?? t("call.withheld") })}</strong>
      {call.data?.candidates[0]?.customerName}
      <Button type="primary" size="small" onClick={open}>
        {t("offers.openDesk")}
        <kbd>F4</kbd>
      </Button>
      <Button size="small" type="text" onClick={() => setCallNo(null)}>
        {t("offers.later")}
      </Button>
    </aside>
  );
}
