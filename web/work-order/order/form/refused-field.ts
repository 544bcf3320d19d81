// Where a refusal belongs in the form it refuses: rules name what they refuse, the page says it at its field.
import { ProblemError } from "../../../platform/problem.ts";

/** Fields by the code of the refusal, the first that the form has counts; a refusal that names its field needs no line here. */
export const fieldsOf: Readonly<Record<string, readonly string[] | undefined>> = {
  "work-order.unit-unknown": ["unitId", "unitIds", "responsibleUnitId"],
  "work-order.unit-other-region": ["unitId", "unitIds"],
  "work-order.transfer-to-itself": ["unitId"],
  "work-order.consult-itself": ["unitIds"],
  "work-order.consultation-open": ["unitIds"],
  "work-order.suspension-end-past": ["until"],
  "work-order.suspension-too-long": ["until"],
  "work-order.extension-past": ["dueAt"],
  "work-order.extension-too-long": ["dueAt"],
  "work-order.flow-unknown": ["flow"],
  "work-order.same-category": ["flow"],
  "work-order.subtype-unknown": ["subtype"],
  "work-order.not-found": ["masterId", "orderId"],
  "work-order.merge-itself": ["masterId"],
  "work-order.merge-master-closed": ["masterId"],
  "work-order.merge-master-is-child": ["masterId"],
  "work-order.merge-other-flow": ["masterId"],
  "work-order.merge-master-answered": ["masterId"],
  "work-order.link-itself": ["orderId"],
  "work-order.linked-already": ["orderId"],
  "work-order.contact-time-missing": ["contactedAt"],
  "work-order.opinion-missing": ["opinion"],
  "work-order.satisfaction-missing": ["satisfaction"],
};

/** The refusal with its title at the field it is about. In: the names of the form's fields. Others come back as they are. */
export function atItsField(error: ProblemError | null, names: readonly string[]): ProblemError | null {
  if (!error || error.fields.length > 0) return error;
  const named = error.facts["field"];
  const field = names.find((name) => name === named) ?? fieldsOf[error.code]?.find((name) => names.includes(name));
  if (field === undefined) return error;
  const { status, code, title, detail, facts, requestId } = error;
  return new ProblemError({ status, code, title, detail, facts, requestId, fields: [{ path: `form.${field}`, message: title }] });
}
