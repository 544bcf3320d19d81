// What a page shows when it has nothing to show yet, nothing at all, or a refusal.
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../platform/language.ts";
import { asProblem } from "../platform/problem.ts";
import styles from "./states.module.css";

/** Grey bars where text will stand. */
export function Skeleton({ lines = 6 }: { lines?: number }) {
  const { t } = useTranslation("ui");
  return (
    <div className={styles.skeleton} role="status" aria-label={t("loading")}>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className={styles.bar} style={{ width: `${[92, 70, 84, 58, 78, 64][line % 6]}%` }} />
      ))}
    </div>
  );
}

/** Nothing here: says why, and what to do. */
export function Empty({ title, hint, children }: { title: ReactNode; hint?: ReactNode; children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <svg className={styles.emptyMark} viewBox="0 0 40 40" aria-hidden="true">
        <path
          d="M6 22l6-13h16l6 13v9H6zM6 22h9a5 5 0 0 0 10 0h9"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinejoin="round"
        />
      </svg>
      <p className={styles.emptyTitle}>{title}</p>
      {hint && <p>{hint}</p>}
      {children}
    </div>
  );
}

export type NoticeTone = "plain" | "good" | "caution" | "failure";

const marks: Record<NoticeTone, string> = {
  plain: "M8 7v5M8 4.5v.01",
  good: "M4 8.5l2.8 2.8L12 5.5",
  caution: "M8 4v5M8 11.7v.01",
  failure: "M5 5l6 6M11 5l-6 6",
};

/** A remark that stays on the page. Its tone is said by the mark and the words, the colour only supports them. */
export function Notice({
  tone = "plain",
  title,
  children,
  action,
}: {
  tone?: NoticeTone;
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={styles.notice} data-tone={tone} role={tone === "failure" ? "alert" : "status"}>
      <svg className={styles.noticeMark} viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="7" fill="none" stroke="currentColor" strokeWidth="1.3" />
        <path d={marks[tone]} fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      <div className={styles.noticeBody}>
        {title && <p className={styles.noticeTitle}>{title}</p>}
        {children}
      </div>
      {action}
    </div>
  );
}

/** A refusal: what happened, what was kept, what to do. Fields that a form shows itself are not repeated. */
export function Failure({ error, onRetry, hideFields }: { error: unknown; onRetry?: () => void; hideFields?: boolean }) {
  const { t } = useTranslation("ui");
  const say = useBilingual();
  const problem = asProblem(error);
  return (
    <Notice
      tone="failure"
      title={say(problem.title)}
      action={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {t("retry")}
          </Button>
        )
      }
    >
      <p>{say(problem.detail)}</p>
      {!hideFields && problem.fields.length > 0 && (
        <ul className={styles.noticeList}>
          {problem.fields.map(({ path, message }) => (
            <li key={`${path} ${message.en}`}>
              <code>{path}</code> {say(message)}
            </li>
          ))}
        </ul>
      )}
      {problem.status >= 500 && problem.requestId && <p className="muted">{t("requestId", { id: problem.requestId })}</p>}
    </Notice>
  );
}

type Reading<T> = { data: T | undefined; error: unknown; refetch: () => unknown };

/**
 * Draws the answer of a query, or what stands for it: the skeleton while it comes, the refusal where it does not. `skeleton`: one in
 * the shape of what is coming, so that nothing moves when it is there.
 */
export function Answer<T>({
  of,
  lines,
  skeleton,
  children,
}: {
  of: Reading<T>;
  lines?: number;
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}) {
  if (of.data !== undefined) return children(of.data);
  if (of.error)
    return (
      <div className={styles.failed}>
        <Failure error={of.error} onRetry={() => void of.refetch()} />
      </div>
    );
  return skeleton ?? <Skeleton {...(lines === undefined ? {} : { lines })} />;
}
