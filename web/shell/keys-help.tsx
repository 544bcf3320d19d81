import { Modal } from "antd";
import { useTranslation } from "react-i18next";
import styles from "./shell.module.css";

const rows = [
  ["search", ["Ctrl", "K"]],
  ["move", ["j", "k"]],
  ["open", ["Enter"]],
  ["newOrder", ["n"]],
  ["act", ["1", "2"]],
  ["close", ["Esc"]],
  ["help", ["?"]],
] as const;

export function KeysHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation("shell");
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t("keys.title")} width={400}>
      <dl className={styles.keys}>
        {rows.map(([name, keys]) => [
          <dt key={`${name} keys`}>
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>,
          <dd key={name}>{t(`keys.${name}`)}</dd>,
        ])}
      </dl>
    </Modal>
  );
}
