/** What an outcome means: done, again, or over. Pure; the clock and chance are handed in. */
import type { Call } from "./call.js";
import type { AragoraError, FieldError, Problem, StatusErrorClass } from "./errors.js";
import {
  Conflict,
  ConnectionFailed,
  DeadlineExceeded,
  Forbidden,
  Gone,
  IdleTimeout,
  InvalidRequest,
  NotFound,
  PaymentRequired,
  RateLimited,
  ServerError,
  StatusError,
  TooLarge,
  Unauthenticated,
  Unavailable,
} from "./errors.js";
import type { RetryPolicy } from "./options.js";

export type ErrorTypes = Readonly<Record<string, StatusErrorClass>>;

/** What the contract says of its codes. */
export interface Codes {
  /** A class a code; other codes get the class of their status. */
  readonly errors: ErrorTypes;
  /** `retry` of errors.yaml, where it differs from what the status says. */
  readonly retry: Readonly<Record<string, "never" | "safe">>;
}

/** The server, or somebody on the way, answered. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** No answer. `connect`: nothing was sent. `lost`, `idle`: bytes may have been sent. */
export interface Broke {
  readonly how: "connect" | "lost" | "idle" | "deadline";
  readonly cause: unknown;
}

export type Outcome = Answered | Broke;

/** When an outcome is judged; the first attempt is number 1. `chance` is in [0, 1). */
export interface Moment {
  readonly attempt: number;
  readonly leftMs: number | undefined;
  readonly nowMs: number;
  readonly chance: number;
}

export type Decision =
  | { readonly kind: "done" }
  | { readonly kind: "retry"; readonly delayMs: number; readonly error: AragoraError }
  | { readonly kind: "fail"; readonly error: AragoraError };

const RETRIED = [408, 429, 500, 502, 503, 504];
const SURELY_UNDONE = [429, 503];
const DETAIL_BYTES = 2048;
const STANDARD =
  "type title status detail instance code request_id doc_url errors".split(" ");

type Json = Readonly<Record<string, unknown>>;

/** Judge one attempt. */
export function decide(call: Call, moment: Moment, outcome: Outcome, codes: Codes): Decision {
  if ("status" in outcome && outcome.status >= 200 && outcome.status < 300) return { kind: "done" };
  const error = toError(call, outcome, codes.errors, moment.nowMs);
  if (moment.attempt > call.policy.maxRetries || !mayRepeat(call, outcome, error, codes)) {
    return { kind: "fail", error };
  }
  const after = error instanceof StatusError ? (error.retryAfterMs ?? 0) : 0;
  const delayMs = Math.max(backoff(call.policy, moment.attempt, moment.chance), after);
  const isTooPatient = after > call.policy.maxRetryAfterMs;
  const isTooLate = moment.leftMs !== undefined && delayMs >= moment.leftMs;
  return isTooPatient || isTooLate ? { kind: "fail", error } : { kind: "retry", delayMs, error };
}

/** Full jitter: anything between nothing and the doubled base, below the cap. */
export function backoff(policy: RetryPolicy, attempt: number, chance: number): number {
  return chance * Math.min(policy.capMs, policy.baseMs * 2 ** (attempt - 1));
}

function mayRepeat(call: Call, outcome: Outcome, error: AragoraError, codes: Codes): boolean {
  if ("how" in outcome) {
    return outcome.how !== "deadline" && (call.repeatable || outcome.how === "connect");
  }
  const hint = error instanceof StatusError ? codes.retry[error.code ?? ""] : undefined;
  if (hint === "never") return false;
  if (!call.repeatable) {
    return SURELY_UNDONE.includes(outcome.status) && outcome.headers.has("retry-after");
  }
  return RETRIED.includes(outcome.status) || (outcome.status === 409 && hint === "safe");
}

/** The typed error of an outcome that is no success. */
export function toError(
  call: Call,
  outcome: Outcome,
  types: ErrorTypes,
  nowMs: number,
): AragoraError {
  if ("status" in outcome) return refusal(readProblem(outcome, nowMs), types);
  const { cause } = outcome;
  const where = `${call.op.method} ${call.url.replace(/\?.*/, "")}`;
  if (outcome.how === "idle") {
    return new IdleTimeout(`${where}: no byte for ${call.idleMs} ms`, { cause });
  }
  if (outcome.how === "deadline") {
    return new DeadlineExceeded(`${where}: over its deadline`, { cause });
  }
  return new ConnectionFailed(`${where}: ${reason(cause)}`, { cause });
}

/** The class of the problem's code, else of its status. */
export function refusal(problem: Problem, types: ErrorTypes): StatusError {
  const code = problem.code ?? "";
  const type = Object.hasOwn(types, code) ? types[code] : undefined;
  return new (type ?? classFor(problem.status))(problem);
}

const BY_STATUS: Readonly<Record<number, StatusErrorClass>> = {
  400: InvalidRequest,
  401: Unauthenticated,
  402: PaymentRequired,
  403: Forbidden,
  404: NotFound,
  409: Conflict,
  410: Gone,
  413: TooLarge,
  422: InvalidRequest,
  429: RateLimited,
  503: Unavailable,
};

/** The class that stands for an unknown code of this status. */
function classFor(status: number): StatusErrorClass {
  return BY_STATUS[status] ?? (status >= 500 ? ServerError : StatusError);
}

/** `fetch failed` says nothing; what it wraps does. */
function reason(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? `${cause.message}: ${cause.cause.message}` : cause.message;
}

/** A problem document; of anything else the first 2 KiB become the detail. */
export function readProblem({ status, headers, body }: Answered, nowMs: number): Problem {
  const document = parsed(new TextDecoder().decode(body));
  const of = (name: string): string | null => {
    const value = document?.[name];
    return typeof value === "string" ? value : null;
  };
  const { errors } = document ?? {};
  const shown = new TextDecoder().decode(body.subarray(0, DETAIL_BYTES)).trim() || null;
  return {
    status,
    headers,
    body,
    code: of("code"),
    title: of("title"),
    detail: document ? of("detail") : shown,
    docUrl: of("doc_url"),
    requestId: of("request_id") ?? headers.get("aragora-request-id"),
    retryAfterMs: retryAfterMs(headers.get("retry-after"), nowMs),
    errors: Array.isArray(errors) ? (errors as FieldError[]) : [],
    members: membersOf(document),
  };
}

function membersOf(document: Json = {}): Json {
  return Object.fromEntries(Object.entries(document).filter(([name]) => !STANDARD.includes(name)));
}

/** A problem document of ours has a code. */
function parsed(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json | null;
    return typeof value?.["code"] === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

/** `Retry-After` in seconds or as an HTTP date; null when it is neither. */
export function retryAfterMs(value: string | null, nowMs: number): number | null {
  const text = (value ?? "").trim();
  if (/^[0-9]+$/.test(text)) return Number(text) * 1000;
  // Date.parse takes many forms; an HTTP date has a month's name in it.
  const at = /[A-Za-z]{3}/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
