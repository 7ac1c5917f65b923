"""Many processes issue receipts, some of them die at any moment: there is one log."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest
from aragora import receipts as offline
from aragora.receipts import merkle
from aragora.receipts.note import Note
from aragora.receipts.proof import Checkpoint
from aragora_server.services import Services, build_services
from aragora_server.settings import Settings

from tests.chaos.conftest import MINUTES, SEED
from tests.chaos.issuer import WORKSPACE
from tests.chaos.tables import Store
from tests.fixtures import PostgresServer
from tests.serving import Program

RECEIPTS = min(10_000, int(MINUTES * 2_000))
LONGEST_S = 120 + RECEIPTS // 10
LOG_CHECKS = ("leaf", "inclusion", "checkpoint")
ENTRIES = "SELECT shard, idx, kind, leaf_id, entry FROM entries ORDER BY shard, idx"
CHECKPOINTS = "SELECT shard, size, note FROM checkpoints ORDER BY shard, size"


@attrs.define
class Issuers:
    """Processes on one database, with one directory of keys."""

    home: Path
    url: str
    programs: list[Program] = attrs.field(factory=list)

    @property
    def settings(self) -> dict[str, str]:
        return {
            "ARAGORA_DATABASE_URL": self.url,
            "ARAGORA_DATA_DIR": str(self.home / "data"),
            "ARAGORA_CREDENTIALS": str(self.home / "credentials.json"),
        }

    def start(self, count: int) -> None:
        for _ in range(count):
            name = f"issuer-{len(self.programs)}"
            program = Program(
                self.home,
                self.settings,
                module="tests.chaos.issuer",
                command=(str(self.home / f"{name}.ids"),),
                name=name,
            )
            program.launch()
            self.programs.append(program)

    def issued(self) -> list[str]:
        """What they know to be committed; a last line that was cut off is nothing known."""
        texts = [path.read_text() for path in self.home.glob("*.ids")]
        return [line for text in texts for line in text.splitlines(keepends=True) if "\n" in line]

    def until(self, is_so: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + LONGEST_S
        while not is_so():
            assert time.monotonic() < end, f"{what}\n{self.logs()}"
            time.sleep(0.05)

    def logs(self) -> str:
        return "\n".join(program.log[-2_000:] for program in self.programs)


@pytest.fixture
def on_postgres(tmp_path: Path, postgres: PostgresServer) -> Iterator[Issuers]:
    name = postgres.create()
    issuers = Issuers(tmp_path, postgres.url(name))
    yield issuers
    for program in issuers.programs:
        program.stop()
    postgres.drop(name)


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[Issuers]:
    issuers = Issuers(tmp_path, f"sqlite:///{tmp_path}/data/aragora.db")
    yield issuers
    for program in issuers.programs:
        program.stop()


def test_four_processes_of_which_two_are_killed_write_one_log(
    on_postgres: Issuers, chance: random.Random
) -> None:
    issuers = on_postgres
    issuers.start(4)

    for share in sorted(chance.sample(range(10, 90), 2)):
        issuers.until(
            lambda share=share: len(issuers.issued()) > RECEIPTS * share // 100, "they issue"
        )
        chance.choice([one for one in issuers.programs if one.is_running]).kill()
    issuers.until(lambda: len(issuers.issued()) >= RECEIPTS, "they issue")

    assert_is_one_log(issuers)


def test_one_process_on_sqlite_that_is_killed_twice_writes_one_log(
    on_sqlite: Issuers, chance: random.Random
) -> None:
    issuers = on_sqlite
    for share in (*sorted(chance.sample(range(10, 90), 2)), 100):
        issuers.start(1)
        issuers.until(
            lambda share=share: len(issuers.issued()) >= RECEIPTS * share // 100, "it issues"
        )
        if share < 100:
            issuers.programs[-1].kill()

    assert_is_one_log(issuers)


def assert_is_one_log(issuers: Issuers) -> None:
    for program in issuers.programs:
        if program.is_running:
            assert program.terminate() == 0, program.log
    services = build_services(Settings.from_env({"HOME": str(issuers.home), **issuers.settings}))
    told = {line.strip() for line in issuers.issued()}
    asyncio.run(judge(services, Store(issuers.url), told))


async def judge(services: Services, store: Store, told: set[str]) -> None:
    try:
        # What was issued last may still wait.
        for signer in services.receipts.seal.keys.log_keys():
            while await services.sequencer.advance(signer):
                pass
        await asyncio.to_thread(assert_every_receipt_is_one_leaf, store, told)
        keys = await services.receipts.published.pinned()
        kept = await asyncio.to_thread(store.ask, "SELECT id FROM receipts")
        for row in kept[0]:
            bundle = await services.receipts.bundle(WORKSPACE, row["id"])
            found = offline.verify(bundle, keys=keys)
            results = {check.name: check.result for check in found.checks}
            assert [results[name] for name in LOG_CHECKS] == ["pass"] * 3, (SEED, results)
            assert found.is_verified, (SEED, found.detail)
    finally:
        await services.db.close()


def assert_every_receipt_is_one_leaf(store: Store, told: set[str]) -> None:
    receipts, entries, checkpoints = store.ask("SELECT id FROM receipts", ENTRIES, CHECKPOINTS)
    kept = [row["id"] for row in receipts]
    assert told <= set(kept), SEED
    placed = [row["leaf_id"] for row in entries if row["kind"] == "receipt"]
    assert sorted(placed) == sorted(kept), SEED
    assert len(kept) >= RECEIPTS
    for shard in {row["shard"] for row in entries}:
        rows = [row for row in entries if row["shard"] == shard]
        assert [row["idx"] for row in rows] == list(range(len(rows))), SEED
        leaves = [bytes(row["entry"]) for row in rows]
        assert len(set(leaves)) == len(leaves), SEED
        notes = [Note.parse(row["note"]) for row in checkpoints if row["shard"] == shard]
        heads = [Checkpoint.parse(note.text) for note in notes]
        assert heads[-1].size == len(leaves)
        for head in heads[:: max(1, len(heads) // 50)] + heads[-1:]:
            assert head.root == merkle.root(leaves[: head.size]), SEED
