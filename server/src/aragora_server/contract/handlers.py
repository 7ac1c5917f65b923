# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""What the server must implement: one Protocol a tag."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Literal, Protocol

from aragora_server.contract import models
from aragora_server.kernel.auth import Caller
from aragora_server.kernel.encoded import Encoded
from aragora_server.kernel.stream import StreamItem


class DebatesApi(Protocol):
    """Let several models argue a question under a written protocol."""

    async def list_debates(
        self,
        caller: Caller,
        *,
        status: Literal["queued", "running", "concluded", "cancelled", "failed"] | None,
        protocol: str | None,
        tag: str | None,
        created_from: datetime | None,
        created_to: datetime | None,
        question: str | None,
        cursor: str | None,
        limit: int,
    ) -> models.DebatePage | Encoded:
        """List debates"""
        ...

    async def create_debate(
        self, caller: Caller, body: models.DebateCreate
    ) -> models.Debate | Encoded:
        """Open a debate"""
        ...

    async def estimate_debate(
        self, caller: Caller, body: models.DebateCreate
    ) -> models.DebateEstimate | Encoded:
        """What would it cost?"""
        ...

    async def get_debate(self, caller: Caller, debate_id: str) -> models.Debate | Encoded:
        """Read a debate"""
        ...

    async def cancel_debate(self, caller: Caller, debate_id: str) -> models.Debate | Encoded:
        """Cancel a debate"""
        ...

    async def list_events(
        self, caller: Caller, debate_id: str, *, after: int, cursor: str | None, limit: int
    ) -> models.DebateEventPage | Encoded:
        """List a debate's events"""
        ...

    def stream_events(
        self, caller: Caller, debate_id: str, *, after: int, deltas: bool
    ) -> AsyncIterator[StreamItem]:
        """Follow a debate"""
        ...

    async def get_transcript(self, caller: Caller, debate_id: str) -> models.Transcript | Encoded:
        """Read all that was said"""
        ...


class ReceiptsApi(Protocol):
    """Signed evidence of decisions, and its verification."""

    async def get_keys(self) -> models.KeyDirectory | Encoded:
        """The signing keys"""
        ...

    async def get_log_consistency(
        self, caller: Caller, *, from_size: int, to_size: int | None, shard: str | None
    ) -> models.LogConsistency | Encoded:
        """Prove that the log only grew"""
        ...

    async def list_receipts(
        self,
        caller: Caller,
        *,
        debate_id: str | None,
        outcome: Literal["decided", "no_consensus", "no_decision"] | None,
        issued_from: datetime | None,
        issued_to: datetime | None,
        topic: str | None,
        participant: str | None,
        protocol: str | None,
        min_cost_usd: str | None,
        cursor: str | None,
        limit: int,
    ) -> models.ReceiptPage | Encoded:
        """List and search receipts"""
        ...

    async def verify_receipt(self, body: bytes) -> models.VerificationReport | Encoded:
        """Verify a bundle"""
        ...

    async def get_receipt(self, caller: Caller, receipt_id: str) -> models.Receipt | Encoded:
        """Read a receipt"""
        ...

    async def get_receipt_bundle(self, caller: Caller, receipt_id: str) -> bytes:
        """Download the evidence"""
        ...

    async def get_receipt_html(self, caller: Caller, receipt_id: str) -> str:
        """Print as a page"""
        ...

    async def get_receipt_markdown(self, caller: Caller, receipt_id: str) -> str:
        """Print as markdown"""
        ...

    async def get_receipt_odr(self, caller: Caller, receipt_id: str) -> bytes:
        """Print as Open Decision Receipt"""
        ...

    async def get_receipt_pdf(self, caller: Caller, receipt_id: str) -> bytes:
        """Print as PDF"""
        ...

    async def get_receipt_proof(
        self, caller: Caller, receipt_id: str
    ) -> models.ReceiptProof | Encoded:
        """Prove that the receipt is in the log"""
        ...

    async def verify_stored_receipt(
        self, caller: Caller, receipt_id: str
    ) -> models.VerificationReport | Encoded:
        """Verify a receipt of this server"""
        ...


