// @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
import type { Op } from "../core/call.js";
import type { RequestOptions } from "../core/options.js";
import type { PageNames, PagePromise } from "../core/page.js";
import type { ApiPromise, BinaryResponse } from "../core/promise.js";
import { Resource } from "../core/resource.js";
import type { ShareLink, ShareLinkCreate, ShareLinkCreated } from "./types.js";

export const listShareLinks: Op = {
  id: "listShareLinks",
  method: "GET",
  path: "/v1/receipts/{receipt_id}/share-links",
  query: ["cursor", "limit"],
};
export const createShareLink: Op = {
  id: "createShareLink",
  method: "POST",
  path: "/v1/receipts/{receipt_id}/share-links",
  sends: "application/json",
  takesKey: true,
};
export const revokeShareLink: Op = {
  id: "revokeShareLink",
  method: "DELETE",
  path: "/v1/receipts/{receipt_id}/share-links/{link_id}",
  reads: "empty",
};
export const getSharedReceiptPage: Op = {
  id: "getSharedReceiptPage",
  method: "GET",
  path: "/v1/shared-receipts",
  reads: "text",
  accept: "text/html; charset=utf-8",
  public: true,
};
export const openSharedReceipt: Op = {
  id: "openSharedReceipt",
  method: "GET",
  path: "/v1/shared-receipts/{token}",
  reads: "binary",
  accept: "application/vnd.aragora.receipt-bundle+json",
  public: true,
};

const PAGE: PageNames = { param: "cursor", items: "items", next: "next_cursor" };

/** Query of `shareLinks.list`. */
export interface ShareLinksListParams {
  /** `next_cursor` of the page before. */
  readonly cursor?: string;
  /** Most items on a page; default 50. */
  readonly limit?: number;
}

/** Methods of `client.shareLinks`. */
export class ShareLinksResource extends Resource {
  /**
   * List the links of a receipt.
   *
   * Links of the receipt without their tokens, newest first; expired and revoked ones too.
   *
   * Scope: `receipts:share`.
   *
   * Throws: ReceiptNotFound, ReceiptErased, InvalidCursor.
   */
  list(
    receiptId: string,
    params: ShareLinksListParams = {},
    options?: RequestOptions,
  ): PagePromise<ShareLink> {
    return this.page<ShareLink>(listShareLinks, PAGE, { receipt_id: receiptId, ...params }, options);
  }

  /**
   * Share a receipt.
   *
   * Makes a link that shows this receipt without a key, with only the texts that are named here.
   * The token is shown this once; the server keeps its SHA-256. Every use is counted and recorded.
   *
   * Scope: `receipts:share`.
   *
   * Throws: ReceiptNotFound, ReceiptErased, ShareLinkExpiryInvalid, IdempotencyKeyReused,
   * IdempotencyInProgress.
   */
  create(
    receiptId: string,
    params: ShareLinkCreate,
    options?: RequestOptions,
  ): ApiPromise<ShareLinkCreated> {
    return this.call<ShareLinkCreated>(createShareLink, { receipt_id: receiptId, ...params }, options);
  }

  /**
   * Revoke a link.
   *
   * The link opens nothing from now on and stays in the list as revoked. Repeating it changes
   * nothing.
   *
   * Scope: `receipts:share`.
   *
   * Throws: ReceiptErased, ShareLinkNotFound.
   */
  revoke(receiptId: string, linkId: string, options?: RequestOptions): ApiPromise<undefined> {
    return this.call<undefined>(revokeShareLink, { receipt_id: receiptId, link_id: linkId }, options);
  }

  /**
   * The page of shared receipts.
   *
   * A page that takes the token from the fragment of its own address, which no server is sent,
   * opens the receipt and verifies it in the browser.
   */
  viewer(options?: RequestOptions): ApiPromise<string> {
    return this.call<string>(getSharedReceiptPage, {}, options);
  }

  /**
   * Open a shared receipt.
   *
   * The bundle with the texts that the link discloses; all others are withheld, and it verifies all
   * the same. Needs no key. One use of the link. Unknown, expired, used up and revoked links are
   * not told apart.
   *
   * Throws: ShareLinkNotFound.
   */
  open(token: string, options?: RequestOptions): ApiPromise<BinaryResponse> {
    return this.call<BinaryResponse>(openSharedReceipt, { token }, options);
  }
}
