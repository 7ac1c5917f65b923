// @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
import type { Op } from "../core/call.js";
import type { RequestOptions } from "../core/options.js";
import type { ApiPromise } from "../core/promise.js";
import { Resource } from "../core/resource.js";
import type { DebateCost, UsageForecast, UsageReport, UsageRoi } from "./types.js";

export const getDebateCost: Op = {
  id: "getDebateCost",
  method: "GET",
  path: "/v1/debates/{debate_id}/cost",
};
export const getUsage: Op = {
  id: "getUsage",
  method: "GET",
  path: "/v1/usage",
  query: ["first_day", "last_day", "timezone", "group_by", "top"],
};
export const exportUsageCsv: Op = {
  id: "exportUsageCsv",
  method: "GET",
  path: "/v1/usage/export/csv",
  query: ["first_day", "last_day", "timezone", "group_by", "top"],
  reads: "text",
  accept: "text/csv; charset=utf-8",
};
export const getForecast: Op = {
  id: "getForecast",
  method: "GET",
  path: "/v1/usage/forecast",
};
export const getRoi: Op = {
  id: "getRoi",
  method: "GET",
  path: "/v1/usage/roi",
  query: [
    "minutes_per_decision",
    "people",
    "hourly_rate_usd",
    "first_day",
    "last_day",
    "timezone",
  ],
};

/** Query of `usage.get`. */
export interface UsageGetParams {
  /** The first day of the report; without it the first of the last day's month. */
  readonly first_day?: string;
  /** The last day of the report, and the whole of it; today when absent. */
  readonly last_day?: string;
  /** The IANA time zone in which a day begins, such as `Europe/Berlin`; default `UTC`. */
  readonly timezone?: string;
  /**
   * What to add up by; default `day`. A model is named `provider:model`. A call may carry several
   * tags and count in several budgets, or in none: these groups overlap, and have no rest.
   */
  readonly group_by?: "day" | "week" | "month" | "agent" | "provider" | "model" | "debate" | "protocol" | "tag" | "api_key" | "budget";
  /**
   * How many groups to show, the dearest first; default 100. What the others sum up to is `rest`.
   * Days, weeks and months are shown all, in order.
   */
  readonly top?: number;
}

/** Query of `usage.csv`. */
export interface UsageCsvParams {
  /** The first day of the report; without it the first of the last day's month. */
  readonly first_day?: string;
  /** The last day of the report, and the whole of it; today when absent. */
  readonly last_day?: string;
  /** The IANA time zone in which a day begins, such as `Europe/Berlin`; default `UTC`. */
  readonly timezone?: string;
  /**
   * What to add up by; default `day`. A model is named `provider:model`. A call may carry several
   * tags and count in several budgets, or in none: these groups overlap, and have no rest.
   */
  readonly group_by?: "day" | "week" | "month" | "agent" | "provider" | "model" | "debate" | "protocol" | "tag" | "api_key" | "budget";
  /**
   * How many groups to show, the dearest first; default 100. What the others sum up to is `rest`.
   * Days, weeks and months are shown all, in order.
   */
  readonly top?: number;
}

/** Query of `usage.roi`. */
export interface UsageRoiParams {
  /** How long a decision takes you without debates. */
  readonly minutes_per_decision: number;
  /** How many people it takes. */
  readonly people: number;
  /** What an hour of one of them costs. */
  readonly hourly_rate_usd: string;
  /** The first day of the report; without it the first of the last day's month. */
  readonly first_day?: string;
  /** The last day of the report, and the whole of it; today when absent. */
  readonly last_day?: string;
  /** The IANA time zone in which a day begins, such as `Europe/Berlin`; default `UTC`. */
  readonly timezone?: string;
}

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

/** Methods of `client.usage`. */
export class UsageResource extends Resource {
  /**
   * Report what was used.
   *
   * What was booked in these days, summed from the ledger as it is at this moment: by day unless
   * something else is asked for. A call counts when it was booked. Budgets are shown in their
   * current period.
   *
   * Scope: `usage:read`.
   *
   * Throws: InvalidRange, InvalidPeriod.
   */
  get(params: UsageGetParams = {}, options?: RequestOptions): ApiPromise<UsageReport> {
    return this.call<UsageReport>(getUsage, params, options);
  }

  /**
   * Report what was used, as a table.
   *
   * The same figures as CSV: one row a group, then the rest, then the total. A cell that would
   * begin like a formula has an apostrophe before it.
   *
   * Scope: `usage:read`.
   *
   * Throws: InvalidRange, InvalidPeriod.
   */
  csv(params: UsageCsvParams = {}, options?: RequestOptions): ApiPromise<string> {
    return this.call<string>(exportUsageCsv, params, options);
  }

  /**
   * Forecast the budgets.
   *
   * A straight line through what each budget has spent in its current period so far. It is a
   * forecast, not a promise, and there is none from fewer than three days.
   *
   * Scope: `usage:read`.
   */
  forecast(options?: RequestOptions): ApiPromise<UsageForecast> {
    return this.call<UsageForecast>(getForecast, {}, options);
  }

  /**
   * Compute what decisions saved.
   *
   * From your own assumptions, which the answer repeats with the formula: what the debates that
   * concluded in these days would have cost in people's time, less what was booked in these days.
   * Beside it stand counts of what is on record: answers that changed, and feedback on receipts
   * issued in these days.
   *
   * Scope: `usage:read`.
   *
   * Throws: InvalidRange, InvalidPeriod, InvalidAmount.
   */
  roi(params: UsageRoiParams, options?: RequestOptions): ApiPromise<UsageRoi> {
    return this.call<UsageRoi>(getRoi, params, options);
  }
}
