// Special needs with their validity and the files that prove them. What has run out says so in words.
import { customerFileOperations } from "@bihuan/contract/customer-file.ts";
import type { CustomerFile, NeedEvidence } from "@bihuan/contract/customer.ts";
import { specialNeedTitles } from "@bihuan/core/customer/codes.ts";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { callOperation, operationUrl } from "../../platform/client.ts";
import { useBilingual } from "../../platform/language.ts";
import { operationKey, useAct } from "../../platform/query.ts";
import { DateInput } from "../../ui/date-input.tsx";
import { fileSize } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { Section, Tag } from "../../ui/page.tsx";
import { AddFiles, useSendingFiles } from "../../ui/sending-files.tsx";
import { Failure } from "../../ui/states.tsx";
import styles from "./file.module.css";
import { fileRefreshes } from "./refreshes.ts";

type Need = CustomerFile["specialNeeds"][number];

export function NeedsSection({
  file,
  notes,
}: {
  file: CustomerFile;
  notes: readonly { readonly kind: string; readonly note: string | null }[] | undefined;
}) {
  const { t } = useTranslation("customer");
  return (
    <Section title={t("file.needs")}>
      {file.specialNeeds.length === 0 ? (
        <p className="muted">{t("file.noNeeds")}</p>
      ) : (
        <ul className={styles.list}>
          {file.specialNeeds.map((need) => (
            <NeedLine
              key={need.kind}
              file={file}
              need={{ ...need, note: notes?.find(({ kind }) => kind === need.kind)?.note ?? need.note }}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}

function NeedLine({ file, need }: { file: CustomerFile; need: Need }) {
  const { t } = useTranslation("customer");
  const say = useBilingual();
  const { kind, note, validFrom, validTo, valid, evidence, evidenceState } = need;
  const caution = evidenceState !== "IN_ORDER" && valid;
  return (
    <li>
      <div className={styles.line}>
        <Tag tone={valid ? "caution" : "strong"}>{say(specialNeedTitles[kind])}</Tag>
        <span>{note}</span>
        <span className="muted">
          {validFrom || validTo ? `${validFrom ?? ""} – ${validTo ?? ""}` : t("need.always")} {!valid && t("need.invalid")}
        </span>
        {caution && <Tag tone="caution">{t(`evidence.${evidenceState}`)}</Tag>}
      </div>
      {evidence.length > 0 && (
        <ul className={styles.files} aria-label={t("evidence.title")}>
          {evidence.map((one) => (
            <EvidenceLine key={`${one.customerId} ${one.fileNo}`} file={file} evidence={one} />
          ))}
        </ul>
      )}
      {file.actions.edit && <AddEvidence file={file} need={need} />}
    </li>
  );
}

function EvidenceLine({ file, evidence }: { file: CustomerFile; evidence: NeedEvidence }) {
  const { t } = useTranslation("customer");
  const { customerId, fileNo, name, sizeBytes, validTo, addedBy } = evidence;
  const remove = useAct(customerFileOperations.removeNeedEvidence, { refreshes: fileRefreshes });
  const params = { customerId, fileNo };
  return (
    <li>
      <Icon name="file" size={16} />
      {file.actions.unmask ? (
        <a href={operationUrl(customerFileOperations.openNeedEvidence, { params })} download={name}>
          {name}
        </a>
      ) : (
        name
      )}
      <span className="muted">
        {[fileSize(sizeBytes), validTo ? t("evidence.until", { date: validTo }) : t("evidence.noEnd"), addedBy]
          .filter(Boolean)
          .join(" · ")}
      </span>
      {file.actions.edit && (
        <Button
          type="text"
          size="small"
          aria-label={t("evidence.remove", { name })}
          title={t("evidence.remove", { name })}
          icon={<Icon name="close" size={14} />}
          loading={remove.isPending}
          onClick={() => remove.mutate({ params })}
        />
      )}
      {remove.error && <Failure error={remove.error} />}
    </li>
  );
}

function AddEvidence({ file, need: { kind } }: { file: CustomerFile; need: Need }) {
  const { t } = useTranslation("customer");
  const client = useQueryClient();
  const [validTo, setValidTo] = useState<string | null>(null);
  const { customerId } = file;
  const { sending, failed, send } = useSendingFiles(
    (_, body) =>
      callOperation(
        customerFileOperations.addNeedEvidence,
        { params: { customerId, kind }, query: validTo ? { validTo } : {} },
        { body },
      ),
    () => void Promise.all(fileRefreshes.map((one) => client.invalidateQueries({ queryKey: operationKey(one) }))),
  );
  return (
    <div className={styles.line}>
      <DateInput label={t("evidence.validTo")} width={170} value={validTo} onChange={setValidTo} />
      <AddFiles label={t("evidence.add")} busy={sending !== null} onFiles={(files) => void send(files)} />
      {failed && <Failure error={failed.error} />}
    </div>
  );
}
