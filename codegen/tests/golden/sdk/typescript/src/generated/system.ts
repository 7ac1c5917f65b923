// @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
import type { Op } from "../core/call.js";
import type { RequestOptions } from "../core/options.js";
import type { ApiPromise } from "../core/promise.js";
import { Resource } from "../core/resource.js";
import type { Health } from "./types.js";

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
  accept: "text/plain; version=0.0.4",
  public: true,
};

/** Methods of `client.system`. */
export class SystemResource extends Resource {
  /**
   * Is it alive?.
   *
   * Answers as long as it lives.
   */
  health(options?: RequestOptions): ApiPromise<Health> {
    return this.call<Health>(getHealth, {}, options);
  }

  /**
   * What it counts.
   *
   * A text, not JSON.
   */
  metrics(options?: RequestOptions): ApiPromise<string> {
    return this.call<string>(getMetrics, {}, options);
  }
}
