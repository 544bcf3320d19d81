// The state of the order list and of a new order, as it stands in the address.
import { digits, oneOf, present, type RawSearch, text, whole } from "../../platform/search.ts";

export const orderStates = ["open", "closed", "all"] as const;
export const clockFilters = ["overdue", "running", "suspended", "missed", "missed-internal"] as const;
export const holders = ["me", "nobody"] as const;
export const dueWithin = [60, 240, 480, 1_440, 4_320] as const;
const orderId = /^[1-9]\d{18}$/;

/** `open` is the order that stands beside the list. */
export const readOrderSearch = (search: RawSearch) =>
  present({
    unit: whole(search, "unit"),
    flow: text(search, "flow", 64),
    step: text(search, "step", 64),
    state: oneOf(search, "state", orderStates),
    clock: oneOf(search, "clock", clockFilters),
    due: whole(search, "due", 1, 525_600),
    holder: oneOf(search, "holder", holders),
    person: whole(search, "person"),
    customer: digits(search, "customer", /^\d{1,19}$/),
    text: text(search, "text"),
    sort: oneOf(search, "sort", ["due", "intake"]),
    open: digits(search, "open", orderId),
  });
export type OrderSearch = ReturnType<typeof readOrderSearch>;

/** The filter of `listOrders` and `countOrders` that a list's address stands for. */
export const orderFilter = (search: OrderSearch) => ({
  state: search.state ?? ("open" as const),
  ...present({
    unitId: search.unit,
    flow: search.flow,
    step: search.step,
    clock: search.clock,
    dueWithinMinutes: search.due,
    holder: search.holder,
    holderId: search.person,
    customerId: search.customer,
    text: search.text,
  }),
});

/** The change that takes every filter off and leaves the state and the order of the list. */
export const noFilters = {
  unit: undefined,
  flow: undefined,
  step: undefined,
  clock: undefined,
  due: undefined,
  holder: undefined,
  person: undefined,
  customer: undefined,
  text: undefined,
} satisfies { [Name in keyof OrderSearch]?: undefined };

/** How many filters narrow the list, beside the state. */
export const filterCount = (search: OrderSearch): number =>
  (Object.keys(noFilters) as (keyof typeof noFilters)[]).filter((name) => search[name] !== undefined).length;

export const readIntakeSearch = (search: RawSearch) =>
  present({ flow: text(search, "flow", 64), customer: digits(search, "customer", /^\d{1,19}$/) });
