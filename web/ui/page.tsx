// The frame of a page: one title, its actions, sections that are never nested.
import { Button } from "antd";
import { type ReactNode, useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePhone } from "./media.ts";
import styles from "./page.module.css";

/** `fill` for pages that are one list and scroll inside; `narrow` for forms. */
export function Page(props: {
  title: string;
  /** Drawn in place of the title, where the title leads somewhere. */
  heading?: ReactNode;
  note?: ReactNode;
  filters?: ReactNode;
  actions?: ReactNode;
  fill?: boolean;
  narrow?: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation("shell");
  const phone = usePhone();
  const [filtering, setFiltering] = useState(false);
  useEffect(() => {
    document.title = t("documentTitle", { page: props.title });
  }, [props.title, t]);
  return (
    <div className={styles.page} data-fill={props.fill} data-narrow={props.narrow}>
      <header className={styles.header}>
        <div className={styles.titles}>
          <h1>{props.heading ?? props.title}</h1>
          {props.note && <span className={styles.note}>{props.note}</span>}
        </div>
        {props.filters && (
          <div className={styles.filters} role="search" data-open={filtering}>
            {props.filters}
            {phone && (
              <Button className={styles.filtering ?? ""} aria-expanded={filtering} onClick={() => setFiltering(!filtering)}>
                {t(filtering ? "filters.less" : "filters.more")}
              </Button>
            )}
          </div>
        )}
        {props.actions && <div className={styles.actions}>{props.actions}</div>}
      </header>
      {props.children}
    </div>
  );
}

/** `flush` where the content brings its own edges: a table. */
export function Section({
  title,
  actions,
  flush,
  children,
}: {
  title: ReactNode;
  actions?: ReactNode;
  flush?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={styles.section} data-flush={flush} aria-labelledby={id}>
      <header className={styles.sectionHeader}>
        <h2 id={id}>{title}</h2>
        {actions}
      </header>
      <div className={styles.sectionBody}>{children}</div>
    </section>
  );
}

/** Names and values. Values that are absent are left out. */
export function Facts({ rows }: { rows: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {rows
        .filter(([, value]) => value !== null && value !== undefined && value !== "" && value !== false)
        .map(([name, value]) => [<dt key={`${name} name`}>{name}</dt>, <dd key={name}>{value}</dd>])}
    </dl>
  );
}

export function Tag({ tone, title, children }: { tone?: "strong" | "accent" | "caution"; title?: string; children: ReactNode }) {
  return (
    <span className={styles.tag} data-tone={tone} title={title}>
      {children}
    </span>
  );
}

export const Bar = ({ children }: { children: ReactNode }) => <div className={styles.bar}>{children}</div>;

/** Views of one thing; the caller draws the chosen one. */
export function Tabs<Key extends string>(props: {
  tabs: readonly { key: Key; title: ReactNode }[];
  value: Key;
  onChange: (key: Key) => void;
  label: string;
}) {
  return (
    <div className={styles.tabs} role="tablist" aria-label={props.label}>
      {props.tabs.map(({ key, title }) => (
        <button
          key={key}
          type="button"
          role="tab"
          aria-selected={key === props.value}
          className={styles.tab}
          onClick={() => props.onChange(key)}
        >
          {title}
        </button>
      ))}
    </div>
  );
}
