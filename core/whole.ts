import { z } from "zod";

/** A number of ours (of a unit, a person, a version), as far as the database can hold one. */
export const Whole = z.int().min(1).max(2_147_483_647);