class SharingApi(Protocol):
    """Links that show a receipt to whoever has them, with the texts that they disclose."""

    async def list_share_links(
        self, caller: Caller, receipt_id: str, *, cursor: str | None, limit: int
    ) -> models.ShareLinkPage | Encoded:
        """List the links of a receipt"""
        ...

    async def create_share_link(
        self, caller: Caller, receipt_id: str, body: models.ShareLinkCreate
    ) -> models.ShareLinkCreated | Encoded:
        """Share a receipt"""
        ...

    async def revoke_share_link(self, caller: Caller, receipt_id: str, link_id: str) -> None:
        """Revoke a link"""
        ...

    async def get_shared_receipt_page(self) -> str:
        """The page of shared receipts"""
        ...

    async def open_shared_receipt(self, token: str) -> bytes:
        """Open a shared receipt"""
        ...


class FeedbackApi(Protocol):
    """What became of decisions, as the workspace itself says."""

    async def get_feedback(
        self, caller: Caller, receipt_id: str
    ) -> models.ReceiptFeedback | Encoded:
        """Read the feedback on a receipt"""
        ...

    async def put_feedback(
        self, caller: Caller, receipt_id: str, body: models.FeedbackGiven
    ) -> models.ReceiptFeedback | Encoded:
        """Say what became of a decision"""
        ...


class ExportsApi(Protocol):
    """Files of many receipts, made in the background."""

    async def list_receipt_exports(
        self, caller: Caller, *, cursor: str | None, limit: int
    ) -> models.ReceiptExportPage | Encoded:
        """List exports"""
        ...

    async def create_receipt_export(
        self, caller: Caller, body: models.ReceiptExportCreate
    ) -> models.ReceiptExport | Encoded:
        """Export many receipts"""
        ...

    async def get_receipt_export(
        self, caller: Caller, export_id: str
    ) -> models.ReceiptExport | Encoded:
        """Read how far an export is"""
        ...

    async def delete_receipt_export(self, caller: Caller, export_id: str) -> None:
        """Delete an export"""
        ...

    async def get_receipt_export_part(self, caller: Caller, export_id: str, part: int) -> bytes:
        """Download a part of an export"""
        ...


class CustodyApi(Protocol):
    """Legal holds that keep receipts whole, how long they are kept, and the erasure of texts."""

    async def list_legal_holds(
        self, caller: Caller, *, cursor: str | None, limit: int
    ) -> models.LegalHoldPage | Encoded:
        """List legal holds"""
        ...

    async def create_legal_hold(
        self, caller: Caller, body: models.LegalHoldCreate
    ) -> models.LegalHold | Encoded:
        """Place a legal hold"""
        ...

    async def release_legal_hold(
        self, caller: Caller, legal_hold_id: str
    ) -> models.LegalHold | Encoded:
        """Release a legal hold"""
        ...

    async def erase_participant(
        self, caller: Caller, body: models.ParticipantErasureCreate
    ) -> models.ParticipantErasure | Encoded:
        """Erase a participant from every receipt"""
        ...

    async def get_participant_erasure(
        self, caller: Caller, participant_erasure_id: str
    ) -> models.ParticipantErasure | Encoded:
        """How far the erasure of a participant is"""
        ...

    async def erase_disclosures(
        self, caller: Caller, receipt_id: str, body: models.ErasureCreate
    ) -> models.ErasureResult | Encoded:
        """Erase texts of a receipt"""
        ...

    async def get_retention(self, caller: Caller) -> models.Retention | Encoded:
        """How long things are kept"""
        ...

    async def set_retention(
        self, caller: Caller, body: models.RetentionSet
    ) -> models.Retention | Encoded:
        """Say how long things are kept"""
        ...


