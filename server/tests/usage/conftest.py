"""A workspace of its own for every test of money."""

from __future__ import annotations

import pytest
from aragora_server.kernel.db import Database

from tests.money import Money, money_on


@pytest.fixture
def money(database: Database) -> Money:
    return money_on(database)
