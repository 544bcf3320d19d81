import { useTranslation } from "react-i18next";
import { App } from "antd";
import { roleDefinitions } from "@bihuan/core/identity/roles.ts";
import { ChangePasswordForm } from "../identity/sign-in/change-password-form.tsx";
import { OwnSessions } from "../identity/sign-in/sessions.tsx";
import { useBilingual } from "../platform/language.ts";
import { keepSession, useSession } from "../platform/session.ts";
import { Facts, Page, Section } from "../ui/page.tsx";

/** One's own account: what one may do, the password, where one is signed in. */
export function AccountPage() {
  const { t } = useTranslation("identity");
  const say = useBilingual();
  const session = useSession();
  const { message } = App.useApp();
  return (
    <Page title={t("own.title")} narrow>
      <Section title={t("own.who")}>
        <Facts
          rows={[
            [t("staff.name"), session.name],
            [t("account"), session.account],
            [t("staff.homeUnit"), session.homeUnitName],
            [
              t("staff.roles"),
              <ul key="roles">
                {session.grants.map(({ role, unitId, unitName }) => (
                  <li key={`${role} ${unitId}`}>
                    {say(roleDefinitions[role].title)} · {unitName}
                  </li>
                ))}
              </ul>,
            ],
          ]}
        />
      </Section>
      <Section title={t("changePassword.title")}>
        <ChangePasswordForm
          account={session.account}
          submit={t("changePassword.submit")}
          onChanged={(changed) => {
            keepSession(changed);
            void message.success(t("changePassword.done"));
          }}
        />
      </Section>
      <OwnSessions />
    </Page>
  );
}
