# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""Models of the contract. A module is imported when one of its names is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aragora.types.account import Account as Account
    from aragora.types.account import ApiKey as ApiKey
    from aragora.types.account import ApiKeyCreate as ApiKeyCreate
    from aragora.types.account import ApiKeyCreated as ApiKeyCreated
    from aragora.types.account import ApiKeyPage as ApiKeyPage
    from aragora.types.account import Workspace as Workspace
    from aragora.types.agents import AgentPreset as AgentPreset
    from aragora.types.agents import AgentPresetPage as AgentPresetPage
    from aragora.types.agents import Provider as Provider
    from aragora.types.agents import ProviderPage as ProviderPage
    from aragora.types.budgets import Budget as Budget
    from aragora.types.budgets import BudgetAlert as BudgetAlert
    from aragora.types.budgets import BudgetAlertPage as BudgetAlertPage
    from aragora.types.budgets import BudgetAudit as BudgetAudit
    from aragora.types.budgets import BudgetCheck as BudgetCheck
    from aragora.types.budgets import BudgetCheckRequest as BudgetCheckRequest
    from aragora.types.budgets import BudgetCreate as BudgetCreate
    from aragora.types.budgets import BudgetDifference as BudgetDifference
    from aragora.types.budgets import BudgetNotify as BudgetNotify
    from aragora.types.budgets import BudgetNotifyInput as BudgetNotifyInput
    from aragora.types.budgets import BudgetNotifyInputParam as BudgetNotifyInputParam
    from aragora.types.budgets import BudgetOverride as BudgetOverride
    from aragora.types.budgets import BudgetOverrideCreate as BudgetOverrideCreate
    from aragora.types.budgets import BudgetOverridePage as BudgetOverridePage
    from aragora.types.budgets import BudgetPage as BudgetPage
    from aragora.types.budgets import BudgetPeriod as BudgetPeriod
    from aragora.types.budgets import BudgetPeriodPage as BudgetPeriodPage
    from aragora.types.budgets import BudgetRefusal as BudgetRefusal
    from aragora.types.budgets import BudgetUpdate as BudgetUpdate
    from aragora.types.budgets import Email as Email
    from aragora.types.budgets import LedgerAdjustmentCreate as LedgerAdjustmentCreate
    from aragora.types.budgets import LedgerEntry as LedgerEntry
    from aragora.types.budgets import LedgerEntryPage as LedgerEntryPage
    from aragora.types.budgets import Tag as Tag
    from aragora.types.budgets import WarnAtPercentItem as WarnAtPercentItem
    from aragora.types.budgets import WarnAtPercentItemModel as WarnAtPercentItemModel
    from aragora.types.common import Digest as Digest
    from aragora.types.common import Id as Id
    from aragora.types.common import Money as Money
    from aragora.types.common import PageInfo as PageInfo
    from aragora.types.common import Ppm as Ppm
    from aragora.types.common import ProtocolRef as ProtocolRef
    from aragora.types.common import SignedMoney as SignedMoney
    from aragora.types.common import Timestamp as Timestamp
    from aragora.types.common import TokenUsage as TokenUsage
    from aragora.types.custody import Erasure as Erasure
    from aragora.types.custody import ErasureCreate as ErasureCreate
    from aragora.types.custody import ErasureResult as ErasureResult
    from aragora.types.custody import HeldReceipt as HeldReceipt
    from aragora.types.custody import LegalHold as LegalHold
    from aragora.types.custody import LegalHoldCreate as LegalHoldCreate
    from aragora.types.custody import LegalHoldPage as LegalHoldPage
    from aragora.types.custody import ParticipantErasure as ParticipantErasure
    from aragora.types.custody import ParticipantErasureCreate as ParticipantErasureCreate
    from aragora.types.custody import Path as Path
    from aragora.types.custody import Retention as Retention
    from aragora.types.custody import RetentionSet as RetentionSet
    from aragora.types.debates import AgentEstimate as AgentEstimate
    from aragora.types.debates import AgentSpec as AgentSpec
    from aragora.types.debates import AgentSpecParam as AgentSpecParam
    from aragora.types.debates import AgentUsage as AgentUsage
    from aragora.types.debates import Argument as Argument
    from aragora.types.debates import Ballot as Ballot
    from aragora.types.debates import Critique as Critique
    from aragora.types.debates import Debate as Debate
    from aragora.types.debates import DebateAgent as DebateAgent
    from aragora.types.debates import DebateCreate as DebateCreate
    from aragora.types.debates import DebateEstimate as DebateEstimate
    from aragora.types.debates import DebateLimits as DebateLimits
    from aragora.types.debates import DebatePage as DebatePage
    from aragora.types.debates import DebateUsage as DebateUsage
    from aragora.types.debates import DebateWarning as DebateWarning
    from aragora.types.debates import Dissent as Dissent
    from aragora.types.debates import Document as Document
    from aragora.types.debates import DocumentInput as DocumentInput
    from aragora.types.debates import DocumentInputParam as DocumentInputParam
    from aragora.types.debates import Option as Option
    from aragora.types.debates import OptionInput as OptionInput
    from aragora.types.debates import OptionInputParam as OptionInputParam
    from aragora.types.debates import Quorum as Quorum
    from aragora.types.debates import Round as Round
    from aragora.types.debates import Tag as Tag
    from aragora.types.debates import TallyEntry as TallyEntry
    from aragora.types.debates import Transcript as Transcript
    from aragora.types.debates import Verdict as Verdict
    from aragora.types.events import AgentFailedData as AgentFailedData
    from aragora.types.events import AgentFailedEvent as AgentFailedEvent
    from aragora.types.events import ArgumentAddedEvent as ArgumentAddedEvent
    from aragora.types.events import BallotCastData as BallotCastData
    from aragora.types.events import BallotCastEvent as BallotCastEvent
    from aragora.types.events import BallotSealedData as BallotSealedData
    from aragora.types.events import BallotSealedEvent as BallotSealedEvent
    from aragora.types.events import BudgetExhaustedData as BudgetExhaustedData
    from aragora.types.events import BudgetExhaustedEvent as BudgetExhaustedEvent
    from aragora.types.events import BudgetHoldSweptData as BudgetHoldSweptData
    from aragora.types.events import BudgetHoldSweptEvent as BudgetHoldSweptEvent
    from aragora.types.events import BudgetOverageRecordedData as BudgetOverageRecordedData
    from aragora.types.events import BudgetOverageRecordedEvent as BudgetOverageRecordedEvent
    from aragora.types.events import BudgetOverrideGrantedData as BudgetOverrideGrantedData
    from aragora.types.events import BudgetOverrideGrantedEvent as BudgetOverrideGrantedEvent
    from aragora.types.events import BudgetStanding as BudgetStanding
    from aragora.types.events import BudgetThresholdReachedData as BudgetThresholdReachedData
    from aragora.types.events import BudgetThresholdReachedEvent as BudgetThresholdReachedEvent
    from aragora.types.events import BudgetUpdatedData as BudgetUpdatedData
    from aragora.types.events import BudgetUpdatedEvent as BudgetUpdatedEvent
    from aragora.types.events import CritiqueAddedEvent as CritiqueAddedEvent
    from aragora.types.events import DebateBudget as DebateBudget
    from aragora.types.events import DebateBudgetExhaustedData as DebateBudgetExhaustedData
    from aragora.types.events import DebateBudgetExhaustedEvent as DebateBudgetExhaustedEvent
    from aragora.types.events import DebateBudgetHoldSweptData as DebateBudgetHoldSweptData
    from aragora.types.events import DebateBudgetHoldSweptEvent as DebateBudgetHoldSweptEvent
    from aragora.types.events import (
        DebateBudgetOverageRecordedData as DebateBudgetOverageRecordedData,
    )
    from aragora.types.events import (
        DebateBudgetOverageRecordedEvent as DebateBudgetOverageRecordedEvent,
    )
    from aragora.types.events import (
        DebateBudgetThresholdReachedData as DebateBudgetThresholdReachedData,
    )
    from aragora.types.events import (
        DebateBudgetThresholdReachedEvent as DebateBudgetThresholdReachedEvent,
    )
    from aragora.types.events import DebateCancelledData as DebateCancelledData
    from aragora.types.events import DebateCancelledEvent as DebateCancelledEvent
    from aragora.types.events import DebateConcludedData as DebateConcludedData
    from aragora.types.events import DebateConcludedEvent as DebateConcludedEvent
    from aragora.types.events import DebateCreatedData as DebateCreatedData
    from aragora.types.events import DebateCreatedEvent as DebateCreatedEvent
    from aragora.types.events import DebateEvent as DebateEvent
    from aragora.types.events import DebateEventPage as DebateEventPage
    from aragora.types.events import DebateFailedData as DebateFailedData
    from aragora.types.events import DebateFailedEvent as DebateFailedEvent
    from aragora.types.events import DebateStartedData as DebateStartedData
    from aragora.types.events import DebateStartedEvent as DebateStartedEvent
    from aragora.types.events import DebateWarningData as DebateWarningData
    from aragora.types.events import DebateWarningEvent as DebateWarningEvent
    from aragora.types.events import DissentRecordedEvent as DissentRecordedEvent
    from aragora.types.events import HeartbeatEvent as HeartbeatEvent
    from aragora.types.events import ReceiptIssuedData as ReceiptIssuedData
    from aragora.types.events import ReceiptIssuedEvent as ReceiptIssuedEvent
    from aragora.types.events import RoundCompletedData as RoundCompletedData
    from aragora.types.events import RoundCompletedEvent as RoundCompletedEvent
    from aragora.types.events import RoundStartedData as RoundStartedData
    from aragora.types.events import RoundStartedEvent as RoundStartedEvent
    from aragora.types.events import TokenDeltaData as TokenDeltaData
    from aragora.types.events import TokenDeltaEvent as TokenDeltaEvent
    from aragora.types.events import WebhookEvent as WebhookEvent
    from aragora.types.events import WebhookTestData as WebhookTestData
    from aragora.types.events import WebhookTestEvent as WebhookTestEvent
    from aragora.types.exports import ExportPart as ExportPart
    from aragora.types.exports import ReceiptExport as ReceiptExport
    from aragora.types.exports import ReceiptExportCreate as ReceiptExportCreate
    from aragora.types.exports import ReceiptExportPage as ReceiptExportPage
    from aragora.types.feedback import FeedbackEntry as FeedbackEntry
    from aragora.types.feedback import FeedbackGiven as FeedbackGiven
    from aragora.types.feedback import ReceiptFeedback as ReceiptFeedback
    from aragora.types.jobs import Job as Job
    from aragora.types.jobs import JobPage as JobPage
    from aragora.types.prices import AppliedPrice as AppliedPrice
    from aragora.types.prices import Price as Price
    from aragora.types.prices import PriceName as PriceName
    from aragora.types.prices import PricePage as PricePage
    from aragora.types.prices import PriceSnapshot as PriceSnapshot
    from aragora.types.prices import PriceTier as PriceTier
    from aragora.types.prices import PriceTierCreate as PriceTierCreate
    from aragora.types.prices import PriceTierCreateParam as PriceTierCreateParam
    from aragora.types.prices import Repricing as Repricing
    from aragora.types.prices import RepricingCreate as RepricingCreate
    from aragora.types.prices import WorkspacePrice as WorkspacePrice
    from aragora.types.prices import WorkspacePriceCreate as WorkspacePriceCreate
    from aragora.types.prices import WorkspacePricePage as WorkspacePricePage
    from aragora.types.receipts import BundleEnvelope as BundleEnvelope
    from aragora.types.receipts import BundleHmac as BundleHmac
    from aragora.types.receipts import BundleSignature as BundleSignature
    from aragora.types.receipts import KeyDirectory as KeyDirectory
    from aragora.types.receipts import KeyRecord as KeyRecord
    from aragora.types.receipts import LogConsistency as LogConsistency
    from aragora.types.receipts import LogStatement as LogStatement
    from aragora.types.receipts import Receipt as Receipt
    from aragora.types.receipts import ReceiptBundle as ReceiptBundle
    from aragora.types.receipts import ReceiptHtml as ReceiptHtml
    from aragora.types.receipts import ReceiptLog as ReceiptLog
    from aragora.types.receipts import ReceiptMarkdown as ReceiptMarkdown
    from aragora.types.receipts import ReceiptOdr as ReceiptOdr
    from aragora.types.receipts import ReceiptPage as ReceiptPage
    from aragora.types.receipts import ReceiptParticipant as ReceiptParticipant
    from aragora.types.receipts import ReceiptPdf as ReceiptPdf
    from aragora.types.receipts import ReceiptProof as ReceiptProof
    from aragora.types.receipts import VerificationCheck as VerificationCheck
    from aragora.types.receipts import VerificationReport as VerificationReport
    from aragora.types.sharing import SharedReceiptPage as SharedReceiptPage
    from aragora.types.sharing import ShareLink as ShareLink
    from aragora.types.sharing import ShareLinkCreate as ShareLinkCreate
    from aragora.types.sharing import ShareLinkCreated as ShareLinkCreated
    from aragora.types.sharing import ShareLinkPage as ShareLinkPage
    from aragora.types.system import Health as Health
    from aragora.types.system import Limits as Limits
    from aragora.types.system import Meta as Meta
    from aragora.types.system import Metrics as Metrics
    from aragora.types.system import OpenapiDocument as OpenapiDocument
    from aragora.types.system import Readiness as Readiness
    from aragora.types.system import ReadinessCheck as ReadinessCheck
    from aragora.types.usage import AgentCost as AgentCost
    from aragora.types.usage import BudgetForecast as BudgetForecast
    from aragora.types.usage import BudgetStatus as BudgetStatus
    from aragora.types.usage import CallCost as CallCost
    from aragora.types.usage import CostSums as CostSums
    from aragora.types.usage import DebateCost as DebateCost
    from aragora.types.usage import DebateCounts as DebateCounts
    from aragora.types.usage import FeedbackCounts as FeedbackCounts
    from aragora.types.usage import RoiAssumptions as RoiAssumptions
    from aragora.types.usage import RoundCost as RoundCost
    from aragora.types.usage import TagCount as TagCount
    from aragora.types.usage import UsageForecast as UsageForecast
    from aragora.types.usage import UsageGroup as UsageGroup
    from aragora.types.usage import UsageReport as UsageReport
    from aragora.types.usage import UsageRoi as UsageRoi
    from aragora.types.usage import UsageSums as UsageSums
    from aragora.types.usage import UsageTable as UsageTable
    from aragora.types.usage import UsageTokens as UsageTokens
    from aragora.types.usage_links import SharedUsage as SharedUsage
    from aragora.types.usage_links import SharedUsagePage as SharedUsagePage
    from aragora.types.usage_links import UsageLink as UsageLink
    from aragora.types.usage_links import UsageLinkCreate as UsageLinkCreate
    from aragora.types.usage_links import UsageLinkCreated as UsageLinkCreated
    from aragora.types.usage_links import UsageLinkPage as UsageLinkPage
    from aragora.types.webhooks import Webhook as Webhook
    from aragora.types.webhooks import WebhookCreate as WebhookCreate
    from aragora.types.webhooks import WebhookCreated as WebhookCreated
    from aragora.types.webhooks import WebhookPage as WebhookPage
    from aragora.types.webhooks import WebhookSecretRotation as WebhookSecretRotation
    from aragora.types.webhooks import WebhookTest as WebhookTest
    from aragora.types.webhooks import WebhookUpdate as WebhookUpdate

