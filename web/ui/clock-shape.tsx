// The shapes of the clock's states, told apart without colour: ring, half, three quarters, disc, disc with a bar, two bars, tick, cross, dash.
import type { Chip } from "@bihuan/core/clock/explaining/chip.ts";
import styles from "./clock-chip.module.css";

export type ClockState = Chip["state"];

const radius = 5.5;
const round = 2 * Math.PI * radius;

/** A ring of which a share is drawn, clockwise from the top. */
function Ring({ share, width }: { share: number; width: number }) {
  const drawn = Math.min(1, Math.max(0, share)) * round;
  return (
    <>
      <circle className={styles.track} cx="8" cy="8" r={radius} fill="none" strokeWidth={width} />
      <circle
        cx="8"
        cy="8"
        r={radius}
        fill="none"
        stroke="currentColor"
        strokeWidth={width}
        strokeDasharray={`${drawn} ${round}`}
        transform="rotate(-90 8 8)"
      />
    </>
  );
}

/** In: the state, and the share of the time that is used, 0 to 1, for the ring of a clock with plenty left. */
export function ClockShape({ state, usedShare }: { state: ClockState; usedShare: number }) {
  return (
    <svg className={styles.shape} viewBox="0 0 16 16" aria-hidden="true">
      {state === "plenty" && <Ring share={usedShare} width={1.6} />}
      {state === "reminder" && (
        <>
          <circle cx="8" cy="8" r={radius} fill="none" stroke="currentColor" strokeWidth="1.6" />
          <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />
        </>
      )}
      {state === "coordinate" && (
        <>
          <circle cx="8" cy="8" r={radius} fill="none" stroke="currentColor" strokeWidth="1.6" />
          <path d="M8 8V2.5A5.5 5.5 0 1 1 2.5 8z" fill="currentColor" />
        </>
      )}
      {state === "red" && <circle cx="8" cy="8" r="6.3" fill="currentColor" />}
      {state === "overdue" && (
        <>
          <circle cx="8" cy="8" r="6.6" fill="currentColor" />
          <rect x="4" y="6.8" width="8" height="2.4" rx="0.6" className={styles.hole} />
        </>
      )}
      {state === "suspended" && <path d="M5.5 3v10M10.5 3v10" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />}
      {state === "met" && (
        <path
          d="M3.2 8.6l3.2 3.2 6.4-7"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.9"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      )}
      {(state === "superseded" || state === "lapsed") && (
        <path d="M4 8h8" stroke="currentColor" strokeWidth="1.9" strokeLinecap="round" />
      )}
      {state === "missed" && <path d="M4 4l8 8M12 4l-8 8" stroke="currentColor" strokeWidth="1.9" strokeLinecap="round" />}
    </svg>
  );
}
