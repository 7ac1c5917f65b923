# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""Methods of `client.notes`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from aragora._core.call import Op
from aragora._core.follow import StreamOp
from aragora._core.job import AsyncRun, JobOp, Run
from aragora._core.options import OMIT, Omit, RequestOptions
from aragora._core.resource import AsyncResource, Resource
from typing_extensions import deprecated

if TYPE_CHECKING:
    from aragora._core.model import Model, UnknownEvent
    from aragora._core.page import AsyncPage, Page
    from aragora._core.response import BinaryResponse
    from aragora._core.stream import AsyncEventStream, EventStream, OnReconnect, Transport
    from aragora.types.events import NoteEvent
    from aragora.types.notes import Author, AuthorParam, CheckReport, Note, NotePage


def _CheckReport() -> type[CheckReport]:
    from aragora.types import CheckReport

    return CheckReport


def _Note() -> type[Note]:
    from aragora.types import Note

    return Note


def _NotePage() -> type[NotePage]:
    from aragora.types import NotePage

    return NotePage


def _load_events() -> Mapping[str, type[Model]]:
    from aragora.types import events

    return {
        "heartbeat": events.HeartbeatEvent,
        "note.done": events.NoteDoneEvent,
        "note.written": events.NoteWrittenEvent,
    }


_LIST: Op[NotePage] = Op(
    id="listNotes",
    method="GET",
    path="/v1/notes",
    returns=_NotePage,
    query=(
        "cursor",
        "limit",
    ),
    repeatable=True,
)
_CREATE: Op[Note] = Op(
    id="createNote",
    method="POST",
    path="/v1/notes",
    returns=_Note,
    sends="application/json",
    repeatable=True,
    takes_key=True,
)
_CHECK: Op[CheckReport] = Op(
    id="checkNote",
    method="POST",
    path="/v1/notes/check",
    returns=_CheckReport,
    sends="application/vnd.note+json",
    public=True,
)
_GET: Op[Note] = Op(
    id="getNote",
    method="GET",
    path="/v1/notes/{note_id}",
    returns=_Note,
    repeatable=True,
)
_UPDATE: Op[Note] = Op(
    id="updateNote",
    method="PATCH",
    path="/v1/notes/{note_id}",
    returns=_Note,
    sends="application/json",
)
_DELETE: Op[None] = Op(
    id="deleteNote",
    method="DELETE",
    path="/v1/notes/{note_id}",
    reads="empty",
    repeatable=True,
)
_CANCEL: Op[Note] = Op(
    id="cancelNote",
    method="POST",
    path="/v1/notes/{note_id}/cancel",
    returns=_Note,
)
_EVENTS: StreamOp[NoteEvent | UnknownEvent] = StreamOp(
    op=Op(
        id="streamNote",
        method="GET",
        path="/v1/notes/{note_id}/events/stream",
        reads="stream",
        accept="text/event-stream",
        query=("after",),
        repeatable=True,
        idle_s=45,
    ),
    models=_load_events,
    terminal=frozenset(
        {
            "note.done",
        }
    ),
    ephemeral=frozenset(
        {
            "heartbeat",
        }
    ),
    websocket_path="/v1/notes/{note_id}/events/socket",
)
_FILE: Op[BinaryResponse] = Op(
    id="getNoteFile",
    method="GET",
    path="/v1/notes/{note_id}/file",
    reads="binary",
    accept="application/vnd.note+json",
    repeatable=True,
)


def _load_result() -> Op[BinaryResponse]:
    from aragora.resources.notes import _FILE

    return _FILE


_JOB: JobOp[Note, NoteEvent | UnknownEvent, BinaryResponse] = JobOp(
    get=_GET,
    cancel=_CANCEL,
    events=_EVENTS,
    result=_load_result,
    id_param="note_id",
    result_param="note_id",
    status_field="status",
    terminal=frozenset(
        {
            "cancelled",
            "done",
        }
    ),
)
NoteRun: TypeAlias = Run["Note", "NoteEvent | UnknownEvent", "BinaryResponse"]
AsyncNoteRun: TypeAlias = AsyncRun["Note", "NoteEvent | UnknownEvent", "BinaryResponse"]


