"""Reports over a month of a million settled calls, on both databases.

The rows are made inside the database: what is measured is reading them. The last minute's calls are
left unsummed, as they are on a running server.
"""

from __future__ import annotations

import statistics
import time
from datetime import UTC, date, datetime

from aragora_server import starting
from aragora_server.kernel.db import Database
from aragora_server.usage.calendar import Days
from aragora_server.usage.report import GroupBy
from aragora_server.usage.rolling import Roller, Sources
from aragora_server.usage.service import Asked, UsageService
from aragora_server.usage_plugs import UsageBudgets, UsageDebates, UsageLedger
from sqlalchemy import text

from bench import databases

CALLS, A_DEBATE, MODELS, KEYS = 1_000_000, 10, 4, 3
MONTH_MS = 30 * 86_400_000
UNSUMMED, ASKED = 1_000, 50
SUMMED_AT_ONCE = 5_000
WORKSPACE = "00000000-0000-7000-8000-0000000000aa"
ASKED_BY: tuple[GroupBy, ...] = ("day", "model", "agent", "debate")

SPELT = {
    "sqlite": {
        "id": "printf('%08x-0000-7000-8000-%012x', {kind}, {no})",
        "at": "strftime('%Y-%m-%d %H:%M:%f', 1793491200 + {ms} / 1000.0, 'unixepoch') || '000'",
        "json": "{json}",
    },
    "postgresql": {
        "id": "lpad(to_hex({kind}), 8, '0') || '-0000-7000-8000-' || lpad(to_hex({no}), 12, '0')",
        "at": "to_timestamp(1793491200 + ({ms}) / 1000.0)",
        "json": "CAST({json} AS jsonb)",
    },
}
USAGE = '\'{"input": 900, "cache_read": 100, "output": 300, "reasoning": 50}\''
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :last)"
DEBATES = """INSERT INTO debates (id, workspace_id, created_by, question, options, answer_kind,
    protocol_id, protocol_version, protocol_sha256, agents, seed, cost_bound_micro_usd, deadline_at,
    status, stop_reason, tags, dissents, warnings, last_seq, created_at, updated_at, ended_at)
    {numbers} SELECT {debate}, '{workspace}', {key}, 'Ship on Friday?', {none}, 'options',
    CASE i % 2 WHEN 0 THEN 'escalate' ELSE 'vote' END, 1, 'x', {none}, 0, 1, {began}, 'concluded',
    'agreement', {none}, {none}, {none}, 1, {began}, {began}, {began} FROM n"""
HOLDS = """INSERT INTO holds (id, workspace_id, debate_id, agent, provider, model, round, call_no,
    attempt, amount_micro_usd, price_terms, price_version, state, cost_micro_usd, created_at,
    expires_at) {numbers} SELECT {hold}, '{workspace}', {debate_of_call}, {agent}, 'p', {model}, 0,
    i % {a_debate}, 1, 900, {terms}, 'v', 'settled', 700, {at}, {at} FROM n"""
ENTRIES = """INSERT INTO ledger_entries (id, at, workspace_id, debate_id, hold_id, agent, provider,
    model, kind, amount_micro_usd, "usage", usage_source, price_version) {numbers} SELECT {entry},
    {at}, '{workspace}', {debate_of_call}, {hold}, {agent}, 'p', {model}, 'settle', 700 + i % 7,
    {used}, 'reported', 'v' FROM n"""
FILLS = ((CALLS // A_DEBATE, DEBATES), (CALLS, HOLDS), (CALLS, ENTRIES))


def measure() -> dict[str, float]:
    return databases.on_both(_reported)


async def _reported(db: Database) -> dict[str, float]:
    began = time.perf_counter()
    await _fill(db)
    print(f"  {CALLS} calls made in {time.perf_counter() - began:.0f} s", flush=True)
    told = {"sums of a million calls made (s)": await _summed(db)}
    usage = UsageService(
        db=db,
        ledger=UsageLedger(),
        debates=UsageDebates(),
        budgets=UsageBudgets(),
        now=lambda: datetime(2026, 11, 30, 23, 59, tzinfo=UTC),
    )
    starting.settle()  # as a server does
    for by in ASKED_BY:
        took = await _asked(usage, by)
        told[f"a month by {by}: p50 (ms)"] = round(statistics.median(took) * 1000)
        told[f"a month by {by}: p99 (ms)"] = round(sorted(took)[-1] * 1000)
    return told


async def _fill(db: Database) -> None:
    spelt = SPELT[db.dialect]

    def of(kind: int, no: str) -> str:
        return spelt["id"].format(kind=kind, no=no)

    a_call = MONTH_MS / CALLS
    words = {
        "numbers": NUMBERS,
        "workspace": WORKSPACE,
        "a_debate": A_DEBATE,
        "debate": of(1, "i"),
        "debate_of_call": of(1, f"i / {A_DEBATE}"),
        "hold": of(2, "i"),
        "entry": of(3, "i"),
        "key": of(4, f"i % {KEYS}"),
        "agent": f"'agent-' || (i % {MODELS})",
        "model": f"'model-' || (i % {MODELS})",
        "at": spelt["at"].format(ms=f"i * {a_call}"),
        "began": spelt["at"].format(ms=f"i * {a_call * A_DEBATE}"),
        "none": spelt["json"].format(json="'[]'"),
        "terms": spelt["json"].format(json="'{}'"),
        "used": spelt["json"].format(json=USAGE),
    }
    for number, fill in FILLS:
        async with db.begin() as tx:
            await tx.execute(text(_plain(fill.format(**words))), {"last": number - 1})
    if db.dialect == "postgresql":
        async with db.begin() as tx:
            await tx.execute(text("ANALYZE"))


def _plain(statement: str) -> str:
    """No colon but that of `:last` is a parameter."""
    return statement.replace(":", r"\:").replace(r"\:last", ":last")


async def _summed(db: Database) -> float:
    """All but the newest."""
    sources = Sources(ledger=_Behind(), debates=UsageDebates())
    began = time.perf_counter()
    await Roller(db=db, sources=sources, at_once=SUMMED_AT_ONCE).roll()
    return round(time.perf_counter() - began, 1)


class _Behind(UsageLedger):
    async def settled_until(self, db: Database) -> int | None:
        newest = await super().settled_until(db)
        return newest and newest - UNSUMMED


async def _asked(usage: UsageService, by: GroupBy) -> list[float]:
    days = Days(first=date(2026, 11, 1), last=date(2026, 11, 30), timezone="America/New_York")
    took = []
    for _ in range(ASKED):
        began = time.perf_counter()
        told = await usage.report(WORKSPACE, Asked(days=days, group_by=by, top=100))
        took.append(time.perf_counter() - began)
    assert told.total.calls > CALLS * 0.98, told.total
    return took
