"""One server process without its HTTP: what it is made of."""

from __future__ import annotations

import random
import secrets
import time
from typing import TYPE_CHECKING

import anyio
import attrs

from .agents.service import AgentRegistry, Offline
from .budgets.holding import HoldService
from .budgets.overrides import OverrideService
from .budgets.service import BudgetService
from .chores import keeper, kinds
from .debates.ports import Dispatch
from .debates.running.clerk import Clerk
from .debates.running.dispatch import LocalDispatch
from .debates.running.endings import Endings
from .debates.running.hearing import Pace
from .debates.running.journal import Journal
from .debates.running.proceedings import Proceedings
from .debates.running.process import DebateProcess
from .debates.running.runner import Runner
from .debates.service import DebateService
from .debates.stream import DebateLog, DebateStream
from .jobs.service import JobService
from .kernel.attempt import Kind, Workshop
from .kernel.broadcast import Broadcast
from .kernel.clock import Clock, system_clock
from .kernel.db import Database
from .kernel.drain import Drain
from .kernel.extras import needed
from .kernel.gate import Gate
from .kernel.hub import Hub
from .kernel.ids import NewId, new_id
from .kernel.outbox import Outbox
from .kernel.runners import Heartbeat
from .kernel.seats import Seats
from .kernel.working import JobLoop
from .messengers import Messengers
from .outside import Outside, reach_out
from .plugs import DebateAgents, DebateCosts, DebateReceipts, ReceiptCosts
from .pricing import snapshot
from .pricing.service import PriceService, local_rates
from .receipts.keeping.everywhere import EverywhereService
from .receipts.keeping.expiry import RetentionService
from .receipts.keeping.service import KeepingService
from .receipts.log.sequencer import Sequencer
from .receipts.safe import Safe
from .receipts.seal import Seal
from .receipts.service import ReceiptService
from .receipts.sharing.service import SharingService
from .receipts.signing import KeyStore
from .settings import Settings
from .system.door import MetricsDoor
from .usage.service import UsageService
from .usage_plugs import UsageBudgets, UsageDebates, UsageLedger
from .workspaces.keyring import Keyring
from .workspaces.service import WorkspaceService

if TYPE_CHECKING:
    from .debates.running.carried import CarriedDispatch


SHARED = frozenset({"openSharedReceipt", "openSharedUsage"})


@attrs.frozen(kw_only=True)
class Services:
    """One server process without its HTTP: everything that tests and commands may want."""

    settings: Settings
    clock: Clock
    outside: Outside
    drain: Drain
    seats: Seats
    heartbeat: Heartbeat
    keyring: Keyring
    workspaces: WorkspaceService
    agents: AgentRegistry
    holds: HoldService
    budgets: BudgetService
    receipts: ReceiptService
    sequencer: Sequencer
    debates: DebateService
    stream: DebateStream
    debate_process: DebateProcess
    queue: CarriedDispatch | None
    outbox: Outbox
    messengers: Messengers
    job_loop: JobLoop

    @property
    def db(self) -> Database:
        return self.outside.db

    @property
    def prices(self) -> PriceService:
        return _prices(self.settings)

    @property
    def jobs(self) -> JobService:
        return JobService(
            db=self.db, workspaces=self.workspaces, outbox=self.outbox, now=self.clock
        )

    @property
    def sharing(self) -> SharingService:
        own = self.receipts
        return SharingService(
            db=own.db, bundles=own, public_url=own.seal.origin, now=own.now, new_id=own.new_id
        )

    @property
    def usage(self) -> UsageService:
        return UsageService(
            db=self.db,
            ledger=UsageLedger(),
            debates=UsageDebates(),
            budgets=UsageBudgets(),
            now=self.clock,
        )

    @property
    def overrides(self) -> OverrideService:
        told = self.messengers
        return OverrideService(db=self.db, notices=told, now=self.clock, new_id=self.outbox.new_id)

    @property
    def retention(self) -> RetentionService:
        return keeper(RetentionService, self.db, self.outbox, self.holds)

    @property
    def keeping(self) -> KeepingService:
        return keeper(KeepingService, self.db, self.outbox, self.holds)

    @property
    def everywhere(self) -> EverywhereService:
        return EverywhereService(keeping=self.keeping, outbox=self.outbox)


