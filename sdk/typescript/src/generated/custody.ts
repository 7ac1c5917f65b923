// @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
import type { Op } from "../core/call.js";
import type { RequestOptions } from "../core/options.js";
import type { PageNames, PagePromise } from "../core/page.js";
import type { ApiPromise } from "../core/promise.js";
import { Resource } from "../core/resource.js";
import type { ErasureCreate, ErasureResult, LegalHold, LegalHoldCreate, ParticipantErasure, ParticipantErasureCreate, Retention, RetentionSet } from "./types.js";

export const listLegalHolds: Op = {
  id: "listLegalHolds",
  method: "GET",
  path: "/v1/legal-holds",
  query: ["cursor", "limit"],
};
export const createLegalHold: Op = {
  id: "createLegalHold",
  method: "POST",
  path: "/v1/legal-holds",
  sends: "application/json",
  takesKey: true,
};
export const releaseLegalHold: Op = {
  id: "releaseLegalHold",
  method: "POST",
  path: "/v1/legal-holds/{legal_hold_id}/release",
};
export const eraseParticipant: Op = {
  id: "eraseParticipant",
  method: "POST",
  path: "/v1/participant-erasures",
  sends: "application/json",
  takesKey: true,
};
export const getParticipantErasure: Op = {
  id: "getParticipantErasure",
  method: "GET",
  path: "/v1/participant-erasures/{participant_erasure_id}",
};
export const eraseDisclosures: Op = {
  id: "eraseDisclosures",
  method: "POST",
  path: "/v1/receipts/{receipt_id}/erasures",
  sends: "application/json",
  takesKey: true,
};
export const getRetention: Op = {
  id: "getRetention",
  method: "GET",
  path: "/v1/retention",
};
export const setRetention: Op = {
  id: "setRetention",
  method: "PUT",
  path: "/v1/retention",
  sends: "application/json",
};

const PAGE: PageNames = { param: "cursor", items: "items", next: "next_cursor" };

/** Query of `legalHolds.list`. */
export interface LegalHoldsListParams {
  /** `next_cursor` of the page before. */
  readonly cursor?: string;
  /** Most items on a page; default 50. */
  readonly limit?: number;
}

/** Methods of `client.legalHolds`. */
export class LegalHoldsResource extends Resource {
  /**
   * List legal holds.
   *
   * Legal holds of the workspace, newest first; released ones too.
   *
   * Scope: `receipts:hold`.
   *
   * Throws: InvalidCursor.
   */
  list(params: LegalHoldsListParams = {}, options?: RequestOptions): PagePromise<LegalHold> {
    return this.page<LegalHold>(listLegalHolds, PAGE, params, options);
  }

  /**
   * Place a legal hold.
   *
   * No receipt that it covers, now or later, can be deleted or lose a text until it is released.
   * Criteria narrow together. A leaf of the log says that it was placed.
   *
   * Scope: `receipts:hold`.
   *
   * Throws: LegalHoldEmpty, IdempotencyKeyReused, IdempotencyInProgress.
   */
  create(params: LegalHoldCreate, options?: RequestOptions): ApiPromise<LegalHold> {
    return this.call<LegalHold>(createLegalHold, params, options);
  }

  /**
   * Release a legal hold.
   *
   * It holds nothing from now on, and stays in the list. A leaf of the log says so. Repeating it
   * changes nothing.
   *
   * Scope: `receipts:hold`.
   *
   * Throws: LegalHoldNotFound.
   */
  release(legalHoldId: string, options?: RequestOptions): ApiPromise<LegalHold> {
    return this.call<LegalHold>(releaseLegalHold, { legal_hold_id: legalHoldId }, options);
  }
}

/** Methods of `client.participantErasures`. */
export class ParticipantErasuresResource extends Resource {
  /**
   * Erase a participant from every receipt.
   *
   * Deletes every text of the agents and persons of this name, in all receipts that the workspace
   * has now: name, persona, role, ballots, dissent and messages, each receipt in a transaction of
   * its own, as `eraseDisclosures` does it. What others wrote stays. Receipts that a legal hold
   * covers are left whole and told. It is done in the background: read how far it is. The name
   * itself is not kept.
   *
   * Scope: `receipts:erase`.
   *
   * Throws: IdempotencyKeyReused, IdempotencyInProgress.
   */
  create(
    params: ParticipantErasureCreate,
    options?: RequestOptions,
  ): ApiPromise<ParticipantErasure> {
    return this.call<ParticipantErasure>(eraseParticipant, params, options);
  }

  /**
   * How far the erasure of a participant is.
   *
   * Over when `done_at` is set. What was held is not tried again by itself; ask again when the hold
   * is released.
   *
   * Scope: `receipts:erase`.
   *
   * Throws: ParticipantErasureNotFound.
   */
  get(participantErasureId: string, options?: RequestOptions): ApiPromise<ParticipantErasure> {
    return this.call<ParticipantErasure>(getParticipantErasure, { participant_erasure_id: participantErasureId }, options);
  }
}

/** Methods of `client.erasures`. */
export class ErasuresResource extends Resource {
  /**
   * Erase texts of a receipt.
   *
   * Deletes the chosen texts with their salts, for good: from the receipt, the search index, the
   * debate with its events and messages, kept answers and shared links. Comments in its feedback go
   * too. All proofs stay valid, and a leaf of the log says that they were erased. Texts that are
   * gone already are passed over; comments that were given since go all the same.
   *
   * Scope: `receipts:erase`.
   *
   * Throws: ReceiptNotFound, ReceiptErased, LegalHoldActive, ErasureEmpty, ErasurePathUnknown,
   * IdempotencyKeyReused, IdempotencyInProgress.
   */
  create(
    receiptId: string,
    params: ErasureCreate,
    options?: RequestOptions,
  ): ApiPromise<ErasureResult> {
    return this.call<ErasureResult>(eraseDisclosures, { receipt_id: receiptId, ...params }, options);
  }
}

/** Methods of `client.retention`. */
export class RetentionResource extends Resource {
  /**
   * How long things are kept.
   *
   * Seven calendar years, unless the workspace says otherwise.
   *
   * Scope: `receipts:retain`.
   */
  get(options?: RequestOptions): ApiPromise<Retention> {
    return this.call<Retention>(getRetention, {}, options);
  }

  /**
   * Say how long things are kept.
   *
   * For what is issued from now on. What exists is kept longer when the period is longer; it is
   * kept shorter only when `apply_to_existing` says so. Every change is recorded. What a legal hold
   * covers stays.
   *
   * Scope: `receipts:retain`.
   */
  set(params: RetentionSet, options?: RequestOptions): ApiPromise<Retention> {
    return this.call<Retention>(setRetention, params, options);
  }
}
