/**
 * What proves a leaf: a checkpoint (c2sp.org/tlog-checkpoint) and the way up to it
 * (c2sp.org/tlog-proof@v1). Our own logs write neither extension lines nor extra data, and whatever
 * no signature or hash covers is refused.
 */
import { type Bytes, fromBase64, utf8 } from "./digest.js";
import { MAX_BYTES, NoteError } from "./note.js";

const MAGIC = "c2sp.org/tlog-proof@v1";
// Enough for every tree whose size is an integer of the profile.
const MAX_STEPS = 53;

/** The head of a log's tree at one size. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Bytes;
}

/** The place of a leaf, the hashes beside its way up, and the note that it leads to. */
export interface Proof {
  readonly index: number;
  readonly steps: readonly Bytes[];
  readonly note: string;
}

/** Read the text of a note: three lines and nothing more. */
export function readCheckpoint(text: string): Checkpoint {
  const [origin = "", size = "", root = "", ...rest] = text.split("\n");
  if (origin === "" || rest.length !== 1 || rest[0] !== "") {
    throw new NoteError("a checkpoint is origin, size and root");
  }
  return { origin, size: numberOf(size), root: hashOf(root) };
}

export function readProof(text: string): Proof {
  if (utf8(text).length > MAX_BYTES) throw new NoteError(`larger than ${MAX_BYTES} bytes`);
  const blank = text.indexOf("\n\n");
  const head = blank < 0 ? text : text.slice(0, blank);
  const [magic, place = "", ...steps] = head.split("\n");
  if (magic !== MAGIC) throw new NoteError(`not ${MAGIC}`);
  if (!place.startsWith("index ") || steps.length > MAX_STEPS) {
    throw new NoteError("a proof is an index and hashes");
  }
  const note = blank < 0 ? "" : text.slice(blank + 2);
  return { index: numberOf(place.slice(6)), steps: steps.map(hashOf), note };
}

function numberOf(text: string): number {
  const number = /^(?:0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(number)) throw new NoteError("not a whole number below 2^53");
  return number;
}

function hashOf(text: string): Bytes {
  const data = fromBase64(text);
  if (data?.length !== 32) throw new NoteError("not a hash in base64");
  return data;
}
