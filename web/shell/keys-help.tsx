// The keys that work on the page in front, as the components that answer them say it.
import { Link } from "@tanstack/react-router";
import { Modal } from "antd";
import { useTranslation } from "react-i18next";
import { keyCaps, keyRows, type KeyScope, useStandingKeys } from "../ui/keys.ts";
import styles from "./shell.module.css";

export function KeysHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation("shell");
  const keys = useStandingKeys();
  const part = (scope: KeyScope) => {
    const rows = keyRows(keys.filter((key) => key.scope === scope));
    return (
      rows.length > 0 && (
        <section>
          <h3 className={styles.keysPart}>{t(`keys.${scope}`)}</h3>
          <dl className={styles.keys}>
            {rows.map(({ does, names }) => (
              <div key={does}>
                <dt>
                  {names.map((name) => (
                    <span key={name} className={styles.keyCaps}>
                      {keyCaps(name).map((cap) => (
                        <kbd key={cap}>{cap}</kbd>
                      ))}
                    </span>
                  ))}
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      )
    );
  };
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t("keys.title")} width={440} destroyOnHidden>
      {part("page")}
      {part("everywhere")}
      <p className={styles.keysFoot}>
        <Link to="/styleguide" onClick={onClose}>
          {t("further.styleguide")}
        </Link>
      </p>
    </Modal>
  );
}
