// Chips that count down by themselves.
import type { ClockView, OrderRow } from "@bihuan/contract/work-order.ts";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../platform/language.ts";
import { useNow } from "../platform/ticker.ts";
import { ClockChip } from "../ui/clock-chip.tsx";
import { exactInstant } from "../ui/format.ts";
import { useZone } from "../ui/time.tsx";
import { chipOf, chipOfRow } from "./chip-of.ts";

/** Text changes by the minute; a tick every five seconds is never late enough to notice. */
const tickMs = 5_000;

export function LiveChip({ clock, large, onClick }: { clock: ClockView; large?: boolean; onClick?: () => void }) {
  const say = useBilingual();
  const zone = useZone();
  const chip = chipOf(clock, useNow(tickMs), zone);
  return (
    <ClockChip
      state={chip.state}
      text={say(chip.text)}
      usedShare={chip.share}
      title={say(clock.title)}
      exact={chip.dueAtMs === null ? undefined : exactInstant(chip.dueAtMs, zone)}
      {...(large ? { large } : {})}
      {...(onClick ? { onClick } : {})}
    />
  );
}

export function RowChip({
  row,
}: {
  row: Pick<OrderRow, "status" | "dueAt" | "dueFrom" | "missed"> & Partial<Pick<OrderRow, "missedInternal">>;
}) {
  const { t } = useTranslation("clock");
  const say = useBilingual();
  const zone = useZone();
  const chip = chipOfRow(row, useNow(tickMs), zone);
  if (!chip) return <span className="muted">{t("untimed")}</span>;
  return (
    <ClockChip
      state={chip.state}
      text={say(chip.text)}
      usedShare={chip.share}
      title={t("main")}
      exact={chip.dueAtMs === null ? undefined : exactInstant(chip.dueAtMs, zone)}
    />
  );
}
