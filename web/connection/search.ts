// The state of the tracking table, as it stands in the address.
import { digits, oneOf, present, type RawSearch, text, whole } from "../platform/search.ts";

export const trackingStates = ["open", "closed", "all"] as const;

/** `open` is the order that stands beside the table. */
export const readTrackingSearch = (search: RawSearch) =>
  present({
    unit: whole(search, "unit"),
    flow: text(search, "flow", 64),
    state: oneOf(search, "state", trackingStates),
    only: oneOf(search, "only", ["late"]),
    sort: oneOf(search, "sort", ["due", "intake"]),
    open: digits(search, "open", /^[1-9]\d{18}$/),
  });
export type TrackingSearch = ReturnType<typeof readTrackingSearch>;

/** The period and the units of the compliance rate. */
export const readComplianceSearch = (search: RawSearch) =>
  present({
    from: text(search, "from", 10),
    to: text(search, "to", 10),
    unit: whole(search, "unit"),
    by: oneOf(search, "by", ["day", "unit"]),
  });
export type ComplianceSearch = ReturnType<typeof readComplianceSearch>;

/** The filter of the table's operations that an address stands for. */
export const trackingFilter = (search: TrackingSearch) => ({
  state: search.state ?? ("open" as const),
  ...present({ unitId: search.unit, flow: search.flow, only: search.only }),
});

/** Whether anything narrows the table. */
export const isFiltered = ({ unit, flow, state, only }: TrackingSearch): boolean =>
  unit !== undefined || flow !== undefined || state !== undefined || only !== undefined;
