// Taking back what was just done, by the command that undoes it: what was done is done at once, nothing waits for the person to think
// better of it. The offer stands for some seconds, and as long as the pointer or the focus is on it.
import { Button } from "antd";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./icon.tsx";
import { useKeys } from "./keys.ts";
import { Failure } from "./states.tsx";
import styles from "./undo.module.css";

export type UndoOffer = {
  /** What was done, as a sentence: 已删除视图“本周”. */
  readonly done: string;
  /** Does the opposite, with the rules of any other act. */
  readonly undo: () => unknown;
};

const standsMs = 10_000;
const Context = createContext<(offer: UndoOffer) => void>(() => undefined);
/** How an act offers to be taken back. A newer offer replaces the one before. */
export const useUndo = (): ((offer: UndoOffer) => void) => useContext(Context);

export function UndoProvider({ children }: { children: ReactNode }) {
  const [offer, setOffer] = useState<{ readonly no: number; readonly made: UndoOffer } | null>(null);
  const make = useCallback((made: UndoOffer) => setOffer((before) => ({ no: (before?.no ?? 0) + 1, made })), []);
  const close = useCallback(() => setOffer(null), []);
  return (
    <Context.Provider value={make}>
      {children}
      <div className={styles.place} role="status">
        {offer && <Offer key={offer.no} offer={offer.made} onClose={close} />}
      </div>
    </Context.Provider>
  );
}

function Offer({ offer, onClose }: { offer: UndoOffer; onClose: () => void }) {
  const { t } = useTranslation("ui");
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [held, setHeld] = useState(false);
  const stays = held || pending || error !== null;
  useEffect(() => {
    if (stays) return;
    const timer = setTimeout(onClose, standsMs);
    return () => clearTimeout(timer);
  }, [stays, onClose]);
  const stands = useRef(true);
  useEffect(() => () => void (stands.current = false), []);
  const undo = async (): Promise<void> => {
    if (pending) return;
    setPending(true);
    setError(null);
    try {
      await offer.undo();
      if (stands.current) onClose();
    } catch (failure) {
      setError(failure);
    }
    setPending(false);
  };
  useKeys({ z: { run: () => void undo(), does: t("undo.key"), act: true } }, error === null);
  const hold = useMemo(
    () => ({
      onMouseEnter: () => setHeld(true),
      onMouseLeave: () => setHeld(false),
      onFocus: () => setHeld(true),
      onBlur: () => setHeld(false),
    }),
    [],
  );
  return (
    <div className={styles.offer} {...hold}>
      {error === null ? <span className={styles.done}>{offer.done}</span> : <Failure error={error} />}
      <Button loading={pending} onClick={() => void undo()} aria-keyshortcuts="z">
        {t(error === null ? "undo.button" : "retry")}
      </Button>
      <Button type="text" aria-label={t("close")} icon={<Icon name="close" size={16} />} onClick={onClose} />
    </div>
  );
}
