/** Signed notes (c2sp.org/signed-note): a text, and lines of who signed it. Read strictly. */
import { type Bytes, fromBase64, hex, utf8 } from "./digest.js";
import { NAME, type PublicKey, verifies } from "./keys.js";

export const MAX_BYTES = 128 * 1024;
const MAX_SIGNATURES = 64;

const LINE = new RegExp(`^\u2014 (${NAME}) ([A-Za-z0-9+/]+={0,2})$`, "u");
const FOREIGN = /[\0-\x09\x0b-\x1f]|\p{Surrogate}/u;

/** The text is no note, checkpoint or proof of the known form, or what it says does not hold. */
export class NoteError extends Error {
  override readonly name = "NoteError";
}

/** A text and its signature lines, none of them checked yet. */
export interface Note {
  readonly text: string;
  readonly lines: readonly { readonly name: string; readonly id: string; readonly signature: Bytes }[];
}

export function readNote(note: string): Note {
  if (FOREIGN.test(note)) throw new NoteError("a control character or a lone surrogate");
  if (utf8(note).length > MAX_BYTES) throw new NoteError(`larger than ${MAX_BYTES} bytes`);
  const blank = note.lastIndexOf("\n\n");
  if (blank < 0) throw new NoteError("no signature under the text");
  if (!note.endsWith("\n")) throw new NoteError("the last line has no end");
  const lines = note.slice(blank + 2, -1).split("\n");
  if (lines.length > MAX_SIGNATURES) throw new NoteError(`more than ${MAX_SIGNATURES} signatures`);
  return { text: note.slice(0, blank + 1), lines: lines.map(signatureOf) };
}

function signatureOf(line: string): Note["lines"][number] {
  const [, name = "", encoded = ""] = LINE.exec(line) ?? [];
  const data = fromBase64(encoded);
  if (!data || data.length < 5) throw new NoteError("a line that is no signature");
  return { name, id: hex(data.subarray(0, 4)), signature: data.slice(4) };
}

/**
 * Those of the keys that signed, each once; undefined when the platform cannot tell. Lines of other
 * keys count as nothing; a line of one of the keys that does not hold spoils the whole note.
 */
export async function signersOf(note: Note, keys: readonly PublicKey[]): Promise<PublicKey[] | undefined> {
  const message = utf8(note.text);
  const signers = new Set<PublicKey>();
  for (const key of keys) {
    const own = note.lines.filter(({ name, id }) => name === key.log?.name && id === key.log.id);
    // A line that stands there many times is checked once.
    for (const { signature } of new Map(own.map((line) => [hex(line.signature), line])).values()) {
      const held = await verifies(key, signature, message);
      if (held === undefined) return undefined;
      if (!held) throw new NoteError("the signature of a pinned key does not hold");
      signers.add(key);
    }
  }
  return [...signers];
}
