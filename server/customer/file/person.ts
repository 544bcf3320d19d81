import type { Editor } from "../reach.ts";

/** The member of staff who acts, or null for a key. */
export const personOf = ({ scope: { principal } }: Editor): number | null => (principal.kind === "staff" ? principal.id : null);
