// One call of the command line: find the command, read its options, open the database where it needs one, run it.
import path from "node:path";
import { parseArgs } from "node:util";
import type { Bilingual } from "@bihuan/contract/text.ts";
import { ConfigError, loadConfig } from "../platform/config.ts";
import { createLog } from "../platform/log.ts";
import { openPlatform } from "../platform/open.ts";
import { systemTime } from "../platform/time.ts";
import { type Command, CommandError, type CommandIo, type CommandOptions } from "./command.ts";
import { commandHelp, overview } from "./help.ts";

const EXIT = { done: 0, refused: 1, usage: 2, failure: 70 } as const;

/** Options every command has beside its own. */
const globalOptions = {
  help: { type: "boolean", short: "h", description: { zh: "显示本命令的说明", en: "Show this help" } },
  format: {
    type: "string",
    value: "text|json",
    default: "text",
    description: { zh: "输出格式；json 时标准输出只有 JSON", en: "Output format; with json, standard output holds JSON only" },
  },
  lang: { type: "string", value: "zh|en", description: { zh: "界面语言", en: "Language of texts" } },
} as const satisfies CommandOptions;

export type Call = {
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where the person stands: file arguments start here. */
  readonly folder: string;
  /** Where the product stands: relative paths of the configuration start here, as they do for the server. */
  readonly home: string;
  readonly commands: readonly Command[];
} & Pick<CommandIo, "stdout" | "stderr" | "stdin">;

const languageFrom = (environment: Call["environment"]): "zh" | "en" =>
  (environment["LC_ALL"] || environment["LC_MESSAGES"] || environment["LANG"] || "").toLowerCase().startsWith("zh") ? "zh" : "en";

/** `--lang` as it was typed, for what is told before a command's options are read. */
function languageAsked(given: readonly string[]): "zh" | "en" | null {
  const at = given.findIndex((word) => word === "--lang" || word.startsWith("--lang="));
  const asked = given[at]?.split("=")[1] ?? given[at + 1];
  return at >= 0 && (asked === "zh" || asked === "en") ? asked : null;
}

/** Failures of a file that the person named, as people say them. */
const fileFailures: Readonly<Record<string, Bilingual>> = {
  ENOENT: { zh: "没有这个文件或目录", en: "no such file or folder" },
  EISDIR: { zh: "这是目录，不是文件", en: "this is a folder, not a file" },
  EACCES: { zh: "没有读写权限", en: "permission denied" },
  ENOSPC: { zh: "磁盘空间不足", en: "the disk is full" },
};

/** What is wrong with the words of a call. `parseArgs` says it in English, with the option in quotes. */
function wrongOption(error: unknown): Bilingual {
  const { code, message } = error as NodeJS.ErrnoException;
  const option = /'([^' ]+)/.exec(message)?.[1]?.replace(/,$/, "") ?? "";
  const long = /(--[a-z-]+)/.exec(message)?.[1] ?? option;
  if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") return { zh: `没有选项 ${option}`, en: `Unknown option ${option}` };
  if (code !== "ERR_PARSE_ARGS_INVALID_OPTION_VALUE") return { zh: message, en: message };
  if (message.includes("does not take an argument"))
    return { zh: `选项 ${long} 后面不带值`, en: `Option ${long} takes no value` };
  return message.includes("ambiguous")
    ? {
        zh: `选项 ${long} 缺少值；值以“-”开头时写成 ${long}=值`,
        en: `Option ${long} has no value; one that begins with "-" is written ${long}=VALUE`,
      }
    : { zh: `选项 ${long} 缺少值`, en: `Option ${long} has no value` };
}

/** The command with the most words in common with the start of the arguments. */
const findCommand = (commands: readonly Command[], words: readonly string[]): Command | null =>
  commands
    .filter((command) => command.path.every((word, index) => words[index] === word))
    .toSorted((a, b) => b.path.length - a.path.length)[0] ?? null;

