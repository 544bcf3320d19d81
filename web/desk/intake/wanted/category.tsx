// Type ▸ category in one field. What the caller's words suggest stands beside it with its reasons: one key takes it over.
import { type CategorySuggestion, deskSuggestionOperations } from "@bihuan/contract/desk-suggestion.ts";
import type { FlowView } from "@bihuan/contract/flow.ts";
import { Select } from "antd";
import { type KeyboardEvent, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FlowWords } from "../../../flow/use-flows.ts";
import { useBilingual } from "../../../platform/language.ts";
import { useOperation } from "../../../platform/query.ts";
import { useDebounced } from "../../../ui/debounce.ts";
import { Field } from "../../../ui/field.tsx";
import { useKeys } from "../../../ui/keys.ts";
import type { Category } from "../draft/draft.ts";
import { categoryGroups, categoryKey, categoryOf, lacksSubtype } from "./categories.ts";
import styles from "./category.module.css";

/** Two Chinese characters or a word: less says nothing. */
const saysSomething = (text: string): boolean => /\p{Script=Han}.*\p{Script=Han}|\p{L}{3}/su.test(text);
const full = { width: "100%" } as const;
const none: readonly CategorySuggestion[] = [];

/** What the words suggest; nothing while they do not say enough. In: title and description as typed so far, and the
 * business that was asked for. */
export function useSuggestions(text: string, flow: string | undefined): readonly CategorySuggestion[] {
  const asked = useDebounced(text.trim(), 250).slice(0, 5_000);
  const query = useOperation(
    deskSuggestionOperations.suggestCategory,
    { body: { text: asked, ...(flow === undefined ? {} : { flow }) } },
    { enabled: saysSomething(asked), keepPrevious: true, staleMs: 60_000 },
  );
  return saysSomething(text) ? (query.data?.suggestions ?? none) : none;
}

export function CategoryField(props: {
  flows: readonly FlowView[];
  words: FlowWords;
  value: Category | null;
  suggestions: readonly CategorySuggestion[];
  problem: string | null;
  onChoose: (category: Category) => void;
}) {
  const { t } = useTranslation(["desk", "ui"]);
  const say = useBilingual();
  const [open, setOpen] = useState(false);
  const [searched, setSearched] = useState("");
  const { flows, words, suggestions, value } = props;
  const isHalf = value !== null && lacksSubtype(flows, value);
  const groups = useMemo(() => categoryGroups(flows, say), [flows, say]);
  const named = ({ flow, subtype }: Category): string =>
    subtype === null ? words.flow(flow) : `${words.flow(flow)} ▸ ${words.subtype(flow, subtype)}`;
  const choose = (category: Category | null): void => {
    if (!category) return;
    setOpen(false);
    props.onChoose(category);
  };
  const keyOfPlace = (place: number) => (event: { preventDefault: () => void }) => {
    const suggestion = suggestions[place];
    if (!suggestion) return;
    event.preventDefault();
    choose(suggestion);
  };
  const does = t("keys.category");
  useKeys({
    "alt+1": { run: keyOfPlace(0), does },
    "alt+2": { run: keyOfPlace(1), does },
    "alt+3": { run: keyOfPlace(2), does },
  });
  // In the field itself the figure alone will do, as long as nothing is being looked for.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (searched === "" && /^[123]$/.test(event.key) && !event.altKey && !event.ctrlKey && !event.metaKey)
      keyOfPlace(Number(event.key) - 1)(event);
  };
  // The likeliest stand first in the list too: Enter takes the first of them.
  const offered = suggestions.map((suggestion) => ({ value: `${categoryKey(suggestion)}#`, label: named(suggestion) }));
  return (
    <Field name="category" label={t("intake.category")} required span="all" problem={props.problem}>
      {(control) => (
        <div className={styles.category}>
          <Select<string>
            {...control}
            style={full}
            showSearch={{ optionFilterProp: "label", onSearch: setSearched }}
            placeholder={isHalf ? `${words.flow(value.flow)} ▸` : t("ui:form.choose")}
            open={open}
            onOpenChange={setOpen}
            // Whoever comes here by keyboard chooses: the list opens by itself, unless there is a choice already.
            onFocus={() => setOpen(value === null || isHalf)}
            onBlur={() => setOpen(false)}
            onInputKeyDown={onKeyDown}
            value={value && !isHalf ? categoryKey(value) : null}
            onChange={(key) => choose(categoryOf(flows, key.replace("#", "")))}
            options={[
              ...(offered.length > 0 && searched === "" ? [{ label: t("intake.suggested"), options: offered }] : []),
              // The categories of a business that was asked for come before the others.
              ...groups.filter((group) => !isHalf || ("options" in group && group.options.some(isOfFlow(value.flow)))),
              ...(isHalf ? groups.filter((group) => !("options" in group && group.options.some(isOfFlow(value.flow)))) : []),
            ]}
          />
          <Suggested suggestions={suggestions} named={named} value={value} onChoose={choose} />
        </div>
      )}
    </Field>
  );
}

const isOfFlow = (flow: string) => (option: { readonly value: string }) => option.value.startsWith(`${flow}/`);

/** The suggestions side by side, each with its key and the words that spoke for it. */
function Suggested(props: {
  suggestions: readonly CategorySuggestion[];
  named: (category: Category) => string;
  value: Category | null;
  onChoose: (category: Category) => void;
}) {
  const { t } = useTranslation("desk");
  if (props.suggestions.length === 0) return null;
  return (
    <ul className={styles.suggested} aria-label={t("intake.suggested")}>
      {props.suggestions.map(({ flow, subtype, confidence, words }, at) => {
        const category = { flow, subtype };
        const isChosen = props.value !== null && categoryKey(props.value) === categoryKey(category);
        const because = words.length > 0 ? t("intake.because", { words: words.join(t("separator")) }) : undefined;
        return (
          <li key={categoryKey(category)}>
            <button
              type="button"
              className={styles.suggestion}
              aria-pressed={isChosen}
              aria-keyshortcuts={`Alt+${at + 1}`}
              title={because}
              onClick={() => props.onChoose(category)}
            >
              <kbd>Alt {at + 1}</kbd>
              {props.named(category)}
              <span className={styles.share}>{t("intake.share", { percent: Math.round(confidence * 100) })}</span>
              {because && <span className={styles.words}>{because}</span>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
