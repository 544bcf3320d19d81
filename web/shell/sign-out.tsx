import { identityOperations } from "@bihuan/contract/identity.ts";
import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { forgetDrafts } from "../desk/intake/draft/use-drafts.ts";
import { callOperation } from "../platform/client.ts";
import { forgetSession } from "../platform/session.ts";
import styles from "./shell.module.css";

/** Ends the session; nothing of the person stays in memory, and the way leads to the sign-in. */
export function useSignOut(): () => Promise<void> {
  const navigate = useNavigate();
  return useCallback(async () => {
    await callOperation(identityOperations.signOut, {}).catch(() => undefined);
    forgetSession();
    forgetDrafts();
    await navigate({ to: "/sign-in" });
  }, [navigate]);
}

/** For pages without the person's menu. */
export function SignOut() {
  const { t } = useTranslation("shell");
  const signOut = useSignOut();
  return (
    <button type="button" className={styles.textButton} onClick={() => void signOut()}>
      {t("person.signOut")}
    </button>
  );
}
