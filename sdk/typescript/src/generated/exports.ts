// @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
import type { Op } from "../core/call.js";
import type { RequestOptions } from "../core/options.js";
import type { PageNames, PagePromise } from "../core/page.js";
import type { ApiPromise, BinaryResponse } from "../core/promise.js";
import { Resource } from "../core/resource.js";
import type { ReceiptExport, ReceiptExportCreate } from "./types.js";

export const listReceiptExports: Op = {
  id: "listReceiptExports",
  method: "GET",
  path: "/v1/receipt-exports",
  query: ["cursor", "limit"],
};
export const createReceiptExport: Op = {
  id: "createReceiptExport",
  method: "POST",
  path: "/v1/receipt-exports",
  sends: "application/json",
  takesKey: true,
};
export const getReceiptExport: Op = {
  id: "getReceiptExport",
  method: "GET",
  path: "/v1/receipt-exports/{export_id}",
};
export const deleteReceiptExport: Op = {
  id: "deleteReceiptExport",
  method: "DELETE",
  path: "/v1/receipt-exports/{export_id}",
  reads: "empty",
};
export const getReceiptExportPart: Op = {
  id: "getReceiptExportPart",
  method: "GET",
  path: "/v1/receipt-exports/{export_id}/parts/{part}",
  reads: "binary",
  accept: "application/octet-stream",
};

const PAGE: PageNames = { param: "cursor", items: "items", next: "next_cursor" };

/** Query of `receiptExports.list`. */
export interface ReceiptExportsListParams {
  /** `next_cursor` of the page before. */
  readonly cursor?: string;
  /** Most items on a page; default 50. */
  readonly limit?: number;
}

/** Methods of `client.receiptExports`. */
export class ReceiptExportsResource extends Resource {
  /**
   * List exports.
   *
   * Exports of the workspace that did not expire yet, newest first.
   *
   * Scope: `receipts:export`.
   *
   * Throws: InvalidCursor.
   */
  list(
    params: ReceiptExportsListParams = {},
    options?: RequestOptions,
  ): PagePromise<ReceiptExport> {
    return this.page<ReceiptExport>(listReceiptExports, PAGE, params, options);
  }

  /**
   * Export many receipts.
   *
   * Begins a file of every receipt that the filters leave; it is made in the background. `ndjson`
   * is the archive for an auditor: the keys, every checkpoint and every entry of the log, the
   * bundle of each receipt, and what is left of deleted ones; its last line has the counts and the
   * SHA-256 of all before. `csv` has one row a receipt, newest first: a cell that would begin like
   * a formula has a leading `'`, and columns may be added at the end. What is issued after it was
   * begun is not in it.
   *
   * Scope: `receipts:export`.
   *
   * Throws: TooManyExports, InvalidAmount, IdempotencyKeyReused, IdempotencyInProgress.
   */
  create(params: ReceiptExportCreate, options?: RequestOptions): ApiPromise<ReceiptExport> {
    return this.call<ReceiptExport>(createReceiptExport, params, options);
  }

  /**
   * Read how far an export is.
   *
   * The export as it is now. It is there until it expires.
   *
   * Scope: `receipts:export`.
   *
   * Throws: ExportNotFound.
   */
  get(exportId: string, options?: RequestOptions): ApiPromise<ReceiptExport> {
    return this.call<ReceiptExport>(getReceiptExport, { export_id: exportId }, options);
  }

  /**
   * Delete an export.
   *
   * The file is gone at once, whether it was whole or still being made.
   *
   * Scope: `receipts:export`.
   *
   * Throws: ExportNotFound.
   */
  delete(exportId: string, options?: RequestOptions): ApiPromise<undefined> {
    return this.call<undefined>(deleteReceiptExport, { export_id: exportId }, options);
  }

  /**
   * Download a part of an export.
   *
   * The bytes of one part, at most 4 MiB. The parts from 0 to `parts` - 1, one behind the other,
   * are the file, whose SHA-256 the export names. There are none before the file is whole.
   *
   * Scope: `receipts:export`.
   *
   * Throws: ExportNotFound, ExportNotReady, ExportWithdrawn.
   */
  part(exportId: string, part: string, options?: RequestOptions): ApiPromise<BinaryResponse> {
    return this.call<BinaryResponse>(getReceiptExportPart, { export_id: exportId, part }, options);
  }
}
