// @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
/** One class a code, below the class of its status. */
import { Conflict, Forbidden, Gone, InvalidRequest, NotFound, PaymentRequired, RateLimited, ServerError, StatusError, type StatusErrorClass, TooLarge, Unauthenticated, Unavailable } from "../core/errors.js";

/**
 * 422: The call is under way, or less was paid for it than is to be given back. Wait until it is
 * settled, and give back no more than it cost.
 */
export class AdjustmentInvalid extends InvalidRequest {
  override readonly name = "AdjustmentInvalid";
  declare readonly code: "adjustment_invalid";
}

/**
 * 422: `after` is larger than the newest sequence number. Use the last sequence number that you
 * received.
 */
export class AfterBeyondEnd extends InvalidRequest {
  override readonly name = "AfterBeyondEnd";
  declare readonly code: "after_beyond_end";
  /** The newest sequence number. */
  declare readonly last_seq: number;
}

/**
 * 422: There is no such provider or scripted style. Choose a model from `/v1/agents`, or a provider
 * from `/v1/providers`.
 */
export class AgentUnknown extends InvalidRequest {
  override readonly name = "AgentUnknown";
  declare readonly code: "agent_unknown";
}

/**
 * 422: The protocol cannot run with these agents: too few, too many, or two of one name. Change the
 * agents as `detail` says.
 */
export class AgentsInvalid extends InvalidRequest {
  override readonly name = "AgentsInvalid";
  declare readonly code: "agents_invalid";
}

/** 404: The workspace has no such API key. Check the id. */
export class ApiKeyNotFound extends NotFound {
  override readonly name = "ApiKeyNotFound";
  declare readonly code: "api_key_not_found";
}

/**
 * 413: The body is larger than the operation accepts. Send less; the limits stand in `/v1/meta`.
 */
export class BodyTooLarge extends TooLarge {
  override readonly name = "BodyTooLarge";
  declare readonly code: "body_too_large";
  /** The largest accepted size in bytes. */
  declare readonly max_bytes: number;
}

/** 409: A budget with this scope and period exists. Change the existing budget instead. */
export class BudgetConflict extends Conflict {
  override readonly name = "BudgetConflict";
  declare readonly code: "budget_conflict";
}

/**
 * 402: A budget does not admit the cost. Raise the budget, wait for its next period, or ask for
 * less.
 */
export class BudgetExceeded extends PaymentRequired {
  override readonly name = "BudgetExceeded";
  declare readonly code: "budget_exceeded";
  /** The budget that refused. */
  declare readonly budget_id: string;
  /** Its limit. */
  declare readonly limit_usd: string;
  /** What was asked for. */
  declare readonly needed_usd: string;
  /** When its period ends; null for a total budget. */
  declare readonly period_end: string | null;
  /** What is left. */
  declare readonly remaining_usd: string;
  /** Its scope. */
  declare readonly scope: string;
}

/**
 * 404: The workspace has no such budget. Check the id, and that the key belongs to the budget's
 * workspace.
 */
export class BudgetNotFound extends NotFound {
  override readonly name = "BudgetNotFound";
  declare readonly code: "budget_not_found";
}

/** 402: Somebody paused a budget that the call falls under. Resume the budget. */
export class BudgetPaused extends PaymentRequired {
  override readonly name = "BudgetPaused";
  declare readonly code: "budget_paused";
  /** The budget that is paused. */
  declare readonly budget_id: string;
  /** Its scope. */
  declare readonly scope: string;
}

/**
 * 422: The scope names no API key of this workspace, or nothing, or something where nothing
 * belongs. Give the id of an API key or a tag as `scope_id`, and none when the scope is
 * `workspace`.
 */
export class BudgetScopeInvalid extends InvalidRequest {
  override readonly name = "BudgetScopeInvalid";
  declare readonly code: "budget_scope_invalid";
}

/** 422: The body is not a receipt bundle. Send the file that `getReceiptBundle` gave, unchanged. */
export class BundleUnreadable extends InvalidRequest {
  override readonly name = "BundleUnreadable";
  declare readonly code: "bundle_unreadable";
}

