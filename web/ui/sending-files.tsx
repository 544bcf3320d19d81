// Files on their way to the server: chosen, sent one after the other, and what became of them.
import { Button } from "antd";
import { useRef, useState } from "react";
import { Icon } from "./icon.tsx";

export type FileFailed = { readonly name: string; readonly error: unknown };

/**
 * Sends files one after the other; the first that fails stops those behind it. In: how one is sent, and what follows once the last
 * was. Out: the name of the one on its way, the one that failed, and the act.
 */
export function useSendingFiles(sendOne: (file: File, body: FormData) => Promise<unknown>, done: () => void) {
  const [sending, setSending] = useState<string | null>(null);
  const [failed, setFailed] = useState<FileFailed | null>(null);
  async function send(files: readonly File[]): Promise<void> {
    setFailed(null);
    for (const file of files) {
      setSending(file.name);
      const body = new FormData();
      body.append("file", file, file.name);
      try {
        await sendOne(file, body);
      } catch (error) {
        setFailed({ name: file.name, error });
        break;
      }
    }
    setSending(null);
    done();
  }
  return { sending, failed, send };
}

/** Opens the browser's choice of files. In: its name, whether some are on their way, and what to do with those chosen. */
export function AddFiles({ label, busy, onFiles }: { label: string; busy: boolean; onFiles: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={label}
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          // The same file can be chosen again.
          target.value = "";
        }}
      />
      <Button size="small" icon={<Icon name="upload" size={16} />} loading={busy} onClick={() => input.current?.click()}>
        {label}
      </Button>
    </>
  );
}
