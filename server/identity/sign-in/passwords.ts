// Passwords at rest: argon2id, its parameters beside each hash, so that they can be raised without anybody noticing.
import { argon2, randomBytes, randomInt, timingSafeEqual } from "node:crypto";
import { normalisePassword } from "@bihuan/core/identity/password-rules.ts";

export type PasswordHash = {
  readonly memoryKib: number;
  readonly passes: number;
  readonly parallelism: number;
  readonly salt: Buffer;
  readonly hash: Buffer;
};

// OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane; about 30 ms on a server's core. More memory would
// let a burst of sign-ins at the start of a shift exhaust a small machine.
const current = { memoryKib: 19_456, passes: 2, parallelism: 1 } as const;
const HASH_BYTES = 32;

const derive = (password: string, parameters: Omit<PasswordHash, "hash">): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    argon2(
      "argon2id",
      {
        message: Buffer.from(normalisePassword(password)),
        nonce: parameters.salt,
        memory: parameters.memoryKib,
        passes: parameters.passes,
        parallelism: parameters.parallelism,
        tagLength: HASH_BYTES,
      },
      (error, key) => (error ? reject(error) : resolve(key)),
    );
  });

/** Hashes a password with a salt of its own. */
export async function hashPassword(password: string): Promise<PasswordHash> {
  const parameters = { ...current, salt: randomBytes(16) };
  return { ...parameters, hash: await derive(password, parameters) };
}

/** Whether the password is the one that was hashed; compared in constant time. */
export async function verifyPassword(password: string, stored: PasswordHash): Promise<boolean> {
  const derived = await derive(password, stored);
  return derived.length === stored.hash.length && timingSafeEqual(derived, stored.hash);
}

/** Takes as long as a verification and never succeeds: for accounts that do not exist, so that time does not tell which do. */
export async function verifyNothing(password: string): Promise<false> {
  await derive(password, { ...current, salt: Buffer.alloc(16) });
  return false;
}

/** Whether a hash was made with weaker parameters than today's and should be made anew at the next sign-in. */
export const isOutdated = (stored: PasswordHash): boolean =>
  stored.memoryKib < current.memoryKib || stored.passes < current.passes || stored.parallelism !== current.parallelism;

// Without characters that are mistaken for one another when read aloud or copied from paper.
const letters = "abcdefghjkmnpqrstuvwxyz23456789";

/** A one-time password of three groups, about 59 bits: `k7mp-x2dn-9qvt`. */
export const oneTimePassword = (): string =>
  Array.from({ length: 3 }, () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join("")).join("-");
