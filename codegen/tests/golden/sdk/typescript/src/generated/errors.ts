// @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
/** One class a code, below the class of its status. */
import { InvalidRequest, NotFound, PaymentRequired, type StatusErrorClass, Unauthenticated, Unavailable } from "../core/errors.js";

/** 402: The budget does not pay for the note. Write a cheaper note. */
export class BudgetExceeded extends PaymentRequired {
  static override readonly retry = "never";
  static override readonly members = ["remaining_usd"];
  override readonly name = "BudgetExceeded";
  override readonly code = "budget_exceeded";
  declare readonly remaining_usd: Readonly<Record<string, unknown>>;
}

/** 422: An amount is no decimal string. Send a decimal string. */
export class InvalidAmount extends InvalidRequest {
  static override readonly retry = "never";
  override readonly name = "InvalidAmount";
  override readonly code = "invalid_amount";
}

/** 400: The cursor was not made by this list. Start again without a cursor. */
export class InvalidCursor extends InvalidRequest {
  static override readonly retry = "never";
  override readonly name = "InvalidCursor";
  override readonly code = "invalid_cursor";
}

/** 400: The body is not JSON. Send well-formed JSON. */
export class MalformedRequest extends InvalidRequest {
  static override readonly retry = "never";
  override readonly name = "MalformedRequest";
  override readonly code = "malformed_request";
}

/** 404: There is no note of this id. Look at the list. */
export class NoteNotFound extends NotFound {
  static override readonly retry = "never";
  override readonly name = "NoteNotFound";
  override readonly code = "note_not_found";
}

export const BY_CODE: Readonly<Record<string, StatusErrorClass>> = {
  budget_exceeded: BudgetExceeded,
  invalid_amount: InvalidAmount,
  invalid_cursor: InvalidCursor,
  invalid_request: InvalidRequest,
  malformed_request: MalformedRequest,
  note_not_found: NoteNotFound,
  unauthenticated: Unauthenticated,
  unavailable: Unavailable,
};
