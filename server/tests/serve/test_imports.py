"""A server that needs nothing but its file does not load what only a full one needs."""

import subprocess
import sys

HEAVY = {
    "alembic",
    "asyncpg",
    "procrastinate",
    "pydantic_ai",
    "redis",
    "sqlalchemy.dialects.postgresql",
    "sqlalchemy.ext.asyncio",
    "sqlalchemy.orm",
}
PROGRAM = """
import asyncio, pathlib, sys
from aragora_server import cli
from aragora_server.app import build_app
from aragora_server.lifecycle import running
from aragora_server.services import build_services
from aragora_server.settings import Settings

async def start():
    services = build_services(Settings.from_env({"ARAGORA_DATA_DIR": sys.argv[1], "HOME": "/"}))
    async with running(services):
        build_app(services)

asyncio.run(start())
print(*sys.modules)
"""


def test_an_embedded_server_starts_without_the_rest(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)], capture_output=True, text=True, check=True
    )

    assert set(done.stdout.split()) & HEAVY == set()
