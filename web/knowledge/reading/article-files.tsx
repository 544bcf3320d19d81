// Files of an article: everybody takes them; on a draft editors add and remove them.
import { type ArticleView, knowledgeOperations } from "@bihuan/contract/knowledge.ts";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { callOperation } from "../../platform/client.ts";
import { operationKey, useAct } from "../../platform/query.ts";
import { fileSize } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { Section } from "../../ui/page.tsx";
import { Failure } from "../../ui/states.tsx";
import styles from "./article.module.css";

export function ArticleFiles({ article }: { article: ArticleView }) {
  const { t } = useTranslation("knowledge");
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [sending, setSending] = useState<string | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const { articleId, shown } = article;
  const edits = shown.standing === "DRAFT" && article.actions.edit;
  const remove = useAct(knowledgeOperations.removeArticleFile, { refreshes: [knowledgeOperations.readArticle] });

  const send = async (files: readonly File[]): Promise<void> => {
    setFailed(null);
    try {
      for (const file of files) {
        setSending(file.name);
        const body = new FormData();
        body.append("file", file, file.name);
        await callOperation(knowledgeOperations.attachToArticle, { params: { articleId } }, { body });
      }
    } catch (error) {
      setFailed(error);
    }
    setSending(null);
    void client.invalidateQueries({ queryKey: operationKey(knowledgeOperations.readArticle) });
  };

  if (shown.files.length === 0 && !edits) return null;
  return (
    <Section
      title={t("files.title")}
      actions={
        edits && (
          <>
            <input
              ref={input}
              type="file"
              multiple
              hidden
              aria-label={t("files.add")}
              onChange={(event) => {
                void send([...(event.target.files ?? [])]);
                event.target.value = "";
              }}
            />
            <Button
              size="small"
              icon={<Icon name="upload" size={16} />}
              loading={sending !== null}
              onClick={() => input.current?.click()}
            >
              {t("files.add")}
            </Button>
          </>
        )
      }
    >
      {failed !== null && <Failure error={failed} />}
      {remove.error && <Failure error={remove.error} />}
      {sending && <p className="muted">{t("files.sending", { name: sending })}</p>}
      {shown.files.length === 0 && !sending && <p className="muted">{t("files.none")}</p>}
      <ul className={styles.files}>
        {shown.files.map(({ fileNo, name, sizeBytes }) => (
          <li key={fileNo}>
            <Icon name="file" size={16} />
            <a href={`/api/knowledge/articles/${articleId}/versions/${shown.version}/files/${fileNo}`} download={name}>
              {name}
            </a>
            <span className="muted">{fileSize(sizeBytes)}</span>
            {edits && (
              <Button
                type="text"
                size="small"
                aria-label={t("files.remove", { name })}
                title={t("files.remove", { name })}
                icon={<Icon name="close" size={14} />}
                onClick={() => remove.mutate({ params: { articleId, fileNo } })}
              />
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
