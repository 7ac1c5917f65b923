"""Puts the server together. The only module that knows every slice."""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.util import find_spec

import anyio
import attrs
from starlette.applications import Starlette

from .agents.routes import AgentRoutes
from .agents.service import AgentRegistry, Offline
from .budgets.holding import HoldService
from .budgets.routes import BudgetRoutes
from .budgets.service import BudgetService
from .budgets.sweeper import sweep_for_ever
from .contract import models
from .contract.handlers import (
    AccountApi,
    AgentsApi,
    BudgetsApi,
    DebatesApi,
    ReceiptsApi,
    SystemApi,
)
from .contract.operations import ERRORS, OPERATIONS, VERSION
from .contract.schemas import schemas
from .debates.routes import DebateRoutes
from .debates.rules import protocol
from .debates.running.clerk import Clerk
from .debates.running.dispatch import LocalDispatch
from .debates.running.endings import Endings
from .debates.running.hearing import Pace
from .debates.running.proceedings import Proceedings
from .debates.running.runner import Runner
from .debates.service import DebateService
from .debates.store import Filter
from .debates.stream import DebateStream
from .kernel.bind import Rules, build
from .kernel.broadcast import LocalBroadcast
from .kernel.call import Contract
from .kernel.clock import Clock, system_clock
from .kernel.db import Database
from .kernel.drain import Drain
from .kernel.gate import Gate
from .kernel.http import Answers
from .kernel.idempotency import Idempotency
from .kernel.ids import NewId, new_id
from .kernel.limits import RateLimit
from .kernel.problem import Problems
from .kernel.streaming import Stage
from .migrations import HEAD, current, migrate
from .plugs import DebateAgents, DebateCosts, DebateReceipts
from .pricing import snapshot
from .pricing.service import PriceService, local_rates
from .receipts.routes import ReceiptRoutes
from .receipts.service import ReceiptService, Seal
from .receipts.signing import KeyStore
from .settings import Settings
from .system.model import About, Limits, Probe, ProtocolRef
from .system.routes import SystemRoutes
from .system.service import Readiness, disk, works
from .workspaces.keyring import Keyring
from .workspaces.routes import AccountRoutes
from .workspaces.service import WorkspaceService

Hook = Callable[["Services"], Awaitable[None]]


@attrs.frozen(kw_only=True)
class Services:
    """One server process without its HTTP: everything that tests and commands may want."""

    settings: Settings
    clock: Clock
    db: Database
    drain: Drain
    keyring: Keyring
    workspaces: WorkspaceService
    agents: AgentRegistry
    holds: HoldService
    budgets: BudgetService
    receipts: ReceiptService
    debates: DebateService
    stream: DebateStream
    dispatch: LocalDispatch


def build_services(
    settings: Settings, *, clock: Clock = system_clock, new_id: NewId = new_id
) -> Services:
    db = Database(settings.database_url)
    keyring = Keyring(db, clock, time.monotonic)
    prices = _prices(settings)
    holds = HoldService(prices=prices, now=clock, new_id=new_id)
    agents = _agents(settings, prices, clock)
    receipts = _receipts(settings, db, clock, new_id)
    clerk = Clerk(
        db=db, budgets=holds, costs=DebateCosts(holds), broadcast=LocalBroadcast(), now=clock
    )
    proceedings = Proceedings(clerk=clerk)
    endings = Endings(clerk=clerk, receipts=DebateReceipts(receipts))
    seats = DebateAgents(agents)
    dispatch = _dispatch(settings, proceedings, endings, seats)
    return Services(
        settings=settings,
        clock=clock,
        db=db,
        drain=Drain(),
        keyring=keyring,
        workspaces=WorkspaceService(db, clock, new_id, keyring),
        agents=agents,
        holds=holds,
        budgets=BudgetService(db=db, api_keys=keyring, now=clock, new_id=new_id),
        receipts=receipts,
        debates=DebateService(
            proceedings=proceedings,
            endings=endings,
            agents=seats,
            dispatch=dispatch,
            new_id=new_id,
        ),
        stream=DebateStream(clerk=clerk),
        dispatch=dispatch,
    )


