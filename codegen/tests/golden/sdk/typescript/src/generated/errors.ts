// @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
/** One class a code, below the class of its status. */
import { InvalidRequest, NotFound, PaymentRequired, type StatusErrorClass, Unauthenticated, Unavailable } from "../core/errors.js";

/** 402: The budget does not pay for the note. Write a cheaper note. */
export class BudgetExceeded extends PaymentRequired {
  override readonly name = "BudgetExceeded";
  declare readonly code: "budget_exceeded";
  declare readonly remaining_usd: Readonly<Record<string, unknown>>;
}

/** 422: An amount is no decimal string. Send a decimal string. */
export class InvalidAmount extends InvalidRequest {
  override readonly name = "InvalidAmount";
  declare readonly code: "invalid_amount";
}

/** 400: The cursor was not made by this list. Start again without a cursor. */
export class InvalidCursor extends InvalidRequest {
  override readonly name = "InvalidCursor";
  declare readonly code: "invalid_cursor";
}

/** 400: The body is not JSON. Send well-formed JSON. */
export class MalformedRequest extends InvalidRequest {
  override readonly name = "MalformedRequest";
  declare readonly code: "malformed_request";
}

/** 404: There is no note of this id. Look at the list. */
export class NoteNotFound extends NotFound {
  override readonly name = "NoteNotFound";
  declare readonly code: "note_not_found";
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
