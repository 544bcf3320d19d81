import { identityOperations } from "@bihuan/contract/identity.ts";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../platform/query.ts";
import { keepSession } from "../platform/session.ts";
import { Bare } from "../shell/bare.tsx";
import { Field, FormFrame } from "../ui/field.tsx";
import { Notice } from "../ui/states.tsx";

export function SignInPage() {
  const { t } = useTranslation("identity");
  const navigate = useNavigate();
  const { next, ended } = useSearch({ from: "/sign-in" });
  const [account, setAccount] = useState("");
  const [password, setPassword] = useState("");
  const signIn = useAct(identityOperations.signIn, {
    onSuccess: (session) => {
      keepSession(session);
      void navigate({ to: next ?? "/", replace: true });
    },
  });
  return (
    <Bare title={t("signIn.title")} lead={t("signIn.lead")} foot={t("signIn.foot")}>
      {ended && (
        <div style={{ marginBottom: 16 }}>
          <Notice tone="caution" title={t("signIn.ended")}>
            {t("signIn.endedHint")}
          </Notice>
        </div>
      )}
      <FormFrame
        submit={t("signIn.submit")}
        pending={signIn.isPending}
        error={signIn.error}
        disabled={account.trim() === "" || password === ""}
        onSubmit={() => signIn.mutate({ body: { account: account.trim(), password } })}
      >
        <Field label={t("account")}>
          {(control) => (
            <Input
              {...control}
              autoFocus
              autoComplete="username"
              size="large"
              value={account}
              onChange={(event) => setAccount(event.target.value)}
            />
          )}
        </Field>
        <Field label={t("password")}>
          {(control) => (
            <Input.Password
              {...control}
              autoComplete="current-password"
              size="large"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
      </FormFrame>
    </Bare>
  );
}
