// @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
import type { Op } from "../core/call.js";
import type { RequestOptions } from "../core/options.js";
import type { PageNames, PagePromise } from "../core/page.js";
import type { ApiPromise, BinaryResponse } from "../core/promise.js";
import { Resource } from "../core/resource.js";
import type { KeyDirectory, LogConsistency, Receipt, ReceiptBundle, ReceiptProof, VerificationReport } from "./types.js";

export const getKeys: Op = {
  id: "getKeys",
  method: "GET",
  path: "/.well-known/aragora-keys.json",
  public: true,
};
export const getLogConsistency: Op = {
  id: "getLogConsistency",
  method: "GET",
  path: "/v1/log/consistency",
  query: ["from_size", "to_size", "shard"],
};
export const listReceipts: Op = {
  id: "listReceipts",
  method: "GET",
  path: "/v1/receipts",
  query: [
    "debate_id",
    "outcome",
    "issued_from",
    "issued_to",
    "topic",
    "participant",
    "protocol",
    "min_cost_usd",
    "cursor",
    "limit",
  ],
};
export const verifyReceipt: Op = {
  id: "verifyReceipt",
  method: "POST",
  path: "/v1/receipts/verify",
  sends: "application/vnd.aragora.receipt-bundle+json",
  raw: true,
  public: true,
};
export const getReceipt: Op = {
  id: "getReceipt",
  method: "GET",
  path: "/v1/receipts/{receipt_id}",
};
export const getReceiptBundle: Op = {
  id: "getReceiptBundle",
  method: "GET",
  path: "/v1/receipts/{receipt_id}/bundle",
  reads: "binary",
  accept: "application/vnd.aragora.receipt-bundle+json",
};
export const getReceiptHtml: Op = {
  id: "getReceiptHtml",
  method: "GET",
  path: "/v1/receipts/{receipt_id}/html",
  reads: "text",
  accept: "text/html; charset=utf-8",
};
export const getReceiptMarkdown: Op = {
  id: "getReceiptMarkdown",
  method: "GET",
  path: "/v1/receipts/{receipt_id}/markdown",
  reads: "text",
  accept: "text/markdown; charset=utf-8",
};
export const getReceiptOdr: Op = {
  id: "getReceiptOdr",
  method: "GET",
  path: "/v1/receipts/{receipt_id}/odr",
  reads: "binary",
  accept: "application/vnd.open-decision-receipt+json",
};
export const getReceiptPdf: Op = {
  id: "getReceiptPdf",
  method: "GET",
  path: "/v1/receipts/{receipt_id}/pdf",
  reads: "binary",
  accept: "application/pdf",
};
export const getReceiptProof: Op = {
  id: "getReceiptProof",
  method: "GET",
  path: "/v1/receipts/{receipt_id}/proof",
};
export const verifyStoredReceipt: Op = {
  id: "verifyStoredReceipt",
  method: "POST",
  path: "/v1/receipts/{receipt_id}/verify",
};

const PAGE: PageNames = { param: "cursor", items: "items", next: "next_cursor" };

/** Query of `receipts.consistency`. */
export interface ReceiptsConsistencyParams {
  /** How many leaves the log had. */
  readonly from_size: number;
  /** The size of a later checkpoint; without it the newest. */
  readonly to_size?: number;
  /** The part of the log; without it that of this year. */
  readonly shard?: string;
}

/** Query of `receipts.list`. */
export interface ReceiptsListParams {
  /** Only the receipt of this debate. */
  readonly debate_id?: string;
  /** Only receipts with this outcome. */
  readonly outcome?: "decided" | "no_consensus" | "no_decision";
  /** Only receipts issued at or after this instant. */
  readonly issued_from?: string;
  /** Only receipts issued before this instant. */
  readonly issued_to?: string;
  /**
   * Only receipts whose question or verdict has, for each word of this text, a word that begins
   * like it. Case does not matter, and there is no query language; a text without any word finds
   * nothing.
   */
  readonly topic?: string;
  /**
   * Only receipts in which somebody of this name took part: the name of an agent or a person, a
   * model, or `provider:model`. The whole name counts, its case does not.
   */
  readonly participant?: string;
  /** Only receipts of debates that followed the protocol of this name, such as `escalate`. */
  readonly protocol?: string;
  /** Only receipts of debates that cost this much or more. */
  readonly min_cost_usd?: string;
  /** `next_cursor` of the page before. */
  readonly cursor?: string;
  /** Most items on a page; default 50. */
  readonly limit?: number;
}

/** Methods of `client.receipts`. */
export class ReceiptsResource extends Resource {
  /**
   * The signing keys.
   *
   * Public keys to pin. A verifier trusts a key because it pinned it, never because a message names
   * it.
   */
  keys(options?: RequestOptions): ApiPromise<KeyDirectory> {
    return this.call<KeyDirectory>(getKeys, {}, options);
  }

  /**
   * Prove that the log only grew.
   *
   * The proof that the log of `from_size` leaves, of which you kept a checkpoint, is the beginning
   * of the log that a later checkpoint speaks for.
   *
   * Scope: `receipts:read`.
   *
   * Throws: CheckpointNotFound.
   */
  consistency(
    params: ReceiptsConsistencyParams,
    options?: RequestOptions,
  ): ApiPromise<LogConsistency> {
    return this.call<LogConsistency>(getLogConsistency, params, options);
  }