/**
 * 404: The log has no checkpoint of this size, or none that is as large as the log it should
 * continue. Ask without `to_size` for the newest one, and check the shard.
 */
export class CheckpointNotFound extends NotFound {
  override readonly name = "CheckpointNotFound";
  declare readonly code: "checkpoint_not_found";
}

/**
 * 422: The documents are larger than an agent can read, or fall into too many passages. Shorten the
 * documents, or join short paragraphs.
 */
export class ContextTooLarge extends InvalidRequest {
  override readonly name = "ContextTooLarge";
  declare readonly code: "context_too_large";
}

/**
 * 404: The workspace has no such debate. Check the id, and that the key belongs to the debate's
 * workspace.
 */
export class DebateNotFound extends NotFound {
  override readonly name = "DebateNotFound";
  declare readonly code: "debate_not_found";
}

/**
 * 409: The debate has concluded or failed and cannot change any more. Read its verdict, or open a
 * new debate.
 */
export class DebateOver extends Conflict {
  override readonly name = "DebateOver";
  declare readonly code: "debate_over";
}

/** 422: The erasure names no part, no participant and no path. Say which texts are to go. */
export class ErasureEmpty extends InvalidRequest {
  override readonly name = "ErasureEmpty";
  declare readonly code: "erasure_empty";
}

/**
 * 422: The receipt has no such participant, or no digest at a path. Read the signed bytes of the
 * bundle.
 */
export class ErasurePathUnknown extends InvalidRequest {
  override readonly name = "ErasurePathUnknown";
  declare readonly code: "erasure_path_unknown";
}

/**
 * 404: The workspace has no such export, or no more; or the export has fewer parts. List the
 * exports, or begin a new one. Parts are counted from 0.
 */
export class ExportNotFound extends NotFound {
  override readonly name = "ExportNotFound";
  declare readonly code: "export_not_found";
}

/**
 * 409: The file is not whole yet, so no part of it is given out. Ask for the export until its state
 * is `done`; when it is `failed`, retry its job.
 */
export class ExportNotReady extends Conflict {
  override readonly name = "ExportNotReady";
  declare readonly code: "export_not_ready";
}

/** 409: A receipt in it was deleted or lost texts, so the file is gone. Begin a new export. */
export class ExportWithdrawn extends Conflict {
  override readonly name = "ExportWithdrawn";
  declare readonly code: "export_withdrawn";
}

/**
 * 404: The workspace has no such reservation. Take `hold_id` from the debate's cost or from the
 * ledger of a budget.
 */
export class HoldNotFound extends NotFound {
  override readonly name = "HoldNotFound";
  declare readonly code: "hold_not_found";
}

/**
 * 409: A request with this idempotency key is still running. Wait as `Retry-After` says and repeat
 * the request.
 */
export class IdempotencyInProgress extends Conflict {
  override readonly name = "IdempotencyInProgress";
  declare readonly code: "idempotency_in_progress";
}

/** 422: The key was used with another body. Use a new key for a new request. */
export class IdempotencyKeyReused extends InvalidRequest {
  override readonly name = "IdempotencyKeyReused";
  declare readonly code: "idempotency_key_reused";
}

/** 500: A fault of the server. Try again; quote the request id when you ask for help. */
export class InternalError extends ServerError {
  override readonly name = "InternalError";
  declare readonly code: "internal_error";
}

/** 422: An amount is not a decimal string with at most six decimals. Write it like "12.50". */
export class InvalidAmount extends InvalidRequest {
  override readonly name = "InvalidAmount";
  declare readonly code: "invalid_amount";
}

/**
 * 400: The cursor was not made by this list, or belongs to other filters. Start again without a
 * cursor.
 */
export class InvalidCursor extends InvalidRequest {
  override readonly name = "InvalidCursor";
  declare readonly code: "invalid_cursor";
}

/**
 * 422: No time zone has this name, or an anchor day or a time zone was given to a period that has
 * none. Name an IANA time zone such as `Europe/Berlin`; give `anchor_day` for `month` alone.
 */
