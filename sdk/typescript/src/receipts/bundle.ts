/** The bundle file: one envelope and the texts it commits to. Nothing in here is trusted. */
import type { Members, Value } from "./canonical.js";

export const MAX_BUNDLE_BYTES = 32 * 1024 * 1024;
export const MAX_ERASURES = 256;

// Evidence of a transparency log. A member that is there binds the verifier to check it.
const LOG_PARTS = ["leaf", "tlog_proof", "erasures"];

/** The text is JSON, but no receipt bundle of version 1. */
export class BundleError extends Error {
  override readonly name = "BundleError";
}

/** A statement that a log is said to hold: its body, its leaf and the proof, as sent. */
export interface Evidence {
  readonly body: string;
  readonly leaf: string;
  readonly proof: string;
}

export interface Bundle {
  readonly payloadType: string;
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
  readonly disclosures: readonly string[];
  readonly hmacKeyId?: string;
  readonly leaf: string;
  readonly proof: string;
  readonly erasures: readonly Evidence[];
  readonly logParts: readonly string[];
}

export function readBundle(value: Value): Bundle {
  const members = record(value);
  const dsse = record(members["dsse"]);
  const version = members["v"];
  if (typeof version === "number" && version !== 1) {
    throw new BundleError(`bundle version ${version} is not known here`);
  }
  if (version !== 1) throw new BundleError("not a receipt bundle: v is missing");
  const hmac = members["hmac"] === undefined ? undefined : record(members["hmac"]);
  if (hmac) text(hmac["tag"], "hmac.tag");
  return {
    payloadType: text(dsse["payloadType"], "payloadType"),
    payload: text(dsse["payload"], "payload"),
    signatures: list(dsse["signatures"]).map((line) => {
      const { keyid, sig } = record(line);
      return { keyid: text(keyid, "keyid"), sig: text(sig, "sig") };
    }),
    disclosures: list(members["disclosures"]).map((item) => text(item, "a disclosure")),
    ...(hmac ? { hmacKeyId: text(hmac["key_id"], "hmac.key_id") } : {}),
    leaf: text(members["leaf"] ?? "", "leaf"),
    proof: text(members["tlog_proof"] ?? "", "tlog_proof"),
    erasures: readEvidence(members["erasures"] ?? []),
    logParts: LOG_PARTS.filter((part) => !isEmpty(members[part])),
  };
}

/** A list of statements of the log. */
export function readEvidence(value: Value): Evidence[] {
  return list(value).map((item) => {
    const { body, leaf, tlog_proof: proof } = record(item);
    if (!body) throw new BundleError("a statement of the log has a body, a leaf and a proof");
    return { body: text(body, "body"), leaf: text(leaf ?? "", "leaf"), proof: text(proof ?? "", "tlog_proof") };
  });
}

function isEmpty(value: Value | undefined): boolean {
  return value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

function record(value: Value | undefined): Members {
  if (typeof value === "object" && !Array.isArray(value)) return value;
  throw new BundleError("not a receipt bundle: an object is missing");
}

function list(value: Value | undefined): Value[] {
  if (Array.isArray(value)) return value;
  throw new BundleError("not a receipt bundle: a list is missing");
}

function text(value: Value | undefined, what: string): string {
  if (typeof value === "string") return value;
  throw new BundleError(`not a receipt bundle: ${what} is no text`);
}
