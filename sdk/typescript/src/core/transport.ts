/** Sends calls: one loop of send, decide, wait. Every decision is made elsewhere. */
import type { Args, Call, Defaults, Op } from "./call.js";
import { plan } from "./call.js";
import type { RequestOptions } from "./options.js";
import type { Answer } from "./promise.js";
import { ApiPromise, BinaryResponse, parseJson } from "./promise.js";
import type { Answered, Broke, Codes, Outcome } from "./retry.js";
import { decide } from "./retry.js";
import { bytesOf, sleep, Watch } from "./watch.js";

export type Fetch = (input: string | Request, init?: RequestInit) => Promise<Response>;
/** Runs once an attempt, inside the retries. */
export type Middleware = (
  request: Request,
  next: (request: Request) => Promise<Response>,
) => Promise<Response>;

/** What the core takes from the world; tests hand in their own. */
export interface Edges {
  readonly fetch: Fetch;
  readonly token?: (() => Promise<string>) | undefined;
  readonly middleware: readonly Middleware[];
  readonly chance: () => number;
}

/** Codes of errors after which no byte of the request can have been sent. */
const NOTHING_SENT = [
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
];

/** An attempt without a usable answer; never leaves the SDK. */
export class Broken extends Error {
  constructor(readonly outcome: Outcome) {
    super("broken");
  }
}

export class Transport {
  // Private in the language, so that no inspection of a client shows the API key.
  readonly #defaults: Defaults;
  readonly #edges: Edges;
  readonly #options: RequestOptions;

  constructor(
    defaults: Defaults,
    edges: Edges,
    readonly codes: Codes,
    options: RequestOptions = {},
  ) {
    this.#defaults = defaults;
    this.#edges = edges;
    this.#options = options;
  }

  with(options: RequestOptions): Transport {
    const merged = { ...this.#options, ...options };
    return new Transport(this.#defaults, this.#edges, this.codes, merged);
  }

  plan(op: Op, args: Args, options: RequestOptions = {}): Call {
    return plan(op, args, { ...this.#options, ...options }, this.#defaults, newKey);
  }

  /** A call whose answer is what `op` reads, JSON unless it says otherwise. */
  call<T>(op: Op, args: Args, options?: RequestOptions): ApiPromise<T> {
    return new ApiPromise(this.send(op, args, options), (answer) => read(op, answer) as T);
  }

  async send(op: Op, args: Args, options?: RequestOptions): Promise<Answer> {
    const call = this.plan(op, args, options);
    const until = call.deadlineMs === undefined ? undefined : Date.now() + call.deadlineMs;
    for (let attempt = 1; ; attempt++) {
      const watch = new Watch(call.idleMs, left(until), call.signal);
      const [outcome, answer] = await this.#attempt(call, watch, attempt);
      const decision = this.judge(call, outcome, attempt, left(until));
      if (decision.kind === "done" && answer) return answer;
      if (decision.kind !== "retry") throw decision.kind === "fail" ? decision.error : outcome;
      const { delayMs, error } = decision;
      call.policy.onRetry?.({ operationId: op.id, attempt, delayMs, error });
      await sleep(delayMs, call.signal);
    }
  }

  judge(call: Call, outcome: Outcome, attempt: number, leftMs: number | undefined) {
    const moment = { attempt, leftMs, nowMs: Date.now(), chance: this.#edges.chance() };
    return decide(call, moment, outcome, this.codes);
  }

  async #attempt(call: Call, watch: Watch, attempt: number): Promise<[Outcome, Answer?]> {
    try {
      const response = await this.open(call, watch);
      const body = await bytesOf(response.body, watch);
      return [answered(response, body), { response, body, attempts: attempt }];
    } catch (error) {
      watch.stop();
      return [broke(error, watch)];
    }
  }

  /** The headers of one attempt; a token is asked for anew. */
  async headers(call: Call): Promise<Record<string, string>> {
    const { token } = this.#edges;
    if (!token || call.headers["authorization"]) return { ...call.headers };
    return { ...call.headers, authorization: `Bearer ${await token()}` };
  }

  /** One attempt, up to the headers of the answer. */
  async open(call: Call, watch: Watch): Promise<Response> {
    const { fetch, middleware } = this.#edges;
    const init: RequestInit = {
      method: call.op.method,
      headers: await watch.during(this.headers(call)),
      redirect: "manual",
      signal: watch.signal,
    };
    if (call.body !== undefined) init.body = call.body as string | Uint8Array<ArrayBuffer>;
    if (middleware.length === 0) return watch.during(fetch(call.url, init));
    const chain = middleware.reduceRight<(request: Request) => Promise<Response>>(
      (next, step) => (request) => step(request, next),
      (request) => fetch(request),
    );
    return watch.during(chain(new Request(call.url, init)));
  }
}

function read(op: Op, answer: Answer): unknown {
  if (op.reads === "empty") return undefined;
  if (op.reads === "text") return new TextDecoder().decode(answer.body);
  return op.reads ? new BinaryResponse(answer) : parseJson(answer);
}

export function answered(response: Response, body: Uint8Array): Answered {
  return { status: response.status, headers: response.headers, body };
}

/** What a failure of the network means; the caller's own abort is thrown as it is. */
export function broke(error: unknown, watch: Watch): Broke {
  if (watch.ended === "caller") throw watch.signal.reason;
  if (watch.ended) return { how: watch.ended, cause: error };
  // Only `fetch` itself says TypeError; a token callback or a middleware may throw what it likes.
  if (!(error instanceof TypeError) && !isSocketError(error)) throw error;
  const cause = error.cause as { code?: string } | undefined;
  return { how: NOTHING_SENT.includes(cause?.code ?? "") ? "connect" : "lost", cause: error };
}

function isSocketError(error: unknown): error is Error {
  return error instanceof Error && "code" in error && typeof error.code === "string";
}

export function left(until: number | undefined): number | undefined {
  return until === undefined ? undefined : Math.max(0, until - Date.now());
}

function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `idk_${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
