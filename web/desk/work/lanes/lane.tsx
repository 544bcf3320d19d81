// One lane: what it holds, how many, and its tasks.
import type { TaskRow } from "@bihuan/contract/desk-work.ts";
import type { Lane } from "@bihuan/core/desk/work/lanes.ts";
import { Button, Checkbox } from "antd";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import type { FlowWords } from "../../../flow/use-flows.ts";
import { useLanguage } from "../../../platform/language.ts";
import { count } from "../../../ui/format.ts";
import type { WorkSearch } from "../search.ts";
import styles from "./lane.module.css";
import { type RowActs, TaskItem } from "./task-row.tsx";
import { type LaneQuery, taskKey } from "./use-lanes.ts";

type Props = {
  readonly lane: Lane;
  readonly tasks: readonly TaskRow[];
  readonly counted: { readonly count: number; readonly more: boolean } | undefined;
  readonly query: LaneQuery;
  readonly words: FlowWords;
  readonly search: WorkSearch;
  readonly acts: RowActs;
  readonly selectable: boolean;
  readonly selectAll: (tasks: readonly TaskRow[], chosen: boolean) => void;
  /** Shown in place of rows where there is none. */
  readonly empty?: ReactNode;
};

export function LaneSection({ lane, tasks, counted, query, words, search, acts, selectable, selectAll, empty }: Props) {
  const { t } = useTranslation("work");
  const language = useLanguage();
  const id = useId();
  const chosen = tasks.filter(acts.isSelected).length;
  return (
    <section className={styles.lane} data-lane={lane} aria-labelledby={id}>
      <header className={styles.head}>
        {selectable && (
          <Checkbox
            checked={tasks.length > 0 && chosen === tasks.length}
            indeterminate={chosen > 0 && chosen < tasks.length}
            disabled={tasks.length === 0}
            onChange={({ target }) => selectAll(tasks, target.checked)}
            aria-label={t("selectLane")}
          />
        )}
        <h2 id={id}>{t(`lane.${lane}`)}</h2>
        {counted && (
          <span className={styles.count}>
            {t(counted.more ? "countMore" : "count", { count: count(counted.count, language) as never })}
          </span>
        )}
        <span className={styles.hint}>{t(`laneHint.${lane}`)}</span>
      </header>
      {tasks.length === 0 && empty}
      <ul>
        {tasks.map((task) => (
          <TaskItem key={taskKey(task)} task={task} words={words} search={search} acts={acts} selectable={selectable} />
        ))}
      </ul>
      {query.hasNextPage && (
        <div className={styles.more}>
          <Button onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
            {t("showMore")}
          </Button>
        </div>
      )}
    </section>
  );
}
