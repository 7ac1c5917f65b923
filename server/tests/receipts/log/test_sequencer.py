"""Leaves get one place each, and nothing is signed that does not hold, on both databases."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import anyio
import pytest
from aragora.receipts import merkle
from aragora.receipts.note import Note
from aragora.receipts.proof import Checkpoint
from aragora_server.kernel import fault_points
from aragora_server.kernel.db import Database
from aragora_server.receipts.log import tree
from aragora_server.receipts.log.model import LogInconsistent
from aragora_server.receipts.log.sequencer import Sequencer
from aragora_server.receipts.log.tables import checkpoints
from aragora_server.receipts.signing import KeyStore, LogSigner
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from .conftest import AT, add, leaf, notes, placed

pytestmark = pytest.mark.anyio


class Struck(Exception):
    """The process ends here."""


async def assert_is_one_log(database: Database, signer: LogSigner, leaves: int) -> None:
    """Each leaf once, and every checkpoint is the root of a beginning of one list."""
    found = await placed(database)
    assert sorted(found) == sorted(leaf(number).entry for number in range(leaves))
    sizes = []
    for note in map(Note.parse, await notes(database)):
        checkpoint = Checkpoint.parse(note.text)
        assert note.signers([signer.public])
        assert checkpoint.root == merkle.root(found[: checkpoint.size])
        sizes.append(checkpoint.size)
    assert sizes[-1] == leaves


@pytest.mark.parametrize("width", [2, 256])
async def test_leaves_get_their_places_and_a_signed_root(
    database: Database,
    sequencer: Sequencer,
    signer: LogSigner,
    monkeypatch: pytest.MonkeyPatch,
    width: int,
) -> None:
    monkeypatch.setattr(tree, "WIDTH", width)
    await add(database, range(270))

    counts = [await sequencer.advance(signer) for _ in range(4)]

    assert counts == [100, 100, 70, 0]
    await assert_is_one_log(database, signer, 270)
    assert (await placed(database))[:2] == [leaf(0).entry, leaf(1).entry]


async def test_two_processes_write_one_log(
    database_url: str, new_sequencer: Callable[[Database], Sequencer], signer: LogSigner
) -> None:
    databases = [Database(database_url) for _ in range(2)]

    async def work(database: Database, first: int) -> None:
        sequencer = new_sequencer(database)
        for start in range(first, 120, 10):
            await add(database, range(start, start + 5))
            await sequencer.advance(signer)

    async with anyio.create_task_group() as group:
        group.start_soon(work, databases[0], 0)
        group.start_soon(work, databases[1], 5)

    await assert_is_one_log(databases[0], signer, 120)
    for database in databases:
        await database.close()


async def test_whoever_dies_at_any_point_leaves_a_log_that_goes_on(
    database: Database, new_sequencer: Callable[[Database], Sequencer], signer: LogSigner
) -> None:
    reached: list[str] = []
    await add(database, [0])
    fault_points.arm("*", reached.append)
    await new_sequencer(database).advance(signer)
    fault_points.arm(None)
    assert {"place:commit", "place:committed", "sign:commit"} < set(reached)

    def strike(point: str) -> None:
        raise Struck(point)

    for number, point in enumerate(reached, 1):
        await add(database, [number])
        fault_points.arm(point, strike)
        with pytest.raises(Struck):
            await new_sequencer(database).advance(signer)
        fault_points.arm(None)
        await new_sequencer(database).advance(signer)
        await assert_is_one_log(database, signer, number + 1)


OTHER = "(SELECT hash FROM entries WHERE idx = 1)"


@pytest.mark.parametrize(
    ("more", "table", "change"),
    [
        # What the last checkpoint speaks for, in a tile that stays begun.
        (1, "entries", f"hash = {OTHER} WHERE idx = 4"),
        (1, "tiles", f"root = {OTHER} WHERE n = 0"),
        (1, "checkpoints", "note = replace(note, '5', '6')"),
        (1, "checkpoints", "note = ''"),
        # What it does not speak for yet.
        (1, "entries", "entry = (SELECT entry FROM entries WHERE idx = 1) WHERE idx = 5"),
        (1, "entries", f"hash = {OTHER} WHERE idx = 5"),
        (1, "entries", "idx = 90 WHERE idx = 5"),
        (2, "entries", "shard = '1999' WHERE idx = 5"),
        # The tile that became whole since.
        (5, "entries", f"hash = {OTHER} WHERE idx = 4"),
        (5, "tiles", f"root = {OTHER} WHERE n = 1"),
        (5, "tiles", f"hashes = {OTHER} WHERE n = 1"),
        (5, "tiles", "n = 90 WHERE n = 1"),
    ],
)
@pytest.mark.usefixtures("narrow_tiles")
async def test_what_changed_after_its_commit_is_never_signed(  # noqa: PLR0917 - a table of cases
    database: Database,
    sequencer: Sequencer,
    signer: LogSigner,
    more: int,
    table: str,
    change: str,
) -> None:
    await add(database, range(5))
    await sequencer.advance(signer)
    await add(database, range(5, 5 + more))
    await sequencer.place(signer.shard)
    await unguard(database, table, f"UPDATE {table} SET {change}")
    signed = await notes(database)

    with pytest.raises(LogInconsistent):
        await sequencer.advance(signer)

    assert await notes(database) == signed


async def test_a_log_is_signed_with_the_key_that_it_was_begun_with_or_not_at_all(
    database: Database,
    new_sequencer: Callable[[Database], Sequencer],
    signer: LogSigner,
    tmp_path: Path,
) -> None:
    await add(database, range(3))
    await new_sequencer(database).advance(signer)
    other = KeyStore(directory=tmp_path / "other", now=lambda: AT).log_key("2026", signer.origin)

    with pytest.raises(LogInconsistent, match="not signed with the key of this log"):
        await new_sequencer(database).sign(other)


@pytest.mark.parametrize("table", ["entries", "tiles", "checkpoints"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET shard = '1'", "DELETE FROM {}"])
@pytest.mark.usefixtures("narrow_tiles")
async def test_the_database_refuses_to_change_the_log(
    database: Database, sequencer: Sequencer, signer: LogSigner, table: str, statement: str
) -> None:
    await add(database, range(5))
    await sequencer.advance(signer)

    with pytest.raises(DBAPIError, match="append-only"):
        async with database.begin() as tx:
            await tx.execute(text(statement.format(table)))


async def test_no_leaf_stands_twice(
    database: Database, sequencer: Sequencer, signer: LogSigner
) -> None:
    await add(database, [1])
    with pytest.raises((IntegrityError, sqlite3.IntegrityError)):
        await add(database, [1])
    await sequencer.advance(signer)
    await add(database, [1])

    with pytest.raises((IntegrityError, sqlite3.IntegrityError)):
        await sequencer.advance(signer)

    assert await placed(database) == [leaf(1).entry]


async def test_a_log_that_stood_still_goes_on_when_its_rows_are_what_they_were(
    database: Database,
    new_sequencer: Callable[[Database], Sequencer],
    signer: LogSigner,
    caplog: pytest.LogCaptureFixture,
) -> None:
    sequencer = new_sequencer(database)
    await add(database, range(3))
    await sequencer.advance(signer)
    (note,) = await notes(database)
    await unguard(database, "checkpoints", "UPDATE checkpoints SET note = 'x'")
    await add(database, [3])

    async with anyio.create_task_group() as group:
        group.start_soon(new_sequencer(database).run)
        with anyio.fail_after(30):
            while "stands still" not in caplog.text:
                await anyio.sleep(0.02)
        assert (await sequencer.standing()).fault
        async with database.begin() as tx:
            await tx.execute(update(checkpoints).values(note=note))
        with anyio.fail_after(30):
            while len(await notes(database)) < 2:
                await anyio.sleep(0.02)
        group.cancel_scope.cancel()

    assert caplog.text.count("stands still") == 1
    assert (await sequencer.standing()).fault == ""
    await assert_is_one_log(database, signer, 4)


async def unguard(database: Database, table: str, statement: str) -> None:
    """Do what only somebody with the database in his hands could do."""
    trigger = f"{table}_refuse_update"
    where = "" if database.dialect == "sqlite" else f" ON {table}"
    async with database.begin() as tx:
        await tx.execute(text(f"DROP TRIGGER {trigger}{where}"))
        await tx.execute(text(statement))
