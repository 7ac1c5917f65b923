// @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
import type { Op } from "../core/call.js";
import type { RequestOptions } from "../core/options.js";
import type { PageNames, PagePromise } from "../core/page.js";
import type { ApiPromise } from "../core/promise.js";
import { Resource } from "../core/resource.js";
import type { SharedUsage, UsageLink, UsageLinkCreate, UsageLinkCreated } from "./types.js";

export const getSharedUsagePage: Op = {
  id: "getSharedUsagePage",
  method: "GET",
  path: "/v1/shared-usage",
  reads: "text",
  accept: "text/html; charset=utf-8",
  public: true,
};
export const openSharedUsage: Op = {
  id: "openSharedUsage",
  method: "GET",
  path: "/v1/shared-usage/{token}",
  public: true,
};
export const listUsageLinks: Op = {
  id: "listUsageLinks",
  method: "GET",
  path: "/v1/usage/share-links",
  query: ["cursor", "limit"],
};
export const createUsageLink: Op = {
  id: "createUsageLink",
  method: "POST",
  path: "/v1/usage/share-links",
  sends: "application/json",
  takesKey: true,
};
export const revokeUsageLink: Op = {
  id: "revokeUsageLink",
  method: "DELETE",
  path: "/v1/usage/share-links/{link_id}",
  reads: "empty",
};

const PAGE: PageNames = { param: "cursor", items: "items", next: "next_cursor" };

/** Query of `usageLinks.list`. */
export interface UsageLinksListParams {
  /** `next_cursor` of the page before. */
  readonly cursor?: string;
  /** Most items on a page; default 50. */
  readonly limit?: number;
}

/** Methods of `client.usageLinks`. */
export class UsageLinksResource extends Resource {
  /**
   * The page of shared usage reports.
   *
   * A page that takes the token from the fragment of its own address, which no server is sent, and
   * shows the report, anew every minute.
   */
  viewer(options?: RequestOptions): ApiPromise<string> {
    return this.call<string>(getSharedUsagePage, {}, options);
  }

  /**
   * Open a shared usage report.
   *
   * The report of the link with the figures of this moment. Needs no key. Every use is counted.
   * Unknown, expired and revoked links are not told apart.
   *
   * Throws: ShareLinkNotFound.
   */
  open(token: string, options?: RequestOptions): ApiPromise<SharedUsage> {
    return this.call<SharedUsage>(openSharedUsage, { token }, options);
  }

  /**
   * List the links to usage reports.
   *
   * Links of the workspace without their tokens, newest first; expired and revoked ones too.
   *
   * Scope: `usage:share`.
   *
   * Throws: InvalidCursor.
   */
  list(params: UsageLinksListParams = {}, options?: RequestOptions): PagePromise<UsageLink> {
    return this.page<UsageLink>(listUsageLinks, PAGE, params, options);
  }

  /**
   * Share a usage report.
   *
   * Makes a link that shows one report without a key: its days, its zone and what it adds up by are
   * fixed, its figures are those of the moment when it is opened. It shows no questions, and no
   * budgets beside those that it adds up by. The token is shown this once; the server keeps its
   * SHA-256.
   *
   * Scope: `usage:share`.
   *
   * Throws: ShareLinkExpiryInvalid, InvalidRange, InvalidPeriod, IdempotencyKeyReused,
   * IdempotencyInProgress.
   */
  create(params: UsageLinkCreate = {}, options?: RequestOptions): ApiPromise<UsageLinkCreated> {
    return this.call<UsageLinkCreated>(createUsageLink, params, options);
  }

  /**
   * Revoke a link.
   *
   * The link opens nothing from now on and stays in the list as revoked. Repeating it changes
   * nothing.
   *
   * Scope: `usage:share`.
   *
   * Throws: ShareLinkNotFound.
   */
  revoke(linkId: string, options?: RequestOptions): ApiPromise<undefined> {
    return this.call<undefined>(revokeUsageLink, { link_id: linkId }, options);
  }
}
