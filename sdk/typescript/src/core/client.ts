/** What both clients are made of: options become a transport. */
import type { Defaults, Op } from "./call.js";
import { ConfigurationError } from "./errors.js";
import type { Credentials } from "./node.js";
import { environment, isBrowser } from "./node.js";
import type { RequestOptions, RetryPolicy, Timeouts } from "./options.js";
import { RETRY } from "./options.js";
import type { ApiPromise } from "./promise.js";
import type { Codes } from "./retry.js";
import type { Fetch, Middleware } from "./transport.js";
import { Transport } from "./transport.js";

export interface ClientOptions {
  /** Default: `ARAGORA_API_KEY`, then the credentials file of `aragora serve`. */
  readonly apiKey?: string;
  /** Asked for a token at each attempt; the way to authenticate in a browser. */
  readonly token?: () => Promise<string>;
  /** Default: `ARAGORA_BASE_URL`, then the credentials file. A path prefix is kept. */
  readonly baseUrl?: string;
  readonly timeouts?: Timeouts;
  readonly retry?: Partial<RetryPolicy>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly fetch?: Fetch;
  readonly middleware?: readonly Middleware[];
  /** An API key in a web page can be read by everyone who opens it. */
  readonly allowBrowserKey?: boolean;
}

/** Options of a call that no method describes. */
export interface AnyRequestOptions extends Omit<RequestOptions, "body"> {
  readonly body?: unknown;
}

/** What a generated client adds: its version and what it knows of error codes. */
export interface Contract extends Codes {
  readonly version: string;
  /** Reads what `aragora serve` stored; the lean client has nothing of the kind. */
  readonly stored?: () => Credentials | undefined;
}

const LOCAL = "http://127.0.0.1:8080";

export class Client {
  /** @internal */
  readonly transport: Transport;

  constructor(options: ClientOptions | Transport, contract: Contract) {
    this.transport =
      options instanceof Transport ? options : transportOf(options, contract);
  }

  /** The same client with other defaults; it shares the transport's settings. */
  withOptions(options: RequestOptions): this {
    const copy = this.constructor as new (transport: Transport) => this;
    return new copy(this.transport.with(options));
  }

  /** A call that no method describes, with the same retries, authentication and errors. */
  request<T = unknown>(
    method: string,
    path: string,
    { body, ...options }: AnyRequestOptions = {},
  ): ApiPromise<T> {
    // Written behind the address, anything else could name another host, and get the key.
    if (!path.startsWith("/")) {
      throw new ConfigurationError(`path must start with a slash, got ${JSON.stringify(path)}`);
    }
    const op: Op = {
      id: `${method} ${path}`,
      method,
      // A brace is no place for an argument here.
      path: path.replaceAll("{", "%7B"),
      raw: true,
      ...(body === undefined ? {} : { sends: "application/json" }),
    };
    return this.transport.call(op, { body }, options);
  }
}

function transportOf(options: ClientOptions, contract: Contract): Transport {
  const { apiKey, baseUrl } = credentialsOf(options, contract);
  if (options.apiKey && isBrowser() && !options.allowBrowserKey) {
    throw new ConfigurationError(
      "an API key in a web page can be read by everyone who opens it: pass token, a callback " +
        "that asks your own server, or allowBrowserKey: true if you mean it",
    );
  }
  const headers: Record<string, string> = {};
  if (!isBrowser()) headers["user-agent"] = `aragora-typescript/${contract.version}`;
  if (apiKey && !/^[!-~]+$/.test(apiKey)) {
    throw new ConfigurationError("the API key holds characters that no header can carry");
  }
  if (apiKey && !options.token) headers["authorization"] = `Bearer ${apiKey}`;
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    headers[name.toLowerCase()] = value;
  }
  const defaults: Defaults = {
    baseUrl,
    headers,
    hasToken: options.token !== undefined,
    retry: { ...RETRY, ...options.retry },
    timeouts: options.timeouts ?? {},
  };
  const edges = {
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    token: options.token,
    middleware: options.middleware ?? [],
    chance: Math.random,
  };
  return new Transport(defaults, edges, contract);
}

/** Arguments win over the environment, the environment over the credentials file. */
function credentialsOf(
  options: ClientOptions,
  contract: Contract,
): { apiKey: string | undefined; baseUrl: string } {
  const env = environment();
  const apiKey = options.apiKey ?? (env.apiKey || undefined);
  const baseUrl = options.baseUrl ?? (env.baseUrl || undefined);
  const isComplete = (apiKey ?? options.token) !== undefined && baseUrl !== undefined;
  const stored = isComplete ? undefined : contract.stored?.();
  // A key from the file belongs to the file's server, and goes nowhere else.
  const isTheirs = baseUrl === undefined || trim(baseUrl) === trim(stored?.baseUrl ?? "");
  return {
    apiKey: apiKey ?? (isTheirs ? stored?.apiKey : undefined),
    baseUrl: checked(baseUrl ?? stored?.baseUrl ?? LOCAL),
  };
}

function trim(url: string): string {
  return url.replace(/\/+$/, "");
}

function checked(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username) {
    throw new ConfigurationError(
      `baseUrl takes http:// or https://, a host and a path, got ${JSON.stringify(baseUrl)}`,
    );
  }
  return trim(baseUrl);
}
