// The three lanes together: selection, keys, what is done in one stroke and what opens a form.
import type { TaskRow } from "@bihuan/contract/desk-work.ts";
import { lanes } from "@bihuan/core/desk/work/lanes.ts";
import { Link } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFlows } from "../../../flow/use-flows.ts";
import { useKeys } from "../../../ui/keys.ts";
import { Empty, Failure, Skeleton } from "../../../ui/states.tsx";
import { InstantText } from "../../../ui/time.tsx";
import { BulkBar } from "../acts/bulk-bar.tsx";
import { QuickAct } from "../acts/quick-act.tsx";
import { useAccept } from "../acts/use-accept.ts";
import { filterOf, isFiltered, type WorkSearch } from "../search.ts";
import { useGlide } from "./glide.ts";
import { LaneSection } from "./lane.tsx";
import styles from "./lane.module.css";
import type { RowActs } from "./task-row.tsx";
import { taskKey, useLanes, type View } from "./use-lanes.ts";

type Props = { readonly view: View; readonly search: WorkSearch };

export function TaskList({ view, search }: Props) {
  const { t } = useTranslation("work");
  const { flows, words } = useFlows();
  const filter = useMemo(() => filterOf(search), [search]);
  const work = useLanes(view, filter);
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const [acting, setActing] = useState<TaskRow | null>(null);
  const accepting = useAccept();
  const box = useRef<HTMLDivElement>(null);
  useGlide(box, work.lanes);
  // What is no longer there is no longer selected.
  const selected = work.tasks.filter((task) => chosen.has(taskKey(task)));

  const toggle = (tasks: readonly TaskRow[], on?: boolean): void => {
    const next = new Set(selected.map(taskKey));
    for (const key of tasks.map(taskKey))
      if (on ?? !next.has(key)) next.add(key);
      else next.delete(key);
    choose(next);
  };
  const acts: RowActs = {
    isSelected: (task) => chosen.has(taskKey(task)),
    select: (task) => toggle([task]),
    // Accepting asks nothing: one stroke does it.
    act: (task) => (task.action?.key === "accept" ? accepting.accept(task) : setActing(task)),
    pendingKey: accepting.pendingKey,
  };
  useRowKeys(box, work.tasks, acts, view === "mine");

  if (work.isPending) return <Skeleton lines={14} />;
  const first = work.tasks[0];
  const isEmpty = work.tasks.length === 0;
  return (
    <div className={styles.frame} data-beside={search.open !== undefined}>
      {work.error && <Failure error={work.error} onRetry={work.retry} />}
      {accepting.error !== null && <Failure error={accepting.error} />}
      {view === "mine" && <BulkBar tasks={selected} onClear={() => choose(new Set())} onKeep={(keys) => choose(new Set(keys))} />}
      <div className={styles.scroll} ref={box}>
        {isEmpty && !work.error ? (
          <Empty
            title={t(isFiltered(search) ? "empty.filtered" : view === "mine" ? "empty.title" : "empty.waiting")}
            hint={isFiltered(search) ? undefined : t(view === "mine" ? "empty.hint" : "empty.waitingHint")}
          />
        ) : (
          lanes.map((lane) => (
            <LaneSection
              key={lane}
              lane={lane}
              tasks={work.lanes[lane]}
              counted={work.counts?.[lane]}
              query={work.queries[lane]}
              words={words}
              search={search}
              acts={acts}
              selectable={view === "mine"}
              selectAll={toggle}
              empty={lane === "now" && view === "mine" && first?.dueAt ? <NextDue task={first} search={search} /> : null}
            />
          ))
        )}
      </div>
      {acting && <QuickAct task={acting} flows={flows} onClose={() => setActing(null)} />}
    </div>
  );
}

/** Nothing is for now: what comes next, and when. */
function NextDue({ task, search }: { task: TaskRow; search: WorkSearch }) {
  const { t } = useTranslation("work");
  const [before = "", after = ""] = t("empty.next", { time: "\u0000" }).split("\u0000");
  return (
    <p className={styles.quiet}>
      {before}
      <InstantText at={task.dueAt ?? ""} />
      {after}{" "}
      <Link to="/work" search={{ ...search, open: task.order.orderId }}>
        {task.order.title}
      </Link>
    </p>
  );
}

/** j and k move between rows, x selects, d does what the row asks for; Enter opens, since the focus is on the link. */
function useRowKeys(
  box: React.RefObject<HTMLElement | null>,
  tasks: readonly TaskRow[],
  acts: RowActs,
  selectable: boolean,
): void {
  const { t } = useTranslation("work");
  const rows = (): HTMLElement[] => [...(box.current?.querySelectorAll<HTMLElement>("[data-task]") ?? [])];
  const current = (): number => rows().findIndex((row) => row.contains(document.activeElement));
  const move = (by: 1 | -1) => (event: KeyboardEvent) => {
    const all = rows();
    const target = all[Math.max(0, Math.min(all.length - 1, current() + (current() < 0 && by < 0 ? 1 : by)))];
    const link = target?.querySelector<HTMLElement>("a");
    if (!target || !link) return;
    event.preventDefault();
    link.focus({ preventScroll: true });
    target.scrollIntoView({ block: "nearest" });
  };
  const here = (what: (task: TaskRow) => void) => () => {
    const key = rows()[current()]?.dataset["task"];
    const task = tasks.find((one) => taskKey(one) === key);
    if (task) what(task);
  };
  useKeys({
    j: { run: move(1), does: t("keys.move") },
    k: { run: move(-1), does: t("keys.move") },
    ...(selectable
      ? {
          x: { run: here(acts.select), does: t("keys.select") },
          d: { run: here((task) => task.action && acts.act(task)), does: t("keys.do") },
        }
      : {}),
  });
}
