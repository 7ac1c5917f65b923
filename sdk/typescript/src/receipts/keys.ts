/** Pinned public keys. The algorithm comes from the key record, never from the message. */
import { type Evidence, readEvidence } from "./bundle.js";
import type { Value } from "./canonical.js";
import { type Bytes, fromBase64, hex, join, sha256, toBase64, utf8 } from "./digest.js";
import { messageOf } from "./result.js";

const P = 2n ** 255n - 19n;
const ORDER_8_Y = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;
// The y coordinates of the eight points of small order, in both signs of x.
const LOW_ORDER_Y = new Set([0n, 1n, P - 1n, ORDER_8_Y, P - ORDER_8_Y]);

// Unicode's white space, the same in every language, and the plus sign are no part of a name.
export const NAME = String.raw`[^\0-\x20+\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+`;
const VKEY = new RegExp(`^(${NAME})\\+`, "u");

/** An Ed25519 key that the reader has decided to trust. */
export interface PublicKey {
  readonly keyId: string;
  readonly raw: Bytes;
  readonly status: string;
  /** What became of it: leaves of the log, each with its proof. */
  readonly events: readonly Evidence[];
  /** Of a log's key: its name, and its id there. Such a key counts under checkpoints alone. */
  readonly log?: { readonly name: string; readonly id: string };
}

/** A key file cannot be used. */
export class KeyFileError extends Error {
  override readonly name = "KeyFileError";
}

/** Read a key file's JSON: a directory, a list of key records or one record. */
export async function pinKeys(content: unknown): Promise<PublicKey[]> {
  const keys = await Promise.all(recordsOf(content).map(publicKey));
  return keys.filter((key) => key !== undefined);
}

function recordsOf(content: unknown): unknown[] {
  if (Array.isArray(content)) return content;
  if (isRecord(content)) {
    if (Array.isArray(content["keys"])) return content["keys"];
    if ("key_id" in content) return [content];
  }
  throw new KeyFileError("not a key directory, a list of keys or a key");
}

async function publicKey(record: unknown): Promise<PublicKey | undefined> {
  const { key_id: keyId, kind, algorithm, public_key: text, status, vkey, events } = isRecord(record) ? record : {};
  if (typeof keyId !== "string" || typeof kind !== "string" || typeof algorithm !== "string") {
    throw new KeyFileError("a key needs key_id, kind and algorithm");
  }
  // Keys for other uses live in the same directory and never vouch for anything here.
  if ((kind !== "receipt" && kind !== "log") || algorithm !== "ed25519") return undefined;
  const raw = typeof text === "string" ? fromBase64(text) : undefined;
  if (raw?.length !== 32) throw new KeyFileError(`key ${keyId.slice(0, 16)} has no usable public_key`);
  refuseWeak(raw);
  if (hex(await sha256(raw)) !== keyId) {
    throw new KeyFileError(`key_id ${keyId.slice(0, 16)} is not the digest of its public key`);
  }
  const key = {
    keyId, raw, status: typeof status === "string" ? status : "active", events: eventsOf(keyId, events),
  };
  if (kind === "receipt") return key;
  // A key that names no log can stand under no checkpoint.
  return typeof vkey === "string" ? { ...key, log: await logOf(raw, vkey) } : undefined;
}

function eventsOf(keyId: string, events: unknown): Evidence[] {
  try {
    return readEvidence((events ?? []) as Value);
  } catch (error) {
    throw new KeyFileError(`key ${keyId.slice(0, 16)}: ${messageOf(error)}`);
  }
}

/** What a verifier key, `name+id+key`, says; its end must follow from its name and the key. */
async function logOf(raw: Bytes, vkey: string): Promise<{ name: string; id: string }> {
  const name = VKEY.exec(vkey)?.[1] ?? "";
  const typed = join(Uint8Array.of(1), raw);
  const id = hex((await sha256(join(utf8(`${name}\n`), typed))).subarray(0, 4));
  if (vkey !== `${name}+${id}+${toBase64(typed)}`) throw new KeyFileError("a vkey is not name+id+key of its key");
  return { name, id };
}

function refuseWeak(raw: Bytes): void {
  const y = BigInt(`0x${hex(Uint8Array.from(raw).reverse())}`) & (2n ** 255n - 1n);
  if (y >= P) throw new KeyFileError("public key is not canonical");
  if (LOW_ORDER_Y.has(y)) throw new KeyFileError("public key has a low order");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** Whether the key made this signature; undefined when the platform cannot tell. */
export async function verifies(key: PublicKey, signature: Bytes, message: Bytes): Promise<boolean | undefined> {
  try {
    const imported = await crypto.subtle.importKey("raw", key.raw, "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", imported, signature, message);
  } catch (error) {
    return error instanceof Error && error.name === "NotSupportedError" ? undefined : false;
  }
}
