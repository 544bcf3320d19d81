// Every list: rows of 36 px, a head that stays, j and k between rows. A row is opened by the link in it, so that Enter, a middle
// click and a screen reader do what they always do.
import { Button, Checkbox, Popover } from "antd";
import { type CSSProperties, type MouseEvent, type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import styles from "./data-table.module.css";
import { Icon } from "./icon.tsx";
import { useKeys } from "./keys.ts";
import { useScrollFocus } from "./scroll-focus.ts";
import { useUndo } from "./undo.tsx";

export type Column<Row> = {
  readonly key: string;
  readonly title: ReactNode;
  /** CSS width; one column without a width takes what is left. */
  readonly width?: number | string;
  readonly align?: "right";
  readonly wrap?: boolean;
  /** A figure that says little by itself: on a telephone, where the head is gone, its name stands before it. */
  readonly named?: boolean;
  /** The list can stand in this column's order; `is` tells whether it does. */
  readonly sort?: { readonly is: "ascending" | "descending" | null; readonly choose: () => void };
  readonly render: (row: Row) => ReactNode;
};

type Props<Row> = {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string | number;
  /** The row that stands open beside the list. */
  readonly currentKey?: string | number | null;
  /** A click anywhere in the row; without it, the row's link alone opens it. */
  readonly onOpen?: (row: Row) => void;
  readonly empty: ReactNode;
  /** Fills the page and scrolls inside; else it is as high as its rows. */
  readonly fill?: boolean;
  /** j and k move here; one table of a page has it. */
  readonly keys?: boolean;
  /** Rows are of the filter before; the new ones are on their way. */
  readonly stale?: boolean;
  readonly more?: { readonly has: boolean; readonly loading: boolean; readonly load: () => void };
  readonly foot?: ReactNode;
};

/** What the columns ask for, and room to read the one that takes what is left: below it the list scrolls instead of hiding it. */
export const leastWidth = (columns: readonly Pick<Column<never>, "width">[]): number =>
  columns.reduce((sum, { width }) => sum + (typeof width === "number" ? width : width === undefined ? 160 : 0), 0);

const firstLink = (row: Element | null | undefined): HTMLElement | null => row?.querySelector<HTMLElement>("a, button") ?? null;

export function DataTable<Row>(props: Props<Row>) {
  const { t } = useTranslation("ui");
  const body = useRef<HTMLTableSectionElement>(null);
  const scroll = useRef<HTMLDivElement>(null);
  useScrollFocus(scroll);

  const move = (by: 1 | -1) => (event: KeyboardEvent) => {
    const rows = [...(body.current?.rows ?? [])];
    const focused = rows.findIndex((row) => row.contains(document.activeElement));
    const from = focused >= 0 ? focused : rows.findIndex((row) => row.ariaCurrent === "true");
    const target = rows[from < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, from + by))];
    const link = firstLink(target);
    if (!target || !link) return;
    event.preventDefault();
    link.focus({ preventScroll: true });
    target.scrollIntoView({ block: "nearest" });
  };
  useKeys(
    {
      j: { run: move(1), does: t("keys.move") },
      k: { run: move(-1), does: t("keys.move") },
      Enter: { run: null, does: t("keys.open") },
    },
    props.keys === true && props.rows.length > 0,
  );

  const open = (row: Row) => (event: MouseEvent<HTMLTableRowElement>) => {
    const onControl = (event.target as Element).closest("a, button, input, label, [role=menuitem]");
    if (props.onOpen && !onControl && !window.getSelection()?.toString()) props.onOpen(row);
  };

  return (
    <div ref={scroll} className={styles.scroll} data-fill={props.fill}>
      {props.rows.length === 0 ? (
        props.empty
      ) : (
        <table
          className={styles.table}
          aria-label={props.label}
          data-stale={props.stale}
          style={{ "--least-width": `${leastWidth(props.columns)}px` } as CSSProperties}
        >
          <colgroup>
            {props.columns.map(({ key, width }) => (
              <col key={key} style={{ width }} />
            ))}
          </colgroup>
          <thead>
            <tr>
              {props.columns.map(({ key, title, align, sort }) => (
                <th key={key} scope="col" data-align={align} {...(sort?.is ? { "aria-sort": sort.is } : {})}>
                  {sort ? (
                    <button type="button" className={styles.sort} onClick={sort.choose} data-sorted={sort.is ?? undefined}>
                      {title}
                      <Icon name="down" size={14} />
                    </button>
                  ) : (
                    title
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody ref={body}>
            {props.rows.map((row) => {
              const key = props.rowKey(row);
              return (
                <tr
                  key={key}
                  className={styles.row}
                  data-opens={props.onOpen !== undefined}
                  aria-current={key === props.currentKey ? "true" : undefined}
                  onClick={open(row)}
                >
                  {props.columns.map((column) => (
                    <td
                      key={column.key}
                      data-align={column.align}
                      data-wrap={column.wrap}
                      data-wide={column.width === undefined}
                      data-name={column.named && typeof column.title === "string" ? column.title : undefined}
                    >
                      {column.render(row)}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {(props.more?.has || props.foot) && (
        <div className={styles.foot}>
          {props.more?.has && (
            <Button onClick={props.more.load} loading={props.more.loading}>
              {t("moreWithoutCount")}
            </Button>
          )}
          {props.foot}
        </div>
      )}
    </div>
  );
}

/** Which columns a list shows. The choice is kept on this machine under `name`. */
export function ColumnChooser(props: {
  readonly columns: readonly { readonly key: string; readonly title: ReactNode }[];
  readonly shown: readonly string[];
  readonly onChange: (shown: readonly string[] | null) => void;
}) {
  const { t } = useTranslation("ui");
  const offerUndo = useUndo();
  const reset = () => {
    const before = props.shown;
    props.onChange(null);
    offerUndo({ done: t("columnsAreReset"), undo: () => props.onChange(before) });
  };
  const toggle = (key: string) => {
    const next = props.shown.includes(key) ? props.shown.filter((one) => one !== key) : [...props.shown, key];
    if (next.length > 0) props.onChange(next);
  };
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t("columnsTitle")}
      content={
        <div style={{ display: "grid", gap: 8 }}>
          {props.columns.map(({ key, title }) => (
            <Checkbox key={key} checked={props.shown.includes(key)} onChange={() => toggle(key)}>
              {title}
            </Checkbox>
          ))}
          <Button size="small" type="link" onClick={reset}>
            {t("columnsReset")}
          </Button>
        </div>
      }
    >
      <Button aria-label={t("columns")} title={t("columns")} icon={<Icon name="columns" size={18} />} />
    </Popover>
  );
}