def build_services(
    settings: Settings, *, clock: Clock = system_clock, new_id: NewId = new_id
) -> Services:
    outside = reach_out(settings)
    db, broadcast = outside.db, outside.broadcast
    keyring = Keyring(db, clock, time.monotonic, broadcast)
    prices = _prices(settings)
    agents = _agents(settings)
    receipts = _receipts(settings, db, clock, new_id)
    drain, heartbeat, queue = Drain(), _heartbeat(settings, db), _queue(settings)
    outbox = Outbox(broadcast=broadcast, now=clock, new_id=new_id)
    messengers = Messengers.of(settings, db, outbox, receipts.seal.keys.sealing_key)
    holds = HoldService(prices=prices, alerts=messengers.alerts, now=clock, new_id=new_id)
    journal, costs = Journal(budgets=holds, now=clock), DebateCosts(holds)
    clerk = Clerk(db=db, journal=journal, costs=costs, broadcast=broadcast, pulse=heartbeat)
    runner = _runner(clerk, DebateReceipts(receipts, holds, broadcast), agents)
    process = _debate_process(settings, runner, queue, drain)
    chores = kinds(receipts, messengers, holds, clerk, queue)
    return Services(
        settings=settings,
        clock=clock,
        outside=outside,
        drain=drain,
        seats=_seats(settings, drain, keyring, outside),
        heartbeat=heartbeat,
        keyring=keyring,
        workspaces=WorkspaceService(db, clock, new_id, keyring),
        agents=agents,
        holds=holds,
        budgets=_budgets(db, keyring, clock, new_id),
        receipts=receipts,
        sequencer=Sequencer.of(receipts.seal, db=db, broadcast=broadcast),
        debates=_debates(process, new_id),
        stream=_stream(db, broadcast),
        debate_process=process,
        queue=queue,
        outbox=outbox,
        messengers=messengers,
        job_loop=_job_loop(outbox, chores, db, heartbeat, drain),
    )


def _budgets(db: Database, keyring: Keyring, clock: Clock, new_id: NewId) -> BudgetService:
    return BudgetService(db=db, api_keys=keyring, receipts=ReceiptCosts(), now=clock, new_id=new_id)


def _seats(settings: Settings, drain: Drain, keyring: Keyring, outside: Outside) -> Seats:
    doors = {"getMetrics": MetricsDoor(settings.metrics_token).check}
    return Seats(
        drain=drain,
        gate=Gate(authenticator=keyring, rate_limit=outside.allowances, doors=doors, costly=SHARED),
        most=settings.max_streams,
        most_a_key=settings.max_streams_per_key,
    )


def _stream(db: Database, broadcast: Broadcast) -> DebateStream:
    debates = DebateLog(db)
    return DebateStream(log=debates, hub=Hub(debates, broadcast))


def _debates(process: DebateProcess, new_id: NewId) -> DebateService:
    runner = process.runner
    return DebateService(
        clerk=runner.proceedings.clerk,
        endings=runner.endings,
        agents=runner.agents,
        dispatch=process.dispatch,
        new_id=new_id,
    )


def _debate_process(
    settings: Settings, runner: Runner, queue: Dispatch | None, drain: Drain
) -> DebateProcess:
    here = LocalDispatch(max_debates=settings.max_debates)
    return DebateProcess(
        runner=runner, here=here, dispatch=queue or here, drain=drain, beat_s=settings.heartbeat_s
    )


def _queue(settings: Settings) -> CarriedDispatch | None:
    """Between processes; within one, debates need no carrying."""
    if settings.is_embedded:
        return None
    needed("procrastinate", extra="full", by="PostgreSQL")
    needed("psycopg", extra="full", by="PostgreSQL")
    from .debates.running.carried import CarriedDispatch

    return CarriedDispatch(settings.database_url, max_debates=settings.max_debates)


def _heartbeat(settings: Settings, db: Database) -> Heartbeat:
    """With a connection of its own: it must not stand in line behind units that wait for locks."""
    own = None if settings.is_embedded else Database(settings.database_url, pg_pool=1)
    beat_s, timeout_s = settings.heartbeat_s, settings.heartbeat_timeout_s
    return Heartbeat(db=own or db, every_s=beat_s, timeout_s=timeout_s, owns_db=own is not None)


def _job_loop(
    outbox: Outbox, kinds: dict[str, Kind], db: Database, heartbeat: Heartbeat, drain: Drain
) -> JobLoop:
    shop = Workshop(
        db=db,
        outbox=outbox,
        kinds=kinds,
        pulse=heartbeat,
        drain=drain,
        now=outbox.now,
        chance=random.random,
    )
    return JobLoop(shop)


def _receipts(settings: Settings, db: Database, clock: Clock, new_id: NewId) -> ReceiptService:
    safe = Safe(passphrase=settings.key_passphrase) if settings.key_passphrase else None
    keys = KeyStore(directory=settings.data_dir / "keys", now=clock, safe=safe)
    keys.protect()
    return ReceiptService(
        db=db,
        seal=Seal(origin=settings.public_url, keys=keys, new_salt=lambda: secrets.token_bytes(16)),
        now=clock,
        new_id=new_id,
    )


def _runner(clerk: Clerk, receipts: DebateReceipts, agents: AgentRegistry) -> Runner:
    return Runner(
        proceedings=Proceedings(clerk=clerk),
        endings=Endings(clerk=clerk, receipts=receipts),
        agents=DebateAgents(agents),
        pace=Pace(
            sleep=anyio.sleep, jitter=random.random, new_salt=lambda: secrets.token_urlsafe(16)
        ),
    )


def _prices(settings: Settings) -> PriceService:
    rate_in, rate_out = settings.openai_compatible_rates
    own = local_rates(input_rate=rate_in, output_rate=rate_out)
    return PriceService(snapshot.load(), own)


def _agents(settings: Settings) -> AgentRegistry:
    return AgentRegistry(
        settings=settings.provider,
        team=settings.default_agents,
        offline=Offline(
            delay_s=settings.scripted_pace_s,
            slow_s=settings.scripted_slow_s,
            call_log=settings.scripted_log,
            record_to=settings.record_to,
        ),
    )
