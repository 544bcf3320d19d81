// What stands where a page should be: unknown address, failed page, missing permission.
import { Button } from "antd";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { asProblem, ProblemError } from "../platform/problem.ts";
import { Page } from "../ui/page.tsx";
import { Empty, Failure } from "../ui/states.tsx";
import { Bare } from "./bare.tsx";

export function NotFound() {
  const { t } = useTranslation("shell");
  return (
    <Bare title={t("notFound.title")} lead={t("notFound.hint")}>
      <Link to="/">{t("notFound.home")}</Link>
    </Bare>
  );
}

/** An address inside that names nothing. */
export function Missing() {
  const { t } = useTranslation("shell");
  return (
    <Page title={t("notFound.title")}>
      <Empty title={t("notFound.title")} hint={t("notFound.hint")} />
    </Page>
  );
}

export function Crashed({ error }: { error: unknown }) {
  const { t } = useTranslation("shell");
  if (error instanceof ProblemError)
    return <div style={{ padding: 24 }}>{<Failure error={asProblem(error)} onRetry={() => location.reload()} />}</div>;
  return (
    <Empty title={t("crashed.title")} hint={t("crashed.hint")}>
      <Button onClick={() => location.reload()}>{t("crashed.reload")}</Button>
    </Empty>
  );
}
