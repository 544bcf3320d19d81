// What an intake would become, while it is being written: where it would go, what would run, and the sentence to tell the caller.
import type { FlowView } from "@bihuan/contract/flow.ts";
import { type ClockView, workOrderOperations } from "@bihuan/contract/work-order.ts";
import { limitText } from "@bihuan/core/clock/duration-text.ts";
import { useTranslation } from "react-i18next";
import { clockKey, sortClocks } from "../clock/chip-of.ts";
import type { FlowWords } from "../flow/use-flows.ts";
import { useBilingual, useLanguage } from "../platform/language.ts";
import { useOperation } from "../platform/query.ts";
import { nowMs } from "../platform/time.ts";
import { useDebounced } from "../ui/debounce.ts";
import { spokenEnd } from "../ui/format.ts";
import { Section, Tag } from "../ui/page.tsx";
import { Failure, Skeleton } from "../ui/states.tsx";
import { InstantText, useZone } from "../ui/time.tsx";
import { toldLimits } from "../work-order/intake/told-limits.ts";
import styles from "./new-order-page.module.css";

type Intake = { readonly flow: string; readonly subtype: string | null; readonly deskUnitId: number };
type Input = Record<string, unknown>;

/** In: the intake as it stands; `missing`: what has to be chosen before anything can be said. */
export function IntakePreview(props: {
  intake: Intake;
  flow: FlowView;
  form: Input;
  details: Input;
  missing: readonly string[];
  words: FlowWords;
}) {
  const { t } = useTranslation(["work-order", "clock"]);
  const say = useBilingual();
  const { origin, identity, areaClass, urgency, customerClass, voltage, targetUnitId } = props.form;
  // Personal data have no part in what is timed: they are not sent for a preview.
  const facts = { origin, identity, areaClass, urgency, customerClass, voltage, targetUnitId, title: "…" };
  const asked = useDebounced(
    JSON.stringify({ ...props.intake, form: facts, details: publicDetails(props.flow, props.details) }),
    300,
  );
  const body = JSON.parse(asked) as Intake & { form: Input; details: Input };
  const ready = props.missing.length === 0;
  const query = useOperation(workOrderOperations.previewIntake, { body }, { enabled: ready, keepPrevious: true });
  if (!ready)
    return (
      <Section title={t("preview.title")}>
        <p className="muted">{t("preview.waiting", { what: props.missing.join(t("separator")) })}</p>
      </Section>
    );
  if (query.error)
    return (
      <Section title={t("preview.title")}>
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      </Section>
    );
  if (!query.data)
    return (
      <Section title={t("preview.title")}>
        <Skeleton lines={4} />
      </Section>
    );
  const { unit, step, clocks, missing } = query.data;
  const lacking = missing.map(({ label }) => say(label)).join(t("separator"));
  return (
    <Section title={t("preview.title")}>
      <p className={styles.goes}>{t("preview.goes", { unit: unit.name, step: props.words.step(body.flow, step) })}</p>
      {lacking !== "" && <p className="muted">{t("preview.waiting", { what: lacking })}</p>}
      <ul className={styles.clocks}>
        {sortClocks(clocks).live.map((clock) => (
          <ClockLine key={clockKey(clock)} clock={clock} />
        ))}
      </ul>
      {lacking === "" && <Sentence unit={unit.name} clocks={clocks} />}
    </Section>
  );
}

/** The answers that are picked from a list or a row; what is written may name somebody. */
function publicDetails(flow: FlowView, details: Input): Input {
  const properties = (flow.detailsForm["properties"] ?? {}) as Record<string, { bihuan?: { personal?: boolean } }>;
  return Object.fromEntries(Object.entries(details).filter(([name]) => properties[name]?.bihuan?.personal !== true));
}

function ClockLine({ clock }: { clock: ClockView }) {
  const { t } = useTranslation(["work-order", "clock"]);
  const say = useBilingual();
  return (
    <li className={styles.clock}>
      <span>{say(clock.title)}</span>
      <span className={styles.limit}>
        {t(`clock:authority.${clock.authority}`)}
        {clock.amount !== null && clock.unit !== null && ` · ${say(limitText(clock.amount, clock.unit))}`}
        {clock.limitKind === "average" && ` · ${t("preview.target")}`}
        {clock.provisional && (
          <>
            {" "}
            <Tag tone="caution" title={t("clock:provisionalMeans")}>
              {t("clock:provisional")}
            </Tag>
          </>
        )}
      </span>
      {clock.dueAt && <InstantText end at={clock.dueAt} />}
    </li>
  );
}

function Sentence({ unit, clocks }: { unit: string; clocks: readonly ClockView[] }) {
  const { t } = useTranslation("work-order");
  const language = useLanguage();
  const zone = useZone();
  const limits = toldLimits(clocks).map(({ slot, authority, dueAt }) =>
    t(`preview.limit.${authority}`, {
      what: t(`preview.what.${slot}`),
      due: spokenEnd(Date.parse(dueAt), nowMs(), zone, language),
    }),
  );
  return (
    <div className={styles.tell}>
      <h3>{t("preview.sayTitle")}</h3>
      <p className={styles.sentence}>{t("preview.say", { unit, limits: limits.join("") })}</p>
    </div>
  );
}
