// Buttons, and forms as the flows send them: as they begin, as they are refused.
import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DateRangeInput } from "../ui/date-input.tsx";
import { Icon } from "../ui/icon.tsx";
import { Section, Tabs, Tag } from "../ui/page.tsx";
import { SchemaForm } from "../ui/schema-form.tsx";
import { SearchInput } from "../ui/search-input.tsx";
import { refusedField, sampleForm, sampleValues } from "./form-samples.ts";
import styles from "./styleguide.module.css";

export function Controls() {
  const { t } = useTranslation("styleguide");
  const [tab, setTab] = useState<"one" | "two">("one");
  const [words, setWords] = useState<string | undefined>();
  const options = ["one", "two"].map((value) => ({ value, label: t(`tab.${value as "one"}`) }));
  return (
    <Section title={t("controls")}>
      <div className={styles.stack}>
        <div className={styles.row}>
          <Button type="primary">{t("button.primary")}</Button>
          <Button>{t("button.plain")}</Button>
          <Button danger>{t("button.danger")}</Button>
          <Button type="primary" danger>
            {t("button.final")}
          </Button>
          <Button type="link">{t("button.link")}</Button>
          <Button disabled>{t("button.disabled")}</Button>
          <Button loading>{t("button.loading")}</Button>
          <Button aria-label={t("button.named")} title={t("button.named")} icon={<Icon name="upload" size={18} />} />
        </div>
        <div className={styles.row}>
          <SearchInput value={words} onSearch={setWords} label={t("search")} placeholder={t("search")} width={200} />
          <Select aria-label={t("choice")} style={{ width: 160 }} defaultValue="one" options={options} />
          <DateRangeInput label={t("range")} around="2026-06-12" value={{ from: null, to: null }} onChange={() => undefined} />
        </div>
        <div className={styles.row}>
          <Tag>{t("tag.plain")}</Tag>
          <Tag tone="strong">{t("tag.strong")}</Tag>
          <Tag tone="accent">{t("tag.accent")}</Tag>
          <Tag tone="caution">{t("tag.caution")}</Tag>
          <kbd>Ctrl</kbd> <kbd>K</kbd>
          <a href="#content">{t("link")}</a>
        </div>
        <Tabs
          label={t("tabs")}
          value={tab}
          onChange={setTab}
          tabs={[
            { key: "one", title: t("tab.one") },
            { key: "two", title: t("tab.two") },
          ]}
        />
      </div>
    </Section>
  );
}

export function Forms() {
  const { t } = useTranslation("styleguide");
  return (
    <>
      <Section title={t("form")}>
        <SchemaForm schema={sampleForm} submit={t("send")} columns="fit" onSubmit={() => undefined} initial={sampleValues} />
      </Section>
      <Section title={t("formRefused")}>
        <SchemaForm
          schema={sampleForm}
          submit={t("send")}
          columns="fit"
          onSubmit={() => undefined}
          initial={sampleValues}
          error={refusedField}
          onCancel={() => undefined}
        />
      </Section>
    </>
  );
}
