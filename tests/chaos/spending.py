"""Two hundred debates want the last money of a month, over the midnight that brings the next."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import attrs
from aragora import Aragora
from aragora.errors import Conflict, ConnectionFailed
from aragora.types import Budget, Debate
from aragora.types.errors import BudgetExceeded

from tests.chaos import start
from tests.chaos.run import ASK, Run
from tests.mail_server import MailServer
from tests.receiver import Receiver

DAY_OF_CHANGE = {
    # The clock goes forward at 2:00 on September 27, back at 2:00 on November 1.
    "Pacific/Auckland": (27, datetime(2026, 9, 26, 12, tzinfo=UTC)),
    "America/New_York": (1, datetime(2026, 11, 1, 4, tzinfo=UTC)),
}
"""The day of the month on which each budget begins anew, and the instant of that midnight."""
BEFORE = timedelta(minutes=10)
STYLES = ("careful", "contrarian", "flaky")
AGENTS = [
    {"model": f"scripted:{style}", "name": style, "max_output_tokens": 300} for style in STYLES
]
MUCH = "Much to read. " * 4000
"""A debate with this context costs as much as twenty others."""
PACE_S, NO_LIMIT, AGAIN_AFTER_S, WATCH_S = "0.1", "1000", 1.0, 0.05
PERIODS = """
SELECT id, budget_id, starts_at, ends_at, ceiling_micro_usd, grandfathered_micro_usd,
       spent_micro_usd, held_micro_usd, overage_micro_usd
FROM budget_periods ORDER BY starts_at
"""
UNTOLD = "SELECT id FROM jobs WHERE kind LIKE 'send_%' AND state <> 'done'"


@attrs.define(kw_only=True)
class Spending:
    """Users who ask until they are admitted or the fight is over, and what became of it."""

    run: Run
    zone: str
    chance: random.Random
    mail: MailServer
    hook: Receiver
    client: Aragora | None = None
    budget: Budget = attrs.field(init=False)
    refusals: list[BudgetExceeded] = attrs.field(factory=list)
    most: dict[str, int] = attrs.field(factory=dict)
    is_over: Event = attrs.field(factory=Event)

    @property
    def clock(self) -> Path:
        return self.run.server.home / "clock"

    @property
    def midnight(self) -> datetime:
        return DAY_OF_CHANGE[self.zone][1]

    def prepare(self) -> None:
        """Every process starts ten minutes before the midnight, and books each call twice. The
        first letter and the first message to the endpoint are refused."""
        self.set_clock(self.midnight - BEFORE)
        self.run.server.module = "tests.chaos.start"
        self.run.server.settings |= {start.CLOCK: str(self.clock), start.SETTLE_TWICE: "yes"}
        self.run.server.settings |= {
            "ARAGORA_SCRIPTED_PACE_S": PACE_S,
            "ARAGORA_SMTP_URL": f"smtp+plain://127.0.0.1:{self.mail.port}",
            "ARAGORA_MAIL_FROM": "aragora@example.com",
            "ARAGORA_WEBHOOK_TARGETS": "any",
        }
        self.mail.answers.append("451 not now")
        self.hook.answers.append(503)

    @property
    def api(self) -> Aragora:
        assert self.client is not None, "the server has not started"
        return self.client

    def close(self) -> None:
        if self.client is not None:
            self.client.close()

    def set_clock(self, to: datetime) -> None:
        moved = self.clock.with_suffix(".new")
        moved.write_text(str((to - datetime.now(UTC)).total_seconds()))
        moved.replace(self.clock)

    def spend_most(self, *, worth: int) -> None:
        """Of a limit that pays for about so many debates, a twentieth is left for the users."""
        self.client = self.run.client()
        anchor_day, _ = DAY_OF_CHANGE[self.zone]
        made = self.api.budgets.create(
            name="team",
            limit_usd=NO_LIMIT,
            timezone=self.zone,
            anchor_day=anchor_day,
            notify={"emails": ["team@example.com"], "webhooks": True},
        )
        self.api.webhooks.create(url=self.hook.url)
        one = self.spend()
        while self.spent(made) < worth * one * 19 // 20:
            self.spend(context=MUCH)
        limit = self.spent(made) * 20 // 19
        self.budget = self.api.budgets.update(made.id, limit_usd=usd(limit))

    def spend(self, **changes: Any) -> int:
        """Micro-USD that one debate costs, alone."""
        debate = self.open(**changes)
        self.run.wait(lambda: self.is_ended(debate), "the debate ends")
        return micro(self.api.debates.get(debate.id).usage.cost_usd)

    def spent(self, budget: Budget) -> int:
        return micro(self.api.budgets.get(budget.id).spent_usd)

    def is_ended(self, debate: Debate) -> bool:
        return self.api.debates.get(debate.id).status not in {"queued", "running"}

    def open(self, **changes: Any) -> Debate:
        asked = {**ASK, "agents": AGENTS, "seed": self.chance.randrange(2**32), **changes}
        made = self.api.debates.create(**asked)
        self.run.opened.append(made.id)
        return made

    @contextmanager
    def users(self, number: int) -> Iterator[None]:
        """They ask, are refused and ask again, until the block is left."""
        with ThreadPoolExecutor(number + 1) as pool:
            watching = pool.submit(self.watch)
            asking = [pool.submit(self.ask, no) for no in range(number)]
            try:
                yield
            finally:
                self.is_over.set()
            for one in (*asking, watching):
                one.result()

    def ask(self, no: int) -> None:
        while not self.is_over.is_set():
            try:
                debate = self.open()
            except BudgetExceeded as refusal:
                self.refusals.append(refusal)
                self.is_over.wait(AGAIN_AFTER_S)
                continue
            if no % 10 == 0:
                self.cancel(debate)
            return

    def cancel(self, debate: Debate) -> None:
        """At some moment of its life, or when it is over already."""
        time.sleep(self.chance.uniform(0, 0.5))
        while True:
            try:
                self.api.debates.cancel(debate.id)
            except ConnectionFailed:
                continue
            except Conflict:
                pass
            return

    def watch(self) -> None:
        """What each period has taken at most, at any moment that was looked at."""
        while not self.is_over.wait(WATCH_S):
            for period in self.periods():
                self.most[period["id"]] = max(self.most.get(period["id"], 0), taken(period))

    def periods(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.run.store.ask(PERIODS)[0]
        return [row for row in found if row["budget_id"] == self.budget.id]

    def use_up(self) -> BudgetExceeded:
        """One debate after the other, until there is no money for the first round of a next."""
        self.open_until_refused(context=MUCH)
        return self.open_until_refused()

    def open_until_refused(self, **changes: Any) -> BudgetExceeded:
        while True:
            try:
                self.spend(**changes)
            except BudgetExceeded as refusal:
                return refusal

    def wait_until_told(self) -> None:
        """Nobody is left who has not been told."""
        self.run.wait(lambda: not self.run.store.ask(UNTOLD)[0], "all are told")

    def problems(self) -> list[Mapping[str, Any]]:
        return [json.loads(refusal.body) for refusal in self.refusals]


def taken(period: Mapping[str, Any]) -> int:
    return int(period["spent_micro_usd"] + period["held_micro_usd"] + period["overage_micro_usd"])


def micro(amount: str) -> int:
    whole, _, part = amount.partition(".")
    return int(whole) * 1_000_000 + int(part.ljust(6, "0"))


def usd(micro_usd: int) -> str:
    return f"{micro_usd // 1_000_000}.{micro_usd % 1_000_000:06d}"