class NotesResource(Resource):
    """Operations on notes."""

    def list(
        self,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Page[Note]:
        """List notes.

        Newest first.

        Args:
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InvalidAmount, InvalidCursor, InvalidRequest, MalformedRequest, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for note in client.notes.list(limit=20):
                    print(note)
        """
        return self._page(
            _LIST,
            {
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    def create(
        self,
        *,
        text: str,
        authors: Sequence[AuthorParam | Author] | Omit = OMIT,
        kind: Literal["memo", "poem"] | Omit = OMIT,
        labels: Mapping[str, Any] | Omit = OMIT,
        max_cost_usd: str | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Note:
        """Write a note.

        Writes a note and answers at once.

        Args:
            text: The text.
            authors: Who wrote it.
            kind: What it is; default memo.
            labels: Free labels.
            max_cost_usd: An amount in US dollars.

        Raises:
            BudgetExceeded, InvalidAmount, InvalidRequest, MalformedRequest, Unauthenticated,
            Unavailable

        Example:
            from aragora import Aragora

            with Aragora() as client:
                note = client.notes.create(
                    text="Buy milk?",
                    authors=[{"name": "Ada"}],
                    max_cost_usd="0.50",
                )
                print(note)
        """
        return self._call(
            _CREATE,
            {
                "text": text,
                "authors": authors,
                "kind": kind,
                "labels": labels,
                "max_cost_usd": max_cost_usd,
            },
            request_options,
        )

    def start(
        self,
        *,
        text: str,
        authors: Sequence[AuthorParam | Author] | Omit = OMIT,
        kind: Literal["memo", "poem"] | Omit = OMIT,
        labels: Mapping[str, Any] | Omit = OMIT,
        max_cost_usd: str | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> NoteRun:
        """Write a note.

        Writes a note and answers at once.

        Returns a handle to follow, wait for or cancel the debate.

        Args:
            text: The text.
            authors: Who wrote it.
            kind: What it is; default memo.
            labels: Free labels.
            max_cost_usd: An amount in US dollars.

        Raises:
            BudgetExceeded, InvalidAmount, InvalidRequest, MalformedRequest, Unauthenticated,
            Unavailable
        """
        job = self.create(
            text=text,
            authors=authors,
            kind=kind,
            labels=labels,
            max_cost_usd=max_cost_usd,
            request_options=request_options,
        )
        return self.attach(job.id, job)

    def run(
        self,
        *,
        text: str,
        authors: Sequence[AuthorParam | Author] | Omit = OMIT,
        kind: Literal["memo", "poem"] | Omit = OMIT,
        labels: Mapping[str, Any] | Omit = OMIT,
        max_cost_usd: str | Omit = OMIT,
        timeout_s: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> Note:
        """Write a note.

        Writes a note and answers at once.

        Waits until the debate is over and returns it.

        Args:
            text: The text.
            authors: Who wrote it.
            kind: What it is; default memo.
            labels: Free labels.
            max_cost_usd: An amount in US dollars.

        Raises:
            BudgetExceeded, InvalidAmount, InvalidRequest, MalformedRequest, Unauthenticated,
            Unavailable
        """
        job = self.start(
            text=text,
            authors=authors,
            kind=kind,
            labels=labels,
            max_cost_usd=max_cost_usd,
            request_options=request_options,
        )
        return job.wait(timeout_s=timeout_s)

    def attach(self, note_id: str, debate: Note | None = None) -> NoteRun:
        """A handle on a debate that runs already. Sends nothing.

        Args:
            note_id: The debate.
            debate: Its last known state, if there is one.
        """
        return Run(self._sender, _JOB, note_id, debate)

    def check(self, body: bytes, *, request_options: RequestOptions | None = None) -> CheckReport:
        """Check a document.

        Says whether it is a note.

        Args:
            body: The file, exactly as it was received.

        Raises:
            InvalidAmount, InvalidRequest, MalformedRequest

        Example:
            from pathlib import Path

            from aragora import Aragora

            receipt = Path("receipt.json").read_bytes()

            with Aragora() as client:
                check_report = client.notes.check(receipt)
                print(check_report)
        """
        return self._call(
            _CHECK,
            {
                "body": body,
            },
            request_options,
        )

    def get(self, note_id: str, *, request_options: RequestOptions | None = None) -> Note:
        """Read a note.

        The note as it is now.

        Args:
            note_id: The note.

        Raises:
            InvalidAmount, InvalidRequest, NoteNotFound, Unauthenticated

        Example:
            from aragora import Aragora

            note_id = "note0001"

            with Aragora() as client:
                note = client.notes.get(note_id)
                print(note)
        """
        return self._call(
            _GET,
            {
                "note_id": note_id,
            },
            request_options,
        )

    def update(
        self,
        note_id: str,
        *,
        due_at: datetime | str | None | Omit = OMIT,
        text: str | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Note:
        """Change a note.

        Absent members stay as they are.

        Args:
            note_id: The note.
            due_at: When it is due; null removes it.
            text: The new text.

        Raises:
            InvalidAmount, InvalidRequest, MalformedRequest, NoteNotFound, Unauthenticated

        Example:
            from aragora import Aragora

            note_id = "note0001"

            with Aragora() as client:
                note = client.notes.update(note_id, due_at=None, text="Buy bread.")
                print(note)
        """
        return self._call(
            _UPDATE,
            {
                "note_id": note_id,
                "due_at": due_at,
                "text": text,
            },
            request_options,
        )

    @deprecated("notes.delete is served until 2027-06-30")
    def delete(self, note_id: str, *, request_options: RequestOptions | None = None) -> None:
        """Delete a note.

        It is gone for good.

        Args:
            note_id: The note.

        Raises:
            InvalidAmount, InvalidRequest, NoteNotFound, Unauthenticated

        Example:
            from aragora import Aragora

            note_id = "note0001"

            with Aragora() as client:
                client.notes.delete(note_id)
        """
        return self._call(
            _DELETE,
            {
                "note_id": note_id,
            },
            request_options,
        )

    def cancel(self, note_id: str, *, request_options: RequestOptions | None = None) -> Note:
        """Cancel a note.

        Nothing more is written.

        Args:
            note_id: The note.

        Raises:
            InvalidAmount, InvalidRequest, NoteNotFound, Unauthenticated

        Example:
            from aragora import Aragora

            note_id = "note0001"

            with Aragora() as client:
                note = client.notes.cancel(note_id)
                print(note)
        """
        return self._call(
            _CANCEL,
            {
                "note_id": note_id,
            },
            request_options,
        )

    def events(
        self,
        note_id: str,
        *,
        after: int = 0,
        deltas: bool = False,
        transport: Transport = "sse",
        on_reconnect: OnReconnect | None = None,
        request_options: RequestOptions | None = None,
    ) -> EventStream[NoteEvent | UnknownEvent]:
        """Follow a note.

        Server-sent events.

        Args:
            note_id: The note.
            after: Only events after this sequence number; default 0.

        Raises:
            InvalidAmount, InvalidRequest, NoteNotFound, Unauthenticated

        Example:
            from aragora import Aragora

            note_id = "note0001"

            with Aragora() as client:
                for event in client.notes.events(note_id):
                    print(event.seq, event.type)
        """
        return self._sender.stream(
            _EVENTS,
            {"note_id": note_id, "after": after, "deltas": deltas},
            request_options,
            transport=transport,
            on_reconnect=on_reconnect,
        )

    def file(
        self, note_id: str, *, request_options: RequestOptions | None = None
    ) -> BinaryResponse:
        """Download a note.

        The note as a document.

        Args:
            note_id: The note.

        Raises:
            InvalidAmount, InvalidRequest, NoteNotFound, Unauthenticated

        Example:
            from aragora import Aragora

            note_id = "note0001"

            with Aragora() as client:
                client.notes.file(note_id).save("receipt.json")
        """
        return self._call(
            _FILE,
            {
                "note_id": note_id,
            },
            request_options,
        )


class AsyncNotesResource(AsyncResource):
    """Operations on notes."""

    async def list(
        self,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> AsyncPage[Note]:
        """List notes.

        Newest first.

        Args:
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InvalidAmount, InvalidCursor, InvalidRequest, MalformedRequest, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for note in client.notes.list(limit=20):
                    print(note)
        """
        return await self._page(
            _LIST,
            {
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    async def create(
        self,
        *,
        text: str,
        authors: Sequence[AuthorParam | Author] | Omit = OMIT,
        kind: Literal["memo", "poem"] | Omit = OMIT,
        labels: Mapping[str, Any] | Omit = OMIT,
        max_cost_usd: str | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Note:
        """Write a note.

        Writes a note and answers at once.

        Args:
            text: The text.
            authors: Who wrote it.
            kind: What it is; default memo.
            labels: Free labels.
            max_cost_usd: An amount in US dollars.

        Raises:
            BudgetExceeded, InvalidAmount, InvalidRequest, MalformedRequest, Unauthenticated,
            Unavailable

        Example:
            from aragora import Aragora

            with Aragora() as client:
                note = client.notes.create(
                    text="Buy milk?",
                    authors=[{"name": "Ada"}],
                    max_cost_usd="0.50",
                )
                print(note)
        """
        return await self._call(
            _CREATE,
            {
                "text": text,
                "authors": authors,
                "kind": kind,
                "labels": labels,
                "max_cost_usd": max_cost_usd,
            },
            request_options,
        )

    async def start(
        self,
        *,
        text: str,
        authors: Sequence[AuthorParam | Author] | Omit = OMIT,
        kind: Literal["memo", "poem"] | Omit = OMIT,
        labels: Mapping[str, Any] | Omit = OMIT,
        max_cost_usd: str | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> AsyncNoteRun:
        """Write a note.

        Writes a note and answers at once.

        Returns a handle to follow, wait for or cancel the debate.

        Args:
            text: The text.
            authors: Who wrote it.
            kind: What it is; default memo.
            labels: Free labels.
            max_cost_usd: An amount in US dollars.

        Raises:
            BudgetExceeded, InvalidAmount, InvalidRequest, MalformedRequest, Unauthenticated,
            Unavailable
        """
        job = await self.create(
            text=text,
            authors=authors,
            kind=kind,
            labels=labels,
            max_cost_usd=max_cost_usd,
            request_options=request_options,
        )
        return self.attach(job.id, job)

    async def run(
        self,
        *,
        text: str,
        authors: Sequence[AuthorParam | Author] | Omit = OMIT,
        kind: Literal["memo", "poem"] | Omit = OMIT,
        labels: Mapping[str, Any] | Omit = OMIT,
        max_cost_usd: str | Omit = OMIT,
        timeout_s: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> Note:
        """Write a note.

        Writes a note and answers at once.

        Waits until the debate is over and returns it.

        Args:
            text: The text.
            authors: Who wrote it.
            kind: What it is; default memo.
            labels: Free labels.
            max_cost_usd: An amount in US dollars.

        Raises:
            BudgetExceeded, InvalidAmount, InvalidRequest, MalformedRequest, Unauthenticated,
            Unavailable
        """
        job = await self.start(
            text=text,
            authors=authors,
            kind=kind,
            labels=labels,
            max_cost_usd=max_cost_usd,
            request_options=request_options,
        )
        return await job.wait(timeout_s=timeout_s)

    def attach(self, note_id: str, debate: Note | None = None) -> AsyncNoteRun:
        """A handle on a debate that runs already. Sends nothing.

        Args:
            note_id: The debate.
            debate: Its last known state, if there is one.
        """
        return AsyncRun(self._sender, _JOB, note_id, debate)

    async def check(
        self, body: bytes, *, request_options: RequestOptions | None = None
    ) -> CheckReport:
        """Check a document.

        Says whether it is a note.

        Args:
            body: The file, exactly as it was received.

        Raises:
            InvalidAmount, InvalidRequest, MalformedRequest

        Example:
            from pathlib import Path

            from aragora import Aragora

            receipt = Path("receipt.json").read_bytes()

            with Aragora() as client:
                check_report = client.notes.check(receipt)
                print(check_report)
        """
        return await self._call(
            _CHECK,
            {
                "body": body,
            },
            request_options,
        )

    async def get(self, note_id: str, *, request_options: RequestOptions | None = None) -> Note:
        """Read a note.

        The note as it is now.

        Args:
            note_id: The note.

        Raises:
            InvalidAmount, InvalidRequest, NoteNotFound, Unauthenticated

        Example:
            from aragora import Aragora

            note_id = "note0001"

            with Aragora() as client:
                note = client.notes.get(note_id)
                print(note)
        """
        return await self._call(
            _GET,
            {
                "note_id": note_id,
            },
            request_options,
        )

    async def update(
        self,
        note_id: str,
        *,
        due_at: datetime | str | None | Omit = OMIT,
        text: str | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Note:
        """Change a note.

        Absent members stay as they are.

        Args:
            note_id: The note.
            due_at: When it is due; null removes it.
            text: The new text.

        Raises:
            InvalidAmount, InvalidRequest, MalformedRequest, NoteNotFound, Unauthenticated

        Example:
            from aragora import Aragora

            note_id = "note0001"

            with Aragora() as client:
                note = client.notes.update(note_id, due_at=None, text="Buy bread.")
                print(note)
        """
        return await self._call(
            _UPDATE,
            {
                "note_id": note_id,
                "due_at": due_at,
                "text": text,
            },
            request_options,
        )

    @deprecated("notes.delete is served until 2027-06-30")
    async def delete(self, note_id: str, *, request_options: RequestOptions | None = None) -> None:
        """Delete a note.

        It is gone for good.

        Args:
            note_id: The note.

        Raises:
            InvalidAmount, InvalidRequest, NoteNotFound, Unauthenticated

        Example:
            from aragora import Aragora

            note_id = "note0001"

            with Aragora() as client:
                client.notes.delete(note_id)
        """
        return await self._call(
            _DELETE,
            {
                "note_id": note_id,
            },
            request_options,
        )

    async def cancel(self, note_id: str, *, request_options: RequestOptions | None = None) -> Note:
        """Cancel a note.

        Nothing more is written.

        Args:
            note_id: The note.

        Raises:
            InvalidAmount, InvalidRequest, NoteNotFound, Unauthenticated

        Example:
            from aragora import Aragora

            note_id = "note0001"

            with Aragora() as client:
                note = client.notes.cancel(note_id)
                print(note)
        """
        return await self._call(
            _CANCEL,
            {
                "note_id": note_id,
            },
            request_options,
        )

    def events(
        self,
        note_id: str,
        *,
        after: int = 0,
        deltas: bool = False,
        transport: Transport = "sse",
        on_reconnect: OnReconnect | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncEventStream[NoteEvent | UnknownEvent]:
        """Follow a note.

        Server-sent events.

        Args:
            note_id: The note.
            after: Only events after this sequence number; default 0.

        Raises:
            InvalidAmount, InvalidRequest, NoteNotFound, Unauthenticated

        Example:
            from aragora import Aragora

            note_id = "note0001"

            with Aragora() as client:
                for event in client.notes.events(note_id):
                    print(event.seq, event.type)
        """
        return self._sender.stream(
            _EVENTS,
            {"note_id": note_id, "after": after, "deltas": deltas},
            request_options,
            transport=transport,
            on_reconnect=on_reconnect,
        )

    async def file(
        self, note_id: str, *, request_options: RequestOptions | None = None
    ) -> BinaryResponse:
        """Download a note.

        The note as a document.

        Args:
            note_id: The note.

        Raises:
            InvalidAmount, InvalidRequest, NoteNotFound, Unauthenticated

        Example:
            from aragora import Aragora

            note_id = "note0001"

            with Aragora() as client:
                client.notes.file(note_id).save("receipt.json")
        """
        return await self._call(
            _FILE,
            {
                "note_id": note_id,
            },
            request_options,
        )
