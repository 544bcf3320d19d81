import { identityOperations } from "@bihuan/contract/identity.ts";
import { useParams } from "@tanstack/react-router";
import { Button, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Grants } from "../identity/staff/grants.tsx";
import { IssuePassword } from "../identity/staff/one-time-password.tsx";
import { StaffSessions } from "../identity/sign-in/sessions.tsx";
import { EditStaffForm } from "../identity/staff/staff-forms.tsx";
import { StaffState } from "../identity/staff/staff-table.tsx";
import { useAct, useOperation } from "../platform/query.ts";
import { nowMs } from "../platform/time.ts";
import { Facts, Page, Section } from "../ui/page.tsx";
import { Answer, Failure } from "../ui/states.tsx";
import { InstantText } from "../ui/time.tsx";

const refreshes = [identityOperations.readStaff, identityOperations.listStaff];

export function StaffPage() {
  const { t } = useTranslation("identity");
  const { staffId } = useParams({ from: "/inside/staff/$staffId" });
  const id = Number(staffId);
  const query = useOperation(identityOperations.readStaff, { params: { staffId: id } });
  const [editing, setEditing] = useState(false);
  const deactivate = useAct(identityOperations.deactivateStaff, { refreshes });
  const reactivate = useAct(identityOperations.reactivateStaff, { refreshes });
  const unlock = useAct(identityOperations.unlockStaff, { refreshes });
  const failed = deactivate.error ?? reactivate.error ?? unlock.error;
  return (
    <Answer of={query} lines={10}>
      {(person) => {
        const change = { params: { staffId: id }, body: { version: person.version } };
        const locked = person.lockedUntil !== null && Date.parse(person.lockedUntil) > nowMs();
        return (
          <Page
            title={person.name}
            note={person.homeUnitName}
            actions={
              <>
                {person.may.issuePassword && person.active && <IssuePassword person={person} />}
                {person.may.unlock && locked && (
                  <Button loading={unlock.isPending} onClick={() => unlock.mutate({ params: { staffId: id } })}>
                    {t("staff.unlock")}
                  </Button>
                )}
                {person.may.edit && !editing && <Button onClick={() => setEditing(true)}>{t("staff.edit")}</Button>}
                {person.may.edit &&
                  (person.active ? (
                    <Popconfirm
                      title={t("staff.deactivateSure", { name: person.name })}
                      okText={t("staff.deactivate")}
                      onConfirm={() => deactivate.mutate(change)}
                    >
                      <Button danger loading={deactivate.isPending}>
                        {t("staff.deactivate")}
                      </Button>
                    </Popconfirm>
                  ) : (
                    <Button loading={reactivate.isPending} onClick={() => reactivate.mutate(change)}>
                      {t("staff.reactivate")}
                    </Button>
                  ))}
              </>
            }
          >
            {failed && <Failure error={failed} />}
            <Section title={t("staff.account")}>
              {editing ? (
                <EditStaffForm person={person} onDone={() => setEditing(false)} />
              ) : (
                <Facts
                  rows={[
                    [t("account"), <code key="account">{person.account}</code>],
                    [t("staff.homeUnit"), person.homeUnitName],
                    [t("staff.state"), <StaffState key="state" person={person} />],
                    [
                      t("staff.lockedUntil"),
                      locked && person.lockedUntil && <InstantText key="locked" at={person.lockedUntil} />,
                    ],
                    [
                      t("staff.lastSignIn"),
                      person.lastSignInAt ? <InstantText key="seen" at={person.lastSignInAt} /> : t("staff.never"),
                    ],
                  ]}
                />
              )}
            </Section>
            <Grants person={person} />
            {person.may.revokeSessions && <StaffSessions staffId={id} />}
          </Page>
        );
      }}
    </Answer>
  );
}
