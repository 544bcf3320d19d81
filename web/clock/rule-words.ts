// The codes that rules ask about, in words.
import type { Bilingual } from "@bihuan/contract/text.ts";
import { customerCategoryTitles, voltageTitles } from "@bihuan/core/customer/codes.ts";
import { areaClasses, identities, origins, urgencies } from "@bihuan/core/flow/intake.ts";
import type { ClockRule } from "@bihuan/core/clock/rules/rule.ts";

const grades: Readonly<Record<string, Bilingual>> = {
  SPECIAL: { zh: "特殊", en: "special" },
  MAJOR: { zh: "重大", en: "major" },
  IMPORTANT: { zh: "重要", en: "important" },
  GENERAL: { zh: "一般", en: "general" },
};

const tables: Readonly<Record<string, Readonly<Record<string, Bilingual>>>> = {
  areaClass: areaClasses,
  customerClass: customerCategoryTitles,
  voltage: voltageTitles,
  grade: grades,
  urgency: urgencies,
  identity: identities,
  origin: origins,
};

export type Fact = keyof ClockRule["when"];
export type Condition = { readonly fact: Fact; readonly values: readonly Bilingual[] };

const both = (text: string): Bilingual => ({ zh: text, en: text });

/** The conditions of a rule, in its order; a code nobody knows stands for itself. */
export function conditionsOf(
  when: ClockRule["when"],
  unitName: (unitId: number) => string,
  subtypeName: (code: string) => string,
): Condition[] {
  return (Object.entries(when) as [Fact, readonly (string | number)[] | undefined][]).flatMap(([fact, values]) =>
    values === undefined
      ? []
      : [
          {
            fact,
            values: values.map((value) =>
              typeof value === "number"
                ? both(unitName(value))
                : fact === "subtype"
                  ? both(subtypeName(value))
                  : (tables[fact]?.[value] ?? both(value)),
            ),
          },
        ],
  );
}
