// What a command of the command line is. Each stands in a file of its own and is listed in commands.ts.
import type { ParseArgsOptionDescriptor } from "node:util";
import type { Bilingual } from "@bihuan/contract/text.ts";
import type { Platform } from "../platform/platform.ts";

/** An option as `node:util` parseArgs knows it, with its help text. `value` names what follows it in the help. */
export type CommandOption = ParseArgsOptionDescriptor & { readonly description: Bilingual; readonly value?: string };
export type CommandOptions = Readonly<Record<string, CommandOption>>;
export type Positional = {
  readonly name: string;
  readonly description: Bilingual;
  readonly optional?: boolean;
  readonly many?: boolean;
};

type Single<O extends CommandOption> = O["type"] extends "boolean" ? boolean : string;
type Given<O extends CommandOption> = O["multiple"] extends true ? Single<O>[] : Single<O>;
/** What the run receives: options without a default may be absent. */
export type Values<Options extends CommandOptions> = {
  readonly [Name in keyof Options]: Options[Name] extends { default: unknown }
    ? Given<Options[Name]>
    : Given<Options[Name]> | undefined;
};

export type CommandIo = {
  /** The result, and nothing else. */
  readonly stdout: NodeJS.WritableStream;
  /** Progress, remarks, logs. */
  readonly stderr: NodeJS.WritableStream;
  readonly stdin: NodeJS.ReadableStream;
  /** `json`: exactly one JSON document on stdout (or JSON lines where the command says so). */
  readonly format: "text" | "json";
  readonly language: "zh" | "en";
  /** Makes a file argument absolute: from where the person stands, not from where npm runs. */
  resolve(file: string): string;
};

export type CommandRun<Options extends CommandOptions = CommandOptions> = CommandIo & {
  readonly options: Values<Options>;
  readonly positionals: readonly string[];
};

type Common<Options extends CommandOptions> = {
  /** The words that call it, such as `["import", "service-requests"]`. */
  readonly path: readonly string[];
  readonly summary: Bilingual;
  /** More than the summary: what is read, what comes out, what the exit code means. */
  readonly details?: Bilingual;
  readonly options?: Options;
  readonly positionals?: readonly Positional[];
};

/**
 * A command. `run` returns the exit code: 0 done, 1 the answer is no (violations found, rows rejected where that matters),
 * 2 called wrongly. A thrown {@link CommandError} is told in one line; any other error is a failure of the program (70).
 * `database: false` for commands that need none: their run gets no platform; `as-found` for those that must not migrate it.
 */
export type Command<Options extends CommandOptions = CommandOptions> =
  | (Common<Options> & {
      readonly database?: true | "as-found";
      run(call: CommandRun<Options> & { readonly platform: Platform }): Promise<number>;
    })
  | (Common<Options> & { readonly database: false; run(call: CommandRun<Options>): Promise<number> });

/** Declares a command; the options' types flow into `run`. */
export const defineCommand = <const Options extends CommandOptions = CommandOptions>(command: Command<Options>): Command =>
  command;

/** A refusal told to the person at the command line, in both languages. */
export class CommandError extends Error {
  override name = "CommandError";
  readonly text: Bilingual;
  readonly exitCode: number;
  constructor(text: Bilingual, exitCode = 1) {
    super(text.en);
    this.text = text;
    this.exitCode = exitCode;
  }
}
