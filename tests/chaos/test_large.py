"""A server whose database holds a million events does not hold up its loop with any statement."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import attrs
import httpx2
from aragora_server.app import build_app
from aragora_server.services import build_services
from aragora_server.settings import Settings

from tests.chaos.large import copy_debate
from tests.chaos.run import Run

EVENTS, TIMES, MOST_MS = 1_000_000, 4, 5.0
SINGLE = ("", "/events?limit=200", "/transcript")
LISTS = (
    *("/v1/debates?limit=50", "/v1/debates?limit=200", "/v1/debates?status=concluded&limit=200"),
    *("/v1/debates?status=failed", "/v1/debates?protocol=independent_vote"),
    *("/v1/debates?question=nobody+asked", "/v1/receipts?limit=200", "/v1/budgets?limit=200"),
    *("/v1/jobs?limit=200", "/v1/api-keys?limit=200", "/readyz", "/metrics"),
)


@attrs.define
class Stopwatch:
    """What each statement in the loop took of its thread, at best: what else the machine does and
    what the disk has to find does not count. By what was asked, for texts are shared."""

    loop: int
    asked: str = ""
    taken_ms: dict[tuple[str, str], float] = attrs.field(factory=dict)

    def note(self, sql: str, began: float) -> None:
        if threading.get_ident() == self.loop:
            took = (time.thread_time() - began) * 1000
            key = (self.asked, sql)
            self.taken_ms[key] = min(took, self.taken_ms.get(key, took))

    def slowest(self) -> tuple[float, str, str]:
        return max((ms, asked, sql[:4000]) for (asked, sql), ms in self.taken_ms.items())


@contextmanager
def timed(watch: Stopwatch) -> Iterator[None]:
    """Every statement of every connection that is opened meanwhile."""

    class Cursor(sqlite3.Cursor):
        def execute(self, sql: str, *values: Any) -> Any:
            self._sql, began = sql, time.thread_time()
            done = super().execute(sql, *values)
            watch.note(sql, began)
            return done

        def fetchall(self) -> list[Any]:
            began = time.thread_time()
            rows = super().fetchall()
            watch.note(f"rows of {self._sql}", began)
            return rows

    class Connection(sqlite3.Connection):
        def cursor(self, factory: Any = Cursor) -> Any:
            return super().cursor(factory)

    original = sqlite3.connect
    sqlite3.dbapi2.connect = lambda *to, **how: original(*to, **how, factory=Connection)  # type: ignore[assignment]
    try:
        yield
    finally:
        sqlite3.dbapi2.connect = original  # type: ignore[assignment]


def test_no_statement_in_the_loop_is_long_at_a_million_events(
    embedded: Run, tell: Callable[..., None]
) -> None:
    embedded.server.start()
    embedded.open_budget()
    embedded.open(1)
    embedded.finish()
    assert embedded.server.terminate() == 0
    copies = copy_debate(embedded.server.home / "data" / "aragora.db", events=EVENTS)
    watch = Stopwatch(loop=threading.get_ident())

    with timed(watch):
        asyncio.run(ask_for_everything(embedded, watch))

    ms, asked, sql = watch.slowest()
    tell(embedded, copies=copies, statements=len(watch.taken_ms), slowest=[round(ms, 2), asked])
    assert {"/v1/debates?limit=50", "create"} <= {asked for asked, _ in watch.taken_ms}
    assert ms <= MOST_MS, (asked, sql)


async def ask_for_everything(run: Run, watch: Stopwatch) -> None:
    settings = Settings.from_env(run.server.environment())
    app = build_app(build_services(settings))
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=app),
            base_url=run.server.url,
            headers={"authorization": f"Bearer {run.server.api_key}"},
            timeout=60,
        ) as client,
    ):
        for path in TIMES * await paths(client):
            watch.asked = path
            await read(client, path)
        for _ in range(TIMES):
            watch.asked = "create"
            await debate_to_its_end(client)


async def paths(client: httpx2.AsyncClient) -> list[str]:
    (budget,) = (await client.get("/v1/budgets")).json()["items"]
    debate = (await client.get("/v1/debates?limit=50")).json()["items"][-1]
    one = [f"/v1/debates/{debate['id']}{of}" for of in SINGLE]
    receipt = f"/v1/receipts/{debate['receipt_id']}"
    ledger = f"/v1/budgets/{budget['id']}/ledger?limit=200"
    return [*LISTS, *one, receipt, f"{receipt}/bundle", ledger]


async def read(client: httpx2.AsyncClient, path: str) -> None:
    """With the page after the first one, where there is one."""
    answer = await client.get(path)
    assert answer.status_code == 200, (path, answer.text)
    is_page = path.startswith("/v1") and "?" in path
    if is_page and (cursor := json.loads(answer.content)["next_cursor"]):
        assert (await client.get(path, params={"cursor": cursor})).status_code == 200


async def debate_to_its_end(client: httpx2.AsyncClient) -> None:
    made = await client.post("/v1/debates", json={"question": "Ship on Friday?"})
    assert made.status_code == 202, made.text
    where = f"/v1/debates/{made.json()['id']}"
    while (await client.get(where)).json()["status"] in ("queued", "running"):
        await asyncio.sleep(0.1)
