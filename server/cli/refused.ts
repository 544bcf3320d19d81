// A refusal of the catalogue, told at the command line.
import { type ErrorCode, errorCatalogue } from "@bihuan/contract/errors.ts";
import type { ErrorEntry } from "@bihuan/contract/errors/entry.ts";
import type { Refusal } from "@bihuan/core/refusal.ts";
import { fill } from "../platform/http/problem.ts";
import { CommandError } from "./command.ts";

/** The refusal as an error of the command: what happened and what to do, in both languages, with its code. */
export function refused(refusal: Refusal): CommandError {
  const entry: ErrorEntry | undefined = errorCatalogue[refusal.refused as ErrorCode];
  if (!entry) throw new Error(`refusal ${refusal.refused} is not in the error catalogue`);
  const say = (language: "zh" | "en") =>
    `${fill(entry.title[language], refusal.facts)} (${refusal.refused})\n${fill(entry.action[language], refusal.facts)}`;
  return new CommandError({ zh: say("zh"), en: say("en") });
}
