import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Desk } from "../desk/intake/desk.tsx";
import { useFlows } from "../flow/use-flows.ts";
import { useOrganisation } from "../identity/organisation/use-organisation.ts";
import { useActingUnit } from "../shell/acting-unit.tsx";
import { Page } from "../ui/page.tsx";
import { Answer, Empty, Skeleton } from "../ui/states.tsx";

/** Where an agent sits: demands are found, seen, written and taken in here, and calls open here. */
export function IntakeDeskPage() {
  const { t } = useTranslation(["desk", "work-order"]);
  const navigate = useNavigate();
  const asked = useSearch({ from: "/inside/desk" });
  const { query, flows, words } = useFlows();
  const organisation = useOrganisation();
  const { unitId } = useActingUnit();
  const open = flows.filter(({ takesIn }) => takesIn);
  if (query.data && !organisation.query.isLoading && open.length > 0)
    return (
      <Desk
        flows={open}
        words={words}
        units={organisation.units}
        actingUnitId={unitId}
        asked={asked}
        // Once heard it goes from the address: a reload finds the draft, not the question.
        onAsked={() => void navigate({ to: "/desk", search: {}, replace: true })}
      />
    );
  return (
    <Page title={t("title")}>
      <Answer of={query}>
        {() => (organisation.query.isLoading ? <Skeleton lines={10} /> : <Empty title={t("work-order:intake.noFlow")} />)}
      </Answer>
    </Page>
  );
}
