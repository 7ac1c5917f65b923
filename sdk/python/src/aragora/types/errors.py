# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""One class an error code of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final, Literal

from aragora import errors


class AdjustmentInvalid(errors.InvalidRequest):
    """The call is under way, or less was paid for it than is to be given back.

    Wait until it is settled, and give back no more than it cost.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class AfterBeyondEnd(errors.InvalidRequest):
    """`after` is larger than the newest sequence number.

    Use the last sequence number that you received.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"

    @property
    def last_seq(self) -> int | None:
        """The newest sequence number."""
        found: int | None = self._member("last_seq")
        return found


class AgentUnknown(errors.InvalidRequest):
    """There is no such provider or scripted style.

    Choose a model from `/v1/agents`, or a provider from `/v1/providers`.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class AgentsInvalid(errors.InvalidRequest):
    """The protocol cannot run with these agents: too few, too many, or two of one name.

    Change the agents as `detail` says.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class ApiKeyNotFound(errors.NotFound):
    """The workspace has no such API key.

    Check the id.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class BodyTooLarge(errors.TooLarge):
    """The body is larger than the operation accepts.

    Send less; the limits stand in `/v1/meta`.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"

    @property
    def max_bytes(self) -> int | None:
        """The largest accepted size in bytes."""
        found: int | None = self._member("max_bytes")
        return found


class BudgetConflict(errors.Conflict):
    """A budget with this scope and period exists.

    Change the existing budget instead.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class BudgetExceeded(errors.PaymentRequired):
    """A budget does not admit the cost.

    Raise the budget, wait for its next period, or ask for less.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"

    @property
    def budget_id(self) -> str | None:
        """The budget that refused."""
        found: str | None = self._member("budget_id")
        return found

    @property
    def limit_usd(self) -> str | None:
        """Its limit."""
        found: str | None = self._member("limit_usd")
        return found

    @property
    def needed_usd(self) -> str | None:
        """What was asked for."""
        found: str | None = self._member("needed_usd")
        return found

    @property
    def period_end(self) -> str | None:
        """When its period ends; null for a total budget."""
        found: str | None = self._member("period_end")
        return found

    @property
    def remaining_usd(self) -> str | None:
        """What is left."""
        found: str | None = self._member("remaining_usd")
        return found

    @property
    def scope(self) -> str | None:
        """Its scope."""
        found: str | None = self._member("scope")
        return found


class BudgetNotFound(errors.NotFound):
    """The workspace has no such budget.

    Check the id, and that the key belongs to the budget's workspace.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class BudgetPaused(errors.PaymentRequired):
    """Somebody paused a budget that the call falls under.

    Resume the budget.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"

    @property
    def budget_id(self) -> str | None:
        """The budget that is paused."""
        found: str | None = self._member("budget_id")
        return found

    @property
    def scope(self) -> str | None:
        """Its scope."""
        found: str | None = self._member("scope")
        return found


