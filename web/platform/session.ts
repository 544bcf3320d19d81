// Who is signed in, and what the server says they may do. Menus and buttons follow this; the server decides again.
import { type CurrentSession, identityOperations } from "@bihuan/contract/identity.ts";
import type { Permission } from "@bihuan/contract/permissions.ts";
import { createContext, useContext } from "react";
import { callOperation } from "./client.ts";
import { ProblemError } from "./problem.ts";
import { operationKey, queryClient } from "./query.ts";

export type Session = CurrentSession;

const key = operationKey(identityOperations.currentSession, {});

/** The session, or null where nobody is signed in. Read once, then kept until {@link forgetSession}. */
export function currentSession(): Promise<Session | null> {
  return queryClient.ensureQueryData({
    queryKey: key,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () =>
      callOperation(identityOperations.currentSession, {}).catch((error: unknown) => {
        if (error instanceof ProblemError && error.status === 401) return null;
        throw error;
      }),
  });
}
/** The session as it is kept, without asking; null where nobody is known to be signed in. */
export const knownSession = (): Session | null => queryClient.getQueryData<Session | null>(key) ?? null;
export const keepSession = (session: Session): void => {
  queryClient.setQueryData(key, session);
};
/** After signing out nothing of the person stays in memory. */
export const forgetSession = (): void => {
  queryClient.clear();
};
export const readSessionAgain = async (): Promise<void> => {
  await queryClient.invalidateQueries({ queryKey: key });
  queryClient.removeQueries({ queryKey: key });
};

/** Topmost units where the permission is held; empty where it is held nowhere. */
export const nodesOf = (session: Session, permission: Permission): readonly number[] =>
  session.permissions.find((one) => one.permission === permission)?.nodes ?? [];
export const may = (session: Session, permission: Permission): boolean => nodesOf(session, permission).length > 0;

const Context = createContext<Session | null>(null);
export const SessionProvider = Context.Provider;

export function useSession(): Session {
  const session = useContext(Context);
  if (!session) throw new Error("this page stands behind the sign-in");
  return session;
}
