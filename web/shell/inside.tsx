// What every page of a signed-in person stands in: who they are, the unit they act for, their zone, the pickers of forms.
import { useRouteContext } from "@tanstack/react-router";
import { PickersProvider } from "../ui/pickers.tsx";
import { SessionProvider } from "../platform/session.ts";
import { DisplayZone } from "../ui/time.tsx";
import { UndoProvider } from "../ui/undo.tsx";
import { ActingUnitProvider } from "./acting-unit.tsx";
import { pickers } from "./pickers.ts";
import { Shell } from "./shell.tsx";

export function Inside() {
  const { session } = useRouteContext({ from: "/inside" });
  return (
    <SessionProvider value={session}>
      <DisplayZone value={session.zone}>
        <ActingUnitProvider>
          <PickersProvider value={pickers}>
            <UndoProvider>
              <Shell />
            </UndoProvider>
          </PickersProvider>
        </ActingUnitProvider>
      </DisplayZone>
    </SessionProvider>
  );
}
