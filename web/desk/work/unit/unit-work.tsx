// What a unit owes: below which unit, in which step, in whose hands; each number leads to the orders behind it.
import { deskWorkOperations } from "@bihuan/contract/desk-work.ts";
import { taskKinds } from "@bihuan/core/flow/tasks/task.ts";
import type { OperationResult } from "@bihuan/contract/operation.ts";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFlows } from "../../../flow/use-flows.ts";
import { useRoleName } from "../../../flow/use-role-name.ts";
import { useLanguage } from "../../../platform/language.ts";
import { useOperation } from "../../../platform/query.ts";
import { DataTable } from "../../../ui/data-table.tsx";
import { count } from "../../../ui/format.ts";
import { Section } from "../../../ui/page.tsx";
import { Answer, Empty, Notice } from "../../../ui/states.tsx";
import { InstantText } from "../../../ui/time.tsx";
import type { WorkSearch } from "../search.ts";
import styles from "./unit-work.module.css";

type Work = OperationResult<typeof deskWorkOperations.unitWork>;

export function UnitWork({ search }: { search: WorkSearch }) {
  const { unit } = search;
  const query = useOperation(
    deskWorkOperations.unitWork,
    { query: unit === undefined ? {} : { unitId: unit } },
    { keepPrevious: true },
  );
  return <Answer of={query}>{(work) => <Overview work={work} search={search} />}</Answer>;
}

function Overview({ work, search }: { work: Work; search: WorkSearch }) {
  const { t } = useTranslation("work");
  const navigate = useNavigate();
  const language = useLanguage();
  const { parent, total, unit } = work;
  const figures = [
    ["open", total.open, { unit: unit.unitId }],
    ["unaccepted", total.unaccepted, { unit: unit.unitId, step: "accepting" }],
    ["overdue", total.overdue, { unit: unit.unitId, clock: "overdue" as const }],
  ] as const;
  return (
    <div className={styles.unit}>
      <header className={styles.head}>
        <h2>{t("unit.title", { unit: unit.name })}</h2>
        {parent && (
          <Button size="small" onClick={() => void navigate({ to: "/work", search: { ...search, unit: parent.unitId } })}>
            {t("unit.up", { unit: parent.name })}
          </Button>
        )}
        <dl className={styles.figures}>
          {figures.map(([key, value, filter]) => (
            <div key={key}>
              <dt>{t(`unit.${key}`)}</dt>
              <dd>
                <Link to="/orders" search={filter}>
                  {count(value, language)}
                </Link>
              </dd>
            </div>
          ))}
        </dl>
        {work.overdueMore && <span className="muted">{t("unit.overdueMore")}</span>}
      </header>
      <Nobody work={work} />
      <Units work={work} search={search} />
      <div className={styles.pair}>
        <Steps work={work} />
        <People work={work} />
      </div>
    </div>
  );
}

