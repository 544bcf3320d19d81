import assert from "node:assert/strict";
import { test } from "node:test";
import { withdraw } from "@bihuan/core/flow/actions/closing.ts";
import { accept } from "@bihuan/core/flow/actions/ownership.ts";
import { formJsonSchema } from "@bihuan/core/flow/form.ts";
import { readForm } from "../../../ui/schema-form-model.ts";
import { withConfirmations } from "./confirmations.ts";

test("withdrawing asks whether the customer has confirmed it", () => {
  const { form, names } = withConfirmations(formJsonSchema(withdraw.form));
  assert.deepEqual(names, ["confirmed"]);
  assert.deepEqual(
    readForm(form).map(({ name, kind, required, label }) => [name, kind, required, label.zh]),
    [
      ["confirmed", "flag", true, "已向客户本人确认"],
      ["reason", "long-text", true, "撤单原因"],
    ],
  );
});

test("a form without confirmations stays the same", () => {
  const form = formJsonSchema(accept("repairing").form);
  assert.equal(withConfirmations(form).form, form);
});
