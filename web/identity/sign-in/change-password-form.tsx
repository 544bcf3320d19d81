// One's own new password. What it must be is said before anything is typed; the server's refusal names what is missing.
import { type CurrentSession, identityOperations } from "@bihuan/contract/identity.ts";
import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../platform/query.ts";
import { Field, FormFrame } from "../../ui/field.tsx";

export function ChangePasswordForm({
  account,
  submit,
  onChanged,
}: {
  account: string;
  submit: string;
  onChanged: (session: CurrentSession) => void;
}) {
  const { t } = useTranslation("identity");
  const [current, setCurrent] = useState("");
  const [fresh, setFresh] = useState("");
  const [again, setAgain] = useState("");
  const change = useAct(identityOperations.changePassword, {
    onSuccess: (session) => {
      setCurrent("");
      setFresh("");
      setAgain("");
      onChanged(session);
    },
  });
  const differs = again !== "" && again !== fresh;
  return (
    <FormFrame
      submit={submit}
      pending={change.isPending}
      error={change.error}
      disabled={current === "" || fresh === "" || again !== fresh}
      onSubmit={() => change.mutate({ body: { currentPassword: current, newPassword: fresh } })}
    >
      <input type="text" name="username" autoComplete="username" value={account} readOnly hidden />
      <Field label={t("changePassword.current")}>
        {(control) => (
          <Input.Password
            {...control}
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("changePassword.fresh")} hint={t("changePassword.rule")}>
        {(control) => (
          <Input.Password
            {...control}
            autoComplete="new-password"
            value={fresh}
            onChange={(event) => setFresh(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("changePassword.again")} problem={differs ? t("changePassword.differs") : null}>
        {(control) => (
          <Input.Password
            {...control}
            autoComplete="new-password"
            value={again}
            onChange={(event) => setAgain(event.target.value)}
          />
        )}
      </Field>
    </FormFrame>
  );
}
