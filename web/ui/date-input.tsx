// Dates and instants that are typed or picked. Dates are text, `YYYY-MM-DD`; instants are read by the wall clock of the display
// zone, whatever zone the machine is set to. Enter takes over what was typed and does not send the form around it.
import { Button, DatePicker, Space } from "antd";
import dayjs from "dayjs";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { nowMs } from "../platform/time.ts";
import type { ControlProps } from "./field.tsx";
import { instantOfWall, wallClock, wallDate, wallTime } from "./format.ts";
import { useZone } from "./time.tsx";

const full = { width: "100%" } as const;
const day = (date: string | null | undefined) => (date ? dayjs(date) : null);
const keepForm = (event: KeyboardEvent): void => {
  if (event.key === "Enter") event.preventDefault();
};

/** The present instant, ISO 8601. A desk two seconds fast is taken as right; what has happened must not lie ahead of the server. */
export const justNow = (): string => new Date(nowMs() - 2_000).toISOString();

type Naming = { readonly control?: ControlProps; readonly label?: string };

export function DateInput(
  props: Naming & { value: string | null | undefined; onChange: (value: string | null) => void; width?: number },
) {
  return (
    <DatePicker
      {...props.control}
      {...(props.label ? { "aria-label": props.label, placeholder: props.label } : {})}
      style={props.width ? { width: props.width } : full}
      onKeyDown={keepForm}
      value={day(props.value)}
      onChange={(date) => props.onChange(date?.format("YYYY-MM-DD") ?? null)}
    />
  );
}

export type DateRange = { readonly from: string | null; readonly to: string | null };

/** A stretch of days, both ends included. */
export function DateRangeInput(props: { label: string; around: string; value: DateRange; onChange: (value: DateRange) => void }) {
  const around = dayjs(props.around);
  return (
    <DatePicker.RangePicker
      aria-label={props.label}
      style={full}
      onKeyDown={keepForm}
      defaultPickerValue={[around, around]}
      value={[day(props.value.from), day(props.value.to)]}
      onChange={(range) =>
        props.onChange({ from: range?.[0]?.format("YYYY-MM-DD") ?? null, to: range?.[1]?.format("YYYY-MM-DD") ?? null })
      }
    />
  );
}

/** An instant, ISO 8601 in and out. `withNow`: beside it stands a button that takes the present one. */
export function InstantInput(props: {
  control: ControlProps;
  value: string;
  onChange: (value: string | undefined) => void;
  withNow?: boolean;
}) {
  const { t } = useTranslation("ui");
  const zone = useZone();
  const wall = props.value ? wallClock(Date.parse(props.value), zone) : null;
  const picker = (
    <DatePicker
      {...props.control}
      style={full}
      placeholder={t("form.chooseInstant")}
      showTime={{ format: "HH:mm" }}
      format="YYYY-MM-DD HH:mm"
      showNow={false}
      needConfirm={false}
      allowClear={props.control["aria-required"] !== true}
      onKeyDown={keepForm}
      value={wall ? dayjs(`${wallDate(wall)}T${wallTime(wall)}`) : null}
      onChange={(next) => {
        const atMs = next ? instantOfWall(next.format("YYYY-MM-DD HH:mm"), zone) : null;
        props.onChange(atMs === null ? undefined : new Date(atMs).toISOString());
      }}
    />
  );
  if (!props.withNow) return picker;
  return (
    <Space.Compact block>
      {picker}
      <Button aria-describedby={`${props.control.id}-label`} onClick={() => props.onChange(justNow())}>
        {t("form.now")}
      </Button>
    </Space.Compact>
  );
}
