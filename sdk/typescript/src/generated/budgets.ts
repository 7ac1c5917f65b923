// @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
import type { Op } from "../core/call.js";
import type { RequestOptions } from "../core/options.js";
import type { PageNames, PagePromise } from "../core/page.js";
import type { ApiPromise } from "../core/promise.js";
import { Resource } from "../core/resource.js";
import type { Budget, BudgetAlert, BudgetAudit, BudgetCheck, BudgetCheckRequest, BudgetCreate, BudgetOverride, BudgetOverrideCreate, BudgetPeriod, BudgetUpdate, LedgerAdjustmentCreate, LedgerEntry } from "./types.js";

export const listBudgets: Op = {
  id: "listBudgets",
  method: "GET",
  path: "/v1/budgets",
  query: ["cursor", "limit"],
};
export const createBudget: Op = {
  id: "createBudget",
  method: "POST",
  path: "/v1/budgets",
  sends: "application/json",
  takesKey: true,
};
export const auditBudgets: Op = {
  id: "auditBudgets",
  method: "GET",
  path: "/v1/budgets/audit",
};
export const checkBudget: Op = {
  id: "checkBudget",
  method: "POST",
  path: "/v1/budgets/check",
  sends: "application/json",
};
export const getBudget: Op = {
  id: "getBudget",
  method: "GET",
  path: "/v1/budgets/{budget_id}",
};
export const updateBudget: Op = {
  id: "updateBudget",
  method: "PATCH",
  path: "/v1/budgets/{budget_id}",
  sends: "application/json",
};
export const deleteBudget: Op = {
  id: "deleteBudget",
  method: "DELETE",
  path: "/v1/budgets/{budget_id}",
  reads: "empty",
};
export const listBudgetAlerts: Op = {
  id: "listBudgetAlerts",
  method: "GET",
  path: "/v1/budgets/{budget_id}/alerts",
  query: ["cursor", "limit"],
};
export const listLedgerEntries: Op = {
  id: "listLedgerEntries",
  method: "GET",
  path: "/v1/budgets/{budget_id}/ledger",
  query: ["cursor", "limit"],
};
export const listBudgetOverrides: Op = {
  id: "listBudgetOverrides",
  method: "GET",
  path: "/v1/budgets/{budget_id}/overrides",
  query: ["cursor", "limit"],
};
export const createBudgetOverride: Op = {
  id: "createBudgetOverride",
  method: "POST",
  path: "/v1/budgets/{budget_id}/overrides",
  sends: "application/json",
  takesKey: true,
};
export const revokeBudgetOverride: Op = {
  id: "revokeBudgetOverride",
  method: "DELETE",
  path: "/v1/budgets/{budget_id}/overrides/{override_id}",
  reads: "empty",
};
export const listBudgetPeriods: Op = {
  id: "listBudgetPeriods",
  method: "GET",
  path: "/v1/budgets/{budget_id}/periods",
  query: ["cursor", "limit"],
};
export const adjustLedger: Op = {
  id: "adjustLedger",
  method: "POST",
  path: "/v1/ledger/adjustments",
  sends: "application/json",
  takesKey: true,
};

const PAGE: PageNames = { param: "cursor", items: "items", next: "next_cursor" };

/** Query of `budgets.list`. */
export interface BudgetsListParams {
  /** `next_cursor` of the page before. */
  readonly cursor?: string;
  /** Most items on a page; default 50. */
  readonly limit?: number;
}

/** Query of `budgets.alerts`. */
export interface BudgetsAlertsParams {
  /** `next_cursor` of the page before. */
  readonly cursor?: string;
  /** Most items on a page; default 50. */
  readonly limit?: number;
}

/** Query of `budgets.ledger`. */
export interface BudgetsLedgerParams {
  /** `next_cursor` of the page before. */
  readonly cursor?: string;
  /** Most items on a page; default 50. */
  readonly limit?: number;
}

