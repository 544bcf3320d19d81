// Where the keyboard stands next, by the names of the fields.

const controls = "input, textarea";
const focusIn = (field: Element | undefined): void =>
  (field?.querySelector<HTMLElement>("input:checked") ?? field?.querySelector<HTMLElement>(controls))?.focus();

/** In: what holds the fields, and the one to go to. */
export const focusField = (root: Element, name: string): void =>
  focusIn(root.querySelector(`[data-field="${name}"]`) ?? undefined);

/** Goes to the field that comes after the one named. */
export function focusAfter(root: Element, name: string): void {
  const fields = [...root.querySelectorAll<HTMLElement>("[data-field]")];
  focusIn(fields[fields.findIndex((field) => field.dataset["field"] === name) + 1]);
}
