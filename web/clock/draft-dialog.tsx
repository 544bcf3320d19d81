// A change of the rules before it is made: what it would do to the open orders, then publish or leave it.
import { clockOperations, type DryRunResult, type RulebookChange, type RulebookDraft } from "@bihuan/contract/clock.ts";
import { Link } from "@tanstack/react-router";
import { Button, Input, Modal, Progress } from "antd";
import { useEffect, useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import type { Operation } from "@bihuan/contract/operation.ts";
import { useBilingual, useLanguage } from "../platform/language.ts";
import { callOperation } from "../platform/client.ts";
import { useAct } from "../platform/query.ts";
import { may, useSession } from "../platform/session.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Field, FormFrame } from "../ui/field.tsx";
import { count as countText } from "../ui/format.ts";
import { Failure, Notice, Skeleton } from "../ui/states.tsx";
import { InstantText } from "../ui/time.tsx";
import styles from "./draft-dialog.module.css";

/** Names of flows and clocks, which another slice knows. */
export type DraftWords = {
  readonly flow: (id: string) => string;
  readonly slot: (flowId: string | null, slot: string) => string;
};

export function DraftDialog(props: {
  changes: readonly RulebookChange[];
  words: DraftWords;
  refreshes: readonly Operation[];
  onClose: (published: boolean) => void;
}) {
  const { t } = useTranslation("clock");
  const [published, setPublished] = useState(false);
  const close = (): void => props.onClose(published);
  return (
    <Modal
      open
      width={880}
      footer={null}
      title={t(published ? "draft.publishedTitle" : "draft.title")}
      onCancel={close}
      mask={{ closable: false }}
    >
      <Draft {...props} onPublished={() => setPublished(true)} />
    </Modal>
  );
}

function Draft(props: {
  changes: readonly RulebookChange[];
  words: DraftWords;
  refreshes: readonly Operation[];
  onPublished: () => void;
  onClose: (published: boolean) => void;
}) {
  const { changes } = props;
  const [draft, setDraft] = useState<RulebookDraft | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  useEffect(() => {
    let stands = true;
    const make = async (): Promise<void> => {
      try {
        const { rulebookVersion } = await callOperation(clockOperations.listRulePacks, {});
        const made = await callOperation(clockOperations.createRulebookDraft, {
          body: { baseVersion: rulebookVersion, changes: [...changes] },
        });
        if (stands) setDraft(made);
      } catch (error) {
        if (stands) setFailed(error);
      }
    };
    void make();
    return () => {
      stands = false;
    };
  }, [changes]);
  if (failed !== null) return <Failure error={failed} />;
  return draft ? <Running {...props} first={draft} /> : <Skeleton />;
}

/** Follows a dry run until it is ready. */
function Running({
  first,
  words,
  refreshes,
  onPublished,
  onClose,
}: {
  first: RulebookDraft;
  words: DraftWords;
  refreshes: readonly Operation[];
  onPublished: () => void;
  onClose: (published: boolean) => void;
}) {
  const { t } = useTranslation("clock");
  const say = useBilingual();
  const [draft, setDraft] = useState(first);
  const [failed, setFailed] = useState<unknown>(null);
  useEffect(() => {
    if (draft.state !== "RUNNING") return;
    let stands = true;
    const ask = async (): Promise<void> => {
      try {
        const next = await callOperation(clockOperations.getRulebookDraft, { params: { draftId: draft.draftId } });
        if (stands) setDraft(next);
      } catch (error) {
        if (stands) setFailed(error);
      }
    };
    const timer = setTimeout(() => void ask(), 500);
    return () => {
      stands = false;
      clearTimeout(timer);
    };
  }, [draft]);
  const discard = useAct(clockOperations.discardRulebookDraft);
  const { checked, total } = { checked: draft.progress.ordersChecked, total: draft.progress.ordersTotal };
  return (
    <div className={styles.draft}>
      <section>
        <h3>{t("draft.changes")}</h3>
        <ul className={styles.changes}>
          {draft.changes.map((line) => (
            <li key={line.en}>{say(line)}</li>
          ))}
        </ul>
      </section>
      {failed !== null && <Failure error={failed} />}
      {draft.state === "RUNNING" && (
        <div role="status">
          <p>{total === null ? t("draft.running", { checked }) : t("draft.runningOf", { checked, total })}</p>
          <Progress percent={total ? Math.round((checked / total) * 100) : 0} showInfo={false} size="small" />
        </div>
      )}
      {draft.state === "FAILED" && <Notice tone="failure" title={t("draft.failed")} />}
      {draft.state === "OUTDATED" && <Notice tone="caution" title={t("draft.outdated")} />}
      {draft.result && draft.state !== "PUBLISHED" && <Result result={draft.result} words={words} />}
      {draft.state === "READY" && (
        <Publish
          draft={draft}
          refreshes={refreshes}
          onPublished={(version) => {
            setDraft({ ...draft, state: "PUBLISHED", publishedVersion: version });
            onPublished();
          }}
          onDiscard={() => {
            discard.mutate({ params: { draftId: draft.draftId } });
            onClose(false);
          }}
        />
      )}
      {draft.state === "PUBLISHED" && (
        <Notice
          tone="good"
          title={t("draft.published", { version: draft.publishedVersion })}
          action={
            <Button type="primary" autoFocus onClick={() => onClose(true)}>
              {t("draft.close")}
            </Button>
          }
        />
      )}
    </div>
  );
}

function Publish(props: {
  draft: RulebookDraft;
  refreshes: readonly Operation[];
  onPublished: (version: number) => void;
  onDiscard: () => void;
}) {
  const { t } = useTranslation("clock");
  const [note, setNote] = useState("");
  const publish = useAct(clockOperations.publishRulebookDraft, {
    refreshes: [clockOperations.listRulePacks, clockOperations.getRulePack, clockOperations.listRulebooks, ...props.refreshes],
    onSuccess: ({ version }) => props.onPublished(version),
  });
  const { draftId, token } = props.draft;
  return (
    <FormFrame
      submit={t("draft.publish")}
      pending={publish.isPending}
      error={publish.error}
      disabled={note.trim() === "" || token === null}
      onSubmit={() => token && publish.mutate({ params: { draftId }, body: { token, note } })}
      foot={<Button onClick={props.onDiscard}>{t("draft.discard")}</Button>}
    >
      <Field label={t("draft.note")} hint={t("draft.noteHint")} required>
        {(control) => <Input {...control} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />}
      </Field>
    </FormFrame>
  );
}

type Example = DryRunResult["examples"][number];

function Result({ result, words }: { result: DryRunResult; words: DraftWords }) {
  const { t } = useTranslation("clock");
  const say = useBilingual();
  const language = useLanguage();
  // Who changes rules is not who reads orders: a link that leads to a refusal is none.
  const mayOpen = may(useSession(), "order.read");
  const figures: [string, number][] = [
    [t("draft.earlier"), result.clocksEarlier],
    [t("draft.later"), result.clocksLater],
    [t("draft.added"), result.clocksAdded],
    [t("draft.removed"), result.clocksRemoved],
    [t("draft.firm"), result.clocksFirm],
  ];
  const examples: Column<Example>[] = [
    {
      key: "order",
      title: t("draft.order"),
      width: 184,
      render: ({ orderId }) =>
        mayOpen ? (
          <Link to="/orders/$orderId" params={{ orderId }} target="_blank">
            {orderId}
          </Link>
        ) : (
          orderId
        ),
    },
    { key: "flow", title: t("draft.flow"), width: 100, render: ({ flow }) => words.flow(flow) },
    {
      key: "slot",
      title: t("draft.slot"),
      render: ({ flow, slot, authority }) => `${words.slot(flow, slot)} · ${t(`authority.${authority}`)}`,
    },
    { key: "effect", title: t("draft.effect"), width: 120, render: ({ effect }) => t(`draft.effects.${effect}`) },
    {
      key: "before",
      title: t("draft.before"),
      width: 120,
      render: ({ oldDueAt }) => oldDueAt && <InstantText end at={oldDueAt} />,
    },
    {
      key: "after",
      title: t("draft.after"),
      width: 120,
      render: ({ newDueAt }) => newDueAt && <InstantText end at={newDueAt} />,
    },
  ];
  return (
    <>
      <Notice
        tone={result.becomeOverdue > 0 ? "caution" : "plain"}
        title={
          result.moved === 0
            ? t("draft.nothing", { checked: result.ordersChecked })
            : t("draft.sum", {
                checked: result.ordersChecked,
                moved: result.moved,
                becomeOverdue: result.becomeOverdue,
                noLonger: result.noLongerOverdue,
              })
        }
      >
        <span className="muted">
          <Trans t={t} i18nKey="draft.asOf" components={{ at: <InstantText at={result.asOf} /> }} />
        </span>
      </Notice>
      {result.ties.length > 0 && (
        <Notice tone="caution" title={t("draft.ties")}>
          <ul>
            {result.ties.map((tie) => (
              <li key={tie.en}>{say(tie)}</li>
            ))}
          </ul>
        </Notice>
      )}
      {result.moved > 0 && (
        <dl className={styles.figures}>
          {figures.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd data-zero={value === 0}>{countText(value, language)}</dd>
            </div>
          ))}
        </dl>
      )}
      <Moves title={t("draft.byFlow")} rows={result.byFlow.map((one) => ({ name: words.flow(one.flow), ...one }))} />
      <Moves title={t("draft.byUnit")} rows={result.byUnit.map((one) => ({ name: one.unitName, ...one }))} />
      {result.examples.length > 0 && (
        <section>
          <h3>{t("draft.examples")}</h3>
          <DataTable
            label={t("draft.examples")}
            columns={examples}
            rows={result.examples}
            rowKey={({ orderId, slot, authority }) => `${orderId} ${slot} ${authority}`}
            empty={null}
          />
        </section>
      )}
    </>
  );
}

type MoveRow = { name: string; moved: number; becomeOverdue: number; noLongerOverdue: number };

function Moves({ title, rows }: { title: string; rows: readonly MoveRow[] }) {
  const { t } = useTranslation("clock");
  const language = useLanguage();
  if (rows.length === 0) return null;
  const number = (key: "moved" | "becomeOverdue" | "noLongerOverdue"): Column<MoveRow> => ({
    key,
    title: t(`draft.${key}`),
    width: 130,
    align: "right",
    render: (row) => countText(row[key], language),
  });
  return (
    <section>
      <h3>{title}</h3>
      <DataTable
        label={title}
        columns={[
          { key: "name", title: "", render: ({ name }) => name },
          number("moved"),
          number("becomeOverdue"),
          number("noLongerOverdue"),
        ]}
        rows={rows}
        rowKey={({ name }) => name}
        empty={null}
      />
    </section>
  );
}
