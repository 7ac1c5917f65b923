"""What every command that keeps running does first and last."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import uvicorn

from .datadir import DataDir, DataDirInUse, private_files, turn_in
from .kernel import logs
from .kernel.bind import ContractNotServed
from .kernel.errors import Unavailable
from .kernel.extras import ExtraMissing
from .kernel.redaction import Redactor
from .kernel.requirements import DatabaseUnfit
from .migrations import SchemaUnknown
from .receipts.signing import KeyFileUnusable, KeyUnknown
from .settings import SettingInvalid, Settings

CANNOT_START = 2
COLLECT_AFTER = (10_000, 20, 50)
REFUSALS = (
    ContractNotServed,
    DatabaseUnfit,
    DataDirInUse,
    ExtraMissing,
    KeyFileUnusable,
    KeyUnknown,
    OSError,
    SchemaUnknown,
    SettingInvalid,
    Unavailable,
)


def logs_of(settings: Settings) -> AbstractContextManager[None]:
    return logs.written(
        format_=settings.log_format,
        level=settings.log_level,
        redact=Redactor.of(settings.secrets()),
    )


def _held(settings: Settings) -> AbstractContextManager[object]:
    """The lock keeps other processes from an SQLite file; PostgreSQL is for many of them."""
    return DataDir(settings.data_dir, is_shared=not settings.is_embedded)


def setting_up(settings: Settings) -> AbstractContextManager[None]:
    """Of several servers that start together one makes the keys, and the others find them."""
    return nullcontext() if settings.is_embedded else turn_in(settings.data_dir)


def _run(main: Coroutine[Any, Any, None]) -> None:
    """uvloop where it is installed."""
    factory = uvicorn.Config(app=_nothing, log_config=None).get_loop_factory()
    with asyncio.Runner(loop_factory=factory) as runner:
        runner.run(main)


def run_to_its_end(
    command: str, settings: Settings, main: Callable[[], Coroutine[Any, Any, None]]
) -> int:
    """The exit code. A refusal may have passed a task group on its way, and comes in one then."""
    try:
        with private_files(), _held(settings):
            _run(main())
    except (*REFUSALS, BaseExceptionGroup) as fault:
        reason = _innermost(fault)
        if not isinstance(reason, REFUSALS):
            raise
        return refuse(command, reason)
    return 0


def _innermost(fault: BaseException) -> BaseException:
    while isinstance(fault, BaseExceptionGroup) and len(fault.exceptions) == 1:
        fault = fault.exceptions[0]
    return fault


def refuse(command: str, fault: Exception) -> int:
    """Say why there is no start, in one line; the exit code says that there is none."""
    reason = str(fault)
    if isinstance(fault, OSError) and fault.filename is not None:
        reason = f"{fault.filename}: {fault.strerror}"
    sys.stderr.write(f"aragora {command}: {Redactor()(reason)}\n")
    return CANNOT_START


def settle() -> None:
    """What a start has made stays to the end, and a thousand requests under way are no garbage: to
    look through either again and again takes a fifth of the time."""
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def _nothing(_scope: object, _receive: object, _send: object) -> None:
    return None
