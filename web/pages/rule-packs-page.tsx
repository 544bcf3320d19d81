import { clockOperations, type PackSummary, type RulebookChange } from "@bihuan/contract/clock.ts";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DraftDialog } from "../clock/draft-dialog.tsx";
import { packTemplate } from "../clock/pack-template.ts";
import { PackEditor } from "../clock/pack-editor.tsx";
import { useFlows } from "../flow/use-flows.ts";
import { useBilingual } from "../platform/language.ts";
import { useOperation } from "../platform/query.ts";
import { may, useSession } from "../platform/session.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Page, Tag } from "../ui/page.tsx";
import { Answer, Empty } from "../ui/states.tsx";
import { InstantText } from "../ui/time.tsx";

export function RulePacksPage() {
  const { t } = useTranslation("clock");
  const say = useBilingual();
  const session = useSession();
  const navigate = useNavigate();
  const { words } = useFlows();
  const query = useOperation(clockOperations.listRulePacks, {});
  const [writing, setWriting] = useState(false);
  const [changes, setChanges] = useState<readonly RulebookChange[] | null>(null);
  const columns: Column<PackSummary>[] = [
    {
      key: "title",
      title: t("packs.name"),
      render: ({ key, title, description }) => (
        <>
          <Link to="/rule-packs/$key" params={{ key }}>
            {say(title)}
          </Link>{" "}
          <span className="muted">{description && say(description)}</span>
        </>
      ),
    },
    {
      key: "authorities",
      title: t("packs.authorities"),
      width: 156,
      render: ({ authorities }) => authorities.map((one) => t(`authority.${one}`)).join(" · "),
    },
    { key: "rules", title: t("packs.rules"), width: 70, align: "right", render: ({ ruleCount }) => ruleCount },
    {
      key: "unverified",
      title: t("packs.unverified"),
      width: 90,
      align: "right",
      render: ({ unverifiedCount }) => (unverifiedCount > 0 ? <Tag tone="caution">{unverifiedCount}</Tag> : 0),
    },
    {
      key: "adopted",
      title: t("packs.adopted"),
      width: 200,
      render: ({ adoptedAt }) =>
        adoptedAt.length === 0 ? (
          <span className="muted">{t("packs.notAdopted")}</span>
        ) : (
          adoptedAt.map(({ unitName }) => unitName).join(" · ")
        ),
    },
    {
      key: "origin",
      title: t("packs.origin"),
      width: 110,
      render: ({ origin, newerShippedVersion }) => (
        <span title={newerShippedVersion ? t("packs.newer") : undefined}>
          {t(`packs.origins.${origin}`)}
          {newerShippedVersion ? " ↑" : ""}
        </span>
      ),
    },
    { key: "version", title: t("packs.version"), width: 70, align: "right", render: ({ version }) => version },
    { key: "saved", title: t("packs.saved"), width: 130, align: "right", render: ({ savedAt }) => <InstantText at={savedAt} /> },
  ];
  return (
    <Page
      fill
      title={t("packs.title")}
      note={query.data && t("packs.note", { version: query.data.rulebookVersion })}
      actions={
        <>
          <Button onClick={() => void navigate({ to: "/policies" })}>{t("policies.open")}</Button>
          <Button onClick={() => void navigate({ to: "/rulebooks" })}>{t("packs.versions")}</Button>
          {may(session, "rule.edit") && (
            <Button type="primary" onClick={() => setWriting(true)}>
              {t("packs.new")}
            </Button>
          )}
        </>
      }
    >
      <Answer of={query}>
        {({ packs }) => (
          <DataTable
            fill
            keys
            label={t("packs.title")}
            columns={columns}
            rows={packs}
            rowKey={({ key }) => key}
            onOpen={({ key }) => void navigate({ to: "/rule-packs/$key", params: { key } })}
            empty={<Empty title={t("packs.none")} hint={t("packs.noneHint")} />}
          />
        )}
      </Answer>
      <Modal open={writing} onCancel={() => setWriting(false)} footer={null} title={t("packs.new")} width={900} destroyOnHidden>
        <PackEditor
          yaml={packTemplate}
          editable
          onDryRun={(yaml) => {
            setWriting(false);
            setChanges([{ kind: "save-pack", yaml, baseVersion: null }]);
          }}
        />
      </Modal>
      {changes && <DraftDialog changes={changes} words={words} refreshes={[]} onClose={() => setChanges(null)} />}
    </Page>
  );
}
