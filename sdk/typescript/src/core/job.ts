/** A debate as a running thing: follow it, wait for it, cancel it, get its receipt. */
import type { Op } from "./call.js";
import {
  ConnectionFailed,
  DeadlineExceeded,
  DebateCancelled,
  DebateFailed,
  IdleTimeout,
  JobError,
  ServerError,
  StreamError,
} from "./errors.js";
import type { RequestOptions, RetryPolicy } from "./options.js";
import { RETRY } from "./options.js";
import type { ApiPromise, BinaryResponse } from "./promise.js";
import { backoff } from "./retry.js";
import type { EventStream, StreamOp, StreamOptions } from "./stream.js";
import { stream } from "./stream.js";
import type { Transport } from "./transport.js";
import { left } from "./transport.js";
import { sleep } from "./watch.js";

/** The operations that together make a job; they come from `x-job`. */
export interface JobOp {
  readonly get: Op;
  readonly cancel: Op;
  readonly events: StreamOp;
  readonly result: Op;
  readonly idParam: string;
  readonly resultParam: string;
  readonly statusField: string;
  readonly terminal: readonly string[];
}

/** How long to wait in all; the debate goes on when the time is over. */
export interface WaitOptions {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** Options of starting and waiting in one: here `timeoutMs` is the time to wait in all. */
export type RunOptions = RequestOptions & WaitOptions;

export interface FollowOptions extends StreamOptions {
  readonly after?: number;
  readonly deltas?: boolean;
}

// Two failed attempts on the stream, then polling: 1 s, 1.5 s ... 10 s.
const STREAM_RETRIES = 1;
const POLL = { firstMs: 1_000, growth: 1.5, capMs: 10_000 };
const STREAM_FAILURES = [ConnectionFailed, IdleTimeout, StreamError, ServerError];

/** A handle on a running debate. Dropping it does not stop the debate. */
export class Run<J extends object, E> {
  /** The debate as it was last seen. */
  debate: J | undefined;
  readonly #transport: Transport;
  readonly #op: JobOp;

  constructor(
    transport: Transport,
    op: JobOp,
    readonly id: string,
    debate?: J,
  ) {
    this.#transport = transport;
    this.#op = op;
    this.debate = debate;
  }

  /** All events from `after` on, then each new one until the debate is over. */
  events({ after = 0, deltas = false, ...options }: FollowOptions = {}): EventStream<E> {
    const args = { [this.#op.idParam]: this.id, after, deltas };
    return stream(this.#transport, this.#op.events, args, options);
  }

  /** Read the debate again. */
  async refresh(options: RequestOptions = {}): Promise<J> {
    return (this.debate = await this.#call(this.#op.get, options));
  }

  /** The finished debate. Throws DebateFailed, DebateCancelled, DeadlineExceeded. */
  async wait(options: WaitOptions = {}): Promise<J> {
    return this.#outcome(await this.#finished(new Patience(this.id, options)));
  }

  /** Ask the server to stop the debate. */
  async cancel(options: RequestOptions = {}): Promise<J> {
    return (this.debate = await this.#call(this.#op.cancel, options));
  }

  /** The signed receipt bundle; waits until the debate is over. */
  async receipt(options: WaitOptions = {}): Promise<BinaryResponse> {
    const patience = new Patience(this.id, options);
    const debate =
      this.debate && this.#isOver(this.debate) ? this.debate : await this.#finished(patience);
    const resultId = member(debate, this.#op.resultParam);
    if (typeof resultId !== "string") {
      this.#outcome(debate);
      throw new JobError(`debate ${this.id} ended without a receipt`, debate);
    }
    const args = { [this.#op.resultParam]: resultId };
    return this.#transport.call(this.#op.result, args, patience.options());
  }

  async #finished(patience: Patience): Promise<J> {
    try {
      await this.#follow(patience);
      for (let poll = 0; ; poll++) {
        const debate = await this.refresh(patience.options());
        if (this.#isOver(debate)) return debate;
        await sleep(patience.pollMs(poll), patience.signal);
      }
    } catch (error) {
      throw error instanceof DeadlineExceeded ? patience.over(error) : error;
    }
  }

  /** The stream tells when it is over; when it cannot, polling does. */
  async #follow(patience: Patience): Promise<void> {
    const retry: Partial<RetryPolicy> = { maxRetries: STREAM_RETRIES };
    const events = this.events({ ...patience.options(), retry });
    try {
      while (!(await events.next()).done);
    } catch (error) {
      if (!STREAM_FAILURES.some((type) => error instanceof type)) throw error;
    }
  }

  #call(op: Op, options: RequestOptions): ApiPromise<J> {
    return this.#transport.call<J>(op, { [this.#op.idParam]: this.id }, options);
  }

  #isOver(debate: J): boolean {
    return this.#op.terminal.includes(String(member(debate, this.#op.statusField)));
  }

  #outcome(debate: J): J {
    const status = member(debate, this.#op.statusField);
    const said = `debate ${this.id} ${String(status)}: ${String(member(debate, "stop_reason"))}`;
    if (status === "failed") throw new DebateFailed(said, debate);
    if (status === "cancelled") throw new DebateCancelled(said, debate);
    return debate;
  }
}

function member(value: object, name: string): unknown {
  return (value as Record<string, unknown>)[name];
}

/** Start and wait, both within `timeoutMs`. */
export async function runFor<J extends object>(
  start: (options: RequestOptions) => Promise<Run<J, unknown>>,
  { timeoutMs, ...options }: RunOptions,
): Promise<J> {
  const until = timeoutMs === undefined ? undefined : Date.now() + timeoutMs;
  const within = timeoutMs === undefined ? {} : { deadlineMs: timeoutMs };
  const run = await start({ ...within, ...options });
  const leftMs = left(until);
  return run.wait({
    ...(leftMs === undefined ? {} : { timeoutMs: leftMs }),
    ...(options.signal ? { signal: options.signal } : {}),
  });
}

/** The time that `wait` has left, and how long to wait between polls. */
class Patience {
  readonly signal: AbortSignal | undefined;
  readonly #id: string;
  readonly #timeoutMs: number | undefined;
  readonly #until: number | undefined;

  constructor(id: string, options: WaitOptions) {
    this.#id = id;
    this.#timeoutMs = options.timeoutMs;
    this.#until = options.timeoutMs === undefined ? undefined : Date.now() + options.timeoutMs;
    this.signal = options.signal;
  }

  over(cause?: Error): DeadlineExceeded {
    const ms = String(this.#timeoutMs);
    return new DeadlineExceeded(`debate ${this.#id} is not over after ${ms} ms; it goes on`, {
      cause,
    });
  }

  /** Options of the next request; throws when no time is left. */
  options(): RequestOptions {
    const leftMs = left(this.#until);
    if (leftMs === 0) throw this.over();
    return {
      ...(leftMs === undefined ? {} : { deadlineMs: leftMs }),
      ...(this.signal ? { signal: this.signal } : {}),
    };
  }

  /** Full jitter between the polls, never past the timeout. */
  pollMs(poll: number): number {
    const ceiling = Math.min(POLL.capMs, POLL.firstMs * POLL.growth ** poll);
    const delayMs = backoff({ ...RETRY, baseMs: ceiling, capMs: ceiling }, 1, Math.random());
    return Math.min(delayMs, left(this.#until) ?? delayMs);
  }
}
