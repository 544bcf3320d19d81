import { identityOperations } from "@bihuan/contract/identity.ts";
import { unitKindTitles } from "@bihuan/core/identity/organisation.ts";
import { useNavigate, useRouteContext } from "@tanstack/react-router";
import { Button, Input, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../platform/language.ts";
import { useAct } from "../platform/query.ts";
import { nodesOf, readSessionAgain } from "../platform/session.ts";
import { Bare } from "../shell/bare.tsx";
import { SignOut } from "../shell/sign-out.tsx";
import { Field, FormFrame, labelOf } from "../ui/field.tsx";
import { Notice } from "../ui/states.tsx";

const kinds = ["PROVINCE", "CITY", "COUNTY"] as const;

/** First run: the utility gets its name. Whoever may not do it is told who can. */
export function SetUpPage() {
  const { t } = useTranslation("identity");
  const say = useBilingual();
  const navigate = useNavigate();
  const { session } = useRouteContext({ from: "/outside/set-up" });
  const [name, setName] = useState("");
  const [code, setCode] = useState("");
  const [kind, setKind] = useState<(typeof kinds)[number] | null>(null);
  const again = async (): Promise<void> => {
    await readSessionAgain();
    await navigate({ to: "/", replace: true });
  };
  const setUp = useAct(identityOperations.setUpOrganisation, {
    onSuccess: async () => {
      await readSessionAgain();
      await navigate({ to: "/organisation", replace: true });
    },
  });
  if (nodesOf(session, "organisation.edit").length === 0)
    return (
      <Bare title={t("setUp.title")} actions={<SignOut />}>
        <Notice
          action={
            <Button size="small" onClick={() => void again()}>
              {t("setUp.again")}
            </Button>
          }
        >
          {t("setUp.notYours")}
        </Notice>
      </Bare>
    );
  return (
    <Bare title={t("setUp.title")} lead={t("setUp.lead")} actions={<SignOut />}>
      <FormFrame
        submit={t("setUp.submit")}
        pending={setUp.isPending}
        error={setUp.error}
        disabled={name.trim() === "" || code.trim() === "" || kind === null}
        onSubmit={() => kind && setUp.mutate({ body: { name, code, kind } })}
      >
        <Field label={t("unit.name")} hint={t("setUp.nameHint")}>
          {(control) => (
            <Input {...control} autoFocus maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <Field label={t("unit.code")} hint={t("setUp.codeHint")}>
          {(control) => <Input {...control} maxLength={40} value={code} onChange={(event) => setCode(event.target.value)} />}
        </Field>
        <Field label={t("unit.kind")} hint={t("setUp.kindHint")} required>
          {(control) => (
            <Radio.Group
              {...control}
              {...labelOf(control)}
              style={{ display: "grid", gap: 8 }}
              value={kind}
              onChange={(event) => setKind(event.target.value)}
            >
              {kinds.map((one) => (
                <Radio key={one} value={one}>
                  {say(unitKindTitles[one])} <span className="muted">{t(`setUp.kind.${one}`)}</span>
                </Radio>
              ))}
            </Radio.Group>
          )}
        </Field>
      </FormFrame>
    </Bare>
  );
}
