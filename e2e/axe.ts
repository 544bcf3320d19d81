// What axe-core finds wrong with a page as it stands: serious and critical violations, each with where it is.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { still } from "./still.ts";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

type Result = {
  id: string;
  impact: string | null;
  help: string;
  nodes: { target: unknown[]; html: string; failureSummary?: string }[];
};

/** In: the page, and the rules to ask, all of them where none is named. Out: a line for each violation. */
export async function axeViolations(page: Page, rules: readonly string[] = []): Promise<string[]> {
  await still(page); // a colour on its way to another is neither of them
  await page.evaluate(`window.axe === undefined && (() => { ${source} })()`);
  const options = {
    resultTypes: ["violations"],
    ...(rules.length > 0 ? { runOnly: { type: "rule", values: rules } } : {}),
  };
  const { violations } = await page.evaluate<{ violations: Result[] }>(`window.axe.run(document, ${JSON.stringify(options)})`);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, impact, nodes }) =>
      nodes
        .slice(0, 5)
        .map(({ target, html, failureSummary = "" }) =>
          [`${id} (${impact})`, target.join(" "), html.slice(0, 120), failureSummary.split("\n")[1]?.trim()].join(" | "),
        ),
    );
}
