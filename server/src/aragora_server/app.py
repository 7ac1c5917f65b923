"""Puts the server together: its handlers, its rules, its routes. With `services.py` the only module
that knows every slice."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib.util import find_spec

from starlette.applications import Starlette

from .agents import catalogue
from .agents.routes import AgentRoutes
from .budgets.adjustments import AdjustmentService
from .budgets.repricing import RepricingService
from .budgets.routes import BudgetRoutes
from .contract import models
from .contract.handlers import (
    AccountApi,
    AgentsApi,
    BudgetsApi,
    CustodyApi,
    DebatesApi,
    ExportsApi,
    FeedbackApi,
    JobsApi,
    PricesApi,
    ReceiptsApi,
    SharingApi,
    SystemApi,
    UsageApi,
    UsageLinksApi,
    WebhooksApi,
)
from .contract.operations import ERRORS, OPERATIONS, VERSION
from .contract.schemas import document, schemas
from .debates.routes import DebateRoutes
from .debates.rules import protocol
from .debates.store import Filter, count_unowned
from .gauges import looks
from .jobs.routes import JobRoutes
from .kernel.beside import Beside
from .kernel.bind import Rules, build
from .kernel.call import Contract
from .kernel.encoded import Encoded
from .kernel.http import Answers
from .kernel.idempotency import Idempotency
from .kernel.ids import new_id
from .kernel.problem import Problems
from .kernel.redaction import Redactor
from .kernel.runners import is_anybody_alive
from .kernel.streaming import Stage
from .lifecycle import Hook, running
from .migrations import HEAD, current
from .price_plugs import PriceBooks
from .pricing.keeping import OwnPriceService
from .pricing.repricing import RepriceService
from .pricing.routes import PriceRoutes
from .receipts.exports.routes import ExportRoutes
from .receipts.exports.service import ExportService
from .receipts.feedback.routes import FeedbackRoutes
from .receipts.feedback.service import FeedbackService
from .receipts.keeping.routes import KeepingRoutes
from .receipts.log.files import LogFiles
from .receipts.log.routes import PATH as LOG_FILES
from .receipts.log.routes import LogFile
from .receipts.prints import printed
from .receipts.prints.printed import PATH as PRINTED
from .receipts.routes import ReceiptRoutes
from .receipts.sharing.routes import SharingRoutes
from .receipts.sharing.routes import headers as headers_of_sharing
from .services import Services
from .settings import Settings
from .system.model import About, Health, Limits, Probe, ProtocolRef
from .system.routes import SystemRoutes
from .system.service import Metrics, Readiness, disk, works
from .usage.routes import UsageRoutes
from .usage.sharing.routes import UsageLinkRoutes
from .usage.sharing.routes import headers as headers_of_usage
from .usage.sharing.service import UsageLinkService
from .webhooks.routes import WebhookRoutes
from .workspaces.routes import AccountRoutes

log = logging.getLogger(__name__)


def build_app(
    services: Services, *, validate_responses: bool = False, at_start: Hook | None = None
) -> Starlette:
    """`at_start` runs when the database is ready and before the first request is taken."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with running(services, at_start):
            yield

    ruled = rules(services, is_strict=validate_responses)
    reads = {LOG_FILES: LogFile(LogFiles(db=services.db)).read, PRINTED: printed.read}
    beside = {path: Beside(answers=ruled.answers, read=read) for path, read in reads.items()}
    routes = build(handlers(services), contract(), ruled, beside=beside)
    return Starlette(routes=routes, lifespan=lifespan)


def handlers(services: Services) -> tuple[object, ...]:
    """Typed one by one: a missing method is named by mypy before the server refuses to start."""
    debates: DebatesApi = DebateRoutes(debates=services.debates, stream=services.stream)
    receipts: ReceiptsApi = ReceiptRoutes(services.receipts)
    budgets: BudgetsApi = BudgetRoutes(
        services.budgets,
        services.overrides,
        AdjustmentService(db=services.db, holds=services.holds),
    )
    own_prices = _own_prices(services)
    agents: AgentsApi = AgentRoutes(services.agents, own_prices)
    jobs: JobsApi = JobRoutes(services.jobs)
    account: AccountApi = AccountRoutes(services.workspaces)
    system: SystemApi = SystemRoutes(
        readiness=Readiness(_probes(services), services.drain),
        metrics=Metrics(looks(services), time.monotonic),
        about=about(services.settings),
        document=Encoded(document()),
    )
    exports: ExportsApi = ExportRoutes(ExportService(db=services.db, outbox=services.outbox))
    links: SharingApi = SharingRoutes(services.sharing)
    keeping: CustodyApi = KeepingRoutes(services.keeping, services.retention, services.everywhere)
    usage: UsageApi = UsageRoutes(services.usage)
    usage_links: UsageLinksApi = UsageLinkRoutes(_usage_links(services))
    prices: PricesApi = PriceRoutes(own_prices, _repricing(services, own_prices))
    of_money = (budgets, usage, usage_links, prices)
    webhooks: WebhooksApi = WebhookRoutes(services.messengers.webhooks)
    told = (webhooks, jobs, account, system)
    feedback: FeedbackApi = FeedbackRoutes(
        FeedbackService(db=services.db, now=services.clock, new_id=new_id)
    )
    return (debates, receipts, exports, feedback, links, keeping, *of_money, agents, *told)


