/** A call is a value: what to send, decided without sending anything. */
import { ConfigurationError } from "./errors.js";
import type { QueryValue, RequestOptions, RetryPolicy, Timeouts } from "./options.js";

const SAFE = ["GET", "HEAD", "PUT", "DELETE"];

/** One operation of the contract: everything but the arguments. */
export interface Op {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** Query parameters in the order of the document. */
  readonly query?: readonly string[];
  /** The media type of the request body; absent when there is none. */
  readonly sends?: string;
  /** What the answer is; JSON when absent. */
  readonly reads?: "text" | "binary" | "empty" | "stream";
  readonly accept?: string;
  readonly takesKey?: boolean;
  readonly public?: boolean;
  /** The argument `body` is the whole body, not a member of it. */
  readonly raw?: boolean;
}

/** Path and query values by their wire names, and the body; `undefined` values are not sent. */
export type Args = object;

/** What a client adds to every call. */
export interface Defaults {
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  /** True when each attempt asks a callback for its token. */
  readonly hasToken: boolean;
  readonly retry: RetryPolicy;
  readonly timeouts: Timeouts;
}

/** A request, ready to send as often as `policy` allows. */
export interface Call {
  readonly op: Op;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
  readonly repeatable: boolean;
  readonly policy: RetryPolicy;
  readonly idleMs: number;
  readonly deadlineMs: number | undefined;
  readonly signal: AbortSignal | undefined;
}

const KEY = "idempotency-key";
const JSON_TYPE = "application/json";
const CALL_IDLE_MS = 30_000;

/** Turn arguments into a request. The Idempotency-Key is made here, once for all attempts. */
export function plan(
  op: Op,
  args: Args,
  options: RequestOptions,
  defaults: Defaults,
  newKey: () => string,
): Call {
  const given: Record<string, unknown> = { ...args };
  const path = fill(op.path, given);
  const pairs = (op.query ?? []).map((name): [string, unknown] => [name, take(given, name)]);
  const body = bodyOf(op, given, options);
  const headers = headersOf(op, options, defaults, body !== undefined);
  if (op.takesKey) headers[KEY] ??= options.idempotencyKey ?? newKey();
  const { timeouts } = defaults;
  return {
    op,
    url: defaults.baseUrl + path + encodeQuery([...pairs, ...Object.entries(options.query ?? {})]),
    headers,
    body,
    // May be repeated after bytes were sent.
    repeatable: SAFE.includes(op.method) || KEY in headers,
    policy: policyOf(options, defaults.retry),
    idleMs: options.idleMs ?? options.timeoutMs ?? timeouts.idleMs ?? CALL_IDLE_MS,
    deadlineMs: options.deadlineMs ?? timeouts.deadlineMs,
    signal: options.signal,
  };
}

export function policyOf(options: RequestOptions, base: RetryPolicy): RetryPolicy {
  const policy = { ...base, ...options.retry };
  return options.maxRetries === undefined ? policy : { ...policy, maxRetries: options.maxRetries };
}

function take(given: Record<string, unknown>, name: string): unknown {
  const value = given[name];
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- what remains is the body
  delete given[name];
  return value;
}

function headersOf(
  op: Op,
  options: RequestOptions,
  defaults: Defaults,
  hasBody: boolean,
): Record<string, string> {
  const headers: Record<string, string> = {
    ...defaults.headers,
    accept: op.accept ?? JSON_TYPE,
  };
  if (hasBody) headers["content-type"] = op.sends ?? JSON_TYPE;
  if (!op.takesKey && options.idempotencyKey !== undefined) headers[KEY] = options.idempotencyKey;
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    headers[name.toLowerCase()] = value;
  }
  if (!op.public && !("authorization" in headers) && !defaults.hasToken) {
    throw new ConfigurationError(
      "no API key: pass apiKey or token, set ARAGORA_API_KEY, or start `aragora serve` once, " +
        "which writes a credentials file",
    );
  }
  return headers;
}

function fill(template: string, given: Record<string, unknown>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = text(take(given, name) as QueryValue);
    // Every URL parser would normalise these away and reach another operation.
    if (["", ".", ".."].includes(value)) {
      throw new ConfigurationError(`${name} must be an id, got ${JSON.stringify(value)}`);
    }
    return encode(value);
  });
}

function bodyOf(
  op: Op,
  given: Readonly<Record<string, unknown>>,
  options: RequestOptions,
): string | Uint8Array | undefined {
  if (op.sends === undefined) return undefined;
  if (!op.raw) return JSON.stringify({ ...given, ...options.body });
  const raw = given["body"];
  return typeof raw === "string" || raw instanceof Uint8Array ? raw : JSON.stringify(raw);
}

/** RFC 3986: unreserved characters stay, a space is %20, lists repeat their key. */
export function encodeQuery(pairs: readonly (readonly [string, unknown])[]): string {
  const parts: string[] = [];
  for (const [name, value] of pairs) {
    for (const item of (Array.isArray(value) ? value : [value]) as QueryValue[]) {
      if (item !== undefined && item !== null) parts.push(`${encode(name)}=${encode(text(item))}`);
    }
  }
  return parts.length > 0 ? `?${parts.join("&")}` : "";
}


function text(value: QueryValue): string {
  return value instanceof Date ? value.toISOString() : String(value ?? "");
}

function encode(value: string): string {
  try {
    // encodeURIComponent leaves five characters that RFC 3986 reserves.
    return encodeURIComponent(value).replace(
      /[!'()*]/g,
      (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  } catch (cause) {
    throw new ConfigurationError("a value for the URL holds half of a surrogate pair", { cause });
  }
}
