// Writing an article: what it says in Chinese and, where wanted, in English; for whom, where it is shown, while it holds.
import type { FlowView } from "@bihuan/contract/flow.ts";
import type { ArticleKind } from "@bihuan/core/knowledge/article.ts";
import type { ArticleLink } from "@bihuan/core/knowledge/links.ts";
import { type Role, roleDefinitions, roles } from "@bihuan/core/identity/roles.ts";
import { Checkbox, Input, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFlows } from "../../flow/use-flows.ts";
import { useBilingual, useLanguage } from "../../platform/language.ts";
import { asProblem } from "../../platform/problem.ts";
import { DateInput } from "../../ui/date-input.tsx";
import { Field, FormFrame } from "../../ui/field.tsx";
import { type ArticleForm, emptyCause, emptyLink, emptyStep, hasEnglish, nothing, shownParts } from "./draft.ts";
import styles from "./article-form.module.css";
import { BothFields, type Problem, Rows } from "./form-rows.tsx";

const full = { width: "100%" };
const posts = roles.filter((role) => roleDefinitions[role].permissions.includes("knowledge.read"));

export function ArticleFormFields(props: {
  kind: ArticleKind;
  initial: ArticleForm;
  /** Fields of a new article that stand before its text. */
  first?: ReactNode;
  pending: boolean;
  error: unknown;
  onSubmit: (form: ArticleForm) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation("knowledge");
  const say = useBilingual();
  const language = useLanguage();
  const [form, setForm] = useState(props.initial);
  const [english, setEnglish] = useState(hasEnglish(props.initial) || language === "en");
  const change = (part: Partial<ArticleForm>): void => setForm({ ...form, ...part });
  const fields = props.error ? asProblem(props.error).fields : [];
  const problem: Problem = (path) => {
    const found = fields.find((one) => one.path === `draft.${path}`);
    return found ? say(found.message) : null;
  };
  const text = { english, problem };
  const parts = shownParts(props.kind, form);
  return (
    <FormFrame
      longForm
      columns="fit"
      submit={t("edit.save")}
      pending={props.pending}
      error={props.error}
      onCancel={props.onCancel}
      onSubmit={() => props.onSubmit(form)}
    >
      {props.first}
      <div className={styles.both}>
        <Checkbox checked={english} onChange={(event) => setEnglish(event.target.checked)}>
          {t("edit.withEnglish")}
        </Checkbox>
      </div>
      <BothFields
        {...text}
        autoFocus
        required
        label={t("edit.name")}
        max={120}
        path="content.title"
        value={form.title}
        onChange={(title) => change({ title })}
      />
      <Field span="all" label={t("edit.keywords")} hint={t("edit.keywordsHint")} problem={problem("content.keywords")}>
        {(control) => (
          <Select
            {...control}
            mode="tags"
            open={false}
            suffixIcon={null}
            style={full}
            tokenSeparators={["、", ",", "，", ";"]}
            value={[...form.keywords]}
            onChange={(keywords: string[]) => change({ keywords })}
          />
        )}
      </Field>
      {parts.includes("answer") && (
        <BothFields
          {...text}
          lines={4}
          required={props.kind === "QUESTION"}
          label={props.kind === "QUESTION" ? t("part.answer") : t(`answerFor.${props.kind}`)}
          max={4000}
          path="content.answer"
          value={form.answer}
          onChange={(answer) => change({ answer })}
        />
      )}
      {parts.includes("asks") && (
        <Rows
          title={t("edit.asks")}
          add={t("edit.addAsk")}
          rows={form.asks}
          fresh={nothing}
          onChange={(asks) => change({ asks })}
        >
          {(ask, update, at) => (
            <BothFields {...text} label={t("edit.ask")} max={200} path={`content.asks.${at}`} value={ask} onChange={update} />
          )}
        </Rows>
      )}
      {parts.includes("steps") && (
        <Rows
          title={t("edit.steps")}
          add={t("edit.addStep")}
          rows={form.steps}
          fresh={emptyStep}
          onChange={(steps) => change({ steps })}
        >
          {(step, update, at) => (
            <>
              <BothFields
                {...text}
                label={t("step.what")}
                max={200}
                path={`content.steps.${at}.what`}
                value={step.what}
                onChange={(what) => update({ what })}
              />
              <BothFields
                {...text}
                lines={2}
                label={t("step.how")}
                max={2000}
                path={`content.steps.${at}.how`}
                value={step.how}
                onChange={(how) => update({ how })}
              />
              <BothFields
                {...text}
                label={t("step.byWhen")}
                max={120}
                path={`content.steps.${at}.byWhen`}
                value={step.byWhen}
                onChange={(byWhen) => update({ byWhen })}
              />
            </>
          )}
        </Rows>
      )}
      {parts.includes("causes") && (
        <Rows
          title={t("edit.causes")}
          add={t("edit.addCause")}
          rows={form.causes}
          fresh={emptyCause}
          onChange={(causes) => change({ causes })}
        >
          {(cause, update, at) => (
            <>
              <BothFields
                {...text}
                label={t("cause.cause")}
                max={200}
                path={`content.causes.${at}.cause`}
                value={cause.cause}
                onChange={(said) => update({ cause: said })}
              />
              <BothFields
                {...text}
                lines={2}
                label={t("cause.check")}
                max={1000}
                path={`content.causes.${at}.check`}
                value={cause.check}
                onChange={(check) => update({ check })}
              />
              <BothFields
                {...text}
                lines={2}
                label={t("cause.remedy")}
                max={2000}
                path={`content.causes.${at}.remedy`}
                value={cause.remedy}
                onChange={(remedy) => update({ remedy })}
              />
            </>
          )}
        </Rows>
      )}
      <Rows
        title={t("edit.links")}
        add={t("edit.addLink")}
        rows={form.links}
        fresh={emptyLink}
        onChange={(links) => change({ links })}
      >
        {(link, update, at) => <PlaceFields link={link} update={update} problem={problem(`links.${at}`)} />}
      </Rows>
      <Field span="all" label={t("edit.roles")} hint={t("edit.rolesHint")}>
        {(control) => (
          <Select<Role[]>
            {...control}
            mode="multiple"
            style={full}
            value={[...form.roles]}
            onChange={(chosen) => change({ roles: chosen })}
            options={posts.map((value) => ({ value, label: say(roleDefinitions[value].title) }))}
          />
        )}
      </Field>
      <Field label={t("edit.validFrom")} hint={t("edit.validFromHint")} problem={problem("validFrom")}>
        {(control) => <DateInput control={control} value={form.validFrom} onChange={(validFrom) => change({ validFrom })} />}
      </Field>
      <Field label={t("edit.validTo")} hint={t("edit.validToHint")} problem={problem("validTo")}>
        {(control) => <DateInput control={control} value={form.validTo} onChange={(validTo) => change({ validTo })} />}
      </Field>
      <BothFields
        {...text}
        label={t("edit.source")}
        max={300}
        path="content.source"
        value={form.source}
        onChange={(source) => change({ source })}
      />
      <Field span="all" label={t("edit.note")} hint={t("edit.noteHint")} problem={problem("note")}>
        {(control) => (
          <Input {...control} maxLength={300} value={form.note} onChange={(event) => change({ note: event.target.value })} />
        )}
      </Field>
    </FormFrame>
  );
}

/** The steps there are: of one business, or of all together, each once. */
function stepsOf(flows: readonly FlowView[], flow: string | null): FlowView["steps"] {
  const all = flows.filter(({ id, takesIn }) => takesIn && (flow === null || id === flow)).flatMap(({ steps }) => steps);
  return [...new Map(all.map((step) => [step.key, step])).values()];
}

function PlaceFields(props: { link: ArticleLink; update: (link: Partial<ArticleLink>) => void; problem: string | null }) {
  const { t } = useTranslation("knowledge");
  const say = useBilingual();
  const { flows } = useFlows();
  const { flow, subtype, step } = props.link;
  const subtypes = flows.find(({ id }) => id === flow)?.subtypes ?? [];
  return (
    <div className={styles.place}>
      <Field label={t("edit.flow")} problem={props.problem}>
        {(control) => (
          <Select
            {...control}
            style={full}
            value={flow ?? ""}
            onChange={(chosen) => props.update({ flow: chosen || null, subtype: null, step: null })}
            options={[
              { value: "", label: t("facts.anyFlow") },
              ...flows.filter(({ takesIn }) => takesIn).map(({ id, title }) => ({ value: id, label: say(title) })),
            ]}
          />
        )}
      </Field>
      <Field label={t("edit.subtype")}>
        {(control) => (
          <Select
            {...control}
            style={full}
            disabled={subtypes.length === 0}
            value={subtype ?? ""}
            onChange={(chosen) => props.update({ subtype: chosen || null })}
            options={[
              { value: "", label: t("edit.anySubtype") },
              ...subtypes.map(({ code, title }) => ({ value: code, label: say(title) })),
            ]}
          />
        )}
      </Field>
      <Field label={t("edit.step")}>
        {(control) => (
          <Select
            {...control}
            style={full}
            value={step ?? ""}
            onChange={(chosen) => props.update({ step: chosen || null })}
            options={[
              { value: "", label: t("edit.wholeWay") },
              ...stepsOf(flows, flow).map(({ key, title }) => ({ value: key, label: say(title) })),
            ]}
          />
        )}
      </Field>
    </div>
  );
}
