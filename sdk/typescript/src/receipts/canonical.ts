/**
 * The closed JSON profile: one value has exactly one form, which is its RFC 8785 form. No float and
 * no null occurs, keys are ASCII and integers fit a double. What could break that is refused.
 */
export type Value = string | number | boolean | Value[] | { [key: string]: Value };
export type Members = { [key: string]: Value };

export const MAX_DEPTH = 16;

const KEY = /^(?:[a-z0-9_]+|predicateType|payloadType)$/;
const LONE_SURROGATE = /\p{Surrogate}/u;
const INTEGER = /-?(?:0|[1-9][0-9]*)(?![.eE])/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPES: Record<string, string> = {
  '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t",
};

/** A value or a text lies outside the profile. */
export class ProfileError extends Error {
  override readonly name = "ProfileError";
}

export interface Decoded {
  readonly value: Value;
  /** Keys that stand twice in one object, in order of discovery. */
  readonly repeated: readonly string[];
}

/** The canonical text of a value of the profile. */
export function encode(value: Value): string {
  if (typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(encode).join(",")}]`;
  const members = Object.keys(value).sort();
  return `{${members.map((key) => `${JSON.stringify(key)}:${encode(value[key] ?? "")}`).join(",")}}`;
}

/** Parse a text of the profile. Repeated keys are reported, not repaired. */
export function decode(data: Uint8Array): Decoded {
  if (depthOf(data) > MAX_DEPTH) throw new ProfileError(`deeper than ${MAX_DEPTH} levels`);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    throw new ProfileError("not JSON: not UTF-8");
  }
  const reader = new Reader(text);
  return { value: reader.whole(), repeated: reader.repeated };
}

/** The deepest nesting of a JSON text, without parsing it. */
export function depthOf(data: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let at = 0; at < data.length; at++) {
    const byte = data[at];
    if (quoted) {
      if (byte === 0x5c) at++;
      else if (byte === 0x22) quoted = false;
    } else if (byte === 0x22) quoted = true;
    else if (byte === 0x5b || byte === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (byte === 0x5d || byte === 0x7d) depth--;
  }
  return deepest;
}

class Reader {
  readonly repeated: string[] = [];
  #at = 0;

  constructor(private readonly text: string) {}

  whole(): Value {
    const value = this.#value();
    this.#space();
    if (this.#at < this.text.length) throw this.#fault("trailing text");
    return value;
  }

  #value(): Value {
    this.#space();
    const first = this.text[this.#at];
    if (first === "{") return this.#object();
    if (first === "[") return this.#list();
    if (first === '"') return this.#string();
    if (this.#word("true")) return true;
    if (this.#word("false")) return false;
    const digits = this.#match(INTEGER);
    if (!digits) throw this.#fault("not in the profile");
    const number = Number(digits);
    if (!Number.isSafeInteger(number)) throw this.#fault("integer beyond 2^53-1");
    return number;
  }

  #object(): Value {
    // Without a prototype, so that a key such as __proto__ is a key like any other.
    const members = Object.create(null) as Members;
    for (const key of this.#items("}")) {
      if (key in members) this.repeated.push(key);
      members[key] = this.#value();
    }
    return members;
  }

  #list(): Value {
    const items: Value[] = [];
    const steps = this.#items("]");
    while (!steps.next().done) items.push(this.#value());
    return items;
  }

  /** Walks the members of an object or list; the caller reads each value. */
  *#items(end: "]" | "}"): Generator<string> {
    this.#at++;
    for (let first = true; ; first = false) {
      this.#space();
      if (this.#word(end)) {
        if (first) return;
        throw this.#fault("trailing comma");
      }
      yield end === "}" ? this.#key() : "";
      this.#space();
      if (this.#word(end)) return;
      if (!this.#word(",")) throw this.#fault("comma expected");
    }
  }

  #key(): string {
    if (this.text[this.#at] !== '"') throw this.#fault("key expected");
    const key = this.#string();
    if (!KEY.test(key)) throw this.#fault("a key outside [a-z0-9_]");
    this.#space();
    if (!this.#word(":")) throw this.#fault("colon expected");
    return key;
  }

  #string(): string {
    let found = "";
    for (this.#at++; ; ) {
      found += this.#match(PLAIN);
      const end = this.text[this.#at++];
      if (end === '"') break;
      if (end !== "\\") throw this.#fault("unfinished string");
      found += this.#escape();
    }
    if (LONE_SURROGATE.test(found)) throw this.#fault("a lone surrogate");
    return found;
  }

  #escape(): string {
    const kind = this.text[this.#at++] ?? "";
    const simple = ESCAPES[kind];
    if (simple !== undefined) return simple;
    const digits = this.text.slice(this.#at, this.#at + 4);
    if (kind !== "u" || !/^[0-9a-fA-F]{4}$/.test(digits)) throw this.#fault("unknown escape");
    this.#at += 4;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  #space(): void {
    this.#match(/[ \t\n\r]*/y);
  }

  #word(word: string): boolean {
    if (!this.text.startsWith(word, this.#at)) return false;
    this.#at += word.length;
    return true;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text)?.[0] ?? "";
    this.#at += found.length;
    return found;
  }

  #fault(what: string): ProfileError {
    return new ProfileError(`${what} at character ${this.#at}`);
  }
}