class BudgetsApi(Protocol):
    """Limits that no debate passes, and the ledger behind them."""

    async def list_budgets(
        self, caller: Caller, *, cursor: str | None, limit: int
    ) -> models.BudgetPage | Encoded:
        """List budgets"""
        ...

    async def create_budget(
        self, caller: Caller, body: models.BudgetCreate
    ) -> models.Budget | Encoded:
        """Create a budget"""
        ...

    async def audit_budgets(self, caller: Caller) -> models.BudgetAudit | Encoded:
        """Prove that the books agree"""
        ...

    async def check_budget(
        self, caller: Caller, body: models.BudgetCheckRequest
    ) -> models.BudgetCheck | Encoded:
        """Ask whether budgets would admit an amount"""
        ...

    async def get_budget(self, caller: Caller, budget_id: str) -> models.Budget | Encoded:
        """Read a budget"""
        ...

    async def update_budget(
        self, caller: Caller, budget_id: str, body: models.BudgetUpdate
    ) -> models.Budget | Encoded:
        """Change a budget"""
        ...

    async def delete_budget(self, caller: Caller, budget_id: str) -> None:
        """Delete a budget"""
        ...

    async def list_budget_alerts(
        self, caller: Caller, budget_id: str, *, cursor: str | None, limit: int
    ) -> models.BudgetAlertPage | Encoded:
        """List a budget's alerts"""
        ...

    async def list_ledger_entries(
        self, caller: Caller, budget_id: str, *, cursor: str | None, limit: int
    ) -> models.LedgerEntryPage | Encoded:
        """List a budget's bookings"""
        ...

    async def list_budget_overrides(
        self, caller: Caller, budget_id: str, *, cursor: str | None, limit: int
    ) -> models.BudgetOverridePage | Encoded:
        """List a budget's overrides"""
        ...

    async def create_budget_override(
        self, caller: Caller, budget_id: str, body: models.BudgetOverrideCreate
    ) -> models.BudgetOverride | Encoded:
        """Grant an override"""
        ...

    async def revoke_budget_override(
        self, caller: Caller, budget_id: str, override_id: str
    ) -> None:
        """Revoke an override"""
        ...

    async def list_budget_periods(
        self, caller: Caller, budget_id: str, *, cursor: str | None, limit: int
    ) -> models.BudgetPeriodPage | Encoded:
        """List a budget's periods"""
        ...

    async def adjust_ledger(
        self, caller: Caller, body: models.LedgerAdjustmentCreate
    ) -> models.LedgerEntry | Encoded:
        """Adjust what was booked"""
        ...


class UsageApi(Protocol):
    """What was used and what it cost, summed from the ledger."""

    async def get_debate_cost(self, caller: Caller, debate_id: str) -> models.DebateCost | Encoded:
        """Read what a debate cost"""
        ...

    async def get_usage(
        self,
        caller: Caller,
        *,
        first_day: str | None,
        last_day: str | None,
        timezone: str,
        group_by: Literal[
            "day",
            "week",
            "month",
            "agent",
            "provider",
            "model",
            "debate",
            "protocol",
            "tag",
            "api_key",
            "budget",
        ],
        top: int,
    ) -> models.UsageReport | Encoded:
        """Report what was used"""
        ...

    async def export_usage_csv(
        self,
        caller: Caller,
        *,
        first_day: str | None,
        last_day: str | None,
        timezone: str,
        group_by: Literal[
            "day",
            "week",
            "month",
            "agent",
            "provider",
            "model",
            "debate",
            "protocol",
            "tag",
            "api_key",
            "budget",
        ],
        top: int,
    ) -> str:
        """Report what was used, as a table"""
        ...

    async def get_forecast(self, caller: Caller) -> models.UsageForecast | Encoded:
        """Forecast the budgets"""
        ...

    async def get_roi(
        self,
        caller: Caller,
        *,
        minutes_per_decision: int,
        people: int,
        hourly_rate_usd: str,
        first_day: str | None,
        last_day: str | None,
        timezone: str,
    ) -> models.UsageRoi | Encoded:
        """Compute what decisions saved"""
        ...


class UsageLinksApi(Protocol):
    """Links that show a usage report, and nothing else, to whoever has them."""

    async def get_shared_usage_page(self) -> str:
        """The page of shared usage reports"""
        ...

    async def open_shared_usage(self, token: str) -> models.SharedUsage | Encoded:
        """Open a shared usage report"""
        ...

    async def list_usage_links(
        self, caller: Caller, *, cursor: str | None, limit: int
    ) -> models.UsageLinkPage | Encoded:
        """List the links to usage reports"""
        ...

    async def create_usage_link(
        self, caller: Caller, body: models.UsageLinkCreate
    ) -> models.UsageLinkCreated | Encoded:
        """Share a usage report"""
        ...

    async def revoke_usage_link(self, caller: Caller, link_id: str) -> None:
        """Revoke a link"""
        ...