export class InvalidPeriod extends InvalidRequest {
  override readonly name = "InvalidPeriod";
  declare readonly code: "invalid_period";
}

/**
 * 422: A day does not exist, the first comes after the last, one is before 2000, or there are too
 * many. Ask for existing days, the first one first, and for at most 1,100 of them.
 */
export class InvalidRange extends InvalidRequest {
  override readonly name = "InvalidRange";
  declare readonly code: "invalid_range";
}

/**
 * 409: Only a dead job can be given new attempts; this one is due, running or done. Read the job;
 * one that is due is tried again by itself.
 */
export class JobNotDead extends Conflict {
  override readonly name = "JobNotDead";
  declare readonly code: "job_not_dead";
}

/**
 * 404: The workspace has no such job. Check the id, and that the key belongs to the job's
 * workspace. What is done is kept for a day.
 */
export class JobNotFound extends NotFound {
  override readonly name = "JobNotFound";
  declare readonly code: "job_not_found";
}

/**
 * 409: A legal hold covers the receipt, so nothing of it may go. Wait until the hold is released.
 */
export class LegalHoldActive extends Conflict {
  override readonly name = "LegalHoldActive";
  declare readonly code: "legal_hold_active";
  /** The hold. */
  declare readonly legal_hold_id: string;
  /** What it is about. */
  declare readonly matter: string;
}

/**
 * 422: The legal hold names no criterion, or a time that ends before it begins. Name receipts, a
 * debate, a participant or a time.
 */
export class LegalHoldEmpty extends InvalidRequest {
  override readonly name = "LegalHoldEmpty";
  declare readonly code: "legal_hold_empty";
}

/**
 * 404: The workspace has no such legal hold. Check the id, and that the key belongs to the
 * workspace of the hold.
 */
export class LegalHoldNotFound extends NotFound {
  override readonly name = "LegalHoldNotFound";
  declare readonly code: "legal_hold_not_found";
}

/** 400: The body is not JSON, or the request cannot be read. Send well-formed JSON in UTF-8. */
export class MalformedRequest extends InvalidRequest {
  override readonly name = "MalformedRequest";
  declare readonly code: "malformed_request";
}

/** 405: The path exists, but not with this method. Use a method that `Allow` names. */
export class MethodNotAllowed extends StatusError {
  override readonly name = "MethodNotAllowed";
  declare readonly code: "method_not_allowed";
}

/**
 * 403: The request does not come from the server's own machine, and the server has no metrics
 * token. Ask on the machine itself, or start the server with `ARAGORA_METRICS_TOKEN` and send that
 * token.
 */
export class MetricsPrivate extends Forbidden {
  override readonly name = "MetricsPrivate";
  declare readonly code: "metrics_private";
}

/**
 * 422: The model's price is unknown, and no budget allows that, or one refuses it. Choose a priced
 * model, set a price of your own, or let every budget that applies say `unpriced` is `allow`.
 */
export class ModelUnpriced extends InvalidRequest {
  override readonly name = "ModelUnpriced";
  declare readonly code: "model_unpriced";
  /** The model. */
  declare readonly model: string;
  /** The provider. */
  declare readonly provider: string;
}

/** 503: The server cannot serve requests now. Wait as `Retry-After` says. */
export class NotReady extends Unavailable {
  override readonly name = "NotReady";
  declare readonly code: "not_ready";
  /** Each check that was made. */
  declare readonly checks: readonly Readonly<Record<string, unknown>>[];
}

/**
 * 422: The options do not fit the kind of answer, two have one id, or one has the id `abstain`.
 * Change the options as `detail` says.
 */
export class OptionsInvalid extends InvalidRequest {
  override readonly name = "OptionsInvalid";
  declare readonly code: "options_invalid";
}

/**
 * 422: The override is over already, would outlive the period of its budget, or belongs to a budget
 * that never refuses. Let it end within the current period of a budget that refuses.
 */
export class OverrideInvalid extends InvalidRequest {
  override readonly name = "OverrideInvalid";
  declare readonly code: "override_invalid";
}

