/** The checks of the transparency log: that exactly this envelope is a leaf of a signed tree. */
import { encode } from "./canonical.js";
import { type Bytes, hex, sha256, toBase64, utf8 } from "./digest.js";
import type { PublicKey } from "./keys.js";
import { includes, leafHash } from "./merkle.js";
import { type Note, readNote, signersOf } from "./note.js";
import { type Checkpoint, type Proof, readCheckpoint, readProof } from "./proof.js";
import { type CheckName, type CheckResult, type Findings, LOG_CHECKS, messageOf } from "./result.js";

/** The leaf of a receipt: digests of the bytes that were signed and of the signature. */
export async function entryOf(id: string, message: Bytes, signature: Bytes): Promise<Bytes> {
  const [pae, sig] = [hex(await sha256(message)), hex(await sha256(signature))];
  return utf8(encode({ v: 1, type: "receipt", id, pae_sha256: pae, sig_sha256: sig }));
}

/** The leaf of what is no receipt: the digest of a body that is kept elsewhere. */
export async function entryOfBody(type: string, id: string, body: Bytes): Promise<Bytes> {
  return utf8(encode({ v: 1, type, id, body_sha256: hex(await sha256(body)) }));
}

/** Where a leaf was proven to stand, and how far the log was known then. */
export interface Place {
  readonly origin: string;
  readonly index: number;
  readonly size: number;
}

/** The logs of one issuer follow each other by their last part, the year. */
export function isBefore(a: Pick<Place, "origin" | "index">, b: Pick<Place, "origin" | "index">): boolean {
  const [left, right] = [shardOf(a.origin), shardOf(b.origin)];
  return left === right ? a.index < b.index : left < right;
}

/** Whose log it is; places in logs of different issuers do not compare. */
export function issuerOf(origin: string): string {
  return origin.slice(0, Math.max(0, origin.lastIndexOf("/")));
}

function shardOf(origin: string): string {
  return origin.slice(origin.lastIndexOf("/") + 1);
}

/** What claims to be in a log, as sent: a bundle, or a statement about one. */
export interface Logged {
  readonly leaf: string;
  readonly proof: string;
}

/** Note `leaf`, `inclusion`, `checkpoint` and `witnesses`; without a signer there is no leaf. */
export async function examineLog(
  findings: Findings, sent: Logged, logs: readonly PublicKey[], leaf: Bytes | undefined,
): Promise<void> {
  const absent = (detail: string, ...names: CheckName[]): void => {
    for (const name of names) findings.note(name, "absent", detail);
  };
  absent("the policy asks for none", "witnesses");
  if (!sent.leaf && !sent.proof) {
    absent("the bundle has no log", "leaf", "inclusion", "checkpoint");
    return;
  }
  findings.note("leaf", ...leafCheck(sent.leaf, leaf));
  if (!sent.proof) {
    absent("the bundle carries no proof", "inclusion", "checkpoint");
    return;
  }
  let proof: Proof;
  try {
    proof = readProof(sent.proof);
  } catch (error) {
    findings.note("inclusion", "fail", messageOf(error));
    absent("no proof leads to one", "checkpoint");
    return;
  }
  const checkpoint = await checkpointOf(findings, proof.note, logs);
  if (checkpoint && leaf) findings.note("inclusion", ...(await inclusion(proof, checkpoint, leaf)));
  else absent(`there is no ${checkpoint ? "leaf" : "checkpoint"} to prove it by`, "inclusion");
}

/** Where it stands, when `examineLog` found all of it true. */
export function placeOf(findings: Findings, sent: Logged): Place | undefined {
  if (LOG_CHECKS.some((name) => findings.result(name) !== "pass")) return undefined;
  const { index, note } = readProof(sent.proof);
  const { origin, size } = readCheckpoint(readNote(note).text);
  return { origin, index, size };
}

function leafCheck(carried: string, leaf: Bytes | undefined): [CheckResult, string] {
  if (!leaf) return ["absent", "no signature holds that it could be made of"];
  if (carried && carried !== toBase64(leaf)) return ["fail", "the leaf is not that of this envelope"];
  return ["pass", "made anew from the envelope"];
}

async function inclusion(
  { index, steps }: Proof, { root, size }: Checkpoint, leaf: Bytes,
): Promise<[CheckResult, string]> {
  const place = `leaf ${index} of ${size}`;
  const held = await includes(root, steps, await leafHash(leaf), index, size);
  return held ? ["pass", place] : ["fail", `the proof does not make it ${place}`];
}

/** What the note says, whoever signed it: the check alone says whether that counts. */
async function checkpointOf(
  findings: Findings, text: string, logs: readonly PublicKey[],
): Promise<Checkpoint | undefined> {
  let checkpoint: Checkpoint | undefined;
  try {
    const note = readNote(text);
    checkpoint = readCheckpoint(note.text);
    findings.note("checkpoint", ...(await signed(note, checkpoint, logs)));
  } catch (error) {
    findings.note("checkpoint", "fail", messageOf(error));
  }
  return checkpoint;
}

async function signed(
  note: Note, { origin, size }: Checkpoint, logs: readonly PublicKey[],
): Promise<[CheckResult, string]> {
  if (logs.length === 0) return ["absent", "no key of a log is pinned"];
  const signers = await signersOf(note, logs);
  if (!signers) return ["absent", "this platform's WebCrypto has no Ed25519"];
  const own = signers.filter(({ log }) => log?.name === origin);
  if (own.length === 0) return ["fail", "no pinned key of the log that it names signed it"];
  if (own.some(({ status }) => status === "revoked")) {
    return ["fail", "the pinned key of the log is marked as revoked"];
  }
  return ["pass", `${size} leaves of ${origin}`];
}
