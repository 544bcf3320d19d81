// What a reader may do with the version on the screen: write on, submit, approve, return, withdraw, discard.
import { type ArticleView, knowledgeOperations } from "@bihuan/contract/knowledge.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../platform/query.ts";
import { Field, FormFrame } from "../../ui/field.tsx";
import { Failure } from "../../ui/states.tsx";
import { articleReadings, forgetRead } from "../refreshes.ts";

type Asking = "return" | "withdraw" | "discard";

export function ArticleActs({ article, onDone }: { article: ArticleView; onDone: () => void }) {
  const { t } = useTranslation("knowledge");
  const navigate = useNavigate();
  const client = useQueryClient();
  const [asking, setAsking] = useState<Asking | null>(null);
  const [reason, setReason] = useState("");
  const { articleId, revision, actions, shown } = article;
  const done = {
    refreshes: articleReadings,
    onSuccess: () => {
      setAsking(null);
      setReason("");
      forgetRead(client);
      onDone();
    },
  };
  const submit = useAct(knowledgeOperations.submitDraft, done);
  const approve = useAct(knowledgeOperations.approveVersion, done);
  const giveBack = useAct(knowledgeOperations.returnVersion, done);
  const withdraw = useAct(knowledgeOperations.withdrawVersion, done);
  const discard = useAct(knowledgeOperations.discardDraft, {
    onSuccess: () => void navigate({ to: "/knowledge/work", search: { list: "DRAFT" }, replace: true }),
  });
  const params = { articleId };
  const asked = { return: giveBack, withdraw, discard };
  const failed = submit.error ?? approve.error;
  return (
    <>
      {actions.withdraw && (
        <Button danger onClick={() => setAsking("withdraw")}>
          {t("act.withdraw")}
        </Button>
      )}
      {actions.discard && <Button onClick={() => setAsking("discard")}>{t("act.discard")}</Button>}
      {actions.edit && (
        <Button onClick={() => void navigate({ to: "/knowledge/$articleId/edit", params: { articleId: String(articleId) } })}>
          {t(shown.standing === "DRAFT" ? "act.edit" : "act.next")}
        </Button>
      )}
      {actions.submit && (
        <Button type="primary" loading={submit.isPending} onClick={() => submit.mutate({ params, body: { revision } })}>
          {t("act.submit")}
        </Button>
      )}
      {actions.return && <Button onClick={() => setAsking("return")}>{t("act.return")}</Button>}
      {actions.approve && (
        <Button type="primary" loading={approve.isPending} onClick={() => approve.mutate({ params, body: { revision } })}>
          {t("act.approve")}
        </Button>
      )}
      {failed && (
        <div style={{ flexBasis: "100%" }}>
          <Failure error={failed} />
        </div>
      )}
      <Modal
        open={asking !== null}
        onCancel={() => setAsking(null)}
        footer={null}
        width={460}
        title={asking && t(`act.${asking}`)}
        destroyOnHidden
      >
        {asking && (
          <FormFrame
            submit={t(`act.${asking}`)}
            danger={asking !== "return"}
            pending={asked[asking].isPending}
            error={asked[asking].error}
            disabled={asking !== "discard" && reason.trim() === ""}
            onCancel={() => setAsking(null)}
            onSubmit={() => {
              if (asking === "discard") discard.mutate({ params, body: { revision } });
              else if (asking === "return") giveBack.mutate({ params, body: { revision, reason } });
              else withdraw.mutate({ params, body: { revision, version: shown.version, reason } });
            }}
          >
            {asking === "discard" ? (
              <p>{t("act.discardAsk")}</p>
            ) : (
              <Field
                label={t(asking === "return" ? "act.returnReason" : "act.withdrawReason")}
                hint={asking === "withdraw" ? t("act.withdrawHint") : null}
                required
              >
                {(control) => (
                  <Input
                    {...control}
                    autoFocus
                    maxLength={300}
                    value={reason}
                    onChange={(event) => setReason(event.target.value)}
                  />
                )}
              </Field>
            )}
          </FormFrame>
        )}
      </Modal>
    </>
  );
}