/**
 * 404: The budget has no such override. Check the id, and that it is an override of this budget.
 */
export class OverrideNotFound extends NotFound {
  override readonly name = "OverrideNotFound";
  declare readonly code: "override_not_found";
}

/**
 * 404: The workspace has no such erasure of a participant. Check the id, and that the key belongs
 * to the workspace that asked for it.
 */
export class ParticipantErasureNotFound extends NotFound {
  override readonly name = "ParticipantErasureNotFound";
  declare readonly code: "participant_erasure_not_found";
}

/**
 * 501: The server was installed without what makes PDFs. Ask for markdown or HTML, or install the
 * extra that the detail names on the server.
 */
export class PdfSupportMissing extends ServerError {
  override readonly name = "PdfSupportMissing";
  declare readonly code: "pdf_support_missing";
}

/**
 * 422: A price that could not be applied, such as one that ends before it begins or whose tiers do
 * not rise. Correct what `detail` names.
 */
export class PriceInvalid extends InvalidRequest {
  override readonly name = "PriceInvalid";
  declare readonly code: "price_invalid";
}

/**
 * 404: The workspace has set no such price. Check the id, and that the key belongs to the price's
 * workspace.
 */
export class PriceNotFound extends NotFound {
  override readonly name = "PriceNotFound";
  declare readonly code: "price_not_found";
}

/**
 * 409: The workspace has another price of the same name in that time. Begin where the other ends,
 * end it first, or leave `valid_to` of the other open to be followed.
 */
export class PriceOverlap extends Conflict {
  override readonly name = "PriceOverlap";
  declare readonly code: "price_overlap";
  /** The price that holds in that time. */
  declare readonly price_id: string;
}

/** 422: There is no protocol of this name. Choose one that `/v1/meta` lists. */
export class ProtocolUnknown extends InvalidRequest {
  override readonly name = "ProtocolUnknown";
  declare readonly code: "protocol_unknown";
}

/** 422: The server has no key or address for this provider. Set the named setting on the server. */
export class ProviderKeyMissing extends InvalidRequest {
  override readonly name = "ProviderKeyMissing";
  declare readonly code: "provider_key_missing";
  /** The provider. */
  declare readonly provider: string;
  /** The setting that is missing. */
  declare readonly setting: string;
}

/**
 * 422: The server was installed without support for providers. Install the named extra on the
 * server.
 */
export class ProviderSupportMissing extends InvalidRequest {
  override readonly name = "ProviderSupportMissing";
  declare readonly code: "provider_support_missing";
  /** The server extra to install. */
  declare readonly extra: string;
  /** The command that installs it. */
  declare readonly install: string;
  /** The provider. */
  declare readonly provider: string;
}

/**
 * 410: The receipt was deleted because its time was over; a tombstone and a leaf of the log remain.
 * Rely on the copy that you kept, if any; nothing brings it back.
 */
export class ReceiptErased extends Gone {
  override readonly name = "ReceiptErased";
  declare readonly code: "receipt_erased";
  /** When, in UTC. */
  declare readonly deleted_at: string;
  /** Why, as a code such as `retention`. */
  declare readonly reason: string;
}

/**
 * 404: The workspace has no such receipt. Check the id, and that the key belongs to the receipt's
 * workspace.
 */
export class ReceiptNotFound extends NotFound {
  override readonly name = "ReceiptNotFound";
  declare readonly code: "receipt_not_found";
}

/**
 * 409: The receipt stands, but no checkpoint of the log speaks for it yet. Wait as `Retry-After`
 * says and repeat the request.
 */
export class ReceiptPending extends Conflict {
  override readonly name = "ReceiptPending";
  declare readonly code: "receipt_pending";
}

/**
 * 408: The body did not arrive in time. Send it again, on a connection that can carry it within 15
 * seconds.
 */
export class RequestTimeout extends StatusError {
  override readonly name = "RequestTimeout";
  declare readonly code: "request_timeout";
}

