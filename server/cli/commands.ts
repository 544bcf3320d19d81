// The register of the command line: one line for each command.
import type { Command } from "./command.ts";

export const commands: readonly Command[] = [];
