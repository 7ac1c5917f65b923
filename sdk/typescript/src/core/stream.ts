/** Following an event log exactly: every stored event once and in order, whatever breaks. */
import type { Args, Call, Op } from "./call.js";
import { ConfigurationError, EventGap, EventsTrimmed, StatusError, StreamError } from "./errors.js";
import type { RequestOptions } from "./options.js";
import type { Answered, Outcome } from "./retry.js";
import { readProblem, refusal } from "./retry.js";
import type { WebSocketClass } from "./socket.js";
import { connectSocket, socketClass } from "./socket.js";
import type { ServerEvent } from "./sse.js";
import { SseDecoder } from "./sse.js";
import type { Transport } from "./transport.js";
import { answered, Broken, broke, left } from "./transport.js";
import { bytesOf, chunksOf, sleep, Watch } from "./watch.js";

/** Names from `x-stream`, and the types of event that this version knows. */
export interface StreamOp extends Op {
  readonly seq: string;
  readonly resume: string;
  readonly heartbeatMs: number;
  readonly terminal: readonly string[];
  readonly ephemeral: readonly string[];
  readonly known: readonly string[];
  readonly socket?: string;
}

/** Told to `onReconnect` before each new connection. */
export interface ReconnectInfo {
  readonly attempt: number;
  /** The new connection asks for what comes after this event. */
  readonly after: number;
  readonly delayMs: number;
  readonly error: Error;
}

export interface StreamOptions extends RequestOptions {
  readonly transport?: "sse" | "websocket";
  /** A WebSocket class that can send headers, where the platform has none (Node 20). */
  readonly WebSocket?: WebSocketClass;
  readonly onReconnect?: (info: ReconnectInfo) => void;
}

/** An event of a type that is newer than this SDK. */
export class UnknownEvent {
  /** Tells it from the known events; the server's own word is `wireType`. */
  readonly type = "unknown";

  constructor(
    readonly wireType: string,
    readonly seq: number | null,
    readonly raw: Readonly<Record<string, unknown>>,
  ) {}
}

type Json = Readonly<Record<string, unknown>>;
/** One connection: it ends when the body ends, and throws what broke it. */
export type Connect = (
  after: number,
  again: boolean,
  leftMs: number | undefined,
) => AsyncIterable<ServerEvent>;
/** The part of a transport that judges; and what the caller wants to hear. */
export interface Judge {
  judge: Transport["judge"];
  readonly codes: Transport["codes"];
}

const HEARTBEAT = "heartbeat";

/** Where a reader stands in the log. Pure. */
export class Position {
  isOver = false;
  failures = 0;

  constructor(
    private readonly op: StreamOp,
    public last: number,
  ) {}

  /** Whether `event` is to be delivered; throws when one before it is missing. */
  takes(event: Json): boolean {
    const type = event["type"] as string;
    const seq = event[this.op.seq] ?? null;
    if (type === HEARTBEAT) return false;
    if (seq === null && !this.isStored(type)) return true;
    if (!Number.isSafeInteger(seq) || this.op.ephemeral.includes(type)) {
      throw new StreamError(`${type} has an impossible sequence number: ${JSON.stringify(seq)}`);
    }
    const number = seq as number;
    if (number <= this.last) return false;
    if (number > this.last + 1) throw new EventGap(this.last + 1, number);
    this.last = number;
    this.failures = 0;
    this.isOver ||= this.op.terminal.includes(type);
    return true;
  }

  /** An unknown type without a number can only be ephemeral. */
  private isStored(type: string): boolean {
    return this.op.known.includes(type) && !this.op.ephemeral.includes(type);
  }
}

/** The reconnecting loop over `connect`. */
export async function* follow(
  position: Position,
  call: Call,
  judge: Judge,
  connect: Connect,
  onReconnect?: (info: ReconnectInfo) => void,
): AsyncGenerator<Json, void, void> {
  const until = call.deadlineMs === undefined ? undefined : Date.now() + call.deadlineMs;
  let retryMs = 0;
  for (let again = false; ; again = true) {
    let outcome: Outcome | undefined;
    try {
      for await (const message of connect(position.last, again, left(until))) {
        retryMs = message.retryMs ?? retryMs;
        const event = read(message, judge);
        if (position.takes(event)) yield event;
      }
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      outcome = error.outcome;
    }
    if (position.isOver && !outcome) return;
    let next: { delayMs: number; error: Error };
    try {
      next = judgeBreak(call, judge, outcome, ++position.failures, left(until));
    } catch (error) {
      // What follows the terminal event is worth the same patience as before, but no error.
      if (position.isOver) return;
      throw error;
    }
    const delayMs = Math.max(next.delayMs, retryMs);
    onReconnect?.({ attempt: position.failures, after: position.last, delayMs, error: next.error });
    await sleep(delayMs, call.signal);
  }
}

