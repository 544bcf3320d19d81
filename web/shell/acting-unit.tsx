// The unit one acts for: where demands are taken in, and what the lists start with.
import { Select } from "antd";
import { createContext, type ReactNode, useContext, useId, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "../platform/session.ts";
import { useStored } from "../ui/stored.ts";
import styles from "./shell.module.css";

type Acting = {
  readonly unitId: number;
  readonly choose: (unitId: number) => void;
  readonly units: readonly { unitId: number; unitName: string }[];
};
const Context = createContext<Acting | null>(null);

export function ActingUnitProvider({ children }: { children: ReactNode }) {
  const session = useSession();
  const [stored, store] = useStored<number>(`acting-unit.${session.staffId}`);
  const acting = useMemo((): Acting => {
    const units = [...new Map(session.grants.map(({ unitId, unitName }) => [unitId, { unitId, unitName }])).values()];
    const home = units.find(({ unitId }) => unitId === session.homeUnitId)?.unitId ?? units[0]?.unitId ?? session.homeUnitId;
    return { unitId: units.some(({ unitId }) => unitId === stored) ? (stored as number) : home, choose: store, units };
  }, [session, stored, store]);
  return <Context.Provider value={acting}>{children}</Context.Provider>;
}

export function useActingUnit(): Acting {
  const acting = useContext(Context);
  if (!acting) throw new Error("the acting unit is known inside the shell");
  return acting;
}

export function ActingUnitChooser() {
  const { t } = useTranslation("shell");
  const { unitId, units, choose } = useActingUnit();
  const session = useSession();
  const id = useId();
  if (units.length < 2)
    return (
      <span className={styles.acting}>
        {t("actingFor")} <strong>{units[0]?.unitName ?? session.homeUnitName}</strong>
      </span>
    );
  return (
    <span className={styles.acting}>
      <label htmlFor={id}>{t("actingFor")}</label>
      <Select
        id={id}
        variant="borderless"
        value={unitId}
        onChange={choose}
        popupMatchSelectWidth={false}
        options={units.map((unit) => ({ value: unit.unitId, label: unit.unitName }))}
      />
    </span>
  );
}
