// @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
import type { Op } from "../core/call.js";
import type { RequestOptions } from "../core/options.js";
import type { ApiPromise } from "../core/promise.js";
import { Resource } from "../core/resource.js";
import type { FeedbackGiven, ReceiptFeedback } from "./types.js";

export const getFeedback: Op = {
  id: "getFeedback",
  method: "GET",
  path: "/v1/receipts/{receipt_id}/feedback",
};
export const putFeedback: Op = {
  id: "putFeedback",
  method: "PUT",
  path: "/v1/receipts/{receipt_id}/feedback",
  sends: "application/json",
};

/** Methods of `client.feedback`. */
export class FeedbackResource extends Resource {
  /**
   * Read the feedback on a receipt.
   *
   * What was said last of the decision, and what was said before it.
   *
   * Scope: `receipts:read`.
   *
   * Throws: ReceiptNotFound, ReceiptErased.
   */
  get(receiptId: string, options?: RequestOptions): ApiPromise<ReceiptFeedback> {
    return this.call<ReceiptFeedback>(getFeedback, { receipt_id: receiptId }, options);
  }

  /**
   * Say what became of a decision.
   *
   * Whether the decision was useful, how it turned out, and why. It stands beside the receipt and
   * changes nothing in it. Said anew, the last counts, and what was said before stays to be read.
   * Comments go when a text of the receipt is erased, and all of it with the receipt.
   *
   * Scope: `receipts:write`.
   *
   * Throws: ReceiptNotFound, ReceiptErased.
   */
  put(
    receiptId: string,
    params: FeedbackGiven,
    options?: RequestOptions,
  ): ApiPromise<ReceiptFeedback> {
    return this.call<ReceiptFeedback>(putFeedback, { receipt_id: receiptId, ...params }, options);
  }
}
