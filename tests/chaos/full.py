"""The full mode on this machine: an API process, workers, PostgreSQL and Redis, each of which can
be taken away and brought back."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import attrs

from tests.chaos.oracle import Line
from tests.chaos.run import Run
from tests.fixtures import PostgresServer
from tests.redis_server import RedisServer
from tests.serving import Program

TIMEOUT_S = 3
QUEUE_TABLES = """
SELECT schemaname || '.' || tablename AS name FROM pg_tables
WHERE schemaname LIKE 'procrastinate%'
"""


@attrs.define(kw_only=True)
class Full(Run):
    postgres: PostgresServer
    redis: RedisServer
    started: int = 0

    def start(self, *, workers: int = 2) -> None:
        """The API first: it brings the schema to its head."""
        self.server.start()
        self.open_budget()
        self.watch()
        for _ in range(workers):
            self.start_worker()
        self.wait_for_workers()

    def start_worker(self, **more: str) -> Program:
        self.started += 1
        worker = Program(
            self.server.home,
            self.server.settings | more,
            command=("worker",),
            module=self.server.module,
            name=f"worker-{self.started}",
            sources=self.server.sources,
        )
        worker.launch()
        self.workers.append(worker)
        return worker

    def wait_for_workers(self) -> None:
        """Each one that was started has told the database that it lives."""
        pids = {worker.pid for worker in self.workers if worker.is_running}
        self.wait(lambda: pids <= self.beating(), "workers beat", within_s=60)

    def beating(self) -> set[int]:
        (rows,) = self.store.ask("SELECT pid FROM runners")
        return {row["pid"] for row in rows}

    def adopted_twice(self) -> int:
        (rows,) = self.store.ask("SELECT id FROM debates WHERE epoch > 1")
        return len(rows)

    def replace(self, worker: Program) -> Program:
        self.workers.remove(worker)
        return self.start_worker()

    def busiest(self) -> Program:
        """The worker with most calls under way, so that a kill does hit something."""
        log = self.log()
        alive = [worker for worker in self.workers if worker.is_running]
        return max(alive, key=lambda one: under_way(log, one.pid))

    def empty_queue(self) -> None:
        (tables,) = self.store.ask(QUEUE_TABLES)
        names = ", ".join(row["name"] for row in tables)
        if names:
            self.store.do(f"TRUNCATE {names} CASCADE")

    @contextmanager
    def without_postgres(self, seconds: float) -> Iterator[None]:
        """Gone when the block begins, and back some seconds later, when the block is left."""
        begin = time.monotonic()
        self.postgres.halt()
        try:
            yield
            time.sleep(max(0.0, begin + seconds - time.monotonic()))
        finally:
            self.postgres.go_on()


def under_way(log: Iterable[Line], pid: int) -> int:
    """How many calls this process has asked and not finished."""
    lines = [line for line in log if line.pid == pid]
    done = {(line.key, line.attempt) for line in lines if line.event == "DONE"}
    return sum((line.key, line.attempt) not in done for line in lines)
