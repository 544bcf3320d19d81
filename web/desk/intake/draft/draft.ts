// What an agent has in hand: the demand being written and those put aside while another call came. It survives a reload and the end
// of a session; it is this person's alone, and gone once they sign out.
import { z } from "zod";

const Category = z.object({ flow: z.string(), subtype: z.string().nullable() });
export type Category = z.infer<typeof Category>;

const Values = z.record(z.string(), z.unknown());

/** One demand as far as it is written. Names and numbers of a customer's file stand in it masked, as the desk shows them. */
export const Draft = z.object({
  id: z.string(),
  startedAtMs: z.number(),
  /** The call it is written in; null where nobody is on the line. */
  callId: z.string().nullable(),
  /** Whose demand it is; null while nobody was found. */
  customer: z.object({ customerId: z.string(), accountNo: z.string().nullable() }).nullable(),
  /** The account whose facts were taken over into the form: what is changed in them afterwards stands. */
  takenFrom: z.string().nullable(),
  /** What to call it while it lies aside. */
  label: z.string(),
  category: Category.nullable(),
  form: Values,
  /** The answers to each kind of business's own questions: they are still there when the agent comes back to it. */
  details: z.record(z.string(), Values),
  /** Whom to reach about it: one of the customer's contacts, or whoever is typed; null as the desk proposes. */
  contact: z.union([z.number(), z.literal("typed")]).nullable(),
  /** Orders it is to be linked with as a repeat. */
  linked: z.array(z.string()),
});
export type Draft = z.infer<typeof Draft>;

const Kept = z.object({
  current: Draft,
  aside: z.array(Draft),
  /** Calls and drafts that were dealt with: they open nothing any more, even while a call goes on or a copy is still about. */
  past: z.array(z.string()),
});
export type Drafts = z.infer<typeof Kept>;
const MOST_PAST = 50;

export const begun = (current: Draft): Drafts => ({ current, aside: [], past: [] });

/** Changes the draft in hand. */
export type Edit = (patch: Partial<Draft> | ((before: Draft) => Partial<Draft>)) => void;

/** In: an id of its own, now in ms, and the call it begins with. */
export const newDraft = (id: string, nowMs: number, callId: string | null = null): Draft => ({
  id,
  startedAtMs: nowMs,
  callId,
  customer: null,
  takenFrom: null,
  label: "",
  category: null,
  form: {},
  details: {},
  contact: null,
  linked: [],
});

/** What a caller says: fields that hold nothing unless somebody has written in them. */
const written = ["title", "description", "contactName", "contactPhone", "address", "externalNo", "callbackWish"];

/** Codes are chosen in a stroke, or stand there by themselves; figures, dates and words were asked for and entered. */
const isEntered = (value: unknown): boolean =>
  typeof value === "number" || (typeof value === "string" && value.trim() !== "" && !/^[A-Z][A-Z0-9_]*$/.test(value));

/** Whether something would be lost with it: a customer or a category alone is found again, what was written is not. */
export const isWritten = ({ form, details, linked }: Draft): boolean =>
  linked.length > 0 ||
  written.some((name) => isEntered(form[name])) ||
  Object.values(details).some((own) => Object.values(own).some(isEntered));

/** A draft nobody has begun: another call takes its place without asking. */
export const isBlank = (draft: Draft): boolean => !isWritten(draft) && draft.customer === null && draft.callId === null;

/** Begins another; the one in hand is put aside where something would be lost with it, else its call is over for this desk. */
export const switchTo = ({ current, aside, past }: Drafts, next: Draft): Drafts => ({
  current: next,
  aside: isWritten(current) ? [...aside, current] : aside,
  past: isWritten(current) ? past : withCall(past, current),
});

/** The demand in hand was taken in: the next one begins. */
export const finish = ({ current, aside, past }: Drafts, next: Draft): Drafts => ({
  current: next,
  aside,
  past: withDone(withCall(past, current), current.id),
});

const withDone = (past: readonly string[], id: string | null): string[] =>
  [...past, ...(id === null || past.includes(id) ? [] : [id])].slice(-MOST_PAST);
const withCall = (past: readonly string[], { callId }: Draft): string[] => withDone(past, callId);

/** Takes one up again that lay aside; the one in hand takes its place there, unless nothing would be lost with it. */
export function takeUp(drafts: Drafts, id: string): Drafts {
  const found = drafts.aside.find((draft) => draft.id === id);
  return found ? switchTo({ ...drafts, aside: drafts.aside.filter((draft) => draft !== found) }, found) : drafts;
}

export const discard = (drafts: Drafts, id: string): Drafts => ({
  ...drafts,
  aside: drafts.aside.filter((draft) => draft.id !== id),
  past: withDone(drafts.past, id),
});

/** Drafts that the server has of this person and this window has not: written at another desk, or in another window. */
export const withOthers = (drafts: Drafts, others: readonly Draft[]): Drafts => {
  const known = new Set([...[drafts.current, ...drafts.aside].map(({ id }) => id), ...drafts.past]);
  return { ...drafts, aside: [...drafts.aside, ...others.filter(({ id }) => !known.has(id))] };
};

/** A draft as the server kept it; null where this program cannot read it. */
export const readDraft = (content: unknown): Draft | null => Draft.safeParse(content).data ?? null;

/** Calls that nobody here has dealt with yet, in the order in which they came. In: one's own calls. */
export const unanswered = <
  Call extends { readonly callNo: string; readonly endedAt: string | null; readonly orderIds: readonly string[] },
>(
  { current, aside, past }: Drafts,
  calls: readonly Call[],
): Call[] => {
  const known = new Set([...past, current.callId, ...aside.map(({ callId }) => callId)]);
  return calls.filter(({ callNo, endedAt, orderIds }) => endedAt === null && orderIds.length === 0 && !known.has(callNo));
};

/** As it was kept; null where there is nothing, or nothing that this program can still read. */
export function readDrafts(text: string | null): Drafts | null {
  if (text === null) return null;
  try {
    return Kept.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
