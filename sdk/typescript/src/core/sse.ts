/** Server-sent events (WHATWG HTML, 9.2.6): bytes in, events out, whatever the chunks. */
import { StreamError } from "./errors.js";

export interface ServerEvent {
  readonly event: string;
  readonly data: string;
  readonly id: string | null;
  /** The reconnection time that the server asked for with this event. */
  readonly retryMs: number | null;
}

export const MAX_EVENT_BYTES = 1_048_576;

const LF = 10;
const CR = 13;
const BOM = "\uFEFF";

export class SseDecoder {
  // Line ends are found in the bytes: they never occur inside a UTF-8 sequence, split or not.
  readonly #text = new TextDecoder("utf-8", { ignoreBOM: true });
  #line: Uint8Array[] = [];
  #bytes = 0;
  #isFirst = true;
  #afterCr = false;
  #data: string[] = [];
  #event = "";
  #id: string | null = null;
  #retryMs: number | null = null;

  /** The events that `chunk` completes. What is unfinished at the end of a body is dropped. */
  push(chunk: Uint8Array): ServerEvent[] {
    const events: ServerEvent[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte === LF && this.#afterCr && at === start) {
        start = at + 1;
      } else if (byte === LF || byte === CR) {
        this.#keep(chunk.subarray(start, at));
        const event = this.#endLine();
        if (event) events.push(event);
        start = at + 1;
      }
      this.#afterCr = byte === CR;
    }
    this.#keep(chunk.subarray(start));
    return events;
  }

  #keep(part: Uint8Array): void {
    this.#bytes += part.length;
    if (this.#bytes > MAX_EVENT_BYTES) throw new StreamError("an event is larger than 1 MiB");
    if (part.length > 0) this.#line.push(part);
  }

  #endLine(): ServerEvent | undefined {
    let line = this.#line.map((part) => this.#text.decode(part, { stream: true })).join("");
    line += this.#text.decode();
    this.#line = [];
    if (this.#isFirst && line.startsWith(BOM)) line = line.slice(1);
    this.#isFirst = false;
    if (line === "") return this.#dispatch();
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    this.#field(name, value);
    return undefined;
  }

  #field(name: string, value: string): void {
    if (name === "data") this.#data.push(value);
    else if (name === "event") this.#event = value;
    else if (name === "id" && !value.includes("\0")) this.#id = value;
    else if (name === "retry" && /^[0-9]+$/.test(value)) this.#retryMs = Number(value);
  }

  #dispatch(): ServerEvent | undefined {
    const data = this.#data;
    const [event, id, retryMs] = [this.#event || "message", this.#id, this.#retryMs];
    this.#data = [];
    this.#event = "";
    this.#id = null;
    this.#bytes = 0;
    if (data.length === 0) return undefined;
    this.#retryMs = null;
    return { event, data: data.join("\n"), id, retryMs };
  }
}
