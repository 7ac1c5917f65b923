/**
 * Everything that the SDK throws.
 *
 * AragoraError
 * ├─ ConfigurationError                      the call could not be made as written
 * ├─ ConnectionFailed                        nothing usable came back
 * ├─ IdleTimeout                             no byte arrived for `idleMs`
 * ├─ DeadlineExceeded                        the whole call took longer than `deadlineMs`
 * ├─ ResponseInvalid                         a 2xx answer that the contract does not allow
 * ├─ StreamError
 * │  ├─ EventGap                             a sequence number is missing
 * │  └─ EventsTrimmed                        the server no longer has the events asked for
 * ├─ JobError
 * │  ├─ DebateFailed
 * │  └─ DebateCancelled
 * └─ StatusError                             the server answered, and refused
 *    ├─ InvalidRequest 400 422   Unauthenticated 401   PaymentRequired 402   Forbidden 403
 *    ├─ NotFound 404   Conflict 409   Gone 410   TooLarge 413   RateLimited 429
 *    └─ ServerError 5xx
 *       └─ Unavailable 503
 *
 * `generated/errors.ts` adds one class a code below these (`BudgetExceeded`, a `PaymentRequired`).
 * An aborted call throws the reason of its `AbortSignal`, as `fetch` does.
 */

/** Root of every error of this SDK. */
export class AragoraError extends Error {
  override readonly name: string = "AragoraError";
}

/** The call could not be made as written; nothing was sent. */
export class ConfigurationError extends AragoraError {
  override readonly name = "ConfigurationError";
}

/** No usable answer arrived: the connection could not be made, or broke. */
export class ConnectionFailed extends AragoraError {
  override readonly name = "ConnectionFailed";
}

/** No byte arrived for `idleMs`. */
export class IdleTimeout extends AragoraError {
  override readonly name = "IdleTimeout";
}

/** The whole call, with its retries, took longer than `deadlineMs`. */
export class DeadlineExceeded extends AragoraError {
  override readonly name = "DeadlineExceeded";
}

/** The server said success, and its answer is not what the contract promises. */
export class ResponseInvalid extends AragoraError {
  override readonly name = "ResponseInvalid";

  constructor(
    message: string,
    readonly status: number,
    readonly body: Uint8Array,
    readonly requestId: string | null,
    options?: ErrorOptions,
  ) {
    super(requestId ? `${message} [${requestId}]` : message, options);
  }
}

/** An event stream that cannot be followed any further. */
export class StreamError extends AragoraError {
  override readonly name: string = "StreamError";
}

/** The stream skipped a sequence number: events are missing. */
export class EventGap extends StreamError {
  override readonly name = "EventGap";

  constructor(
    readonly expected: number,
    readonly got: number,
  ) {
    super(`expected event ${expected}, got ${got}`);
  }
}

/** 410: the events asked for are no longer kept. `cause` is the server's refusal. */
export class EventsTrimmed extends StreamError {
  override readonly name = "EventsTrimmed";
}

/** A debate that ended without a verdict. `debate` is its last state. */
export class JobError<T = unknown> extends AragoraError {
  override readonly name: string = "JobError";

  constructor(
    message: string,
    readonly debate: T,
  ) {
    super(message);
  }
}

/** The debate failed on the server. */
export class DebateFailed<T = unknown> extends JobError<T> {
  override readonly name = "DebateFailed";
}

/** Somebody cancelled the debate. */
export class DebateCancelled<T = unknown> extends JobError<T> {
  override readonly name = "DebateCancelled";
}

/** One place of a request that the server refused. */
export interface FieldError {
  readonly location: string;
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/** The facts of a refusal: a problem document (RFC 9457), or what a proxy sent instead. */
export interface Problem {
  readonly status: number;
  readonly code: string | null;
  readonly title: string | null;
  readonly detail: string | null;
  readonly errors: readonly FieldError[];
  readonly docUrl: string | null;
  readonly requestId: string | null;
  readonly retryAfterMs: number | null;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** What the code adds to the document; also members of the error itself. */
  readonly members: Readonly<Record<string, unknown>>;
}

/** The server answered, and refused. */
export class StatusError extends AragoraError implements Problem {
  override readonly name: string = "StatusError";
  declare readonly status: number;
  declare readonly code: string | null;
  declare readonly title: string | null;
  declare readonly detail: string | null;
  declare readonly errors: readonly FieldError[];
  declare readonly docUrl: string | null;
  declare readonly requestId: string | null;
  declare readonly retryAfterMs: number | null;
  declare readonly headers: Headers;
  declare readonly body: Uint8Array;
  declare readonly members: Readonly<Record<string, unknown>>;

  constructor(problem: Problem) {
    super(sentence(problem));
    Object.assign(this, problem);
    // Bytes and headers would drown the sentence where an error is printed.
    for (const name of ["headers", "body", "members"]) {
      Object.defineProperty(this, name, { enumerable: false });
    }
    for (const [name, value] of Object.entries(problem.members)) {
      // A member may add to an error, and never hide what the error already says.
      if (!(name in this)) Object.defineProperty(this, name, { value });
    }
  }
}

function sentence(problem: Problem): string {
  const { status, code, detail, title, errors, requestId, docUrl } = problem;
  const places = errors.slice(0, 5).map((e) => `; ${e.location} ${e.pointer || "/"}: ${e.message}`);
  const head = code ? `${code} (${status})` : `HTTP ${status}`;
  const request = requestId ? ` [${requestId}]` : "";
  const said = detail ?? title ?? "no detail";
  return `${head}: ${said}${places.join("")}${request} ${docUrl ?? ""}`.trim();
}

/** 400 or 422: the request breaks the contract; `errors` says where. */
export class InvalidRequest extends StatusError {
  override readonly name: string = "InvalidRequest";
}

/** 401: the API key is missing, unknown or revoked. */
export class Unauthenticated extends StatusError {
  override readonly name: string = "Unauthenticated";
}

/** 402: a budget does not allow it. */
export class PaymentRequired extends StatusError {
  override readonly name: string = "PaymentRequired";
}

/** 403: the API key lacks the scope. */
export class Forbidden extends StatusError {
  override readonly name: string = "Forbidden";
}

/** 404: there is no such thing in this workspace. */
export class NotFound extends StatusError {
  override readonly name: string = "NotFound";
}

/** 409: the thing is in another state than the request needs. */
export class Conflict extends StatusError {
  override readonly name: string = "Conflict";
}

/** 410: it was here, and is no longer. */
export class Gone extends StatusError {
  override readonly name: string = "Gone";
}

/** 413: the request body is larger than the operation takes. */
export class TooLarge extends StatusError {
  override readonly name: string = "TooLarge";
}

/** 429: too many requests; `retryAfterMs` says when to come back. */
export class RateLimited extends StatusError {
  override readonly name: string = "RateLimited";
}

/** 5xx: the server's fault. */
export class ServerError extends StatusError {
  override readonly name: string = "ServerError";
}

/** 503: not now; `retryAfterMs` may say when. */
export class Unavailable extends ServerError {
  override readonly name: string = "Unavailable";
}

export type StatusErrorClass = typeof StatusError;
