// Notes on a customer, newest first, each with who wrote it; retracted ones leave a line that says why.
import { type CustomerNote, customerFileOperations } from "@bihuan/contract/customer-file.ts";
import type { CustomerFile } from "@bihuan/contract/customer.ts";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useActKeys } from "../../platform/act-keys.ts";
import { useAct, useOperationPages } from "../../platform/query.ts";
import { Field, FormFrame } from "../../ui/field.tsx";
import { Section } from "../../ui/page.tsx";
import { Answer } from "../../ui/states.tsx";
import { InstantText } from "../../ui/time.tsx";
import styles from "./file.module.css";
import { fileRefreshes } from "./refreshes.ts";

export function NotesSection({ file }: { file: CustomerFile }) {
  const { t } = useTranslation("customer");
  const { customerId } = file;
  const pages = useOperationPages(
    customerFileOperations.listCustomerNotes,
    { customerId },
    (after) => ({ params: { customerId }, query: { limit: 10, ...(after ? { after } : {}) } }),
    ({ next }) => next,
  );
  const notes = pages.data?.pages.flatMap((page) => page.notes) ?? [];
  return (
    <Section title={t("notes.title")}>
      <div className={styles.stack}>
        {file.actions.record && <WriteNote customerId={customerId} />}
        <Answer of={pages} lines={3}>
          {() =>
            notes.length === 0 ? (
              <p className="muted">{t("notes.none")}</p>
            ) : (
              <ul className={styles.list}>
                {notes.map((note) => (
                  <NoteLine key={`${note.customerId} ${note.noteNo}`} note={note} />
                ))}
              </ul>
            )
          }
        </Answer>
        {pages.hasNextPage && (
          <div>
            <Button size="small" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              {t("more")}
            </Button>
          </div>
        )}
      </div>
    </Section>
  );
}

function WriteNote({ customerId }: { customerId: string }) {
  const { t } = useTranslation("customer");
  const [body, setBody] = useState("");
  const keys = useActKeys();
  const write = useAct(customerFileOperations.writeCustomerNote, {
    refreshes: fileRefreshes,
    onSuccess: () => {
      setBody("");
      keys.done();
    },
  });
  return (
    <FormFrame
      submit={t("notes.write")}
      pending={write.isPending}
      error={write.error}
      disabled={body.trim() === ""}
      onSubmit={() => write.mutate({ params: { customerId }, body: { body }, idempotencyKey: keys.keyFor(body) })}
    >
      <Field label={t("notes.body")} hint={t("notes.hint")}>
        {(control) => (
          <Input.TextArea
            {...control}
            maxLength={2000}
            autoSize={{ minRows: 2, maxRows: 8 }}
            value={body}
            onChange={({ target }) => setBody(target.value)}
          />
        )}
      </Field>
    </FormFrame>
  );
}

function NoteLine({ note }: { note: CustomerNote }) {
  const { t } = useTranslation("customer");
  const [retracting, setRetracting] = useState(false);
  const [reason, setReason] = useState("");
  const { customerId, noteNo } = note;
  const retract = useAct(customerFileOperations.retractCustomerNote, {
    refreshes: fileRefreshes,
    onSuccess: () => setRetracting(false),
  });
  return (
    <li>
      <div className={styles.line}>
        <strong>{note.author}</strong>
        <span className="muted">
          <InstantText at={note.writtenAt} />
        </span>
        {note.mayRetract && !retracting && (
          <Button type="link" size="small" onClick={() => setRetracting(true)}>
            {t("notes.retract")}
          </Button>
        )}
      </div>
      {note.retractedAt ? (
        <p className="muted">{t("notes.retracted", { reason: note.retractReason ?? "" })}</p>
      ) : (
        <p className={styles.body}>{note.body ?? t("notes.erased")}</p>
      )}
      {retracting && (
        <FormFrame
          submit={t("notes.retract")}
          danger
          pending={retract.isPending}
          error={retract.error}
          disabled={reason.trim() === ""}
          onCancel={() => setRetracting(false)}
          onSubmit={() => retract.mutate({ params: { customerId, noteNo }, body: { reason } })}
        >
          <Field label={t("notes.reason")} required>
            {(control) => (
              <Input {...control} autoFocus maxLength={200} value={reason} onChange={({ target }) => setReason(target.value)} />
            )}
          </Field>
        </FormFrame>
      )}
    </li>
  );
}