/** Query of `budgets.listOverrides`. */
export interface BudgetsListOverridesParams {
  /** `next_cursor` of the page before. */
  readonly cursor?: string;
  /** Most items on a page; default 50. */
  readonly limit?: number;
}

/** Query of `budgets.periods`. */
export interface BudgetsPeriodsParams {
  /** `next_cursor` of the page before. */
  readonly cursor?: string;
  /** Most items on a page; default 50. */
  readonly limit?: number;
}

/** Methods of `client.budgets`. */
export class BudgetsResource extends Resource {
  /**
   * List budgets.
   *
   * Budgets of the workspace, newest first.
   *
   * Scope: `budgets:read`.
   *
   * Throws: InvalidCursor.
   */
  list(params: BudgetsListParams = {}, options?: RequestOptions): PagePromise<Budget> {
    return this.page<Budget>(listBudgets, PAGE, params, options);
  }

  /**
   * Create a budget.
   *
   * From now on every call of its scope must be admitted by this budget before it is made. Calls
   * under way are not counted in.
   *
   * Scope: `budgets:write`.
   *
   * Throws: BudgetConflict, BudgetScopeInvalid, TooManyBudgets, TooManyAddresses, InvalidPeriod,
   * InvalidAmount, IdempotencyKeyReused, IdempotencyInProgress.
   */
  create(params: BudgetCreate, options?: RequestOptions): ApiPromise<Budget> {
    return this.call<Budget>(createBudget, params, options);
  }

  /**
   * Prove that the books agree.
   *
   * Computes anew, from the ledger alone, what every period of every budget has spent, holds and
   * went over, and what every receipt says that its debate cost, and compares. Closed budgets and
   * the limits of single debates are looked at too.
   *
   * Scope: `budgets:read`.
   */
  audit(options?: RequestOptions): ApiPromise<BudgetAudit> {
    return this.call<BudgetAudit>(auditBudgets, {}, options);
  }

  /**
   * Ask whether budgets would admit an amount.
   *
   * Looks at every budget that a debate of this key with these tags would fall under, and holds
   * nothing: advice, and no promise. Only a debate that is opened has its money.
   *
   * Scope: `budgets:read`.
   *
   * Throws: InvalidAmount.
   */
  check(params: BudgetCheckRequest, options?: RequestOptions): ApiPromise<BudgetCheck> {
    return this.call<BudgetCheck>(checkBudget, params, options);
  }

  /**
   * Read a budget.
   *
   * The budget with the state of its current period.
   *
   * Scope: `budgets:read`.
   *
   * Throws: BudgetNotFound.
   */
  get(budgetId: string, options?: RequestOptions): ApiPromise<Budget> {
    return this.call<Budget>(getBudget, { budget_id: budgetId }, options);
  }

  /**
   * Change a budget.
   *
   * Changes its name, its terms, or whether it is paused. A limit below what is spent admits
   * nothing more; calls under way are still paid. With other terms its thresholds count anew: those
   * that are not reached yet. Of `notify`, too, what is left out stays.
   *
   * Scope: `budgets:write`.
   *
   * Throws: BudgetNotFound, InvalidAmount, TooManyAddresses.
   */
  update(
    budgetId: string,
    params: BudgetUpdate = {},
    options?: RequestOptions,
  ): ApiPromise<Budget> {
    return this.call<Budget>(updateBudget, { budget_id: budgetId, ...params }, options);
  }

  /**
   * Delete a budget.
   *
   * Closes the budget: it no longer limits anything and is no longer shown. Its bookings stay in
   * the books.
   *
   * Scope: `budgets:write`.
   *
   * Throws: BudgetNotFound.
   */
  delete(budgetId: string, options?: RequestOptions): ApiPromise<undefined> {
    return this.call<undefined>(deleteBudget, { budget_id: budgetId }, options);
  }

