// Whose signature counts: the key of this data folder, and those named beside it. A digest names the key it was signed with, but a
// name anybody can write; only a key that is trusted here proves that nobody signed the day anew.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from "node:crypto";
import { appendFileSync, existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

const ownFile = (dataFolder: string) => path.join(dataFolder, "digest.key");
const trustedFile = (dataFolder: string) => path.join(dataFolder, "digest.trusted");

/** A public key as digests carry it: SPKI, DER, base64. */
export const publicKeyOf = (key: KeyObject): string =>
  createPublicKey(key).export({ type: "spki", format: "der" }).toString("base64");

/** The signing key: made at first use, kept in the data folder, readable by its owner only. */
export function signingKey(dataFolder: string): KeyObject {
  const file = ownFile(dataFolder);
  if (!existsSync(file)) {
    mkdirSync(dataFolder, { recursive: true });
    const { privateKey } = generateKeyPairSync("ed25519");
    // Two processes may come here at once: each writes its own draft, and linking gives the name to one of them, whole.
    const draft = `${file}.${process.pid}.${randomUUID()}`;
    writeFileSync(draft, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600, flag: "wx" });
    try {
      linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    } finally {
      unlinkSync(draft);
    }
  }
  return createPrivateKey(readFileSync(file));
}

/**
 * The public keys whose signatures count here. Null where this data folder has none yet: a machine that never signed, such as one
 * that was just restored to, has nothing to hold a signature against.
 */
export function trustedKeys(dataFolder: string): ReadonlySet<string> | null {
  const own = existsSync(ownFile(dataFolder)) ? [publicKeyOf(createPrivateKey(readFileSync(ownFile(dataFolder))))] : [];
  const named = existsSync(trustedFile(dataFolder)) ? readFileSync(trustedFile(dataFolder), "utf8").split("\n") : [];
  const keys = [...own, ...named.map((line) => line.trim()).filter((line) => line !== "")];
  return keys.length === 0 ? null : new Set(keys);
}

/** Trusts another key from now on: that of the machine a backup came from, or of another server. False where it is no public key. */
export function trustKey(dataFolder: string, publicKey: string): boolean {
  try {
    createPublicKey({ key: Buffer.from(publicKey, "base64"), type: "spki", format: "der" });
  } catch {
    return false;
  }
  mkdirSync(dataFolder, { recursive: true });
  if (!trustedKeys(dataFolder)?.has(publicKey)) appendFileSync(trustedFile(dataFolder), `${publicKey}\n`, { mode: 0o600 });
  return true;
}
