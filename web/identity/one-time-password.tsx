// Issuing a one-time password: shown once, to be handed over, gone with the dialog.
import { identityOperations } from "@bihuan/contract/identity.ts";
import { Button, Modal, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { useAct } from "../platform/query.ts";
import { Facts } from "../ui/page.tsx";
import { Failure, Notice } from "../ui/states.tsx";
import { InstantText } from "../ui/time.tsx";

export function IssuePassword({ staffId }: { staffId: number }) {
  const { t } = useTranslation("identity");
  const issue = useAct(identityOperations.issuePasswords, { refreshes: [identityOperations.readStaff] });
  const issued = issue.data?.issued[0];
  return (
    <>
      <Button loading={issue.isPending} onClick={() => issue.mutate({ body: { staffIds: [staffId] } })}>
        {t("issue.button")}
      </Button>
      <Modal
        open={issued !== undefined || issue.error !== null}
        onCancel={() => issue.reset()}
        onOk={() => issue.reset()}
        title={t("issue.title")}
        cancelButtonProps={{ hidden: true }}
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
