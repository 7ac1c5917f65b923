# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""The resources of the two clients; each is imported when it is first used."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aragora._core.resource import AsyncSender, Sender
    from aragora.resources.account import AccountResource, AsyncAccountResource
    from aragora.resources.agents import AgentsResource, AsyncAgentsResource
    from aragora.resources.api_keys import ApiKeysResource, AsyncApiKeysResource
    from aragora.resources.budgets import AsyncBudgetsResource, BudgetsResource
    from aragora.resources.costs import AsyncCostsResource, CostsResource
    from aragora.resources.debates import AsyncDebatesResource, DebatesResource
    from aragora.resources.erasures import AsyncErasuresResource, ErasuresResource
    from aragora.resources.feedback import AsyncFeedbackResource, FeedbackResource
    from aragora.resources.jobs import AsyncJobsResource, JobsResource
    from aragora.resources.legal_holds import AsyncLegalHoldsResource, LegalHoldsResource
    from aragora.resources.participant_erasures import (
        AsyncParticipantErasuresResource,
        ParticipantErasuresResource,
    )
    from aragora.resources.prices import AsyncPricesResource, PricesResource
    from aragora.resources.receipt_exports import (
        AsyncReceiptExportsResource,
        ReceiptExportsResource,
    )
    from aragora.resources.receipts import AsyncReceiptsResource, ReceiptsResource
    from aragora.resources.retention import AsyncRetentionResource, RetentionResource
    from aragora.resources.share_links import AsyncShareLinksResource, ShareLinksResource
    from aragora.resources.system import AsyncSystemResource, SystemResource
    from aragora.resources.usage import AsyncUsageResource, UsageResource
    from aragora.resources.usage_links import AsyncUsageLinksResource, UsageLinksResource
    from aragora.resources.webhooks import AsyncWebhooksResource, WebhooksResource
    from aragora.resources.workspace_prices import (
        AsyncWorkspacePricesResource,
        WorkspacePricesResource,
    )


