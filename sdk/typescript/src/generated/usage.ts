// @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
import type { Op } from "../core/call.js";
import type { RequestOptions } from "../core/options.js";
import type { ApiPromise } from "../core/promise.js";
import { Resource } from "../core/resource.js";
import type { DebateCost } from "./types.js";

export const getDebateCost: Op = {
  id: "getDebateCost",
  method: "GET",
  path: "/v1/debates/{debate_id}/cost",
};

/** Methods of `client.costs`. */
export class CostsResource extends Resource {
  /**
   * Read what a debate cost.
   *
   * Summed from the ledger: in total, by agent, by round and by attempt at each call. While the
   * debate runs, what it holds is shown beside. Of a debate that is over, the sum is the cost in
   * its receipt, unless an answer was booked after the receipt was issued.
   *
   * Scope: `debates:read`.
   *
   * Throws: DebateNotFound.
   */
  get(debateId: string, options?: RequestOptions): ApiPromise<DebateCost> {
    return this.call<DebateCost>(getDebateCost, { debate_id: debateId }, options);
  }
}
