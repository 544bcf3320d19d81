// Issuing a one-time password: shown once, to be handed over, gone with the dialog. Whoever has a password of their own loses it,
// so that is asked first.
import { identityOperations, type StaffView } from "@bihuan/contract/identity.ts";
import { Button, Modal, Popconfirm, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { useAct } from "../../platform/query.ts";
import { Facts } from "../../ui/page.tsx";
import { Failure, Notice } from "../../ui/states.tsx";
import { InstantText } from "../../ui/time.tsx";

export function IssuePassword({ person }: { person: StaffView }) {
  const { t } = useTranslation("identity");
  const issue = useAct(identityOperations.issuePasswords, {
    refreshes: [identityOperations.readStaff, identityOperations.listStaff],
  });
  const issued = issue.data?.issued[0];
  const go = () => issue.mutate({ body: { staffIds: [person.staffId] } });
  const button = (onClick?: () => void) => (
    <Button loading={issue.isPending} {...(onClick ? { onClick } : {})}>
      {t("issue.button")}
    </Button>
  );
  return (
    <>
      {person.passwordState === "OWN" ? (
        <Popconfirm
          placement="bottomRight"
          styles={{ root: { maxWidth: 340 } }}
          title={t("issue.sure", { name: person.name })}
          okText={t("issue.go")}
          onConfirm={go}
        >
          {button()}
        </Popconfirm>
      ) : (
        button(go)
      )}
      <Modal
        open={issued !== undefined || issue.error !== null}
        closable={false}
        keyboard={false}
        mask={{ closable: false }}
        title={t("issue.title")}
        footer={
          <Button type="primary" onClick={() => issue.reset()}>
            {t(issued ? "issue.noted" : "import.close")}
          </Button>
        }
      >
        {issue.error && <Failure error={issue.error} />}
        {issued && (
          <div style={{ display: "grid", gap: 16 }}>
            <Facts
              rows={[
                [t("staff.name"), issued.name],
                [t("account"), <code key="account">{issued.account}</code>],
                [
                  t("issue.password"),
                  <Typography.Text key="password" code copyable>
                    {issued.oneTimePassword}
                  </Typography.Text>,
                ],
                [t("issue.expires"), <InstantText key="expires" at={issued.expiresAt} />],
              ]}
            />
            <Notice tone="caution">{t("issue.once")}</Notice>
          </div>
        )}
      </Modal>
    </>
  );
}
