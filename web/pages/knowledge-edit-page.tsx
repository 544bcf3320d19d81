import { type ArticleView, knowledgeOperations } from "@bihuan/contract/knowledge.ts";
import { type ArticleKind, articleKinds, articleKindTitles } from "@bihuan/core/knowledge/article.ts";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ArticleFormFields } from "../knowledge/writing/article-form.tsx";
import { draftOf, emptyForm, formOf } from "../knowledge/writing/draft.ts";
import { articleReadings } from "../knowledge/refreshes.ts";
import { useWords } from "../knowledge/words.ts";
import { useActKeys } from "../platform/act-keys.ts";
import { useBilingual } from "../platform/language.ts";
import { asProblem } from "../platform/problem.ts";
import { useAct, useOperation } from "../platform/query.ts";
import { nodesOf, useSession } from "../platform/session.ts";
import { Field, labelOf } from "../ui/field.tsx";
import { Page, Section } from "../ui/page.tsx";
import { usePickers } from "../ui/pickers.tsx";
import { Answer } from "../ui/states.tsx";

export function NewArticlePage() {
  const { t } = useTranslation("knowledge");
  const say = useBilingual();
  const navigate = useNavigate();
  const session = useSession();
  const pickers = usePickers();
  const keys = useActKeys();
  const { title } = useSearch({ from: "/inside/knowledge/new" });
  const [kind, setKind] = useState<ArticleKind>("QUESTION");
  const [unitId, setUnitId] = useState<number | undefined>(nodesOf(session, "knowledge.edit")[0]);
  const create = useAct(knowledgeOperations.createArticle, {
    refreshes: articleReadings,
    onSuccess: ({ articleId }) =>
      void navigate({ to: "/knowledge/$articleId", params: { articleId: String(articleId) }, search: {}, replace: true }),
  });
  const unitProblem = create.error ? asProblem(create.error).fields.find(({ path }) => path === "unitId") : undefined;
  return (
    <Page title={t("edit.new")} narrow>
      <Section title={say(articleKindTitles[kind])}>
        <ArticleFormFields
          kind={kind}
          initial={emptyForm(title)}
          pending={create.isPending}
          error={create.error}
          onCancel={() => void navigate({ to: "/knowledge" })}
          onSubmit={(form) => {
            const body = { unitId: unitId ?? 0, kind, draft: draftOf(form) };
            create.mutate({ body, idempotencyKey: keys.keyFor(body) });
          }}
          first={
            <>
              <Field label={t("edit.kind")} span={2} required>
                {(control) => (
                  <Radio.Group
                    {...labelOf(control)}
                    optionType="button"
                    value={kind}
                    onChange={({ target }) => setKind(target.value as ArticleKind)}
                    options={articleKinds.map((value) => ({ value, label: say(articleKindTitles[value]) }))}
                  />
                )}
              </Field>
              <Field
                label={t("edit.unit")}
                span={2}
                hint={t("edit.unitHint")}
                problem={unitProblem ? say(unitProblem.message) : null}
                required
              >
                {(control) => <pickers.unit {...control} value={unitId} onChange={setUnitId} />}
              </Field>
            </>
          }
        />
      </Section>
    </Page>
  );
}

export function EditArticlePage() {
  const { articleId } = useParams({ from: "/inside/knowledge/$articleId/edit" });
  return <BeginEditing key={articleId} articleId={articleId} />;
}

function BeginEditing({ articleId }: { articleId: string }) {
  const query = useOperation(knowledgeOperations.readArticle, { params: { articleId }, query: {} });
  // The one in hand, where there is one: what is in force is only where the next begins.
  const inHand = query.data?.versions.find(({ standing }) => standing === "DRAFT")?.version;
  const draft = useOperation(
    knowledgeOperations.readArticle,
    { params: { articleId }, query: { version: inHand ?? 1 } },
    { enabled: inHand !== undefined },
  );
  const ready = inHand === undefined ? query : draft;
  // Writing begins from what was read just now. What is read later, because others save meanwhile, must not slip in under one's own
  // words, nor take them off the screen.
  const [begun, setBegun] = useState<ArticleView>();
  if (!begun && ready.data && !query.isFetching && !ready.isFetching) setBegun(ready.data);
  return (
    <Answer of={{ data: begun, error: ready.error, refetch: ready.refetch }} lines={12}>
      {(article) => <EditArticle article={article} />}
    </Answer>
  );
}

function EditArticle({ article }: { article: ArticleView }) {
  const { t } = useTranslation("knowledge");
  const say = useWords();
  const sayBoth = useBilingual();
  const navigate = useNavigate();
  const { shown, versions } = article;
  const isDraft = shown.standing === "DRAFT";
  const version = isDraft ? shown.version : Math.max(...versions.map((one) => one.version)) + 1;
  const params = { articleId: String(article.articleId) };
  const back = (to?: number) =>
    void navigate({ to: "/knowledge/$articleId", params, search: to === undefined ? {} : { version: to } });
  const save = useAct(knowledgeOperations.saveDraft, { refreshes: articleReadings });
  return (
    <Page title={t("edit.title", { version })} note={say(shown.content.title)} narrow>
      <Section title={sayBoth(articleKindTitles[article.kind])}>
        <ArticleFormFields
          kind={article.kind}
          initial={formOf(shown, isDraft)}
          pending={save.isPending}
          error={save.error}
          onCancel={() => back()}
          onSubmit={(form) =>
            save.mutate(
              {
                params: { articleId: article.articleId },
                body: { revision: article.revision, draft: draftOf(form) },
              },
              // Once it was read again: what comes next (submitting it) acts on the revision of this save.
              { onSuccess: (saved) => back(saved.version) },
            )
          }
        />
      </Section>
    </Page>
  );
}
