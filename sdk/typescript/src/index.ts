/** The whole client: `client.debates.run(...)`, streams that resume, errors by code. */
import type { ClientOptions } from "./core/client.js";
import { LiveNamespaces } from "./generated/live.js";

export class Aragora extends LiveNamespaces {
  constructor(options: ClientOptions = {}) {
    super(options);
  }
}

export type { AnyRequestOptions, ClientOptions } from "./core/client.js";
export * from "./core/errors.js";
export type { FieldError, Problem } from "./core/errors.js";
export type { FollowOptions, RunOptions, WaitOptions } from "./core/job.js";
export type { RequestOptions, RetryInfo, RetryPolicy, Timeouts } from "./core/options.js";
export { Page, PagePromise } from "./core/page.js";
export { ApiPromise, BinaryResponse } from "./core/promise.js";
export type { ApiResponse } from "./core/promise.js";
export type { WebSocketClass, WebSocketLike } from "./core/socket.js";
export { EventStream, UnknownEvent } from "./core/stream.js";
export type { ReconnectInfo, StreamOptions } from "./core/stream.js";
export type { Middleware } from "./core/transport.js";
export { ExportFailed, exportReceipts } from "./exports.js";
export type { ExportOptions } from "./exports.js";
export * from "./generated/errors.js";
export { DebateRun } from "./generated/live.js";
export type { DebatesEventsParams, DebateStreamEvent } from "./generated/live.js";
export { VERSION } from "./generated/namespaces.js";
export type * from "./generated/types.js";
