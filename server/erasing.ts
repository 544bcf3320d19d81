// What is kept beside files and orders and goes with them when they are erased: one line for each slice that keeps some.
import { callsBeside } from "./call/erase.ts";
import { draftsBeside } from "./desk/intake/drafts.ts";
import type { KeptBeside } from "./work-order/commands/erase.ts";

export const keptBeside: readonly KeptBeside[] = [callsBeside, draftsBeside];