/** Runs one call. Out: the exit code (0 done, 1 refused, 2 called wrongly, 70 failure of the program). */
export async function runCommandLine(call: Call): Promise<number> {
  const given = [...call.arguments];
  let language = languageAsked(call.arguments) ?? languageFrom(call.environment);
  const say = (text: string) => call.stderr.write(`${text}\n`);
  const leading = given.findIndex((word) => word.startsWith("-"));
  const words = leading < 0 ? given : given.slice(0, leading);
  const command = findCommand(call.commands, words);
  if (!command) {
    const matching = call.commands.filter((known) => words.every((word, index) => known.path[index] === word));
    const asked = words.length === 0 || given.includes("--help") || given.includes("-h");
    if (asked && matching.length > 0) call.stdout.write(overview(matching, words, language));
    else
      say(
        `${language === "zh" ? "没有这个命令" : "No such command"}: ${words.join(" ")}\n\n${overview(matching.length > 0 ? matching : call.commands, [], language)}`,
      );
    return asked && matching.length > 0 ? EXIT.done : EXIT.usage;
  }

  const options: CommandOptions = { ...globalOptions, ...command.options };
  let parsed: { values: Record<string, unknown>; positionals: string[] };
  try {
    parsed = parseArgs({
      args: given.slice(command.path.length),
      options,
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    say(`${wrongOption(error)[language]}\n\n${commandHelp(command, options, language)}`);
    return EXIT.usage;
  }
  const { values, positionals } = parsed;
  if (values["lang"] === "zh" || values["lang"] === "en") language = values["lang"]; // --lang given twice: the last one counts
  if (values["help"]) {
    call.stdout.write(commandHelp(command, options, language));
    return EXIT.done;
  }
  const format = values["format"];
  const expected = command.positionals ?? [];
  const missing = expected.find((positional, index) => !positional.optional && positionals[index] === undefined);
  const surplus =
    !expected.some((positional) => positional.many) && positionals.length > expected.length
      ? positionals[expected.length]
      : undefined;
  if ((format !== "text" && format !== "json") || missing || surplus !== undefined) {
    const complaint = missing
      ? { zh: `缺少 ${missing.name}`, en: `Missing ${missing.name}` }
      : surplus !== undefined
        ? { zh: `多余的参数：${surplus}`, en: `Unexpected argument: ${surplus}` }
        : { zh: "--format 只能是 text 或 json", en: "--format is text or json" };
    say(`${complaint[language]}\n\n${commandHelp(command, options, language)}`);
    return EXIT.usage;
  }
  const named = new Set<string>();
  const io = {
    stdout: call.stdout,
    stderr: call.stderr,
    stdin: call.stdin,
    format,
    language,
    resolve: (file: string) => {
      const place = path.resolve(call.folder, file);
      named.add(place);
      return place;
    },
    options: values as never,
    positionals,
  } as const;
  try {
    if (command.database === false) return await command.run(io);
    const config = loadConfig(call.environment, call.home);
    // Below warnings nothing is written unless it was asked for: a person reads standard error here.
    const log = createLog(call.environment["BIHUAN_LOG_LEVEL"] ? config.logLevel : "warn");
    const opened = await openPlatform(config, { time: systemTime, log, asFound: command.database === "as-found" });
    try {
      return await command.run({ ...io, platform: opened.platform });
    } finally {
      await opened.close();
    }
  } catch (error) {
    if (error instanceof CommandError) {
      say(error.text[language]);
      return error.exitCode;
    }
    if (error instanceof ConfigError) {
      say(error.text[language]);
      return EXIT.usage;
    }
    const { code, path: place } = error as NodeJS.ErrnoException;
    const failure = fileFailures[code ?? ""];
    if (failure && place !== undefined && named.has(place)) {
      say(`${place}: ${failure[language]}`);
      return EXIT.refused;
    }
    say(
      `${command.path.join(" ")}: ${error instanceof Error ? (call.environment["BIHUAN_LOG_LEVEL"] === "debug" ? error.stack : error.message) : String(error)}`,
    );
    return EXIT.failure;
  }
}
