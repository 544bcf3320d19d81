import { clockOperations, type RulebookChange } from "@bihuan/contract/clock.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DraftDialog } from "../clock/draft-dialog.tsx";
import { PoliciesForm, PolicyList } from "../clock/policies-form.tsx";
import { useFlows } from "../flow/use-flows.ts";
import { useOperation } from "../platform/query.ts";
import { may, useSession } from "../platform/session.ts";
import { Page, Section } from "../ui/page.tsx";
import { Answer } from "../ui/states.tsx";

export function PoliciesPage() {
  const { t } = useTranslation("clock");
  const session = useSession();
  const { words } = useFlows();
  const query = useOperation(clockOperations.getRulebook, { params: { version: "current" } });
  const [changes, setChanges] = useState<readonly RulebookChange[] | null>(null);
  return (
    <Page title={t("policies.title")} note={query.data && t("packs.note", { version: query.data.version })} narrow>
      <Section title={t("policies.inForce")}>
        <Answer of={query}>
          {({ version, policies }) =>
            may(session, "rule.edit") ? (
              <PoliciesForm
                key={version}
                policies={policies}
                onSubmit={(changed) => setChanges([{ kind: "policies", policies: changed }])}
              />
            ) : (
              <PolicyList policies={policies} />
            )
          }
        </Answer>
      </Section>
      {changes && (
        <DraftDialog changes={changes} words={words} refreshes={[clockOperations.getRulebook]} onClose={() => setChanges(null)} />
      )}
    </Page>
  );
}
