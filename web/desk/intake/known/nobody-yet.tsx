// While no customer is known: what to do, and which orders may be the same matter by the number or the address alone.
import type { CallView } from "@bihuan/contract/call.ts";
import { useTranslation } from "react-i18next";
import type { FlowWords } from "../../../flow/use-flows.ts";
import { keyCaps, keyRows, useStandingKeys } from "../../../ui/keys.ts";
import { Section } from "../../../ui/page.tsx";
import { Hints, type Matter, useHints } from "../../../work-order/intake/hints.tsx";
import styles from "./known.module.css";

export function NobodyYet({ call }: { call: CallView | undefined }) {
  const { t } = useTranslation("desk");
  const keys = useStandingKeys().filter(({ scope }) => scope === "page");
  return (
    <Section title={t("who.title")}>
      <div className={styles.parts}>
        <p className="secondary">{t(call ? "who.unknownCaller" : "who.nobody")}</p>
        <dl className={styles.keys}>
          {keyRows(keys).map(({ does, names }) => [
            <dt key={`${does} keys`}>
              {names.map((name) => (
                <span key={name}>
                  {keyCaps(name).map((cap) => (
                    <kbd key={cap}>{cap}</kbd>
                  ))}
                </span>
              ))}
            </dt>,
            <dd key={does}>{does}</dd>,
          ])}
        </dl>
      </div>
    </Section>
  );
}

export function RepeatsOf(props: {
  matter: Matter;
  words: FlowWords;
  linked: readonly string[];
  onLink: (orderId: string, on: boolean) => void;
}) {
  const { t } = useTranslation(["desk", "work-order"]);
  const hints = useHints(props.matter);
  return (
    <Section title={t("known.title")}>
      {hints.length === 0 ? (
        <p className="muted">{t("known.nothingYet")}</p>
      ) : (
        <div className={styles.part}>
          <h3>{t("work-order:hint.title", { count: hints.length })}</h3>
          <Hints hints={hints} words={props.words} linked={props.linked} onLink={props.onLink} />
        </div>
      )}
    </Section>
  );
}