  /**
   * List and search receipts.
   *
   * Receipts of the workspace, newest first: by `issued_at`, then by `id`. Filters narrow the list
   * together.
   *
   * Scope: `receipts:read`.
   *
   * Throws: InvalidCursor, InvalidAmount.
   */
  list(params: ReceiptsListParams = {}, options?: RequestOptions): PagePromise<Receipt> {
    return this.page<Receipt>(listReceipts, PAGE, params, options);
  }

  /**
   * Verify a bundle.
   *
   * Judges the bundle exactly as sent, with this server's own keys pinned. Nothing is stored and no
   * key is needed. A failed verification is an answer, not an error. To trust neither this server
   * nor the network, verify offline with the SDKs.
   *
   * Throws: BundleUnreadable.
   */
  verify(
    body: Uint8Array | string | ReceiptBundle,
    options?: RequestOptions,
  ): ApiPromise<VerificationReport> {
    return this.call<VerificationReport>(verifyReceipt, { body }, options);
  }

  /**
   * Read a receipt.
   *
   * The receipt printed for reading. The evidence itself is the bundle.
   *
   * Scope: `receipts:read`.
   *
   * Throws: ReceiptNotFound, ReceiptErased.
   */
  get(receiptId: string, options?: RequestOptions): ApiPromise<Receipt> {
    return this.call<Receipt>(getReceipt, { receipt_id: receiptId }, options);
  }

  /**
   * Download the evidence.
   *
   * The receipt's bundle with the proof that it is in the log: byte for byte the same on every
   * download. A new receipt is waited for until the log has signed for it, a few milliseconds as a
   * rule and five seconds at most; a bundle without the proof is given only when the log stands
   * still. Verify it offline with `aragora verify`.
   *
   * Scope: `receipts:export`.
   *
   * Throws: ReceiptNotFound, ReceiptErased.
   */
  bundle(receiptId: string, options?: RequestOptions): ApiPromise<BinaryResponse> {
    return this.call<BinaryResponse>(getReceiptBundle, { receipt_id: receiptId }, options);
  }

  /**
   * Print as a page.
   *
   * The same document as one page of HTML that loads nothing, runs no script and prints well. Every
   * text is escaped, and the page forbids itself all but its own style sheet.
   *
   * Scope: `receipts:export`.
   *
   * Throws: ReceiptNotFound, ReceiptErased.
   */
  html(receiptId: string, options?: RequestOptions): ApiPromise<string> {
    return this.call<string>(getReceiptHtml, { receipt_id: receiptId }, options);
  }

  /**
   * Print as markdown.
   *
   * The receipt as a document to read: question, verdict, dissent, votes, cost, protocol,
   * transcript, and how to verify it. Texts that are not disclosed are shown as such. The evidence
   * is the bundle.
   *
   * Scope: `receipts:export`.
   *
   * Throws: ReceiptNotFound, ReceiptErased.
   */
  markdown(receiptId: string, options?: RequestOptions): ApiPromise<string> {
    return this.call<string>(getReceiptMarkdown, { receipt_id: receiptId }, options);
  }

  /**
   * Print as Open Decision Receipt.
   *
   * What is disclosed of the receipt in the vendor-neutral form Open Decision Receipt 0.2, signed
   * by the issuer at this moment with the key that signs receipts. What a receipt does not know is
   * `absent` with a reason. The evidence is the bundle.
   *
   * Scope: `receipts:export`.
   *
   * Throws: ReceiptNotFound, ReceiptErased.
   */
  odr(receiptId: string, options?: RequestOptions): ApiPromise<BinaryResponse> {
    return this.call<BinaryResponse>(getReceiptOdr, { receipt_id: receiptId }, options);
  }

  /**
   * Print as PDF.
   *
   * The same document as PDF/A-3b with the bundle attached as `receipt.json`: one file is both the
   * print and the evidence. Needs the server's extra `[pdf]`.
   *
   * Scope: `receipts:export`.
   *
   * Throws: ReceiptNotFound, ReceiptErased, PdfSupportMissing.
   */
  pdf(receiptId: string, options?: RequestOptions): ApiPromise<BinaryResponse> {
    return this.call<BinaryResponse>(getReceiptPdf, { receipt_id: receiptId }, options);
  }

  /**
   * Prove that the receipt is in the log.
   *
   * The way from the receipt's leaf up to the newest signed checkpoint. The bundle carries one to
   * the first checkpoint that spoke for it; this one shows that it still is in the log. Verify it
   * with the log's key from `getKeys`.
   *
   * Scope: `receipts:read`.
   *
   * Throws: ReceiptNotFound, ReceiptErased, ReceiptPending.
   */
  proof(receiptId: string, options?: RequestOptions): ApiPromise<ReceiptProof> {
    return this.call<ReceiptProof>(getReceiptProof, { receipt_id: receiptId }, options);
  }

  /**
   * Verify a receipt of this server.
   *
   * Judges the bundle that the server would hand out now, as `verifyReceipt` does. It has no body.
   * To trust neither this server nor the network, download the bundle and verify it offline.
   *
   * Scope: `receipts:read`.
   *
   * Throws: ReceiptNotFound, ReceiptErased.
   */
  verifyStored(receiptId: string, options?: RequestOptions): ApiPromise<VerificationReport> {
    return this.call<VerificationReport>(verifyStoredReceipt, { receipt_id: receiptId }, options);
  }
}