  /**
   * List a budget's alerts.
   *
   * What was told of it, newest first.
   *
   * Scope: `budgets:read`.
   *
   * Throws: BudgetNotFound, InvalidCursor.
   */
  alerts(
    budgetId: string,
    params: BudgetsAlertsParams = {},
    options?: RequestOptions,
  ): PagePromise<BudgetAlert> {
    return this.page<BudgetAlert>(listBudgetAlerts, PAGE, { budget_id: budgetId, ...params }, options);
  }

  /**
   * List a budget's bookings.
   *
   * Each reservation, settlement, release, overage and adjustment, newest first.
   *
   * Scope: `budgets:read`.
   *
   * Throws: BudgetNotFound, InvalidCursor.
   */
  ledger(
    budgetId: string,
    params: BudgetsLedgerParams = {},
    options?: RequestOptions,
  ): PagePromise<LedgerEntry> {
    return this.page<LedgerEntry>(listLedgerEntries, PAGE, { budget_id: budgetId, ...params }, options);
  }

  /**
   * List a budget's overrides.
   *
   * Each that was granted, newest first, also those that have ended.
   *
   * Scope: `budgets:read`.
   *
   * Throws: BudgetNotFound, InvalidCursor.
   */
  listOverrides(
    budgetId: string,
    params: BudgetsListOverridesParams = {},
    options?: RequestOptions,
  ): PagePromise<BudgetOverride> {
    return this.page<BudgetOverride>(listBudgetOverrides, PAGE, { budget_id: budgetId, ...params }, options);
  }

  /**
   * Grant an override.
   *
   * The current period of the budget admits this much more than its limit, until the override ends,
   * is revoked, or the period is over. Who granted it, why and until when is kept.
   *
   * Scope: `budgets:override`.
   *
   * Throws: BudgetNotFound, OverrideInvalid, InvalidAmount, IdempotencyKeyReused,
   * IdempotencyInProgress.
   */
  override(
    budgetId: string,
    params: BudgetOverrideCreate,
    options?: RequestOptions,
  ): ApiPromise<BudgetOverride> {
    return this.call<BudgetOverride>(createBudgetOverride, { budget_id: budgetId, ...params }, options);
  }

  /**
   * Revoke an override.
   *
   * It ends now and stays in the list as revoked. What was spent under it stays spent. Repeating it
   * changes nothing.
   *
   * Scope: `budgets:override`.
   *
   * Throws: BudgetNotFound, OverrideNotFound.
   */
  revokeOverride(
    budgetId: string,
    overrideId: string,
    options?: RequestOptions,
  ): ApiPromise<undefined> {
    return this.call<undefined>(revokeBudgetOverride, { budget_id: budgetId, override_id: overrideId }, options);
  }

  /**
   * List a budget's periods.
   *
   * Every period in which something was reserved, newest first.
   *
   * Scope: `budgets:read`.
   *
   * Throws: BudgetNotFound, InvalidCursor.
   */
  periods(
    budgetId: string,
    params: BudgetsPeriodsParams = {},
    options?: RequestOptions,
  ): PagePromise<BudgetPeriod> {
    return this.page<BudgetPeriod>(listBudgetPeriods, PAGE, { budget_id: budgetId, ...params }, options);
  }

  /**
   * Adjust what was booked.
   *
   * Corrects what one call cost, in every budget that it counts in: a negative amount gives
   * something back, at most what the call cost; a positive one is added as overage, until the call
   * comes to 10,000 USD. The ledger keeps both, with who adjusted it and why; nothing that was
   * booked is changed, and nothing is ever taken out, so name no person in the reason.
   *
   * Scope: `budgets:adjust`.
   *
   * Throws: HoldNotFound, AdjustmentInvalid, InvalidAmount, IdempotencyKeyReused,
   * IdempotencyInProgress.
   */
  adjust(params: LedgerAdjustmentCreate, options?: RequestOptions): ApiPromise<LedgerEntry> {
    return this.call<LedgerEntry>(adjustLedger, params, options);
  }
}