class BudgetScopeInvalid(errors.InvalidRequest):
    """The scope names no API key of this workspace, or nothing, or something where nothing belongs.

    Give the id of an API key or a tag as `scope_id`, and none when the scope is `workspace`.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class BundleUnreadable(errors.InvalidRequest):
    """The body is not a receipt bundle.

    Send the file that `getReceiptBundle` gave, unchanged.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class CheckpointNotFound(errors.NotFound):
    """The log has no checkpoint of this size, or none that is as large as the log it should
    continue.

    Ask without `to_size` for the newest one, and check the shard.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class ContextTooLarge(errors.InvalidRequest):
    """The documents are larger than an agent can read, or fall into too many passages.

    Shorten the documents, or join short paragraphs.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class DebateNotFound(errors.NotFound):
    """The workspace has no such debate.

    Check the id, and that the key belongs to the debate's workspace.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class DebateOver(errors.Conflict):
    """The debate has concluded or failed and cannot change any more.

    Read its verdict, or open a new debate.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class ErasureEmpty(errors.InvalidRequest):
    """The erasure names no part, no participant and no path.

    Say which texts are to go.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class ErasurePathUnknown(errors.InvalidRequest):
    """The receipt has no such participant, or no digest at a path.

    Read the signed bytes of the bundle.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class ExportNotFound(errors.NotFound):
    """The workspace has no such export, or no more; or the export has fewer parts.

    List the exports, or begin a new one. Parts are counted from 0.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class ExportNotReady(errors.Conflict):
    """The file is not whole yet, so no part of it is given out.

    Ask for the export until its state is `done`; when it is `failed`, retry its job.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class ExportWithdrawn(errors.Conflict):
    """A receipt in it was deleted or lost texts, so the file is gone.

    Begin a new export.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class HoldNotFound(errors.NotFound):
    """The workspace has no such reservation.

    Take `hold_id` from the debate's cost or from the ledger of a budget.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class IdempotencyInProgress(errors.Conflict):
    """A request with this idempotency key is still running.

    Wait as `Retry-After` says and repeat the request.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "safe"


class IdempotencyKeyReused(errors.InvalidRequest):
    """The key was used with another body.

    Use a new key for a new request.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class InternalError(errors.ServerError):
    """A fault of the server.

    Try again; quote the request id when you ask for help.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "safe"


class InvalidAmount(errors.InvalidRequest):
    """An amount is not a decimal string with at most six decimals.

    Write it like "12.50".
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class InvalidCursor(errors.InvalidRequest):
    """The cursor was not made by this list, or belongs to other filters.

    Start again without a cursor.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class InvalidPeriod(errors.InvalidRequest):
    """No time zone has this name, or an anchor day or a time zone was given to a period that has
    none.

    Name an IANA time zone such as `Europe/Berlin`; give `anchor_day` for `month` alone.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class InvalidRange(errors.InvalidRequest):
    """A day does not exist, the first comes after the last, one is before 2000, or there are too
    many.

    Ask for existing days, the first one first, and for at most 1,100 of them.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class InvalidRequest(errors.InvalidRequest):
    """The request does not match the contract.

    Correct the places named in `errors`.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class JobNotDead(errors.Conflict):
    """Only a dead job can be given new attempts; this one is due, running or done.

    Read the job; one that is due is tried again by itself.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class JobNotFound(errors.NotFound):
    """The workspace has no such job.

    Check the id, and that the key belongs to the job's workspace. What is done is kept for a
    day.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class LegalHoldActive(errors.Conflict):
    """A legal hold covers the receipt, so nothing of it may go.

    Wait until the hold is released.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"

    @property
    def legal_hold_id(self) -> str | None:
        """The hold."""
        found: str | None = self._member("legal_hold_id")
        return found

    @property
    def matter(self) -> str | None:
        """What it is about."""
        found: str | None = self._member("matter")
        return found


class LegalHoldEmpty(errors.InvalidRequest):
    """The legal hold names no criterion, or a time that ends before it begins.

    Name receipts, a debate, a participant or a time.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class LegalHoldNotFound(errors.NotFound):
    """The workspace has no such legal hold.

    Check the id, and that the key belongs to the workspace of the hold.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class MalformedRequest(errors.InvalidRequest):
    """The body is not JSON, or the request cannot be read.

    Send well-formed JSON in UTF-8.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class MethodNotAllowed(errors.StatusError):
    """The path exists, but not with this method.

    Use a method that `Allow` names.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class MetricsPrivate(errors.Forbidden):
    """The request does not come from the server's own machine, and the server has no metrics token.

    Ask on the machine itself, or start the server with `ARAGORA_METRICS_TOKEN` and send that
    token.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class ModelUnpriced(errors.InvalidRequest):
    """The model's price is unknown, and no budget allows that, or one refuses it.

    Choose a priced model, set a price of your own, or let every budget that applies say
    `unpriced` is `allow`.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"

    @property
    def model(self) -> str | None:
        """The model."""
        found: str | None = self._member("model")
        return found

    @property
    def provider(self) -> str | None:
        """The provider."""
        found: str | None = self._member("provider")
        return found


class NotFound(errors.NotFound):
    """No operation has this path.

    Check the path against the reference.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class NotReady(errors.Unavailable):
    """The server cannot serve requests now.

    Wait as `Retry-After` says.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "safe"

    @property
    def checks(self) -> list[Mapping[str, Any]] | None:
        """Each check that was made."""
        found: list[Mapping[str, Any]] | None = self._member("checks")
        return found


class OptionsInvalid(errors.InvalidRequest):
    """The options do not fit the kind of answer, two have one id, or one has the id `abstain`.

    Change the options as `detail` says.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class OverrideInvalid(errors.InvalidRequest):
    """The override is over already, would outlive the period of its budget, or belongs to a budget
    that never refuses.

    Let it end within the current period of a budget that refuses.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class OverrideNotFound(errors.NotFound):
    """The budget has no such override.

    Check the id, and that it is an override of this budget.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class ParticipantErasureNotFound(errors.NotFound):
    """The workspace has no such erasure of a participant.

    Check the id, and that the key belongs to the workspace that asked for it.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class PdfSupportMissing(errors.ServerError):
    """The server was installed without what makes PDFs.

    Ask for markdown or HTML, or install the extra that the detail names on the server.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class PriceInvalid(errors.InvalidRequest):
    """A price that could not be applied, such as one that ends before it begins or whose tiers do
    not rise.

    Correct what `detail` names.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class PriceNotFound(errors.NotFound):
    """The workspace has set no such price.

    Check the id, and that the key belongs to the price's workspace.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class PriceOverlap(errors.Conflict):
    """The workspace has another price of the same name in that time.

    Begin where the other ends, end it first, or leave `valid_to` of the other open to be
    followed.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"

    @property
    def price_id(self) -> str | None:
        """The price that holds in that time."""
        found: str | None = self._member("price_id")
        return found


class ProtocolUnknown(errors.InvalidRequest):
    """There is no protocol of this name.

    Choose one that `/v1/meta` lists.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class ProviderKeyMissing(errors.InvalidRequest):
    """The server has no key or address for this provider.

    Set the named setting on the server.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"

    @property
    def provider(self) -> str | None:
        """The provider."""
        found: str | None = self._member("provider")
        return found

    @property
    def setting(self) -> str | None:
        """The setting that is missing."""
        found: str | None = self._member("setting")
        return found


class ProviderSupportMissing(errors.InvalidRequest):
    """The server was installed without support for providers.

    Install the named extra on the server.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"

    @property
    def extra(self) -> str | None:
        """The server extra to install."""
        found: str | None = self._member("extra")
        return found

    @property
    def install(self) -> str | None:
        """The command that installs it."""
        found: str | None = self._member("install")
        return found

    @property
    def provider(self) -> str | None:
        """The provider."""
        found: str | None = self._member("provider")
        return found


