// The two columns on the left: of the customer who was found, or of whatever was said while nobody is.
import type { CallView } from "@bihuan/contract/call.ts";
import type { DeskCard } from "@bihuan/contract/desk-intake.ts";
import type { FlowWords } from "../../../flow/use-flows.ts";
import { Answer } from "../../../ui/states.tsx";
import type { Draft, Edit } from "../draft/draft.ts";
import { Known } from "./known.tsx";
import styles from "./known.module.css";
import { NobodyYet, RepeatsOf } from "./nobody-yet.tsx";
import type { Urging } from "./urge.tsx";
import type { CardReading } from "./use-card.ts";
import { Who } from "./who.tsx";

const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

export function WhoAndKnown(props: {
  draft: Draft;
  call: CallView | undefined;
  reading: CardReading;
  account: DeskCard["accounts"][number] | undefined;
  words: FlowWords;
  /** What was said so far: repeats are looked for by it. */
  said: { readonly deskUnitId: number | undefined; readonly form: Readonly<Record<string, unknown>> };
  urging: Urging;
  edit: Edit;
}) {
  const { draft, call, words, said, edit } = props;
  const { customer, linked } = draft;
  const link = (orderId: string, on: boolean): void =>
    edit({ linked: on ? [...linked, orderId] : linked.filter((one) => one !== orderId) });
  if (customer === null)
    return (
      <>
        <NobodyYet call={call} />
        <RepeatsOf
          matter={{
            deskUnitId: said.deskUnitId ?? 0,
            phone: textOf(said.form["contactPhone"]) ?? call?.phone ?? null,
            address: textOf(said.form["address"]),
            accountNo: textOf(said.form["accountNo"]),
            transformerArea: textOf(said.form["transformerArea"]),
          }}
          words={words}
          linked={linked}
          onLink={link}
        />
      </>
    );
  const { data: card } = props.reading;
  // While it is read, and where it cannot be, what the caller wants keeps its place on the right.
  if (card === undefined)
    return (
      <div className={styles.both}>
        <Answer of={props.reading} lines={8}>
          {() => null}
        </Answer>
      </div>
    );
  return (
    <>
      <Who
        card={card}
        account={props.account}
        callNo={draft.callId}
        words={words}
        onAccount={(accountNo) => edit({ customer: { ...customer, accountNo } })}
        onDrop={() => edit({ customer: null, contact: null, linked: [] })}
      />
      <Known card={card} words={words} urging={props.urging} linked={linked} onLink={link} />
    </>
  );
}
