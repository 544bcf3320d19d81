import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { accountLockout, type Attempts, countAttempt, lockMs } from "./lockout.ts";
import { passwordRefusal } from "./password-rules.ts";

const NOON = Date.parse("2026-03-02T04:00:00Z");
const MINUTE = 60_000;

test("the lock grows from a minute to an hour and stays there", () => {
  const minutes = [1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 500].map((failures) => lockMs(failures, accountLockout) / MINUTE);
  assert.deepEqual(minutes, [0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

test("the fifth failure locks; attempts made meanwhile are turned away and not counted", () => {
  let attempts: Attempts | null = null;
  for (let i = 0; i < 5; i++) {
    const counted = countAttempt(attempts, accountLockout, NOON);
    assert.ok("attempts" in counted, `attempt ${i + 1} is made`);
    attempts = counted.attempts;
  }
  assert.deepEqual(countAttempt(attempts, accountLockout, NOON + 20_000), { lockedForMs: 40_000 });
  const later = countAttempt(attempts, accountLockout, NOON + MINUTE);
  assert.deepEqual(later, { attempts: { failures: 6, lastAtMs: NOON + MINUTE, lockedUntilMs: NOON + 3 * MINUTE } });
});

test("failures are forgotten after a day without another", () => {
  const before = { failures: 9, lastAtMs: NOON, lockedUntilMs: NOON + MINUTE };
  const counted = countAttempt(before, accountLockout, NOON + accountLockout.forgetAfterMs);
  assert.deepEqual(counted, { attempts: { failures: 1, lastAtMs: NOON + accountLockout.forgetAfterMs, lockedUntilMs: null } });
});

test("property: whatever the pace, tries in a day stay few", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 600_000 }), { maxLength: 400 }), (gaps) => {
      let attempts: Attempts | null = null;
      let now = NOON;
      let made = 0;
      for (const gap of gaps) {
        now += gap;
        if (now - NOON > 86_400_000) break;
        const counted = countAttempt(attempts, accountLockout, now);
        if ("lockedForMs" in counted) continue;
        attempts = counted.attempts;
        made++;
      }
      assert.ok(made <= 5 + 7 + 24, `${made} tries`);
    }),
  );
});

test("passwords that are short, plain, common or contain the account are refused", () => {
  const table: [string, string | null][] = [
    ["Sh0rt!", "identity.password-too-short"],
    ["x".repeat(129), "identity.password-too-long"],
    ["lowercaseonly", "identity.password-too-plain"],
    ["Password2026!", "identity.password-common"],
    ["Passw0rd!!", "identity.password-common"],
    ["1234567890", "identity.password-common"],
    ["aaaaaaaaaaaaaaaaaa", "identity.password-common"],
    ["Wang.Fang-2026", "identity.password-common"],
    ["Guowang@95598", "identity.password-common"],
    ["Kestrel-4718", null],
    ["修好的灯不会再熄灭第二次因为我们检查过", null],
    ["tea kettle under stairs", null],
  ];
  for (const [password, refused] of table)
    assert.equal(passwordRefusal(password, "wang.fang")?.refused ?? null, refused, password);
});

test("full-width spellings of a password are the same password", () => {
  assert.equal(
    passwordRefusal(
      "Passw0rd!!".replaceAll(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
      "wf",
    )?.refused,
    "identity.password-common",
  );
});
