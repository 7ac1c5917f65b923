"""How a server process starts its part of the work, and how it puts it down."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from typing import Literal

import anyio
from anyio import TASK_STATUS_IGNORED
from anyio.abc import TaskStatus

from .kernel import telemetry
from .migrations import migrate, wait_for_head
from .services import Services, build_services
from .settings import Settings
from .starting import setting_up

Part = Literal["everything", "api", "worker"]
Hook = Callable[[Services], Awaitable[None]]


@asynccontextmanager
async def running(
    services: Services, at_start: Hook | None = None, *, part: Part = "everything"
) -> AsyncIterator[None]:
    """Database at head, and this process's part of the work under way; all put down again."""
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(services.outside.open())
        await (wait_for_head if part == "worker" else migrate)(services.db)
        if at_start is not None:
            await at_start(services)
        stack.push_async_callback(services.keyring.flush)
        chores = await stack.enter_async_context(anyio.create_task_group())
        stack.callback(chores.cancel_scope.cancel)
        chores.start_soon(services.keyring.flush_forever)
        chores.start_soon(services.seats.keep)
        chores.start_soon(telemetry.sample_loop_lag)
        await chores.start(services.keyring.heed_others)
        if services.queue is not None:
            await stack.enter_async_context(services.queue.open())
        work = await stack.enter_async_context(anyio.create_task_group())
        await work.start(_work, services, part)
        stack.callback(services.drain.begin)
        if part != "worker":
            await stack.enter_async_context(services.stream.hub.open())
        yield


async def _work(
    services: Services, part: Part, *, task_status: TaskStatus[None] = TASK_STATUS_IGNORED
) -> None:
    """This process's part, until it drains; what is under way then comes to its end."""
    try:
        async with nullcontext() if part == "api" else _working(services):
            task_status.started()
            await services.drain.wait()
    finally:
        services.drain.rested.set()


@asynccontextmanager
async def _working(services: Services) -> AsyncIterator[None]:
    """Debates and jobs under way, in a process of which others see that it is alive."""
    async with AsyncExitStack() as stack:
        await services.heartbeat.start()
        stack.push_async_callback(services.heartbeat.stop)
        chores = await stack.enter_async_context(anyio.create_task_group())
        stack.callback(chores.cancel_scope.cancel)
        chores.start_soon(services.heartbeat.run)
        chores.start_soon(services.heartbeat.heed, services.drain)
        chores.start_soon(services.sequencer.run)
        drain_s = services.settings.drain_s
        await stack.enter_async_context(services.job_loop.open(drain_s=drain_s))
        await stack.enter_async_context(services.debate_process.open(drain_s=drain_s))
        if services.queue is not None:
            carrying = await stack.enter_async_context(anyio.create_task_group())
            stack.callback(carrying.cancel_scope.cancel)
            carrying.start_soon(services.queue.carry, services.debate_process.here.take)
        yield


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Services]:
    """The services of a server that does not serve."""
    with setting_up(settings):
        services = build_services(settings)
    async with services.outside.open():
        await migrate(services.db)
        yield services
