"""A PostgreSQL server that cannot keep our promises is refused at the start."""

import pytest
from aragora_server.kernel.db import Database
from aragora_server.kernel.requirements import DatabaseUnfit, check, check_server
from sqlalchemy import text

pytestmark = pytest.mark.anyio


async def test_both_databases_of_the_tests_are_fit(database: Database):
    await check_server(database)


@pytest.mark.parametrize("value", ["off", "local", "remote_write"])
def test_commits_that_may_be_forgotten_are_refused(value):
    with pytest.raises(DatabaseUnfit, match=f"synchronous_commit = {value}.*set it to on"):
        check(version=180_000, synchronous_commit=value)


def test_an_old_server_is_refused():
    with pytest.raises(DatabaseUnfit, match="PostgreSQL 14 is too old: 15 or newer"):
        check(version=140_011, synchronous_commit="on")


@pytest.mark.parametrize("value", ["on", "remote_apply"])
def test_a_durable_server_is_fit(value):
    check(version=150_000, synchronous_commit=value)


@pytest.mark.parametrize("dialect", ["postgres"], indirect=True)
async def test_the_server_itself_is_asked(database: Database):
    async with database.begin() as tx:
        name = (await tx.execute(text("SELECT current_database()"))).scalar_one()
        await tx.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = off"))
    await database.close()

    again = Database(database.url)
    with pytest.raises(DatabaseUnfit):
        await check_server(again)
    await again.close()
