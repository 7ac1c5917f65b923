# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""What the server must implement: one Protocol a tag."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol

from aragora_server.contract import models
from aragora_server.kernel.auth import Caller
from aragora_server.kernel.encoded import Encoded
from aragora_server.kernel.stream import StreamItem


class NotesApi(Protocol):
    """Short texts."""

    async def list_notes(
        self, caller: Caller, *, cursor: str | None, limit: int
    ) -> models.NotePage | Encoded:
        """List notes"""
        ...

    async def create_note(self, caller: Caller, body: models.NoteCreate) -> models.Note | Encoded:
        """Write a note"""
        ...

    async def check_note(self, body: bytes) -> models.CheckReport | Encoded:
        """Check a document"""
        ...

    async def get_note(self, caller: Caller, note_id: str) -> models.Note | Encoded:
        """Read a note"""
        ...

    async def update_note(
        self, caller: Caller, note_id: str, body: models.NoteUpdate
    ) -> models.Note | Encoded:
        """Change a note"""
        ...

    async def delete_note(self, caller: Caller, note_id: str) -> None:
        """Delete a note"""
        ...

    async def cancel_note(self, caller: Caller, note_id: str) -> models.Note | Encoded:
        """Cancel a note"""
        ...

    def stream_note(self, caller: Caller, note_id: str, *, after: int) -> AsyncIterator[StreamItem]:
        """Follow a note"""
        ...

    async def get_note_file(self, caller: Caller, note_id: str) -> bytes:
        """Download a note"""
        ...


class SystemApi(Protocol):
    """What the server is."""

    async def get_health(self) -> models.Health | Encoded:
        """Is it alive?"""
        ...

    async def get_metrics(self) -> str:
        """What it counts"""
        ...
