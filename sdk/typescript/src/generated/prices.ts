// @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
import type { Op } from "../core/call.js";
import type { RequestOptions } from "../core/options.js";
import type { PageNames, PagePromise } from "../core/page.js";
import type { ApiPromise } from "../core/promise.js";
import { Resource } from "../core/resource.js";
import type { AppliedPrice, Price, Repricing, RepricingCreate, WorkspacePrice, WorkspacePriceCreate } from "./types.js";

export const listPrices: Op = {
  id: "listPrices",
  method: "GET",
  path: "/v1/prices",
  query: ["provider", "model", "at", "cursor", "limit"],
};
export const resolvePrice: Op = {
  id: "resolvePrice",
  method: "GET",
  path: "/v1/prices/resolve",
  query: ["provider", "model", "at"],
};
export const listWorkspacePrices: Op = {
  id: "listWorkspacePrices",
  method: "GET",
  path: "/v1/workspace-prices",
  query: ["provider", "model", "cursor", "limit"],
};
export const createWorkspacePrice: Op = {
  id: "createWorkspacePrice",
  method: "POST",
  path: "/v1/workspace-prices",
  sends: "application/json",
  takesKey: true,
};
export const endWorkspacePrice: Op = {
  id: "endWorkspacePrice",
  method: "POST",
  path: "/v1/workspace-prices/{workspace_price_id}/end",
};
export const repriceLedger: Op = {
  id: "repriceLedger",
  method: "POST",
  path: "/v1/workspace-prices/{workspace_price_id}/reprice",
  sends: "application/json",
};

const PAGE: PageNames = { param: "cursor", items: "items", next: "next_cursor" };

/** Query of `prices.list`. */
export interface PricesListParams {
  /** Only prices of this provider. */
  readonly provider?: string;
  /** Only prices of models whose names begin like this. */
  readonly model?: string;
  /** The instant; default now. */
  readonly at?: string;
  /** `next_cursor` of the page before. */
  readonly cursor?: string;
  /** Most items on a page; default 50. */
  readonly limit?: number;
}

/** Query of `prices.resolve`. */
export interface PricesResolveParams {
  /** Who answers. */
  readonly provider: string;
  /** The model, without its provider. */
  readonly model: string;
  /** The instant; default now. */
  readonly at?: string;
}

/** Query of `workspacePrices.list`. */
export interface WorkspacePricesListParams {
  /** Only prices of this provider. */
  readonly provider?: string;
  /** Only prices of models whose names begin like this. */
  readonly model?: string;
  /** `next_cursor` of the page before. */
  readonly cursor?: string;
  /** Most items on a page; default 50. */
  readonly limit?: number;
}

/** Methods of `client.prices`. */
export class PricesResource extends Resource {
  /**
   * List prices.
   *
   * What models cost at an instant, by provider and model: the rates of whoever runs the server,
   * and the snapshot that comes with it. The snapshot's source says of itself that its prices are
   * not 100 % accurate. What a workspace has set for itself is not among them: `resolvePrice` says
   * which price applies to its calls.
   *
   * Scope: `prices:read`.
   *
   * Throws: InvalidCursor.
   */
  list(params: PricesListParams = {}, options?: RequestOptions): PagePromise<Price> {
    return this.page<Price>(listPrices, PAGE, params, options);
  }

  /**
   * Say which price applies.
   *
   * The price of a call of this workspace to a model at an instant, by the rule that calls are
   * admitted by: an exact name that the workspace has set, then its longest prefix, then the rates
   * of whoever runs the server, then the snapshot. A call that was made keeps the price that it was
   * admitted at, whatever is set later.
   *
   * Scope: `prices:read`.
   *
   * Throws: ModelUnpriced.
   */
  resolve(params: PricesResolveParams, options?: RequestOptions): ApiPromise<AppliedPrice> {
    return this.call<AppliedPrice>(resolvePrice, params, options);
  }
}

/** Methods of `client.workspacePrices`. */
export class WorkspacePricesResource extends Resource {
  /**
   * List prices of the workspace.
   *
   * All that the workspace ever set, newest first, also those that have ended: they are the
   * history.
   *
   * Scope: `prices:read`.
   *
   * Throws: InvalidCursor.
   */
  list(
    params: WorkspacePricesListParams = {},
    options?: RequestOptions,
  ): PagePromise<WorkspacePrice> {
    return this.page<WorkspacePrice>(listWorkspacePrices, PAGE, params, options);
  }

  /**
   * Set a price.
   *
   * A rate of the workspace's own: what it negotiated, or what its own models cost it. It comes
   * before every other price from `valid_from` on. A price is never changed: one that holds without
   * an end under the same name ends where this one begins, and stays to be read. Calls that were
   * made keep the price that they were admitted at.
   *
   * Scope: `prices:write`.
   *
   * Throws: PriceOverlap, PriceInvalid, TooManyPrices, InvalidAmount, IdempotencyKeyReused,
   * IdempotencyInProgress.
   */
  create(params: WorkspacePriceCreate, options?: RequestOptions): ApiPromise<WorkspacePrice> {
    return this.call<WorkspacePrice>(createWorkspacePrice, params, options);
  }

  /**
   * End a price.
   *
   * The price holds no longer, from now on. One that was still to come is called off, and never
   * held. What has ended stays as it is, so repeating it changes nothing.
   *
   * Scope: `prices:write`.
   *
   * Throws: PriceNotFound.
   */
  end(workspacePriceId: string, options?: RequestOptions): ApiPromise<WorkspacePrice> {
    return this.call<WorkspacePrice>(endWorkspacePrice, { workspace_price_id: workspacePriceId }, options);
  }

  /**
   * Re-price calls of the past.
   *
   * What calls of a time in the past cost, at this price instead of the one that they were admitted
   * at: as if it had held then, by the same rule. Unless `dry_run` is false nothing is booked, and
   * the answer says what it would come to. Each call whose usage is known gets one adjustment in
   * every budget that it counts in, once for each price: what it cost less is free again, what it
   * cost more is overage. Calls that somebody adjusted stay as they are. At most 1,000 calls are
   * re-priced at once; `calls_left` says how many come after them, and asking again goes on with
   * those. It needs both scopes.
   *
   * Scope: `prices:write` `budgets:adjust`.
   *
   * Throws: PriceNotFound, PriceInvalid, InvalidAmount.
   */
  reprice(
    workspacePriceId: string,
    params: RepricingCreate,
    options?: RequestOptions,
  ): ApiPromise<Repricing> {
    return this.call<Repricing>(repriceLedger, { workspace_price_id: workspacePriceId, ...params }, options);
  }
}
