from collections.abc import AsyncIterator

import pytest
from aragora_server.kernel.db import Database

from tests.shop import Shop


@pytest.fixture
async def shop(database: Database) -> AsyncIterator[Shop]:
    return Shop(db=database)
