/** Salted disclosures: free text stands beside the signed bytes, its digest inside them. */
import { type Members, type Value, decode } from "./canonical.js";
import { digestOf, fromBase64Url } from "./digest.js";

export const MAX_ENCODED = Math.floor((256 * 1024 * 8 + 5) / 6);
export const DIGESTS = "_sd";

export interface Disclosure {
  readonly encoded: string;
  readonly digest: string;
  readonly name: string;
  readonly value: string;
}

/** Read a disclosure as sent; undefined when it is not `[salt, name, value]`. */
export async function parseDisclosure(encoded: string): Promise<Disclosure | undefined> {
  const data = fromBase64Url(encoded);
  if (!data) return undefined;
  let parts: Value;
  try {
    parts = decode(data).value;
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts) || parts.length !== 3) return undefined;
  const [salt, name, value] = parts;
  if (typeof salt !== "string" || typeof name !== "string" || typeof value !== "string") return undefined;
  return { encoded, digest: await digestOf(encoded), name, value };
}

/** Where a payload commits to a text: the object around the digest, and a JSON pointer to it. */
export interface Place {
  readonly digest: string;
  readonly home: Members;
  readonly pointer: string;
}

/** Every digest of a payload. The profile's keys need no escape in a pointer (RFC 6901). */
export function* places(value: Value, pointer = ""): Generator<Place> {
  if (typeof value !== "object") return;
  if (!Array.isArray(value)) {
    for (const [at, digest] of digestsOf(value).entries()) {
      yield { digest, home: value, pointer: `${pointer}/${DIGESTS}/${at}` };
    }
  }
  for (const [key, member] of Object.entries(value)) yield* places(member, `${pointer}/${key}`);
}

/**
 * The payload with every disclosed text at its place; a long text is joined from its parts. Call it
 * with what `verify` accepted: it trusts that no text takes the name of a signed member.
 */
export function reveal(value: Value, disclosures: readonly Disclosure[]): Value {
  return shown(value, new Map(disclosures.map((text) => [text.digest, text])));
}

function shown(value: Value, texts: ReadonlyMap<string, Disclosure>): Value {
  if (typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((item) => shown(item, texts));
  const members = Object.create(null) as Members;
  for (const [key, member] of Object.entries(value)) {
    if (key !== DIGESTS) members[key] = shown(member, texts);
  }
  const parts = new Map<string, string>();
  for (const digest of digestsOf(value)) {
    const text = texts.get(digest);
    if (text) parts.set(text.name, (parts.get(text.name) ?? "") + text.value);
  }
  for (const [name, text] of parts) members[name] = text;
  return members;
}

function digestsOf(members: Members): string[] {
  const digests = members[DIGESTS];
  return Array.isArray(digests) ? digests.filter((digest) => typeof digest === "string") : [];
}
