/**
 * What a log holds beside receipts, such as that a text was erased. The log has only the digest of
 * such a statement; the statement itself travels beside its proof.
 */
import type { Evidence } from "./bundle.js";
import { type Members, decode, encode } from "./canonical.js";
import { type Bytes, fromBase64 } from "./digest.js";
import type { PublicKey } from "./keys.js";
import { type Place, entryOfBody, examineLog, placeOf } from "./log.js";
import { Findings } from "./result.js";

/** It is no statement of its kind, or not what the log holds. */
export class EvidenceError extends Error {
  override readonly name = "EvidenceError";
}

/**
 * What was stated, and where; undefined when it cannot be told here whether a log holds it. A
 * false statement throws: it counts as an attempt to deceive.
 */
export async function prove<T extends { readonly id: string }>(
  sent: Evidence, kind: string, shape: (value: Members) => T, logs: readonly PublicKey[],
): Promise<{ content: T; place: Place } | undefined> {
  const body = fromBase64(sent.body);
  if (!body) throw new EvidenceError("the body is not base64");
  const content = shape(read(body));
  const findings = new Findings();
  await examineLog(findings, sent, logs, await entryOfBody(kind, content.id, body));
  const failed = findings.listed().find(({ result }) => result === "fail");
  if (failed) throw new EvidenceError(`${failed.name}: ${failed.detail}`);
  const place = placeOf(findings, sent);
  return place && { content, place };
}

function read(body: Bytes): Members {
  const { value } = decode(body);
  if (encode(value) !== new TextDecoder().decode(body)) {
    throw new EvidenceError("the body is not in canonical form");
  }
  return value as Members;
}