/**
 * 403: The new key would have a scope that the presented key lacks. Ask only for scopes that the
 * key itself has.
 */
export class ScopeEscalation extends Forbidden {
  override readonly name = "ScopeEscalation";
  declare readonly code: "scope_escalation";
}

/** 403: The API key lacks a scope that the operation needs. Use a key that has the scope. */
export class ScopeMissing extends Forbidden {
  override readonly name = "ScopeMissing";
  declare readonly code: "scope_missing";
  /** Scopes that the operation needs. */
  declare readonly required_scopes: readonly string[];
}

/**
 * 422: The link would end in the past, or more than 720 hours from now. Choose a time within 720
 * hours, or none.
 */
export class ShareLinkExpiryInvalid extends InvalidRequest {
  override readonly name = "ShareLinkExpiryInvalid";
  declare readonly code: "share_link_expiry_invalid";
}

/**
 * 404: There is no such link, or it has expired, is used up or was revoked. Ask whoever shared it
 * for another link.
 */
export class ShareLinkNotFound extends NotFound {
  override readonly name = "ShareLinkNotFound";
  declare readonly code: "share_link_not_found";
}

/**
 * 507: The disk of the server is full. Nothing was changed, and reading still works. Free space on
 * the server; it goes on without a restart. Then repeat the request.
 */
export class StorageFull extends ServerError {
  override readonly name = "StorageFull";
  declare readonly code: "storage_full";
}

/**
 * 422: The budgets of the workspace would write to more addresses than they may. Take addresses out
 * of some, or tell a webhook endpoint.
 */
export class TooManyAddresses extends InvalidRequest {
  override readonly name = "TooManyAddresses";
  declare readonly code: "too_many_addresses";
}

/** 422: The workspace has as many budgets as it may have. Delete one, or change one. */
export class TooManyBudgets extends InvalidRequest {
  override readonly name = "TooManyBudgets";
  declare readonly code: "too_many_budgets";
}

/**
 * 409: The workspace has as many exports as it may have at a time. Delete some, or wait until they
 * expire.
 */
export class TooManyExports extends Conflict {
  override readonly name = "TooManyExports";
  declare readonly code: "too_many_exports";
}

/**
 * 422: The workspace has as many prices in that time as it may have. End prices that are of no use
 * any more, or set one for a prefix instead of many for names.
 */
export class TooManyPrices extends InvalidRequest {
  override readonly name = "TooManyPrices";
  declare readonly code: "too_many_prices";
}

/** 503: The server has as many open streams as it can carry. Wait as `Retry-After` says. */
export class TooManyStreams extends Unavailable {
  override readonly name = "TooManyStreams";
  declare readonly code: "too_many_streams";
}

/**
 * 429: The API key has as many open streams as one key may have. Close a stream before you open
 * another.
 */
export class TooManyStreamsOfKey extends RateLimited {
  override readonly name = "TooManyStreamsOfKey";
  declare readonly code: "too_many_streams_of_key";
}

/** 422: The workspace has as many webhook endpoints as it may have. Delete one, or change one. */
export class TooManyWebhooks extends InvalidRequest {
  override readonly name = "TooManyWebhooks";
  declare readonly code: "too_many_webhooks";
}

/**
 * 415: The body's media type is not the one that the operation takes. Send the media type that the
 * operation names.
 */
export class UnsupportedMediaType extends StatusError {
  override readonly name = "UnsupportedMediaType";
  declare readonly code: "unsupported_media_type";
}

/**
 * 426: The path speaks WebSocket only. Connect with a WebSocket client, or use the server-sent
 * events.
 */
export class UpgradeRequired extends StatusError {
  override readonly name = "UpgradeRequired";
  declare readonly code: "upgrade_required";
}

/** 409: Nothing is sent to an endpoint that is disabled. Enable it first. */
export class WebhookDisabled extends Conflict {
  override readonly name = "WebhookDisabled";
  declare readonly code: "webhook_disabled";
}

/** 404: This workspace has no such webhook endpoint. Check the id, and the workspace of the key. */
export class WebhookNotFound extends NotFound {
  override readonly name = "WebhookNotFound";
  declare readonly code: "webhook_not_found";
}

