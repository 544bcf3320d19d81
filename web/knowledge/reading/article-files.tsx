// Files of an article: everybody takes them; on a draft editors add and remove them.
import { type ArticleView, knowledgeOperations } from "@bihuan/contract/knowledge.ts";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { callOperation } from "../../platform/client.ts";
import { operationKey, useAct } from "../../platform/query.ts";
import { fileSize } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { Section } from "../../ui/page.tsx";
import { AddFiles, useSendingFiles } from "../../ui/sending-files.tsx";
import { Failure } from "../../ui/states.tsx";
import styles from "./article.module.css";

export function ArticleFiles({ article }: { article: ArticleView }) {
  const { t } = useTranslation("knowledge");
  const client = useQueryClient();
  const { articleId, shown } = article;
  const edits = shown.standing === "DRAFT" && article.actions.edit;
  const remove = useAct(knowledgeOperations.removeArticleFile, { refreshes: [knowledgeOperations.readArticle] });

  const { sending, failed, send } = useSendingFiles(
    (_, body) => callOperation(knowledgeOperations.attachToArticle, { params: { articleId } }, { body }),
    () => void client.invalidateQueries({ queryKey: operationKey(knowledgeOperations.readArticle) }),
  );

  if (shown.files.length === 0 && !edits) return null;
  return (
    <Section
      title={t("files.title")}
      actions={edits && <AddFiles label={t("files.add")} busy={sending !== null} onFiles={(files) => void send(files)} />}
    >
      {failed && (
        <>
          <p>{failed.name}</p>
          <Failure error={failed.error} />
        </>
      )}
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
