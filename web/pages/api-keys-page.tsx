import { identityOperations } from "@bihuan/contract/identity.ts";
import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiKeyTable, NewApiKey } from "../identity/sign-in/api-keys.tsx";
import { useOperation } from "../platform/query.ts";
import { Page } from "../ui/page.tsx";
import { Answer } from "../ui/states.tsx";

export function ApiKeysPage() {
  const { t } = useTranslation("identity");
  const query = useOperation(identityOperations.listApiKeys, {});
  const [creating, setCreating] = useState(false);
  return (
    <Page
      fill
      title={t("apiKey.title")}
      actions={
        <Button type="primary" onClick={() => setCreating(true)}>
          {t("apiKey.new")}
        </Button>
      }
    >
      <Answer of={query}>{({ apiKeys }) => <ApiKeyTable keys={apiKeys} />}</Answer>
      <Modal open={creating} onCancel={() => setCreating(false)} footer={null} title={t("apiKey.new")} destroyOnHidden>
        <NewApiKey onDone={() => setCreating(false)} />
      </Modal>
    </Page>
  );
}
