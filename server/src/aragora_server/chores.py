"""What a server does in the background, beside debates."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from .budgets.holding import HoldService
from .budgets.sweeper import Sweeper
from .debates.running.clerk import Clerk
from .kernel.attempt import Kind
from .kernel.db import Database
from .kernel.idempotency import forget_expired
from .kernel.jobs import forget_done
from .kernel.outbox import Outbox
from .messengers import Messengers
from .plugs import DebateMemory, DebatesBeside
from .receipts.exports.making import ExportMaker
from .receipts.keeping.everywhere import ERASE_PARTICIPANT, EverywhereService
from .receipts.keeping.expiry import RetentionService
from .receipts.keeping.service import KeepingService
from .receipts.service import ReceiptService
from .usage.rolling import Roller, Sources
from .usage_plugs import UsageDebates, UsageLedger

if TYPE_CHECKING:
    from .debates.running.carried import CarriedDispatch

Keeper = TypeVar("Keeper", RetentionService, KeepingService)


def keeper(kind: type[Keeper], db: Database, outbox: Outbox, holds: HoldService) -> Keeper:
    return kind(
        db=db,
        memory=DebateMemory(holds),
        broadcast=outbox.broadcast,
        now=outbox.now,
        new_id=outbox.new_id,
    )


def roller(db: Database) -> Roller:
    return Roller(db=db, sources=Sources(ledger=UsageLedger(), debates=UsageDebates()))


def kinds(
    receipts: ReceiptService,
    messengers: Messengers,
    holds: HoldService,
    clerk: Clerk,
    queue: CarriedDispatch | None,
) -> dict[str, Kind]:
    """All of it, by the name of its kind."""
    db, outbox = receipts.db, messengers.outbox
    now = outbox.now
    retention = keeper(RetentionService, db, outbox, holds)
    keeping = keeper(KeepingService, db, outbox, holds)
    sweeper = Sweeper(db=db, holds=holds, debates=DebatesBeside(clerk))
    everywhere = EverywhereService(keeping=keeping, outbox=outbox)
    known = {
        **ExportMaker.of(receipts).kinds,
        **messengers.kinds,
        "delete_expired_receipts": Kind(run=lambda _: retention.delete_expired(), every_s=86_400),
        "forget_expired_debates": Kind(run=lambda _: retention.forget_debates(), every_s=86_400),
        ERASE_PARTICIPANT: Kind(run=lambda job: everywhere.run(job.subject or ""), limit_s=3600),
        "sweep_holds": Kind(run=lambda _: sweeper.sweep(), every_s=30),
        "sum_usage": Kind(run=lambda _: roller(db).roll(), every_s=15),
        "forget_done_jobs": Kind(run=lambda _: forget_done(db, now()), every_s=3600),
        "forget_idempotency_records": Kind(run=lambda _: forget_expired(db, now()), every_s=3600),
    }
    if queue is not None:
        known["sweep_queue"] = Kind(run=lambda _: queue.sweep(), every_s=300)
    return known
