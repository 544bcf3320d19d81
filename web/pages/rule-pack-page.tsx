import { clockOperations, type RulebookChange } from "@bihuan/contract/clock.ts";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DraftDialog } from "../clock/draft-dialog.tsx";
import { PackEditor } from "../clock/pack-editor.tsx";
import { RuleTable } from "../clock/rule-table.tsx";
import { ruleViews } from "../clock/search.ts";
import { useFlows } from "../flow/use-flows.ts";
import { UnitPicker } from "../identity/organisation/unit-picker.tsx";
import { useOrganisation } from "../identity/organisation/use-organisation.ts";
import { useBilingual } from "../platform/language.ts";
import { useOperation } from "../platform/query.ts";
import { may, useSession } from "../platform/session.ts";
import { DataTable } from "../ui/data-table.tsx";
import { Field, FormFrame } from "../ui/field.tsx";
import { Bar, Page, Section, Tabs, Tag } from "../ui/page.tsx";
import { Answer, Notice } from "../ui/states.tsx";
import { InstantText } from "../ui/time.tsx";

export function RulePackPage() {
  const { t } = useTranslation("clock");
  const say = useBilingual();
  const session = useSession();
  const navigate = useNavigate();
  const { key } = useParams({ from: "/inside/rule-packs/$key" });
  const { view = "rules", version } = useSearch({ from: "/inside/rule-packs/$key" });
  const { words } = useFlows();
  const { units } = useOrganisation();
  const query = useOperation(clockOperations.getRulePack, { params: { key }, query: version ? { version } : {} });
  const [changes, setChanges] = useState<readonly RulebookChange[] | null>(null);
  const [adopting, setAdopting] = useState(false);
  const edits = may(session, "rule.edit");
  const unitName = (unitId: number): string => units.find((unit) => unit.unitId === unitId)?.name ?? `#${unitId}`;
  return (
    <Answer of={query} lines={12}>
      {(pack) => {
        const current = pack.versions.reduce((latest, one) => Math.max(latest, one.version), 0);
        const isOld = version !== undefined && version !== current;
        return (
          <Page
            title={say(pack.title)}
            note={<code>{pack.key}</code>}
            actions={
              <>
                {edits && pack.newerShippedVersion && (
                  <Button onClick={() => setChanges([{ kind: "take-shipped-pack", key }])}>{t("packPage.takeShipped")}</Button>
                )}
                <Button href={`/api/rule-packs/${key}/yaml${version ? `?version=${version}` : ""}`}>
                  {t("packPage.download")}
                </Button>
              </>
            }
          >
            {isOld && <Notice tone="caution" title={t("packPage.old", { version, current })} />}
            {pack.description && <p className="secondary">{say(pack.description)}</p>}
            <Bar>
              <span className="muted">{t("packPage.adoption")}</span>
              {pack.adoptedAt.map(({ unitId, unitName: name }) => (
                <Tag key={unitId}>
                  {name}
                  {edits && (
                    <button
                      type="button"
                      aria-label={`${t("packPage.drop")} ${name}`}
                      onClick={() => setChanges([{ kind: "drop-pack", key, unitId }])}
                    >
                      ×
                    </button>
                  )}
                </Tag>
              ))}
              {pack.adoptedAt.length === 0 && <span>{t("packs.notAdopted")}</span>}
              {edits && (
                <Button size="small" onClick={() => setAdopting(true)}>
                  {t("packPage.adopt")}
                </Button>
              )}
              {pack.unverifiedCount > 0 && (
                <Tag tone="caution">{t("packPage.unverifiedCount", { count: pack.unverifiedCount })}</Tag>
              )}
            </Bar>
            <Tabs
              label={say(pack.title)}
              value={view}
              onChange={(next) =>
                void navigate({
                  to: "/rule-packs/$key",
                  params: { key },
                  search: (before: object) => ({ ...before, view: next }),
                  replace: true,
                })
              }
              tabs={ruleViews.map((one) => ({ key: one, title: t(`packPage.${one === "edit" && !edits ? "text" : one}`) }))}
            />
            {view === "rules" && (
              <Section title={t("packPage.rules")} flush>
                <RuleTable rules={pack.rules} words={words} unitName={unitName} />
              </Section>
            )}
            {view === "edit" && (
              <PackEditor
                yaml={pack.yaml}
                editable={edits && !isOld}
                onDryRun={(yaml) => setChanges([{ kind: "save-pack", yaml, baseVersion: pack.version }])}
              />
            )}
            {view === "versions" && (
              <Section title={t("packPage.versions")} flush>
                <DataTable
                  label={t("packPage.versions")}
                  rows={pack.versions}
                  rowKey={(one) => one.version}
                  empty={null}
                  columns={[
                    {
                      key: "version",
                      title: t("packs.version"),
                      width: 80,
                      render: (one) => (
                        <Link
                          to="/rule-packs/$key"
                          params={{ key }}
                          search={{ view: "rules", ...(one.version === current ? {} : { version: one.version }) }}
                        >
                          {one.version}
                        </Link>
                      ),
                    },
                    {
                      key: "at",
                      title: t("packPage.savedAt"),
                      width: 160,
                      render: ({ savedAt }) => <InstantText at={savedAt} />,
                    },
                    {
                      key: "by",
                      title: t("packPage.savedBy"),
                      width: 160,
                      render: ({ savedBy }) => savedBy ?? t("packPage.product"),
                    },
                    { key: "note", title: t("packPage.versionNote"), render: ({ note }) => note },
                  ]}
                />
              </Section>
            )}
            <Modal
              open={adopting}
              onCancel={() => setAdopting(false)}
              footer={null}
              title={t("packPage.adopt")}
              width={420}
              destroyOnHidden
            >
              <Adopt
                onSubmit={(unitId) => {
                  setAdopting(false);
                  setChanges([{ kind: "adopt-pack", key, unitId }]);
                }}
              />
            </Modal>
            {changes && <DraftDialog changes={changes} words={words} refreshes={[]} onClose={() => setChanges(null)} />}
          </Page>
        );
      }}
    </Answer>
  );
}

function Adopt({ onSubmit }: { onSubmit: (unitId: number) => void }) {
  const { t } = useTranslation("clock");
  const [unitId, setUnitId] = useState<number | undefined>();
  return (
    <FormFrame submit={t("packPage.dryRun")} disabled={unitId === undefined} onSubmit={() => unitId && onSubmit(unitId)}>
      <Field label={t("draft.unit")} hint={t("packPage.adoptionHint")} required>
        {(control) => <UnitPicker {...control} value={unitId} onChange={setUnitId} />}
      </Field>
    </FormFrame>
  );
}
