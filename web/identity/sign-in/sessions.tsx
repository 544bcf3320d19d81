// Where somebody is signed in, and ending it.
import { identityOperations, type SessionView } from "@bihuan/contract/identity.ts";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { useAct, useOperation } from "../../platform/query.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Section, Tag } from "../../ui/page.tsx";
import { Answer, Empty, Failure } from "../../ui/states.tsx";
import { InstantText } from "../../ui/time.tsx";
import { browserName } from "./browser-name.ts";

type View = z.infer<typeof SessionView>;

function SessionTable(props: { sessions: readonly View[]; pending: boolean; onRevoke: (session: View) => void }) {
  const { t } = useTranslation("identity");
  const columns: Column<View>[] = [
    { key: "address", title: t("session.address"), width: 160, render: ({ address }) => address },
    {
      key: "agent",
      title: t("session.agent"),
      render: ({ userAgent }) => <span title={userAgent ?? ""}>{userAgent && (browserName(userAgent) ?? userAgent)}</span>,
    },
    { key: "created", title: t("session.created"), width: 130, render: ({ createdAt }) => <InstantText at={createdAt} /> },
    { key: "seen", title: t("session.seen"), width: 130, render: ({ lastSeenAt }) => <InstantText at={lastSeenAt} /> },
    {
      key: "revoke",
      title: "",
      width: 120,
      align: "right",
      render: (session) =>
        session.current ? (
          <Tag tone="accent">{t("session.this")}</Tag>
        ) : (
          <Button size="small" disabled={props.pending} onClick={() => props.onRevoke(session)}>
            {t("session.revoke")}
          </Button>
        ),
    },
  ];
  return (
    <DataTable
      label={t("session.title")}
      columns={columns}
      rows={props.sessions}
      rowKey={(session) => session.sessionId}
      empty={<Empty title={t("session.none")} />}
    />
  );
}

export function OwnSessions() {
  const { t } = useTranslation("identity");
  const query = useOperation(identityOperations.listOwnSessions, {});
  const revoke = useAct(identityOperations.revokeOwnSession, { refreshes: [identityOperations.listOwnSessions] });
  return (
    <Section title={t("session.title")} flush>
      {revoke.error && <Failure error={revoke.error} />}
      <Answer of={query}>
        {({ sessions }) => (
          <SessionTable
            sessions={sessions}
            pending={revoke.isPending}
            onRevoke={({ sessionId }) => revoke.mutate({ params: { sessionId } })}
          />
        )}
      </Answer>
    </Section>
  );
}

export function StaffSessions({ staffId }: { staffId: number }) {
  const { t } = useTranslation("identity");
  const query = useOperation(identityOperations.listStaffSessions, { params: { staffId } });
  const revoke = useAct(identityOperations.revokeStaffSessions, { refreshes: [identityOperations.listStaffSessions] });
  const any = (query.data?.sessions.length ?? 0) > 0;
  return (
    <Section
      title={t("session.title")}
      flush
      actions={
        any && (
          <Button size="small" danger disabled={revoke.isPending} onClick={() => revoke.mutate({ params: { staffId } })}>
            {t("session.revokeAll")}
          </Button>
        )
      }
    >
      {revoke.error && <Failure error={revoke.error} />}
      <Answer of={query}>
        {({ sessions }) => (
          <SessionTable
            sessions={sessions}
            pending={revoke.isPending}
            onRevoke={({ sessionId }) => revoke.mutate({ params: { staffId }, query: { sessionId } })}
          />
        )}
      </Answer>
    </Section>
  );
}
