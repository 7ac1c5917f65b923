// @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
import type { Op } from "../core/call.js";
import type { RequestOptions } from "../core/options.js";
import type { ApiPromise } from "../core/promise.js";
import { Resource } from "../core/resource.js";
import type { Health, Meta, OpenapiDocument, Readiness } from "./types.js";

export const getHealth: Op = {
  id: "getHealth",
  method: "GET",
  path: "/healthz",
  public: true,
};
export const getMetrics: Op = {
  id: "getMetrics",
  method: "GET",
  path: "/metrics",
  reads: "text",
  accept: "text/plain; version=0.0.4; charset=utf-8",
  public: true,
};
export const getReadiness: Op = {
  id: "getReadiness",
  method: "GET",
  path: "/readyz",
  public: true,
};
export const getMeta: Op = {
  id: "getMeta",
  method: "GET",
  path: "/v1/meta",
  public: true,
};
export const getOpenapi: Op = {
  id: "getOpenapi",
  method: "GET",
  path: "/v1/openapi.json",
  public: true,
};

/** Methods of `client.system`. */
export class SystemResource extends Resource {
  /**
   * Is the process alive?.
   *
   * Answers as long as the server's loop turns. Asks nothing of the database. Never rate-limited.
   */
  health(options?: RequestOptions): ApiPromise<Health> {
    return this.call<Health>(getHealth, {}, options);
  }

  /**
   * What this process counts.
   *
   * Counters, gauges and histograms in the text format of Prometheus. Answered to this machine
   * alone, unless the server was given a metrics token: then to whoever sends it as `Authorization:
   * Bearer`, and to nobody else. Behind a proxy nobody counts as this machine. Never rate-limited.
   *
   * Throws: MetricsPrivate.
   */
  metrics(options?: RequestOptions): ApiPromise<string> {
    return this.call<string>(getMetrics, {}, options);
  }

  /**
   * Would a request succeed now?.
   *
   * Runs the query behind the debate list, and checks the schema, the disk, the signing key and
   * whether debates are left that nobody runs. `degraded` still serves; 503 means that requests
   * would fail.
   *
   * Throws: NotReady.
   */
  readiness(options?: RequestOptions): ApiPromise<Readiness> {
    return this.call<Readiness>(getReadiness, {}, options);
  }

  /**
   * What this server is.
   *
   * Version, capabilities, protocols and limits, so that a client can check before it sends.
   */
  meta(options?: RequestOptions): ApiPromise<Meta> {
    return this.call<Meta>(getMeta, {}, options);
  }

  /**
   * The contract itself.
   *
   * The OpenAPI 3.1 document from which clients, server interface and reference are generated.
   */
  openapi(options?: RequestOptions): ApiPromise<OpenapiDocument> {
    return this.call<OpenapiDocument>(getOpenapi, {}, options);
  }
}
