"""Export many receipts into a file: begin, wait, download part by part, and keep all or nothing."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, TypedDict

from aragora.errors import AragoraError, DeadlineExceeded

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Unpack

    from aragora._core.wire import Effects
    from aragora.client import Aragora, AsyncAragora
    from aragora.types import ReceiptExport

ExportFormat = Literal["ndjson", "csv"]
OnProgress = Callable[["ReceiptExport"], object]
_FIRST_PAUSE_S, _GROWTH, _LONGEST_PAUSE_S = 0.1, 1.5, 5.0


class ExportFailed(AragoraError):
    """The server gave the file up or withdrew it, or what came is not the file."""


class ReceiptFilters(TypedDict, total=False):
    """Which receipts: the filters of their list."""

    debate_id: str
    issued_from: datetime | str
    issued_to: datetime | str
    min_cost_usd: str
    outcome: Literal["decided", "no_consensus", "no_decision"]
    participant: str
    protocol: str
    topic: str


def export_receipts(
    client: Aragora,
    path: str | Path,
    *,
    format: ExportFormat = "ndjson",  # noqa: A002 - as the API calls it
    on_progress: OnProgress | None = None,
    timeout_s: float | None = None,
    **filters: Unpack[ReceiptFilters],
) -> Path:
    """Write every receipt that the filters leave to a file, as an archive or as a table.

    The file is there when it is whole, and one part of it at a time is in memory. Then the export
    is deleted from the server. `on_progress` is told of each state that was seen.

    Raises: ExportFailed, DeadlineExceeded (the export goes on)
    """
    effects, exports = client._sender.transport.effects, client.receipt_exports
    export = exports.create(format=format, **filters)
    waiting = _Waiting(effects, timeout_s)
    while not _is_whole(export, on_progress):
        effects.sleep(waiting.pause_s(export))
        export = exports.get(export.id)
    with _File.opened(Path(path)) as file:
        for number in range(export.parts):
            file.write(exports.part(export.id, number).content)
        file.keep(export)
    with contextlib.suppress(AragoraError):
        exports.delete(export.id)
    return Path(path)


async def export_receipts_async(
    client: AsyncAragora,
    path: str | Path,
    *,
    format: ExportFormat = "ndjson",  # noqa: A002 - as the API calls it
    on_progress: OnProgress | None = None,
    timeout_s: float | None = None,
    **filters: Unpack[ReceiptFilters],
) -> Path:
    """The same with a client of an event loop."""
    transport, exports = client._sender.transport, client.receipt_exports
    export = await exports.create(format=format, **filters)
    waiting = _Waiting(transport.effects, timeout_s)
    while not _is_whole(export, on_progress):
        await transport.sleep(waiting.pause_s(export))
        export = await exports.get(export.id)
    with _File.opened(Path(path)) as file:
        for number in range(export.parts):
            file.write((await exports.part(export.id, number)).content)
        file.keep(export)
    with contextlib.suppress(AragoraError):
        await exports.delete(export.id)
    return Path(path)


def _is_whole(export: ReceiptExport, on_progress: OnProgress | None) -> bool:
    if on_progress is not None:
        on_progress(export)
    if export.state in {"failed", "withdrawn"}:
        why = f": {export.last_error}" if export.last_error else ""
        raise ExportFailed(f"export {export.id} is {export.state}{why}")
    return export.state == "done"


class _Waiting:
    """How long to wait between two looks."""

    def __init__(self, effects: Effects, timeout_s: float | None) -> None:
        self._effects, self._timeout_s = effects, timeout_s
        self._started = effects.monotonic()
        self._pause_s = _FIRST_PAUSE_S

    def pause_s(self, export: ReceiptExport) -> float:
        pause_s = self._pause_s
        self._pause_s = min(pause_s * _GROWTH, _LONGEST_PAUSE_S)
        if self._timeout_s is None:
            return pause_s
        left_s = self._timeout_s - (self._effects.monotonic() - self._started)
        if left_s <= 0:
            raise DeadlineExceeded(
                f"export {export.id} is not made after {self._timeout_s:g} s; it goes on"
            )
        return min(pause_s, left_s)


class _File:
    """A file beside its place, until all of it is there."""

    def __init__(self, draft: Path, target: Path, file: BinaryIO) -> None:
        self._draft, self._target, self._file = draft, target, file
        self._digest = sha256()

    @classmethod
    @contextlib.contextmanager
    def opened(cls, target: Path) -> Iterator[_File]:
        draft = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
        try:
            with draft.open("xb") as file:
                yield cls(draft, target, file)
        finally:
            draft.unlink(missing_ok=True)

    def write(self, content: bytes) -> None:
        self._digest.update(content)
        self._file.write(content)

    def keep(self, export: ReceiptExport) -> None:
        """It takes its place when it is what the server says that it is."""
        if self._digest.hexdigest() != export.sha256:
            raise ExportFailed(f"export {export.id}: what came is not the file")
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._draft.replace(self._target)
