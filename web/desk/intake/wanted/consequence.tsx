// What the demand would become, along the foot of the desk while it is being written: which unit and why, which clocks, and the
// sentence to read to the caller.
import { deskIntakeOperations } from "@bihuan/contract/desk-intake.ts";
import type { FlowView } from "@bihuan/contract/flow.ts";
import type { OperationResult } from "@bihuan/contract/operation.ts";
import type { ClockView } from "@bihuan/contract/work-order.ts";
import { limitText } from "@bihuan/core/clock/duration-text.ts";
import { useTranslation } from "react-i18next";
import { clockKey, sortClocks } from "../../../clock/chip-of.ts";
import type { FlowWords } from "../../../flow/use-flows.ts";
import { useBilingual } from "../../../platform/language.ts";
import { useOperation } from "../../../platform/query.ts";
import { useDebounced } from "../../../ui/debounce.ts";
import { Tag } from "../../../ui/page.tsx";
import { Failure } from "../../../ui/states.tsx";
import { InstantText } from "../../../ui/time.tsx";
import { Sentence } from "../../../work-order/intake/sentence.tsx";
import type { bodyOf } from "./body.ts";
import styles from "./consequence.module.css";

type Body = ReturnType<typeof bodyOf>;
type Preview = OperationResult<typeof deskIntakeOperations.previewAtDesk>;

/** What has a part in where it goes and by when. What the caller says has none, and is not sent for it. */
const asked = [
  "origin",
  "identity",
  "areaClass",
  "urgency",
  "customerId",
  "accountNo",
  "transformerArea",
  "targetUnitId",
  "customerClass",
  "voltage",
  "address",
];

/** The answers that are picked from a list or a row; what is written may name somebody. */
function publicDetails(flow: FlowView, details: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const properties = (flow.detailsForm["properties"] ?? {}) as Record<string, { bihuan?: { personal?: boolean } }>;
  return Object.fromEntries(Object.entries(details).filter(([name]) => properties[name]?.bihuan?.personal !== true));
}

/** In: the demand as it stands, null while no category is chosen. Out: what it would become. */
export function useConsequence(flow: FlowView | null, body: Body | null) {
  const facts =
    body && flow
      ? {
          ...body,
          form: { ...Object.fromEntries(Object.entries(body.form).filter(([name]) => asked.includes(name))), title: "…" },
          details: publicDetails(flow, body.details),
          callNo: null,
        }
      : null;
  const text = useDebounced(JSON.stringify(facts), 200);
  const rested = JSON.parse(text) as Body | null;
  const query = useOperation(
    deskIntakeOperations.previewAtDesk,
    { body: rested ?? { flow: "-", deskUnitId: 1, form: {} } },
    { enabled: rested !== null, keepPrevious: true },
  );
  return { query, preview: rested !== null && facts !== null ? query.data : undefined };
}

export function Consequence(props: {
  flow: FlowView | null;
  body: Body | null;
  /** What has to be chosen before anything can be said. */
  lacking: readonly string[];
  words: FlowWords;
}) {
  const { t } = useTranslation(["desk", "work-order"]);
  const say = useBilingual();
  const { query, preview } = useConsequence(props.flow, props.body);
  const lacking = [
    ...props.lacking,
    ...(preview?.missing.filter(({ path }) => path !== "subtype").map(({ label }) => say(label)) ?? []),
  ];
  return (
    <section className={styles.strip} aria-label={t("work-order:preview.title")} aria-busy={query.isFetching}>
      {query.error && props.body !== null ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <>
          {preview && <Goes preview={preview} step={props.words.step(props.body?.flow ?? "", preview.step)} />}
          {lacking.length > 0 ? (
            <p className="muted">{t("work-order:preview.waiting", { what: lacking.join(t("separator")) })}</p>
          ) : (
            preview && <Sentence unit={preview.unit.name} clocks={preview.clocks} />
          )}
        </>
      )}
    </section>
  );
}

function Goes({ preview: { unit, because, evidence, clocks }, step }: { preview: Preview; step: string }) {
  const { t } = useTranslation("desk");
  return (
    <div className={styles.line}>
      <p className={styles.goes}>
        <span aria-hidden="true">→ </span>
        <strong>{unit.name}</strong>
        <span className={styles.why}>{t(`because.${because}`, { evidence: evidence ?? "" })}</span>
        <span className={styles.why}>{step}</span>
      </p>
      <ul className={styles.clocks}>
        {sortClocks(clocks).live.map((clock) => (
          <ClockToRun key={clockKey(clock)} clock={clock} />
        ))}
      </ul>
    </div>
  );
}

/** A clock that will run: what it times, who set it, how long, until when. */
function ClockToRun({ clock }: { clock: ClockView }) {
  const { t } = useTranslation(["work-order", "clock"]);
  const say = useBilingual();
  return (
    <li className={styles.clock}>
      <span>{say(clock.title)}</span>
      <span className={styles.limit}>
        {t(`clock:authority.${clock.authority}`)}
        {clock.amount !== null && clock.unit !== null && ` ${say(limitText(clock.amount, clock.unit))}`}
        {clock.limitKind === "average" && ` ${t("preview.target")}`}
      </span>
      {clock.dueAt && <InstantText end at={clock.dueAt} />}
      {clock.provisional && (
        <Tag tone="caution" title={t("clock:provisionalMeans")}>
          {t("clock:provisional")}
        </Tag>
      )}
    </li>
  );
}