def _usage_links(services: Services) -> UsageLinkService:
    return UsageLinkService(
        db=services.db,
        reports=services.usage,
        public_url=services.receipts.seal.origin,
        now=services.clock,
        new_id=new_id,
    )


def _own_prices(services: Services) -> OwnPriceService:
    return OwnPriceService(
        db=services.db,
        prices=services.prices,
        providers=catalogue.load().providers,
        now=services.clock,
        new_id=new_id,
    )


def _repricing(services: Services, own: OwnPriceService) -> RepriceService:
    booked = RepricingService(db=services.db, holds=services.holds)
    return RepriceService(own=own, books=PriceBooks(booked))


def contract() -> Contract:
    return Contract(
        version=VERSION,
        operations=OPERATIONS,
        schemas=schemas(),
        model=lambda name: getattr(models, name),
    )


def _protocols() -> tuple[ProtocolRef, ...]:
    known = (protocol.load(name) for name in protocol.ids())
    return tuple(ProtocolRef(id=one.id, version=one.version, hash=one.hash) for one in known)


def about(settings: Settings) -> About:
    """Limits are read from the contract itself, so that both always agree."""
    asked = schemas().document["components"]["schemas"]["DebateCreate"]["properties"]
    bundle = OPERATIONS["verifyReceipt"].body
    page = next(p for p in OPERATIONS["listDebates"].params if p.name == "limit")
    return About(
        version=VERSION,
        capabilities=("providers",) if find_spec("pydantic_ai") else (),
        protocols=_protocols,
        limits=Limits(
            max_body_bytes=settings.max_body_bytes,
            max_bundle_bytes=bundle.max_bytes if bundle else 0,
            max_page_size=page.schema["maximum"],
            max_agents=asked["agents"]["maxItems"],
            max_documents=asked["documents"]["maxItems"],
            max_options=asked["options"]["maxItems"],
            max_concurrent_debates=settings.max_debates,
            rate_limit_per_minute=settings.rate_limit_per_minute,
        ),
    )


def answers(settings: Settings, *, is_strict: bool = False) -> Answers:
    problems = Problems(ERRORS, Redactor.of(settings.secrets()))
    return Answers(version=VERSION, problems=problems, is_strict=is_strict)


def rules(services: Services, *, is_strict: bool) -> Rules:
    settings = services.settings
    return Rules(
        stage=Stage(clock=services.clock, seats=services.seats),
        idempotency=Idempotency(services.db, services.clock, new_id()),
        answers=answers(settings, is_strict=is_strict),
        max_body_bytes=settings.max_body_bytes,
        headers=headers_of_sharing() | headers_of_usage(),
    )


def _probes(services: Services) -> tuple[Probe, ...]:
    async def list_debates() -> None:
        await services.debates.list("", Filter(), cursor=None, limit=1)

    async def schema_at_head() -> None:
        found = await current(services.db)
        if found != HEAD:
            raise RuntimeError(f"the schema is at {found}, not at {HEAD}")

    async def signing_key() -> None:
        if not services.receipts.seal.custody.loaded:
            raise RuntimeError("there is no signing key")

    return (
        Probe(name="database", look=works(list_debates)),
        Probe(name="schema", look=works(schema_at_head)),
        Probe(name="signing_key", look=works(signing_key)),
        Probe(name="log", look=_log(services)),
        Probe(name="disk", look=disk(services.settings.data_dir)),
        Probe(name="debates", look=_unowned(services)),
        *(() if services.settings.is_embedded else _peers(services)),
    )


def _log(services: Services) -> Callable[[], Awaitable[tuple[Health, str]]]:
    async def look() -> tuple[Health, str]:
        standing = await services.sequencer.standing()
        if standing.fault:
            log.error("the log stands still: %s", standing.fault)
            return "failed", "it stands still: what is stored is not what was signed"
        return "ok", f"{standing.waiting} leaves wait for a place"

    return look


def _unowned(services: Services) -> Callable[[], Awaitable[tuple[Health, str]]]:
    """Debates that stand still are somebody's to look after, but requests succeed."""

    async def look() -> tuple[Health, str]:
        async with services.db.read() as r:
            number = await count_unowned(r, services.settings.heartbeat_timeout_s)
        return ("degraded", f"{number} that nobody runs") if number else ("ok", "none left alone")

    return look


def _peers(services: Services) -> tuple[Probe, ...]:
    """What many processes share. Its absence slows all of them: no reason to send one away."""

    async def redis() -> tuple[Health, str]:
        if services.outside.broadcast.is_connected:
            return "ok", "connected"
        return "degraded", "away: streams poll, allowances are counted by process"

    async def workers() -> tuple[Health, str]:
        async with services.db.read() as r:
            is_there = await is_anybody_alive(r, services.settings.heartbeat_timeout_s)
        return ("ok", "alive") if is_there else ("degraded", "none alive: debates stay queued")

    return (Probe(name="redis", look=redis), Probe(name="workers", look=workers))