/**
 * 422: The URL is none that this server sends to, such as a private address or one without https.
 * Give a URL with https and a public address, or have it allowed by whoever runs the server.
 */
export class WebhookUrlRefused extends InvalidRequest {
  override readonly name = "WebhookUrlRefused";
  declare readonly code: "webhook_url_refused";
}

export const BY_CODE: Readonly<Record<string, StatusErrorClass>> = {
  adjustment_invalid: AdjustmentInvalid,
  after_beyond_end: AfterBeyondEnd,
  agent_unknown: AgentUnknown,
  agents_invalid: AgentsInvalid,
  api_key_not_found: ApiKeyNotFound,
  body_too_large: BodyTooLarge,
  budget_conflict: BudgetConflict,
  budget_exceeded: BudgetExceeded,
  budget_not_found: BudgetNotFound,
  budget_paused: BudgetPaused,
  budget_scope_invalid: BudgetScopeInvalid,
  bundle_unreadable: BundleUnreadable,
  checkpoint_not_found: CheckpointNotFound,
  context_too_large: ContextTooLarge,
  debate_not_found: DebateNotFound,
  debate_over: DebateOver,
  erasure_empty: ErasureEmpty,
  erasure_path_unknown: ErasurePathUnknown,
  export_not_found: ExportNotFound,
  export_not_ready: ExportNotReady,
  export_withdrawn: ExportWithdrawn,
  hold_not_found: HoldNotFound,
  idempotency_in_progress: IdempotencyInProgress,
  idempotency_key_reused: IdempotencyKeyReused,
  internal_error: InternalError,
  invalid_amount: InvalidAmount,
  invalid_cursor: InvalidCursor,
  invalid_period: InvalidPeriod,
  invalid_range: InvalidRange,
  invalid_request: InvalidRequest,
  job_not_dead: JobNotDead,
  job_not_found: JobNotFound,
  legal_hold_active: LegalHoldActive,
  legal_hold_empty: LegalHoldEmpty,
  legal_hold_not_found: LegalHoldNotFound,
  malformed_request: MalformedRequest,
  method_not_allowed: MethodNotAllowed,
  metrics_private: MetricsPrivate,
  model_unpriced: ModelUnpriced,
  not_found: NotFound,
  not_ready: NotReady,
  options_invalid: OptionsInvalid,
  override_invalid: OverrideInvalid,
  override_not_found: OverrideNotFound,
  participant_erasure_not_found: ParticipantErasureNotFound,
  pdf_support_missing: PdfSupportMissing,
  price_invalid: PriceInvalid,
  price_not_found: PriceNotFound,
  price_overlap: PriceOverlap,
  protocol_unknown: ProtocolUnknown,
  provider_key_missing: ProviderKeyMissing,
  provider_support_missing: ProviderSupportMissing,
  rate_limited: RateLimited,
  receipt_erased: ReceiptErased,
  receipt_not_found: ReceiptNotFound,
  receipt_pending: ReceiptPending,
  request_timeout: RequestTimeout,
  scope_escalation: ScopeEscalation,
  scope_missing: ScopeMissing,
  share_link_expiry_invalid: ShareLinkExpiryInvalid,
  share_link_not_found: ShareLinkNotFound,
  storage_full: StorageFull,
  too_many_addresses: TooManyAddresses,
  too_many_budgets: TooManyBudgets,
  too_many_exports: TooManyExports,
  too_many_prices: TooManyPrices,
  too_many_streams: TooManyStreams,
  too_many_streams_of_key: TooManyStreamsOfKey,
  too_many_webhooks: TooManyWebhooks,
  unauthenticated: Unauthenticated,
  unavailable: Unavailable,
  unsupported_media_type: UnsupportedMediaType,
  upgrade_required: UpgradeRequired,
  webhook_disabled: WebhookDisabled,
  webhook_not_found: WebhookNotFound,
  webhook_url_refused: WebhookUrlRefused,
};