_HOMES = {
    "account": "Account ApiKey ApiKeyCreate ApiKeyCreated ApiKeyPage Workspace",
    "agents": "AgentPreset AgentPresetPage Provider ProviderPage",
    "budgets": "Budget BudgetAlert BudgetAlertPage BudgetAudit BudgetCheck BudgetCheckRequest BudgetCreate BudgetDifference BudgetNotify BudgetNotifyInput BudgetNotifyInputParam BudgetOverride BudgetOverrideCreate BudgetOverridePage BudgetPage BudgetPeriod BudgetPeriodPage BudgetRefusal BudgetUpdate Email LedgerAdjustmentCreate LedgerEntry LedgerEntryPage Tag WarnAtPercentItem WarnAtPercentItemModel",
    "common": "Digest Id Money PageInfo Ppm ProtocolRef SignedMoney Timestamp TokenUsage",
    "custody": "Erasure ErasureCreate ErasureResult HeldReceipt LegalHold LegalHoldCreate LegalHoldPage ParticipantErasure ParticipantErasureCreate Path Retention RetentionSet",
    "debates": "AgentEstimate AgentSpec AgentSpecParam AgentUsage Argument Ballot Critique Debate DebateAgent DebateCreate DebateEstimate DebateLimits DebatePage DebateUsage DebateWarning Dissent Document DocumentInput DocumentInputParam Option OptionInput OptionInputParam Quorum Round Tag TallyEntry Transcript Verdict",
    "events": "AgentFailedData AgentFailedEvent ArgumentAddedEvent BallotCastData BallotCastEvent BallotSealedData BallotSealedEvent BudgetExhaustedData BudgetExhaustedEvent BudgetHoldSweptData BudgetHoldSweptEvent BudgetOverageRecordedData BudgetOverageRecordedEvent BudgetOverrideGrantedData BudgetOverrideGrantedEvent BudgetStanding BudgetThresholdReachedData BudgetThresholdReachedEvent BudgetUpdatedData BudgetUpdatedEvent CritiqueAddedEvent DebateBudget DebateBudgetExhaustedData DebateBudgetExhaustedEvent DebateBudgetHoldSweptData DebateBudgetHoldSweptEvent DebateBudgetOverageRecordedData DebateBudgetOverageRecordedEvent DebateBudgetThresholdReachedData DebateBudgetThresholdReachedEvent DebateCancelledData DebateCancelledEvent DebateConcludedData DebateConcludedEvent DebateCreatedData DebateCreatedEvent DebateEvent DebateEventPage DebateFailedData DebateFailedEvent DebateStartedData DebateStartedEvent DebateWarningData DebateWarningEvent DissentRecordedEvent HeartbeatEvent ReceiptIssuedData ReceiptIssuedEvent RoundCompletedData RoundCompletedEvent RoundStartedData RoundStartedEvent TokenDeltaData TokenDeltaEvent WebhookEvent WebhookTestData WebhookTestEvent",
    "exports": "ExportPart ReceiptExport ReceiptExportCreate ReceiptExportPage",
    "feedback": "FeedbackEntry FeedbackGiven ReceiptFeedback",
    "jobs": "Job JobPage",
    "prices": "AppliedPrice Price PriceName PricePage PriceSnapshot PriceTier PriceTierCreate PriceTierCreateParam Repricing RepricingCreate WorkspacePrice WorkspacePriceCreate WorkspacePricePage",
    "receipts": "BundleEnvelope BundleHmac BundleSignature KeyDirectory KeyRecord LogConsistency LogStatement Receipt ReceiptBundle ReceiptHtml ReceiptLog ReceiptMarkdown ReceiptOdr ReceiptPage ReceiptParticipant ReceiptPdf ReceiptProof VerificationCheck VerificationReport",
    "sharing": "ShareLink ShareLinkCreate ShareLinkCreated ShareLinkPage SharedReceiptPage",
    "system": "Health Limits Meta Metrics OpenapiDocument Readiness ReadinessCheck",
    "usage": "AgentCost BudgetForecast BudgetStatus CallCost CostSums DebateCost DebateCounts FeedbackCounts RoiAssumptions RoundCost TagCount UsageForecast UsageGroup UsageReport UsageRoi UsageSums UsageTable UsageTokens",
    "usage_links": "SharedUsage SharedUsagePage UsageLink UsageLinkCreate UsageLinkCreated UsageLinkPage",
    "webhooks": "Webhook WebhookCreate WebhookCreated WebhookPage WebhookSecretRotation WebhookTest WebhookUpdate",
}
_NAMES = {name: home for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    if name not in _NAMES:
        raise AttributeError(f"module 'aragora.types' has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(f"aragora.types.{_NAMES[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted(_NAMES)
