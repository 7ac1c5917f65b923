"""`aragora index rebuild`: what receipts are found by is made anew from them alone."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from aragora_server.index_command import index
from aragora_server.kernel.db import Database
from aragora_server.receipts.tables import receipt_terms
from sqlalchemy import delete, func, select

from tests.serving import Installation, Server, wait_for_end

ASK = {"question": "Ship the quartz on Friday?", "seed": 7}


@pytest.fixture
def server(dialect: str, empty_database_url: str, tmp_path: Path) -> Iterator[Server]:
    settings = {} if dialect == "sqlite" else {"ARAGORA_DATABASE_URL": empty_database_url}
    server = Installation(tmp_path, settings)
    yield server.start()
    server.stop()


def test_an_index_that_was_lost_is_made_anew(
    server: Server,
    dialect: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    debate = server.client().post("/v1/debates", json=ASK).json()
    receipt_id = wait_for_end(server.client(), debate["id"])["receipt_id"]
    for name, value in server.environment().items():
        monkeypatch.setenv(name, value)
    assert found(server) == [receipt_id]
    if dialect == "sqlite":
        assert index(["rebuild"]) == 2
        assert "is in use by the server" in capsys.readouterr().err
        server.terminate()
    url = server.settings.get("ARAGORA_DATABASE_URL", f"sqlite:///{tmp_data(server)}/aragora.db")
    before = asyncio.run(emptied(url))

    assert index(["--json", "rebuild"]) == 0
    assert json.loads(capsys.readouterr().out) == {"receipts": 1}

    assert asyncio.run(emptied(url)) == before > 0
    assert index(["rebuild"]) == 0
    assert capsys.readouterr().out == "receipts entered anew: 1\n"
    if dialect == "sqlite":
        server.start()
    assert found(server) == [receipt_id]


def found(server: Server) -> list[str]:
    answer = server.client().get("/v1/receipts", params={"topic": "quartz"})
    return [one["id"] for one in answer.json()["items"]]


def tmp_data(server: Server) -> str:
    return server.environment()["ARAGORA_DATA_DIR"]


async def emptied(url: str) -> int:
    """How many terms there were."""
    database = Database(url)
    async with database.begin() as tx:
        number: int = (
            await tx.execute(select(func.count()).select_from(receipt_terms))
        ).scalar_one()
        await tx.execute(delete(receipt_terms))
    await database.close()
    return number
