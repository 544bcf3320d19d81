import { useNavigate, useRouteContext, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ChangePasswordForm } from "../identity/sign-in/change-password-form.tsx";
import { keepSession } from "../platform/session.ts";
import { Bare } from "../shell/bare.tsx";
import { SignOut } from "../shell/sign-out.tsx";

/** The first thing somebody does with a one-time password, or after theirs has expired. */
export function FirstPasswordPage() {
  const { t } = useTranslation("identity");
  const navigate = useNavigate();
  const { session } = useRouteContext({ from: "/outside/password" });
  const { next } = useSearch({ from: "/outside/password" });
  const lead = session.passwordChangeReason === "EXPIRED" ? t("changePassword.expired") : t("changePassword.oneTime");
  return (
    <Bare title={t("changePassword.title")} lead={lead} actions={<SignOut />}>
      <ChangePasswordForm
        account={session.account}
        submit={t("changePassword.submit")}
        onChanged={(changed) => {
          keepSession(changed);
          void navigate({ to: next ?? "/", replace: true });
        }}
      />
    </Bare>
  );
}
