// What an action wants confirmed before it is done: fields of its schema that have only one answer, yes. A generated form does not
// ask for constants; a confirmation that nobody was asked for is none.

type Schema = { readonly [key: string]: unknown };
const isSchema = (value: unknown): value is Schema => typeof value === "object" && value !== null;

/** The schema with its confirmations as questions, and the names of the fields that must be answered with yes. */
export function withConfirmations(form: Schema): { readonly form: Schema; readonly names: readonly string[] } {
  const properties = isSchema(form["properties"]) ? form["properties"] : {};
  const names = Object.keys(properties).filter((name) => isSchema(properties[name]) && properties[name]["const"] === true);
  if (names.length === 0) return { form, names };
  const asked = Object.entries(properties).map(([name, property]) => {
    if (!names.includes(name) || !isSchema(property)) return [name, property];
    const { const: _, ...rest } = property;
    return [name, { ...rest, type: "boolean" }];
  });
  return { form: { ...form, properties: Object.fromEntries(asked) as Schema }, names };
}
