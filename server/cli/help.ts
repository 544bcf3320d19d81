import type { Command, CommandOption, CommandOptions } from "./command.ts";

const pad = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.min(38, Math.max(0, ...rows.map(([left]) => left.length)));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`).join("");
};

/** The list of commands. `words` is what was typed already. */
export function overview(commands: readonly Command[], words: readonly string[], language: "zh" | "en"): string {
  const usage = language === "zh" ? "用法" : "Usage";
  const more = language === "zh" ? "各命令的说明：加 --help" : "Help on a command: add --help";
  const rows = commands
    .map((command) => [command.path.join(" "), command.summary[language]] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `${usage}: ${["bihuan", ...words].join(" ")} … [--format json]\n\n${pad(rows)}\n${more}\n`;
}

const optionLabel = (name: string, option: CommandOption) =>
  `${option.short ? `-${option.short}, ` : ""}--${name}${option.type === "string" ? ` ${option.value ?? "TEXT"}` : ""}`;

/** One command's page. */
export function commandHelp(command: Command, options: CommandOptions, language: "zh" | "en"): string {
  const positionals = command.positionals ?? [];
  const words = positionals.map((positional) => {
    const name = positional.many ? `${positional.name}...` : positional.name;
    return positional.optional ? `[${name}]` : name;
  });
  const title = language === "zh" ? ["用法", "参数", "选项"] : ["Usage", "Arguments", "Options"];
  const rows = Object.entries(options).map(([name, option]) => {
    const otherwise = typeof option.default === "string" ? ` (${option.default})` : "";
    return [optionLabel(name, option), `${option.description[language]}${otherwise}`] as const;
  });
  return [
    `${command.summary[language]}\n\n${title[0]}: bihuan ${[...command.path, ...words].join(" ")} [${title[2]?.toLowerCase()}]\n`,
    command.details ? `\n${command.details[language]}\n` : "",
    positionals.length > 0
      ? `\n${title[1]}:\n${pad(positionals.map((positional) => [positional.name, positional.description[language]] as const))}`
      : "",
    `\n${title[2]}:\n${pad(rows)}`,
  ].join("");
}
