/** Looks at what a draft would do to the open orders. Payload: `draftId`. */
export const DRY_RUN_JOB = "clock.dry-run";
/** Binds the open orders a rulebook moves. Payload: `version`, and `sinceMs` for the second round. */
export const REBIND_JOB = "clock.rebind-orders";
/** One rulebook's orders are bound before the next one's. */
export const REBIND_QUEUE = "clock.rebind-orders";
