"""Every table of every slice, on the one MetaData: for migrations, and for tests."""

from __future__ import annotations

import importlib

HOMES = (
    "aragora_server.budgets.tables",
    "aragora_server.debates.tables",
    "aragora_server.kernel.idempotency",
    "aragora_server.kernel.outbox",
    "aragora_server.kernel.runners",
    "aragora_server.pricing.tables",
    "aragora_server.receipts.custody",
    "aragora_server.receipts.exports.tables",
    "aragora_server.receipts.keeping.tables",
    "aragora_server.receipts.log.tables",
    "aragora_server.receipts.tables",
    "aragora_server.usage.tables",
    "aragora_server.webhooks.store",
    "aragora_server.workspaces.store",
)


def load() -> None:
    """Import the modules where tables are kept: nothing else needs them all at once."""
    for home in HOMES:
        importlib.import_module(home)
