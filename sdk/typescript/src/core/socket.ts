/** The same events over WebSocket, one JSON object a message. */
import type { Call } from "./call.js";
import { ConfigurationError, StreamError } from "./errors.js";
import type { Problem } from "./errors.js";
import { isBrowser } from "./node.js";
import type { ErrorTypes } from "./retry.js";
import { refusal } from "./retry.js";
import type { ServerEvent } from "./sse.js";
import { MAX_EVENT_BYTES } from "./sse.js";
import type { Transport } from "./transport.js";
import { Broken, broke } from "./transport.js";
import type { Watch } from "./watch.js";

/** The part of a WebSocket that we use; `ws` and the sockets of Node 22, Deno and Bun have it. */
export interface WebSocketLike {
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  onerror: ((event: never) => void) | null;
  close(code?: number): void;
}

export type WebSocketClass = new (
  url: string,
  options: { headers: Record<string, string> },
) => WebSocketLike;

/** Beyond this many unread events the socket is closed; the log is read on from there later. */
const QUEUE = 1000;
const ABNORMAL = 1006;
const RECONNECT = [1001, 1005, ABNORMAL, 1011, 1012, 1013, 1014, 4008];
const IN_A_BROWSER =
  "a browser cannot send the API key over WebSocket, and it must not stand in the URL: use " +
  'transport: "sse"';
const NOT_HERE =
  "this platform has no WebSocket (Node has one since 22): pass the class of a package as " +
  'WebSocket, or use transport: "sse"';

export function socketClass(given: WebSocketClass | undefined): WebSocketClass {
  if (given) return given;
  if (isBrowser()) throw new ConfigurationError(IN_A_BROWSER);
  const found = (globalThis as { WebSocket?: unknown }).WebSocket;
  if (!found) throw new ConfigurationError(NOT_HERE);
  return found as WebSocketClass;
}

/** What a close code means: a clean end (null), or what to throw. */
export function closed(code: number, reason: string, errors: ErrorTypes): Error | null {
  if (code === 1000) return null;
  const said = `the server closed the socket: ${code} ${reason}`.trim();
  if (RECONNECT.includes(code)) return new Broken({ how: "lost", cause: new Error(said) });
  if (code < 4400 || code > 4599) return new StreamError(said);
  return refusal(problemOf(code - 4000, reason, said), errors);
}

function problemOf(status: number, reason: string, detail: string): Problem {
  const code = /^[a-z][a-z_]*$/.test(reason) ? reason : null;
  const none = { title: null, docUrl: null, requestId: null, retryAfterMs: null };
  const headers = new Headers();
  return { ...none, status, code, detail, errors: [], headers, body: new Uint8Array(), members: {} };
}

export async function* connectSocket(
  transport: Transport,
  call: Call,
  watch: Watch,
  Socket: WebSocketClass,
): AsyncGenerator<ServerEvent, void, void> {
  const inbox = new Inbox(transport.codes.errors);
  let socket: WebSocketLike | undefined;
  const stop = (): void => {
    inbox.end(ABNORMAL, watch.ended ?? "");
  };
  watch.signal.addEventListener("abort", stop);
  try {
    const headers = await watch.during(transport.headers(call));
    socket = new Socket(call.url.replace(/^http/, "ws"), { headers });
    inbox.listen(socket);
    for (;;) {
      const data = await watch.during(inbox.next());
      if (data === null) return;
      yield { event: "message", data, id: null, retryMs: null };
    }
  } catch (error) {
    throw watch.ended ? new Broken(broke(error, watch)) : error;
  } finally {
    watch.signal.removeEventListener("abort", stop);
    watch.stop();
    socket?.close();
  }
}

/** Messages between the socket, which cannot be told to wait, and the reader. */
class Inbox {
  readonly #messages: string[] = [];
  readonly #errors: ErrorTypes;
  #end: { code: number; reason: string } | undefined;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  constructor(errors: ErrorTypes) {
    this.#errors = errors;
  }

  listen(socket: WebSocketLike): void {
    socket.onmessage = ({ data }) => {
      this.#take(data, socket);
    };
    socket.onclose = ({ code, reason }) => {
      this.end(code, reason);
    };
    // The close that follows says what there is to say.
    socket.onerror = () => undefined;
  }

  /** The next message, null at a clean end. */
  async next(): Promise<string | null> {
    while (this.#messages.length === 0 && !this.#failure && !this.#end) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const message = this.#messages.shift();
    if (message !== undefined) return message;
    const why = this.#failure ?? closed(this.#end?.code ?? ABNORMAL, this.#end?.reason ?? "", this.#errors);
    if (why) throw why;
    return null;
  }

  end(code: number, reason: string): void {
    this.#end ??= { code, reason };
    this.#wake?.();
  }

  #take(data: unknown, socket: WebSocketLike): void {
    if (this.#end || this.#failure) return;
    if (typeof data !== "string" || data.length > MAX_EVENT_BYTES) {
      this.#failure = new StreamError("a message is no event, or larger than 1 MiB");
    } else if (this.#messages.push(data) >= QUEUE) {
      socket.close(1000);
      this.end(ABNORMAL, "the reader is slower than the events");
    }
    this.#wake?.();
  }
}