class RateLimited(errors.RateLimited):
    """The key made too many requests.

    Wait as `Retry-After` says.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "safe"


class ReceiptErased(errors.Gone):
    """The receipt was deleted because its time was over; a tombstone and a leaf of the log remain.

    Rely on the copy that you kept, if any; nothing brings it back.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"

    @property
    def deleted_at(self) -> str | None:
        """When, in UTC."""
        found: str | None = self._member("deleted_at")
        return found

    @property
    def reason(self) -> str | None:
        """Why, as a code such as `retention`."""
        found: str | None = self._member("reason")
        return found


class ReceiptNotFound(errors.NotFound):
    """The workspace has no such receipt.

    Check the id, and that the key belongs to the receipt's workspace.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class ReceiptPending(errors.Conflict):
    """The receipt stands, but no checkpoint of the log speaks for it yet.

    Wait as `Retry-After` says and repeat the request.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "safe"


class RequestTimeout(errors.StatusError):
    """The body did not arrive in time.

    Send it again, on a connection that can carry it within 15 seconds.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "safe"


class ScopeEscalation(errors.Forbidden):
    """The new key would have a scope that the presented key lacks.

    Ask only for scopes that the key itself has.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class ScopeMissing(errors.Forbidden):
    """The API key lacks a scope that the operation needs.

    Use a key that has the scope.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"

    @property
    def required_scopes(self) -> list[str] | None:
        """Scopes that the operation needs."""
        found: list[str] | None = self._member("required_scopes")
        return found


class ShareLinkExpiryInvalid(errors.InvalidRequest):
    """The link would end in the past, or more than 720 hours from now.

    Choose a time within 720 hours, or none.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class ShareLinkNotFound(errors.NotFound):
    """There is no such link, or it has expired, is used up or was revoked.

    Ask whoever shared it for another link.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class StorageFull(errors.ServerError):
    """The disk of the server is full. Nothing was changed, and reading still works.

    Free space on the server; it goes on without a restart. Then repeat the request.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "safe"


class TooManyAddresses(errors.InvalidRequest):
    """The budgets of the workspace would write to more addresses than they may.

    Take addresses out of some, or tell a webhook endpoint.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class TooManyBudgets(errors.InvalidRequest):
    """The workspace has as many budgets as it may have.

    Delete one, or change one.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class TooManyExports(errors.Conflict):
    """The workspace has as many exports as it may have at a time.

    Delete some, or wait until they expire.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class TooManyPrices(errors.InvalidRequest):
    """The workspace has as many prices in that time as it may have.

    End prices that are of no use any more, or set one for a prefix instead of many for names.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class TooManyStreams(errors.Unavailable):
    """The server has as many open streams as it can carry.

    Wait as `Retry-After` says.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "safe"


class TooManyStreamsOfKey(errors.RateLimited):
    """The API key has as many open streams as one key may have.

    Close a stream before you open another.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "safe"


