// A list that is on its way: its head stands, its rows have their height, and the page does not move when they come.
import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import styles from "./data-table.module.css";
import { type Column, leastWidth } from "./data-table.tsx";
import states from "./states.module.css";

type Props = {
  readonly columns: readonly Pick<Column<never>, "key" | "title" | "width" | "align">[];
  readonly rows?: number;
  readonly fill?: boolean;
};

/** In: the columns of the list that is coming. */
export function TableSkeleton({ columns, rows = 14, fill = false }: Props) {
  const { t } = useTranslation("ui");
  return (
    <div className={styles.scroll} data-fill={fill} role="status" aria-label={t("loading")}>
      <table className={styles.table} aria-hidden="true" style={{ "--least-width": `${leastWidth(columns)}px` } as CSSProperties}>
        <colgroup>
          {columns.map(({ key, width }) => (
            <col key={key} style={{ width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map(({ key, title, align }) => (
              <th key={key} data-align={align}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: rows }, (_, row) => (
            <tr key={row} className={styles.row}>
              {columns.map(({ key, width }, column) => (
                <td key={key} aria-hidden="true" data-wide={width === undefined}>
                  <div className={states.bar} style={{ width: `${[72, 88, 56, 64, 80][(row + column) % 5]}%` }} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
