// Which acts on an order can be taken back at once, and by which action: only where that leads to where the order was.

export type Inverse = {
  readonly action: string /** Why, as the history will tell it: a text of the page. */;
  readonly reason: "merge";
};

/** In: the action that was done, and the step the order stood in before it. */
export const inverseOf = (action: string, stepBefore: string | null): Inverse | null =>
  // A merge is dissolved into dispatching; an order that was further on would not be back.
  action === "merge" && stepBefore === "dispatching" ? { action: "release", reason: "merge" } : null;