class TooManyWebhooks(errors.InvalidRequest):
    """The workspace has as many webhook endpoints as it may have.

    Delete one, or change one.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class Unauthenticated(errors.Unauthenticated):
    """The API key is missing, unknown or revoked.

    Send `Authorization: Bearer` with a valid key.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class Unavailable(errors.Unavailable):
    """The server is stopping or overloaded, or its database does not answer.

    Wait as `Retry-After` says.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "safe"


class UnsupportedMediaType(errors.StatusError):
    """The body's media type is not the one that the operation takes.

    Send the media type that the operation names.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class UpgradeRequired(errors.StatusError):
    """The path speaks WebSocket only.

    Connect with a WebSocket client, or use the server-sent events.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class WebhookDisabled(errors.Conflict):
    """Nothing is sent to an endpoint that is disabled.

    Enable it first.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class WebhookNotFound(errors.NotFound):
    """This workspace has no such webhook endpoint.

    Check the id, and the workspace of the key.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class WebhookUrlRefused(errors.InvalidRequest):
    """The URL is none that this server sends to, such as a private address or one without https.

    Give a URL with https and a public address, or have it allowed by whoever runs the server.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


BY_CODE: Final[Mapping[str, type[errors.StatusError]]] = {
    "adjustment_invalid": AdjustmentInvalid,
    "after_beyond_end": AfterBeyondEnd,
    "agent_unknown": AgentUnknown,
    "agents_invalid": AgentsInvalid,
    "api_key_not_found": ApiKeyNotFound,
    "body_too_large": BodyTooLarge,
    "budget_conflict": BudgetConflict,
    "budget_exceeded": BudgetExceeded,
    "budget_not_found": BudgetNotFound,
    "budget_paused": BudgetPaused,
    "budget_scope_invalid": BudgetScopeInvalid,
    "bundle_unreadable": BundleUnreadable,
    "checkpoint_not_found": CheckpointNotFound,
    "context_too_large": ContextTooLarge,
    "debate_not_found": DebateNotFound,
    "debate_over": DebateOver,
    "erasure_empty": ErasureEmpty,
    "erasure_path_unknown": ErasurePathUnknown,
    "export_not_found": ExportNotFound,
    "export_not_ready": ExportNotReady,
    "export_withdrawn": ExportWithdrawn,
    "hold_not_found": HoldNotFound,
    "idempotency_in_progress": IdempotencyInProgress,
    "idempotency_key_reused": IdempotencyKeyReused,
    "internal_error": InternalError,
    "invalid_amount": InvalidAmount,
    "invalid_cursor": InvalidCursor,
    "invalid_period": InvalidPeriod,
    "invalid_range": InvalidRange,
    "invalid_request": InvalidRequest,
    "job_not_dead": JobNotDead,
    "job_not_found": JobNotFound,
    "legal_hold_active": LegalHoldActive,
    "legal_hold_empty": LegalHoldEmpty,
    "legal_hold_not_found": LegalHoldNotFound,
    "malformed_request": MalformedRequest,
    "method_not_allowed": MethodNotAllowed,
    "metrics_private": MetricsPrivate,
    "model_unpriced": ModelUnpriced,
    "not_found": NotFound,
    "not_ready": NotReady,
    "options_invalid": OptionsInvalid,
    "override_invalid": OverrideInvalid,
    "override_not_found": OverrideNotFound,
    "participant_erasure_not_found": ParticipantErasureNotFound,
    "pdf_support_missing": PdfSupportMissing,
    "price_invalid": PriceInvalid,
    "price_not_found": PriceNotFound,
    "price_overlap": PriceOverlap,
    "protocol_unknown": ProtocolUnknown,
    "provider_key_missing": ProviderKeyMissing,
    "provider_support_missing": ProviderSupportMissing,
    "rate_limited": RateLimited,
    "receipt_erased": ReceiptErased,
    "receipt_not_found": ReceiptNotFound,
    "receipt_pending": ReceiptPending,
    "request_timeout": RequestTimeout,
    "scope_escalation": ScopeEscalation,
    "scope_missing": ScopeMissing,
    "share_link_expiry_invalid": ShareLinkExpiryInvalid,
    "share_link_not_found": ShareLinkNotFound,
    "storage_full": StorageFull,
    "too_many_addresses": TooManyAddresses,
    "too_many_budgets": TooManyBudgets,
    "too_many_exports": TooManyExports,
    "too_many_prices": TooManyPrices,
    "too_many_streams": TooManyStreams,
    "too_many_streams_of_key": TooManyStreamsOfKey,
    "too_many_webhooks": TooManyWebhooks,
    "unauthenticated": Unauthenticated,
    "unavailable": Unavailable,
    "unsupported_media_type": UnsupportedMediaType,
    "upgrade_required": UpgradeRequired,
    "webhook_disabled": WebhookDisabled,
    "webhook_not_found": WebhookNotFound,
    "webhook_url_refused": WebhookUrlRefused,
}
