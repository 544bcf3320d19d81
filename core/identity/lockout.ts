// Repeated failures lock an account, and an address, for a growing while. Attempts are counted before the password is
// looked at: a thousand guesses sent at once meet the lock like a thousand sent one by one.

export type LockoutPolicy = {
  /** So many failures in a row are free; from this one on each locks. */
  readonly threshold: number;
  readonly firstLockMs: number;
  readonly longestLockMs: number;
  /** Failures are forgotten after so long without another. */
  readonly forgetAfterMs: number;
};

/** Per account: five tries as GB/T 22239-2019 §8.1.4.1 practice has it, then 1, 2, 4 … minutes up to an hour. */
export const accountLockout: LockoutPolicy = {
  threshold: 5,
  firstLockMs: 60_000,
  longestLockMs: 3_600_000,
  forgetAfterMs: 86_400_000,
};
/** Per address: a whole business hall may sit behind one address, so it takes more. */
export const addressLockout: LockoutPolicy = {
  threshold: 30,
  firstLockMs: 60_000,
  longestLockMs: 3_600_000,
  forgetAfterMs: 3_600_000,
};

export type Attempts = { readonly failures: number; readonly lastAtMs: number; readonly lockedUntilMs: number | null };

/** How long the nth failure locks, in milliseconds; 0 below the threshold. */
export function lockMs(failures: number, policy: LockoutPolicy): number {
  if (failures < policy.threshold) return 0;
  return Math.min(policy.longestLockMs, policy.firstLockMs * 2 ** Math.min(failures - policy.threshold, 30));
}

/**
 * Counts an attempt that is about to be made. Out: `{ lockedForMs }` where it must not be made (and is not counted), else
 * the new state, which already holds the lock that a failure causes; a success clears it afterwards.
 */
export function countAttempt(
  before: Attempts | null,
  policy: LockoutPolicy,
  nowMs: number,
): { lockedForMs: number } | { attempts: Attempts } {
  if (before?.lockedUntilMs != null && before.lockedUntilMs > nowMs) return { lockedForMs: before.lockedUntilMs - nowMs };
  const remembered = before && nowMs - before.lastAtMs < policy.forgetAfterMs ? before.failures : 0;
  const failures = remembered + 1;
  const lock = lockMs(failures, policy);
  return { attempts: { failures, lastAtMs: nowMs, lockedUntilMs: lock > 0 ? nowMs + lock : null } };
}
