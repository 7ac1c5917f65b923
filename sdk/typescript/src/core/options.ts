/** What a caller can choose: timeouts, retries, options of one request. Times are milliseconds. */

/** Told to `onRetry` before each wait. */
export interface RetryInfo {
  readonly operationId: string;
  readonly attempt: number;
  readonly delayMs: number;
  readonly error: Error;
}

/**
 * How often and how patiently a call is repeated.
 *
 * The wait before retry n is uniform(0, min(capMs, baseMs * 2**n)). A server that asks for more
 * than `maxRetryAfterMs` is not waited for: the error is thrown at once.
 */
export interface RetryPolicy {
  readonly maxRetries: number;
  readonly baseMs: number;
  readonly capMs: number;
  readonly maxRetryAfterMs: number;
  readonly onRetry?: (info: RetryInfo) => void;
}

export const RETRY: RetryPolicy = {
  maxRetries: 2,
  baseMs: 500,
  capMs: 8_000,
  maxRetryAfterMs: 60_000,
};

/**
 * `idleMs`: no byte arrived, from the first try to connect to the end of the body; 30 s for calls,
 * three heartbeats for streams. `deadlineMs`: the whole call with its retries; no limit by default.
 */
export interface Timeouts {
  readonly idleMs?: number;
  readonly deadlineMs?: number;
}

export type QueryValue = string | number | boolean | Date | null | undefined;
export type Query = Readonly<Record<string, QueryValue | readonly QueryValue[]>>;

/** Options of one request: the last argument of every method. */
export interface RequestOptions extends Timeouts {
  /** Another name for `idleMs`. */
  readonly timeoutMs?: number;
  readonly maxRetries?: number;
  readonly retry?: Partial<RetryPolicy>;
  readonly idempotencyKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Added to the query. */
  readonly query?: Query;
  /** Merged last into the request body. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** Aborting ends the call at once; it never cancels a debate on the server. */
  readonly signal?: AbortSignal;
}
