// What must be true before a connection may go a step further.
import type { Action, ActionInput } from "../../flow/definition.ts";
import type { OrderState } from "../../flow/state.ts";
import { refuse, type Refusal } from "../../refusal.ts";
import { documentNames } from "./documents.ts";

type Check = NonNullable<Action["offered"]>;

/** The first refusal of several checks. */
export const all =
  (...checks: readonly Check[]): Check =>
  (state, context) => {
    for (const check of checks) {
      const refusal = check(state, context);
      if (refusal) return refusal;
    }
    return null;
  };

/** Design review and intermediate inspection are kept for important customers (service-standards §2.5, notes). */
export const isReviewed = ({ details, facts }: Pick<OrderState, "details" | "facts">): boolean =>
  details["load"] === "IMPORTANT" || facts.customerClass === "IMPORTANT" || facts.customerClass === "HIGH_RISK";

export const reviewed: Check = (state) => (isReviewed(state) ? null : refuse("connection.review-not-required"));

export const designPassed: Check = ({ marks }) => (marks["design"] === "PASSED" ? null : refuse("connection.design-not-passed"));
export const designOpen: Check = ({ marks }) =>
  marks["design"] === "PASSED" ? refuse("connection.design-passed-already") : null;

const midPassed: Check = ({ marks }) => {
  const results = Object.entries(marks).flatMap(([key, result]) => (key.startsWith("mid:") ? [result] : []));
  return results.length > 0 && results.every((result) => result === "PASSED")
    ? null
    : refuse("connection.mid-inspection-not-passed");
};
/** Where the customer's design and works are reviewed on the way, both must have passed before completion is reported. */
export const reviewsDone: Check = (state, context) => (isReviewed(state) ? all(designPassed, midPassed)(state, context) : null);

export const feeSettled: Check = ({ marks }) =>
  marks["feeDue"] === true && marks["feeSettled"] !== true ? refuse("connection.fee-open") : null;
export const feeOpen: Check = (state, context) => (feeSettled(state, context) ? null : refuse("connection.no-fee-due"));

export const nothingMissing: Check = ({ missing }) =>
  missing.length === 0 ? null : refuse("connection.documents-missing", { ...documentNames(missing) });
export const somethingMissing: Check = ({ missing }) => (missing.length > 0 ? null : refuse("connection.nothing-missing"));

export const unsigned: Check = ({ marks }) => (marks["contract"] === true ? refuse("connection.contract-signed") : null);

/** What failed must be told, and what failed before must have been looked at again. */
export function judged({ value }: Pick<ActionInput, "value">, before: unknown): Refusal | null {
  if (value["passed"] !== true)
    return typeof value["findings"] === "string" && value["findings"] !== "" ? null : refuse("connection.findings-missing");
  return before === "FAILED" && value["rectified"] !== true ? refuse("connection.rectification-unconfirmed") : null;
}
