"""`python -m tests.first_schema`: write the first migration anew from the tables in the code.

Until the first release a changed table changes the first migration. After it, a changed table is
a new revision, and this module goes.
"""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from typing import Any

import aragora_server.migrations
from aragora_server import tables
from aragora_server.kernel.db import metadata
from sqlalchemy import create_mock_engine

VERSIONS = Path(aragora_server.migrations.__file__).parent / "versions"
INDEX = re.compile(r"CREATE (UNIQUE )?INDEX")
URLS = {"sqlite": "sqlite://", "postgresql": "postgresql+asyncpg://"}


def statements(url: str) -> list[str]:
    found: list[str] = []

    def take(statement: Any, *_: object) -> None:
        text = str(statement.compile(dialect=engine.dialect)).strip().replace("\t", "  ")
        found.append(re.sub(r" +$", "", text, flags=re.MULTILINE))

    engine = create_mock_engine(url, take)
    metadata.create_all(engine, checkfirst=False)
    # A table keeps its indexes as a set; a file should not change without a reason.
    runs = groupby(found, key=lambda text: INDEX.match(text) is not None)
    return [text for is_index, run in runs for text in (sorted(run) if is_index else run)]


def main() -> None:
    tables.load()
    for dialect, url in URLS.items():
        text = "\n-- next\n".join(statements(url)) + "\n"
        (VERSIONS / f"0001.{dialect}.sql").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