class PricesApi(Protocol):
    """What models cost, for everybody and for the workspace."""

    async def list_prices(
        self,
        caller: Caller,
        *,
        provider: str | None,
        model: str | None,
        at: datetime | None,
        cursor: str | None,
        limit: int,
    ) -> models.PricePage | Encoded:
        """List prices"""
        ...

    async def resolve_price(
        self, caller: Caller, *, provider: str, model: str, at: datetime | None
    ) -> models.AppliedPrice | Encoded:
        """Say which price applies"""
        ...

    async def list_workspace_prices(
        self,
        caller: Caller,
        *,
        provider: str | None,
        model: str | None,
        cursor: str | None,
        limit: int,
    ) -> models.WorkspacePricePage | Encoded:
        """List prices of the workspace"""
        ...

    async def create_workspace_price(
        self, caller: Caller, body: models.WorkspacePriceCreate
    ) -> models.WorkspacePrice | Encoded:
        """Set a price"""
        ...

    async def end_workspace_price(
        self, caller: Caller, workspace_price_id: str
    ) -> models.WorkspacePrice | Encoded:
        """End a price"""
        ...

    async def reprice_ledger(
        self, caller: Caller, workspace_price_id: str, body: models.RepricingCreate
    ) -> models.Repricing | Encoded:
        """Re-price calls of the past"""
        ...


class AgentsApi(Protocol):
    """Who can take part in a debate."""

    async def list_agents(
        self, caller: Caller, *, cursor: str | None, limit: int
    ) -> models.AgentPresetPage | Encoded:
        """List agent presets"""
        ...

    async def list_providers(
        self, caller: Caller, *, cursor: str | None, limit: int
    ) -> models.ProviderPage | Encoded:
        """List providers"""
        ...


class WebhooksApi(Protocol):
    """Endpoints that are told, signed, when something happens in the workspace."""

    async def list_webhooks(
        self, caller: Caller, *, cursor: str | None, limit: int
    ) -> models.WebhookPage | Encoded:
        """List webhook endpoints"""
        ...

    async def create_webhook(
        self, caller: Caller, body: models.WebhookCreate
    ) -> models.WebhookCreated | Encoded:
        """Create a webhook endpoint"""
        ...

    async def get_webhook(self, caller: Caller, webhook_id: str) -> models.Webhook | Encoded:
        """Read a webhook endpoint"""
        ...

    async def update_webhook(
        self, caller: Caller, webhook_id: str, body: models.WebhookUpdate
    ) -> models.Webhook | Encoded:
        """Change a webhook endpoint"""
        ...

    async def delete_webhook(self, caller: Caller, webhook_id: str) -> None:
        """Delete a webhook endpoint"""
        ...

    async def rotate_webhook_secret(
        self, caller: Caller, webhook_id: str, body: models.WebhookSecretRotation
    ) -> models.WebhookCreated | Encoded:
        """Change the secret of an endpoint"""
        ...

    async def test_webhook(self, caller: Caller, webhook_id: str) -> models.WebhookTest | Encoded:
        """Send a test event"""
        ...


class JobsApi(Protocol):
    """Work that the server does after it has answered, and what of it failed for good."""

    async def list_jobs(
        self,
        caller: Caller,
        *,
        state: Literal["due", "running", "done", "dead"] | None,
        kind: str | None,
        cursor: str | None,
        limit: int,
    ) -> models.JobPage | Encoded:
        """List jobs"""
        ...

    async def get_job(self, caller: Caller, job_id: str) -> models.Job | Encoded:
        """Read a job"""
        ...

    async def retry_job(self, caller: Caller, job_id: str) -> models.Job | Encoded:
        """Retry a dead job"""
        ...


class AccountApi(Protocol):
    """The workspace and its API keys."""

    async def get_account(self, caller: Caller) -> models.Account | Encoded:
        """Who am I?"""
        ...

    async def list_api_keys(
        self, caller: Caller, *, cursor: str | None, limit: int
    ) -> models.ApiKeyPage | Encoded:
        """List API keys"""
        ...

    async def create_api_key(
        self, caller: Caller, body: models.ApiKeyCreate
    ) -> models.ApiKeyCreated | Encoded:
        """Create an API key"""
        ...

    async def revoke_api_key(self, caller: Caller, api_key_id: str) -> None:
        """Revoke an API key"""
        ...


class SystemApi(Protocol):
    """What the server is and how it is."""

    async def get_health(self) -> models.Health | Encoded:
        """Is the process alive?"""
        ...

    async def get_metrics(self) -> str:
        """What this process counts"""
        ...

    async def get_readiness(self) -> models.Readiness | Encoded:
        """Would a request succeed now?"""
        ...

    async def get_meta(self) -> models.Meta | Encoded:
        """What this server is"""
        ...

    async def get_openapi(self) -> models.OpenapiDocument | Encoded:
        """The contract itself"""
        ...
