// The chip of a clock: shape, colour and time together, so that none of them has to be trusted alone.
import { forwardRef } from "react";
import styles from "./clock-chip.module.css";
import { ClockShape, type ClockState } from "./clock-shape.tsx";

export type ChipLook = { readonly state: ClockState; readonly text: string; readonly usedShare: number };

type Props = ChipLook & {
  /** What the clock times, read out before the time. */
  readonly title: string;
  /** The exact instant, on hover. */
  readonly exact?: string | undefined;
  readonly large?: boolean;
  readonly onClick?: () => void;
};

/** With `onClick` it is a button that opens the explanation; without, a picture that is read as one sentence. */
export const ClockChip = forwardRef<HTMLElement, Props>(function ClockChip(
  { state, text, usedShare, title, exact, large, onClick, ...rest },
  ref,
) {
  const content = (
    <>
      <ClockShape state={state} usedShare={usedShare} />
      <span className="visually-hidden">{title}: </span>
      <span className={styles.text}>{text}</span>
    </>
  );
  const shared = { className: styles.chip, "data-state": state, "data-large": large, title: exact };
  return onClick ? (
    <button {...rest} {...shared} ref={ref as React.Ref<HTMLButtonElement>} type="button" onClick={onClick}>
      {content}
    </button>
  ) : (
    <span {...rest} {...shared} ref={ref}>
      {content}
    </span>
  );
});
