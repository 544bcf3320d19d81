// A flow, drawn: steps from left to right, what leads on above or between them, what leads back below, clocks as bars underneath.
import type { FlowView } from "@bihuan/contract/flow.ts";
import { useId, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../platform/language.ts";
import { useScrollFocus } from "../ui/scroll-focus.ts";
import styles from "./flow-diagram.module.css";
import { CLOSED, labelLines, layoutFlow, measures, titleLines } from "./layout.ts";
import { useRoleName } from "./use-role-name.ts";

export function FlowDiagram({ flow }: { flow: FlowView }) {
  const { t } = useTranslation("flow");
  const say = useBilingual();
  const roleName = useRoleName();
  const arrow = useId();
  const scroll = useRef<HTMLDivElement>(null);
  useScrollFocus(scroll);
  const layout = useMemo(() => layoutFlow(flow), [flow]);
  const { width, height } = measures.node;
  const separator = t("separator");
  const actionTitle = (key: string): string => {
    const action = flow.actions.find((one) => one.key === key);
    return action ? say(action.title) : key;
  };
  return (
    <div ref={scroll} className={styles.scroll}>
      <svg
        className={styles.diagram}
        width={layout.width}
        height={layout.height}
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        role="img"
        aria-label={t("diagram", { flow: say(flow.title) })}
      >
        <defs>
          <marker id={arrow} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
            <path d="M0 0.5L8 4L0 7.5z" fill="var(--slate)" />
          </marker>
        </defs>
        {layout.buses.map((bus) => {
          const names = bus.actions.map(actionTitle).join(separator);
          return (
            <g key={`${bus.way} ${bus.to} ${bus.from.join(" ")} ${bus.actions.join(" ")}`} className={styles.bus}>
              <title>{names}</title>
              {bus.paths.map((path) => (
                <path key={path} className={styles.line} data-way={bus.way} d={path} markerEnd={`url(#${arrow})`} />
              ))}
              <Label text={names} x={bus.label.x} y={bus.label.y} narrow={bus.way === "straight"} />
            </g>
          );
        })}
        {layout.steps.map(({ key, x, y }) => {
          const step = flow.steps.find((one) => one.key === key);
          return (
            <g key={key} className={styles.node} data-initial={key === flow.initial} data-closed={key === CLOSED}>
              <rect x={x} y={y} width={width} height={height} rx={6} />
              <Lines
                className={styles.title}
                lines={titleLines(step ? say(step.title) : t("closed"))}
                x={x + width / 2}
                y={y + (step ? 25 : 34)}
              />
              {step && (
                <text className={styles.who} x={x + width / 2} y={y + height - 8}>
                  <title>{step.by.map(roleName).join(separator)}</title>
                  {shortList(step.by.map(roleName))}
                </text>
              )}
            </g>
          );
        })}
        {layout.bars.map(({ slot, x, y, width: barWidth, reach }) => {
          const title = flow.slots.find(({ key }) => key === slot)?.title;
          const name = title ? say(title) : slot;
          // A name that is longer than its bar stands behind it.
          const fits = widthOf(name) * 6 + 16 <= barWidth;
          return (
            <g key={slot} className={styles.bar}>
              <rect x={x} y={y + 3} width={barWidth} height={measures.bar - 6} rx={3} />
              {reach > barWidth && (
                <>
                  <rect x={x + barWidth} y={y + measures.bar / 2 - 1} width={reach - barWidth} height={2} data-thin="true" />
                  <line x1={x + reach} x2={x + reach} y1={y + 6} y2={y + measures.bar - 6} data-last="true" />
                </>
              )}
              <line x1={x} x2={x} y1={y + 1} y2={y + measures.bar - 1} />
              <line x1={x + barWidth} x2={x + barWidth} y1={y + 1} y2={y + measures.bar - 1} />
              <text x={fits ? x + 8 : x + reach + 6} y={y + measures.bar / 2 + 4}>
                {name}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}

/** Lines around a middle. */
function Lines({ className, lines, x, y }: { className: string | undefined; lines: readonly string[]; x: number; y: number }) {
  const first = y - (lines.length - 1) * 7;
  return (
    <text className={className} x={x} y={first}>
      {lines.map((line, at) => (
        <tspan key={line} x={x} dy={at === 0 ? 0 : 14}>
          {line}
        </tspan>
      ))}
    </text>
  );
}

/** A name in one line, or, in the narrow space between two steps, in as many as it takes; the last stands on the line. */
function Label({ text, x, y, narrow }: { text: string; x: number; y: number; narrow: boolean }) {
  const lines = narrow ? labelLines(text) : [text];
  return (
    <text className={styles.label} x={x} y={y - (lines.length - 1) * 12}>
      {lines.map((line, at) => (
        <tspan key={line} x={x} dy={at === 0 ? 0 : 12}>
          {line}
        </tspan>
      ))}
    </text>
  );
}

const widthOf = (text: string): number => [...text].reduce((sum, character) => sum + (character.charCodeAt(0) > 255 ? 2 : 1), 0);

/** As much of the first role as fits below a step's name; the others are counted. All of them stand in the table. */
function shortList(names: readonly string[]): string {
  const [first = "", ...others] = names;
  const more = others.length > 0 ? ` +${others.length}` : "";
  const room = 16 - more.length;
  return `${widthOf(first) <= room ? first : `${first.slice(0, room - 1)}…`}${more}`;
}
