"""What each layer of an answer costs: the same GET, with one layer more each time.

Measured without sockets, in CPU time: on one's own machine the differences hold still, while
requests a second depend on whatever else it does.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import attrs
from aragora_server import app as server
from aragora_server.contract.operations import OPERATIONS, SCOPES
from aragora_server.debates.routes import DebateRoutes
from aragora_server.kernel.bind import build
from aragora_server.kernel.encoded import Encoded
from aragora_server.lifecycle import running
from aragora_server.services import Services, build_services
from aragora_server.settings import Settings
from starlette.applications import Starlette

from bench import bare

ROUNDS, CALLS = 7, 300
GET = "getDebate"
App = Callable[[Any, Any, Any], Awaitable[None]]


class Constant(DebateRoutes):
    """Its answer costs nothing."""

    async def get_debate(self, *_: Any) -> Encoded:  # type: ignore[override]
        return Encoded(bare.BODY)


class Read(DebateRoutes):
    """The debate is read, and its answer costs nothing."""

    async def get_debate(self, caller: Any, debate_id: str) -> Encoded:
        await self.debates.get(caller.workspace_id, debate_id)
        return Encoded(bare.BODY)


def measure() -> dict[str, float]:
    """Microseconds of CPU a request, layer upon layer."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measure(folder))


async def _measure(folder: str) -> dict[str, float]:
    settings = Settings.from_env(
        {"ARAGORA_DATA_DIR": folder, "HOME": folder, "ARAGORA_RATE_LIMIT_PER_MINUTE": "1000000000"}
    )
    Path(folder).mkdir(exist_ok=True)
    services = build_services(settings)
    async with running(services):
        scope = await _scope(services)
        apps = _stack(services)
        taken: dict[str, float] = dict.fromkeys(apps, float("inf"))
        for _ in range(ROUNDS):
            for name, app in apps.items():
                taken[name] = min(taken[name], await _cpu_us(app, scope))
    return {f"{name} (us)": round(value, 1) for name, value in taken.items()}


def _stack(services: Services) -> dict[str, App]:
    whole = OPERATIONS[GET]
    without_params = attrs.evolve(whole, is_public=True, params=())
    return {
        "bare ASGI": bare.app,
        "+ routing": _app(services, Constant, without_params),
        "+ validation": _app(services, Constant, attrs.evolve(whole, is_public=True)),
        "+ auth": _app(services, Constant, whole),
        "+ query": _app(services, Read, whole),
        "+ encoding": _app(services, DebateRoutes, whole),
    }


def _app(services: Services, kind: type[DebateRoutes], operation: Any) -> App:
    _, *others = server.handlers(services)
    debates = kind(debates=services.debates, stream=services.stream)
    contract = server.contract()
    operations = {**contract.operations, GET: operation}
    routes = build(
        (debates, *others),
        attrs.evolve(contract, operations=operations),
        server.rules(services, is_strict=False),
    )
    return Starlette(routes=routes)


async def _scope(services: Services) -> dict[str, Any]:
    from aragora_server.debates.opening import Wanted

    home = await services.workspaces.open_workspace("bench")
    key = await services.workspaces.issue_key(home.id, "bench", SCOPES)
    known = await services.debates.open(home.id, key.api_key.id, Wanted(question="Ship?"), [])
    while not known.debate.is_over:
        await asyncio.sleep(0.05)
        known = await services.debates.get(home.id, known.debate.id)
    path = f"/v1/debates/{known.debate.id}"
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"bench"), (b"authorization", f"Bearer {key.secret}".encode())],
        "client": ("127.0.0.1", 1),
        "server": ("bench", 80),
    }


async def _cpu_us(app: App, scope: dict[str, Any]) -> float:
    status = 0

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        nonlocal status
        status = message.get("status", status)

    await app(dict(scope), receive, send)
    begin = time.process_time()
    for _ in range(CALLS):
        await app(dict(scope), receive, send)
    took = (time.process_time() - begin) / CALLS * 1e6
    if status != 200:
        raise RuntimeError(f"answered {status}")
    return took