class Namespaces:
    """`client.debates` and its siblings."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    @cached_property
    def account(self) -> AccountResource:
        """Operations on account."""
        from aragora.resources.account import AccountResource

        return AccountResource(self._sender)

    @cached_property
    def agents(self) -> AgentsResource:
        """Operations on agents."""
        from aragora.resources.agents import AgentsResource

        return AgentsResource(self._sender)

    @cached_property
    def api_keys(self) -> ApiKeysResource:
        """Operations on api keys."""
        from aragora.resources.api_keys import ApiKeysResource

        return ApiKeysResource(self._sender)

    @cached_property
    def budgets(self) -> BudgetsResource:
        """Operations on budgets."""
        from aragora.resources.budgets import BudgetsResource

        return BudgetsResource(self._sender)

    @cached_property
    def costs(self) -> CostsResource:
        """Operations on costs."""
        from aragora.resources.costs import CostsResource

        return CostsResource(self._sender)

    @cached_property
    def debates(self) -> DebatesResource:
        """Operations on debates."""
        from aragora.resources.debates import DebatesResource

        return DebatesResource(self._sender)

    @cached_property
    def erasures(self) -> ErasuresResource:
        """Operations on erasures."""
        from aragora.resources.erasures import ErasuresResource

        return ErasuresResource(self._sender)

    @cached_property
    def feedback(self) -> FeedbackResource:
        """Operations on feedback."""
        from aragora.resources.feedback import FeedbackResource

        return FeedbackResource(self._sender)

    @cached_property
    def jobs(self) -> JobsResource:
        """Operations on jobs."""
        from aragora.resources.jobs import JobsResource

        return JobsResource(self._sender)

    @cached_property
    def legal_holds(self) -> LegalHoldsResource:
        """Operations on legal holds."""
        from aragora.resources.legal_holds import LegalHoldsResource

        return LegalHoldsResource(self._sender)

    @cached_property
    def participant_erasures(self) -> ParticipantErasuresResource:
        """Operations on participant erasures."""
        from aragora.resources.participant_erasures import ParticipantErasuresResource

        return ParticipantErasuresResource(self._sender)

    @cached_property
    def prices(self) -> PricesResource:
        """Operations on prices."""
        from aragora.resources.prices import PricesResource

        return PricesResource(self._sender)

    @cached_property
    def receipt_exports(self) -> ReceiptExportsResource:
        """Operations on receipt exports."""
        from aragora.resources.receipt_exports import ReceiptExportsResource

        return ReceiptExportsResource(self._sender)

    @cached_property
    def receipts(self) -> ReceiptsResource:
        """Operations on receipts."""
        from aragora.resources.receipts import ReceiptsResource

        return ReceiptsResource(self._sender)

    @cached_property
    def retention(self) -> RetentionResource:
        """Operations on retention."""
        from aragora.resources.retention import RetentionResource

        return RetentionResource(self._sender)

    @cached_property
    def share_links(self) -> ShareLinksResource:
        """Operations on share links."""
        from aragora.resources.share_links import ShareLinksResource

        return ShareLinksResource(self._sender)

    @cached_property
    def system(self) -> SystemResource:
        """Operations on system."""
        from aragora.resources.system import SystemResource

        return SystemResource(self._sender)

    @cached_property
    def usage(self) -> UsageResource:
        """Operations on usage."""
        from aragora.resources.usage import UsageResource

        return UsageResource(self._sender)

    @cached_property
    def usage_links(self) -> UsageLinksResource:
        """Operations on usage links."""
        from aragora.resources.usage_links import UsageLinksResource

        return UsageLinksResource(self._sender)

    @cached_property
    def webhooks(self) -> WebhooksResource:
        """Operations on webhooks."""
        from aragora.resources.webhooks import WebhooksResource

        return WebhooksResource(self._sender)

    @cached_property
    def workspace_prices(self) -> WorkspacePricesResource:
        """Operations on workspace prices."""
        from aragora.resources.workspace_prices import WorkspacePricesResource

        return WorkspacePricesResource(self._sender)


class AsyncNamespaces:
    """`client.debates` and its siblings, to be awaited."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    @cached_property
    def account(self) -> AsyncAccountResource:
        """Operations on account."""
        from aragora.resources.account import AsyncAccountResource

        return AsyncAccountResource(self._sender)

    @cached_property
    def agents(self) -> AsyncAgentsResource:
        """Operations on agents."""
        from aragora.resources.agents import AsyncAgentsResource

        return AsyncAgentsResource(self._sender)

    @cached_property
    def api_keys(self) -> AsyncApiKeysResource:
        """Operations on api keys."""
        from aragora.resources.api_keys import AsyncApiKeysResource

        return AsyncApiKeysResource(self._sender)

    @cached_property
    def budgets(self) -> AsyncBudgetsResource:
        """Operations on budgets."""
        from aragora.resources.budgets import AsyncBudgetsResource

        return AsyncBudgetsResource(self._sender)

    @cached_property
    def costs(self) -> AsyncCostsResource:
        """Operations on costs."""
        from aragora.resources.costs import AsyncCostsResource

        return AsyncCostsResource(self._sender)

    @cached_property
    def debates(self) -> AsyncDebatesResource:
        """Operations on debates."""
        from aragora.resources.debates import AsyncDebatesResource

        return AsyncDebatesResource(self._sender)

    @cached_property
    def erasures(self) -> AsyncErasuresResource:
        """Operations on erasures."""
        from aragora.resources.erasures import AsyncErasuresResource

        return AsyncErasuresResource(self._sender)

    @cached_property
    def feedback(self) -> AsyncFeedbackResource:
        """Operations on feedback."""
        from aragora.resources.feedback import AsyncFeedbackResource

        return AsyncFeedbackResource(self._sender)

    @cached_property
    def jobs(self) -> AsyncJobsResource:
        """Operations on jobs."""
        from aragora.resources.jobs import AsyncJobsResource

        return AsyncJobsResource(self._sender)

    @cached_property
    def legal_holds(self) -> AsyncLegalHoldsResource:
        """Operations on legal holds."""
        from aragora.resources.legal_holds import AsyncLegalHoldsResource

        return AsyncLegalHoldsResource(self._sender)

    @cached_property
    def participant_erasures(self) -> AsyncParticipantErasuresResource:
        """Operations on participant erasures."""
        from aragora.resources.participant_erasures import AsyncParticipantErasuresResource

        return AsyncParticipantErasuresResource(self._sender)

    @cached_property
    def prices(self) -> AsyncPricesResource:
        """Operations on prices."""
        from aragora.resources.prices import AsyncPricesResource

        return AsyncPricesResource(self._sender)

    @cached_property
    def receipt_exports(self) -> AsyncReceiptExportsResource:
        """Operations on receipt exports."""
        from aragora.resources.receipt_exports import AsyncReceiptExportsResource

        return AsyncReceiptExportsResource(self._sender)

    @cached_property
    def receipts(self) -> AsyncReceiptsResource:
        """Operations on receipts."""
        from aragora.resources.receipts import AsyncReceiptsResource

        return AsyncReceiptsResource(self._sender)

    @cached_property
    def retention(self) -> AsyncRetentionResource:
        """Operations on retention."""
        from aragora.resources.retention import AsyncRetentionResource

        return AsyncRetentionResource(self._sender)

    @cached_property
    def share_links(self) -> AsyncShareLinksResource:
        """Operations on share links."""
        from aragora.resources.share_links import AsyncShareLinksResource

        return AsyncShareLinksResource(self._sender)

    @cached_property
    def system(self) -> AsyncSystemResource:
        """Operations on system."""
        from aragora.resources.system import AsyncSystemResource

        return AsyncSystemResource(self._sender)

    @cached_property
    def usage(self) -> AsyncUsageResource:
        """Operations on usage."""
        from aragora.resources.usage import AsyncUsageResource

        return AsyncUsageResource(self._sender)

    @cached_property
    def usage_links(self) -> AsyncUsageLinksResource:
        """Operations on usage links."""
        from aragora.resources.usage_links import AsyncUsageLinksResource

        return AsyncUsageLinksResource(self._sender)

    @cached_property
    def webhooks(self) -> AsyncWebhooksResource:
        """Operations on webhooks."""
        from aragora.resources.webhooks import AsyncWebhooksResource

        return AsyncWebhooksResource(self._sender)

    @cached_property
    def workspace_prices(self) -> AsyncWorkspacePricesResource:
        """Operations on workspace prices."""
        from aragora.resources.workspace_prices import AsyncWorkspacePricesResource

        return AsyncWorkspacePricesResource(self._sender)