/** Orders that wait unseen: nobody in reach holds the role that their step asks for. */
function Nobody({ work: { nobody } }: { work: Work }) {
  const { t } = useTranslation("work");
  const roleName = useRoleName();
  if (nobody.length === 0) return null;
  return (
    <Notice tone="failure" title={t("unit.nobodyTitle", { count: nobody.reduce((sum, one) => sum + one.count, 0) })}>
      <p>{t("unit.nobodyHint")}</p>
      <ul>
        {nobody.map(({ unit, kind, count: n }) => (
          <li key={`${unit.unitId} ${kind}`}>
            <Link to="/orders" search={{ unit: unit.unitId }}>
              {t("unit.nobodyLine", {
                unit: unit.name,
                kind: t(`kind.${kind}`),
                count: n,
                roles: taskKinds[kind].by.map(roleName).join(t("unit.separator")),
              })}
            </Link>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Units({ work, search }: { work: Work; search: WorkSearch }) {
  const { t } = useTranslation("work");
  const language = useLanguage();
  type Row = Work["units"][number];
  const figure = (key: "open" | "unaccepted" | "overdue", filter: (row: Row) => object) => ({
    key,
    title: t(`unit.${key}`),
    width: 110,
    align: "right" as const,
    render: (row: Row) => (
      <Figure label={t(`unit.${key}`)}>
        {row[key] === 0 ? (
          <span className="muted">0</span>
        ) : row.own ? (
          count(row[key], language)
        ) : (
          <Link to="/orders" search={filter(row)}>
            {count(row[key], language)}
          </Link>
        )}
      </Figure>
    ),
  });
  return (
    <Section title={t("unit.byUnit")} flush>
      <DataTable<Row>
        label={t("unit.byUnit")}
        rows={work.units}
        rowKey={({ unit, own }) => `${unit.unitId} ${own}`}
        columns={[
          {
            key: "unit",
            title: t("unit.name"),
            render: ({ unit, own }) =>
              own ? (
                t("unit.own", { unit: unit.name })
              ) : (
                <Link to="/work" search={{ ...search, tab: "unit", unit: unit.unitId }}>
                  {unit.name}
                </Link>
              ),
          },
          figure("open", ({ unit }) => ({ unit: unit.unitId })),
          figure("unaccepted", ({ unit }) => ({ unit: unit.unitId, step: "accepting" })),
          figure("overdue", ({ unit }) => ({ unit: unit.unitId, clock: "overdue" })),
        ]}
        empty={<Empty title={t("unit.empty")} />}
      />
    </Section>
  );
}

function Steps({ work: { steps, unit } }: { work: Work }) {
  const { t } = useTranslation("work");
  const { words } = useFlows();
  const language = useLanguage();
  return (
    <Section title={t("unit.byStep")} flush>
      <DataTable
        label={t("unit.byStep")}
        rows={steps}
        rowKey={({ flow, step }) => `${flow} ${step}`}
        columns={[
          {
            key: "step",
            title: t("unit.step"),
            render: ({ flow, step }) => `${words.flow(flow)} · ${words.step(flow, step)}`,
          },
          {
            key: "count",
            title: t("unit.count"),
            width: 90,
            align: "right",
            render: ({ flow, step, count: n }) => (
              <Link to="/orders" search={{ unit: unit.unitId, flow, step }}>
                {count(n, language)}
              </Link>
            ),
          },
        ]}
        empty={<Empty title={t("unit.empty")} />}
      />
    </Section>
  );
}

function People({ work: { people, unit } }: { work: Work }) {
  const { t } = useTranslation("work");
  const language = useLanguage();
  return (
    <Section title={t("unit.byPerson")} flush>
      {people === null ? (
        <p className={styles.note}>{t("unit.tooMany")}</p>
      ) : (
        <DataTable
          label={t("unit.byPerson")}
          rows={people}
          rowKey={({ staff }) => staff?.staffId ?? 0}
          columns={[
            {
              key: "person",
              title: t("unit.person"),
              render: ({ staff }) => (staff ? staff.name : <span className="secondary">{t("unit.nobodyHas")}</span>),
            },
            {
              key: "open",
              title: t("unit.open"),
              width: 90,
              align: "right",
              render: ({ staff, open }) => (
                <Link
                  to="/orders"
                  search={{ unit: unit.unitId, ...(staff ? { person: staff.staffId } : { holder: "nobody" as const }) }}
                >
                  {count(open, language)}
                </Link>
              ),
            },
            {
              key: "overdue",
              title: t("unit.overdue"),
              width: 90,
              align: "right",
              render: ({ overdue }) => <Figure label={t("unit.overdue")}>{count(overdue, language)}</Figure>,
            },
            {
              key: "due",
              title: t("unit.firstDue"),
              width: 130,
              align: "right",
              render: ({ firstDueAt }) => firstDueAt && <InstantText at={firstDueAt} />,
            },
          ]}
          empty={<Empty title={t("unit.empty")} />}
        />
      )}
    </Section>
  );
}

/** A number of a table; on a telephone, where no head stands above it, with its name. */
function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <span className={styles.label} aria-hidden="true">
        {label}
      </span>
      {children}
    </>
  );
}