/** How long to wait for the next connection; throws when there is none. */
function judgeBreak(
  call: Call,
  judge: Judge,
  outcome: Outcome = { how: "lost", cause: new Error("the stream ended before the debate did") },
  failures: number,
  leftMs: number | undefined,
): { delayMs: number; error: Error } {
  const decision = judge.judge(call, outcome, failures, leftMs);
  if (decision.kind === "done") throw new StreamError("the stream was not opened");
  // A refusal is an answer: the server does not want to be asked again and again.
  const isRefusal = "status" in outcome && outcome.status < 500;
  if (decision.kind === "fail" || isRefusal) throw trimmed(decision.error);
  return decision;
}

function trimmed(error: Error): Error {
  const isGone = error instanceof StatusError && error.status === 410;
  return isGone ? new EventsTrimmed(error.message, { cause: error }) : error;
}

function read(message: ServerEvent, judge: Judge): Json {
  let event: unknown;
  try {
    event = JSON.parse(message.data);
  } catch (cause) {
    throw new StreamError("an event is not JSON", { cause });
  }
  const type = (event as Json | null)?.["type"];
  // A problem inside a stream that began well is an error, not the end.
  if (message.event === "error" || type === "error") throw problemIn(event as Json, judge);
  if (typeof type !== "string") throw new StreamError("an event without a type");
  return event as Json;
}

function problemIn(event: Json, judge: Judge): StatusError {
  const problem = (event["problem"] ?? event) as Json;
  const body = new TextEncoder().encode(JSON.stringify(problem));
  const status = Number(problem["status"] ?? 500);
  return refusal(readProblem({ status, headers: new Headers(), body }, Date.now()), judge.codes.errors);
}

function typed(op: StreamOp, event: Json): Json | UnknownEvent {
  const type = event["type"] as string;
  if (op.known.includes(type)) return event;
  return new UnknownEvent(type, (event[op.seq] as number | undefined) ?? null, event);
}

/** Typed events, with `for await`. Leaving the loop, or `return()`, closes the connection. */
export class EventStream<E> implements AsyncIterableIterator<E> {
  readonly #events: AsyncGenerator<E, void, void>;
  readonly #position: Position;
  readonly #abort: AbortController;

  constructor(events: AsyncGenerator<E, void, void>, position: Position, abort: AbortController) {
    this.#events = events;
    this.#position = position;
    this.#abort = abort;
  }

  /** Number of the last event delivered: what to pass as `after` to go on from here. */
  get lastSeq(): number {
    return this.#position.last;
  }

  async next(): Promise<IteratorResult<E, undefined>> {
    try {
      return (await this.#events.next()) as IteratorResult<E, undefined>;
    } catch (error) {
      if (this.#abort.signal.aborted) return { done: true, value: undefined };
      throw error;
    }
  }

  async return(): Promise<IteratorResult<E, undefined>> {
    this.#abort.abort();
    await this.#events.return().catch(() => undefined);
    return { done: true, value: undefined };
  }

  /** Close the connection. The debate goes on. */
  async close(): Promise<void> {
    await this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

/** The events of a stream operation. Nothing is sent before the first event is asked for. */
export function stream<E>(
  transport: Transport,
  op: StreamOp,
  args: Args,
  options: StreamOptions = {},
): EventStream<E> {
  const abort = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, abort.signal]) : abort.signal;
  const whole = { idleMs: op.heartbeatMs * 3, ...options, signal };
  const position = new Position(op, Number((args as Json)[op.resume] ?? 0));
  const Socket = whole.transport === "websocket" ? socketClass(whole.WebSocket) : undefined;
  const path = Socket ? op.socket : op.path;
  if (path === undefined) throw new ConfigurationError(`${op.id} has no WebSocket`);
  const plan = (after: number, again: boolean): Call => {
    const headers = { ...whole.headers, ...(again ? { "last-event-id": String(after) } : {}) };
    return transport.plan({ ...op, path }, { ...args, [op.resume]: after }, { ...whole, headers });
  };
  const connect: Connect = (after, again, leftMs) => {
    const call = plan(after, again);
    const watch = new Watch(call.idleMs, leftMs, call.signal);
    return Socket
      ? connectSocket(transport, call, watch, Socket)
      : connectSse(transport, call, watch);
  };
  async function* events(): AsyncGenerator<E, void, void> {
    const call = plan(position.last, false);
    for await (const event of follow(position, call, transport, connect, whole.onReconnect)) {
      yield typed(op, event) as E;
    }
  }
  return new EventStream(events(), position, abort);
}

async function* connectSse(
  transport: Transport,
  call: Call,
  watch: Watch,
): AsyncGenerator<ServerEvent, void, void> {
  try {
    const response = await transport.open(call, watch);
    if (!response.ok) throw new Broken(await refused(response, watch));
    if (!response.headers.get("content-type")?.startsWith("text/event-stream")) {
      throw new StreamError("the answer is no event stream");
    }
    const decoder = new SseDecoder();
    for await (const chunk of chunksOf(response.body, watch)) yield* decoder.push(chunk);
  } catch (error) {
    if (error instanceof Broken || error instanceof StreamError) throw error;
    throw new Broken(broke(error, watch));
  } finally {
    watch.stop();
  }
}

async function refused(response: Response, watch: Watch): Promise<Answered> {
  return answered(response, await bytesOf(response.body, watch));
}
