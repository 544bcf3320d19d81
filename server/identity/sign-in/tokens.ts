// Secrets that are carried by the caller and known here by their hash only. They are random 256-bit values, so a plain hash
// is enough: there is nothing to guess.
import { createHash, randomBytes } from "node:crypto";

export const newToken = (): string => randomBytes(32).toString("base64url");
export const hashToken = (token: string): Buffer => createHash("sha256").update(token).digest();

/** Over TLS the name's prefix makes browsers insist on Secure, on this host and on the root path. */
export const cookieName = (secure: boolean): string => (secure ? "__Host-bihuan" : "bihuan");
export const cookieOptions = (secure: boolean) => ({ path: "/", httpOnly: true, sameSite: "lax", secure }) as const;

/** Text every API key begins with, so that a leaked one is recognised by scanners and by people. */
export const API_KEY_PREFIX = "bihuan_";