def build_app(
    services: Services, *, validate_responses: bool = False, at_start: Hook | None = None
) -> Starlette:
    """`at_start` runs when the database is ready and before the first request is taken."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with running(services, at_start):
            yield

    routes = build(handlers(services), contract(), _rules(services, is_strict=validate_responses))
    return Starlette(routes=routes, lifespan=lifespan)


@asynccontextmanager
async def running(services: Services, at_start: Hook | None = None) -> AsyncIterator[None]:
    """Database at head, debates under way, books swept; and all of it put down again."""
    settings = services.settings
    async with AsyncExitStack() as stack:
        stack.push_async_callback(services.db.close)
        await migrate(services.db)
        if at_start is not None:
            await at_start(services)
        stack.push_async_callback(services.keyring.flush)
        chores = await stack.enter_async_context(anyio.create_task_group())
        stack.callback(chores.cancel_scope.cancel)
        chores.start_soon(sweep_for_ever, services.db, services.holds)
        chores.start_soon(services.keyring.flush_forever)
        await stack.enter_async_context(services.dispatch.open(drain_s=settings.drain_s))
        stack.callback(services.drain.begin)
        await services.debates.resume_unfinished()
        yield


def handlers(services: Services) -> tuple[object, ...]:
    """Typed one by one: a missing method is named by mypy before the server refuses to start."""
    debates: DebatesApi = DebateRoutes(debates=services.debates, stream=services.stream)
    receipts: ReceiptsApi = ReceiptRoutes(services.receipts)
    budgets: BudgetsApi = BudgetRoutes(services.budgets)
    agents: AgentsApi = AgentRoutes(services.agents)
    account: AccountApi = AccountRoutes(services.workspaces)
    system: SystemApi = SystemRoutes(
        readiness=Readiness(_probes(services), services.drain),
        about=about(services.settings),
        document=models.OpenapiDocument.model_validate(dict(schemas().document)),
    )
    return (debates, receipts, budgets, agents, account, system)


def contract() -> Contract:
    return Contract(
        version=VERSION,
        operations=OPERATIONS,
        schemas=schemas(),
        model=lambda name: getattr(models, name),
    )


def about(settings: Settings) -> About:
    """Limits are read from the contract itself, so that both always agree."""
    asked = schemas().document["components"]["schemas"]["DebateCreate"]["properties"]
    bundle = OPERATIONS["verifyReceipt"].body
    page = next(p for p in OPERATIONS["listDebates"].params if p.name == "limit")
    known = (protocol.load(name) for name in protocol.ids())
    return About(
        version=VERSION,
        capabilities=("providers",) if find_spec("pydantic_ai") else (),
        protocols=tuple(
            ProtocolRef(id=one.id, version=one.version, hash=one.hash) for one in known
        ),
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


def _rules(services: Services, *, is_strict: bool) -> Rules:
    settings = services.settings
    gate = Gate(
        authenticator=services.keyring,
        rate_limit=RateLimit(settings.rate_limit_per_minute, time.monotonic),
    )
    return Rules(
        stage=Stage(gate=gate, clock=services.clock, drain=services.drain),
        idempotency=Idempotency(services.db, services.clock, new_id()),
        answers=Answers(version=VERSION, problems=Problems(ERRORS), is_strict=is_strict),
        max_body_bytes=settings.max_body_bytes,
    )


def _receipts(settings: Settings, db: Database, clock: Clock, new_id: NewId) -> ReceiptService:
    keys = KeyStore(directory=settings.data_dir / "keys", now=clock)
    return ReceiptService(
        db=db,
        seal=Seal(origin=settings.public_url, keys=keys),
        now=clock,
        new_id=new_id,
        new_salt=lambda: secrets.token_bytes(16),
    )


def _dispatch(
    settings: Settings, proceedings: Proceedings, endings: Endings, agents: DebateAgents
) -> LocalDispatch:
    runner = Runner(
        proceedings=proceedings,
        endings=endings,
        agents=agents,
        pace=Pace(sleep=anyio.sleep, jitter=random.random),
        new_salt=lambda: secrets.token_urlsafe(16),
    )
    return LocalDispatch(runner.run, max_debates=settings.max_debates)


def _prices(settings: Settings) -> PriceService:
    rate_in, rate_out = settings.openai_compatible_rates
    own = local_rates(input_rate=rate_in, output_rate=rate_out)
    return PriceService(snapshot.load(), own)


def _agents(settings: Settings, prices: PriceService, clock: Clock) -> AgentRegistry:
    def is_priced(provider: str, model: str) -> bool:
        return prices.find(provider=provider, model=model, at=clock()) is not None

    return AgentRegistry(
        settings=settings.provider,
        is_priced=is_priced,
        team=settings.default_agents,
        offline=Offline(
            delay_s=settings.scripted_pace_s,
            slow_s=settings.scripted_slow_s,
            call_log=settings.scripted_log,
            record_to=settings.record_to,
        ),
    )


def _probes(services: Services) -> tuple[Probe, ...]:
    async def list_debates() -> None:
        await services.debates.list("", Filter(), cursor=None, limit=1)

    async def schema_at_head() -> None:
        found = await current(services.db)
        if found != HEAD:
            raise RuntimeError(f"the schema is at {found}, not at {HEAD}")

    async def signing_key() -> None:
        if not services.receipts.keys()["keys"]:
            raise RuntimeError("there is no signing key")

    return (
        Probe(name="database", look=works(list_debates)),
        Probe(name="schema", look=works(schema_at_head)),
        Probe(name="signing_key", look=works(signing_key)),
        Probe(name="disk", look=disk(services.settings.data_dir)),
    )
