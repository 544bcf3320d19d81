// What an installation may tune about sign-in, with the defaults of a call centre working in shifts.
import type { Platform } from "../platform/platform.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export type Policy = {
  /** A session ends after so long without a request. */
  readonly idleMs: number;
  /** A session ends after so long whatever happens. */
  readonly sessionMs: number;
  /** A password has to be changed after so long; null never. */
  readonly passwordMs: number | null;
  readonly oneTimePasswordMs: number;
  readonly accessLogMonths: number;
  /** Whether cookies are sent over TLS only. */
  readonly secure: boolean;
};

export const policyOf = ({ config }: Pick<Platform, "config">): Policy => ({
  idleMs: config.sessionIdleMinutes * MINUTE_MS,
  sessionMs: config.sessionHours * 60 * MINUTE_MS,
  passwordMs: config.passwordMaxDays === 0 ? null : config.passwordMaxDays * DAY_MS,
  oneTimePasswordMs: 7 * DAY_MS,
  accessLogMonths: config.accessLogMonths,
  secure: config.tls !== null || (config.publicUrl?.startsWith("https:") ?? false),
});
