// A form drawn from the JSON Schema the server sent: labels, required marks and choices stand in the schema, the server's field
// problems are shown at their fields.
import type { ReactNode } from "react";
import { FormFrame } from "./field.tsx";
import { SchemaFields, useSchemaPart } from "./schema-fields.tsx";
import type { FormValues, KnownChoices } from "./schema-form-model.ts";

export function SchemaForm(props: {
  schema: unknown;
  submit: string;
  /** What is sent: texts trimmed, empty fields left out. */
  onSubmit: (input: Record<string, unknown>) => void;
  pending?: boolean;
  error?: unknown;
  /** Where this form stood in what was sent: field problems are found below it. */
  sentUnder?: string;
  initial?: FormValues;
  /** Alternatives the page knows, from what was entered so far. */
  choices?: (values: FormValues) => KnownChoices;
  danger?: boolean;
  columns?: 1 | "fit";
  onCancel?: () => void;
  foot?: ReactNode;
}) {
  const { initial, choices, error, sentUnder } = props;
  const part = useSchemaPart(props.schema, { initial, choices, error, sentUnder });
  return (
    <FormFrame
      submit={props.submit}
      onSubmit={() => {
        const input = part.check();
        if (input) props.onSubmit(input);
      }}
      columns={props.columns ?? 1}
      danger={props.danger === true}
      pending={props.pending === true}
      error={error}
      onCancel={props.onCancel}
      foot={props.foot}
    >
      <SchemaFields part={part} />
    </FormFrame>
  );
}
