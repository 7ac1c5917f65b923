/**
 * The lean client, `@aragora/sdk/client`: every operation but streams, jobs and receipts.
 *
 * Errors have the class of their status; `error.code` says the rest. The key comes from the options
 * or the environment, not from a file.
 */
import type { ClientOptions } from "./core/client.js";
import { Namespaces } from "./generated/namespaces.js";

export class Aragora extends Namespaces {
  constructor(options: ClientOptions = {}) {
    super(options, { errors: {} });
  }
}

export type { AnyRequestOptions, ClientOptions } from "./core/client.js";
export * from "./core/errors.js";
export type { RequestOptions, RetryInfo, RetryPolicy, Timeouts } from "./core/options.js";
export type { Page, PagePromise } from "./core/page.js";
export type { ApiPromise, ApiResponse, BinaryResponse } from "./core/promise.js";
export type { Middleware } from "./core/transport.js";
export { VERSION } from "./generated/namespaces.js";
