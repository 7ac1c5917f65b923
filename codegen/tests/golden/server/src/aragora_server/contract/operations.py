# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""Every operation and every error code of the contract, as values."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from aragora_server.kernel.operation import (
    Body,
    ErrorCode,
    Operation,
    Param,
    Stream,
    Success,
)

VERSION = "1.2.0"

OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {
        "listNotes": Operation(
            id="listNotes",
            handler="list_notes",
            method="GET",
            path="/v1/notes",
            tag="notes",
            scopes=frozenset(["notes:read"]),
            is_public=False,
            params=(
                Param(
                    name="cursor",
                    argument="cursor",
                    where="query",
                    required=False,
                    schema={
                        "maxLength": 512,
                        "minLength": 1,
                        "pattern": "^[^\\u0000]*$",
                        "type": "string",
                    },
                ),
                Param(
                    name="limit",
                    argument="limit",
                    where="query",
                    required=False,
                    schema={"default": 50, "maximum": 200, "minimum": 1, "type": "integer"},
                ),
            ),
            body=None,
            success=Success(
                status=200, kind="json", schema="NotePage", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "invalid_amount",
                    "invalid_cursor",
                    "invalid_request",
                    "malformed_request",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "createNote": Operation(
            id="createNote",
            handler="create_note",
            method="POST",
            path="/v1/notes",
            tag="notes",
            scopes=frozenset(["notes:write"]),
            is_public=False,
            params=(
                Param(
                    name="Idempotency-Key",
                    argument="idempotency_key",
                    where="header",
                    required=False,
                    schema={
                        "maxLength": 255,
                        "minLength": 1,
                        "pattern": "^[!-~]+$",
                        "type": "string",
                    },
                ),
            ),
            body=Body(
                schema="NoteCreate",
                media_type="application/json",
                required=True,
                max_bytes=1048576,
                is_raw=False,
            ),
            success=Success(status=201, kind="json", schema="Note", media_type="application/json"),
            errors=frozenset(
                [
                    "budget_exceeded",
                    "invalid_amount",
                    "invalid_request",
                    "malformed_request",
                    "unauthenticated",
                    "unavailable",
                ]
            ),
            stream=None,
            is_idempotent=True,
            deprecated=False,
            sunset=None,
        ),
        "checkNote": Operation(
            id="checkNote",
            handler="check_note",
            method="POST",
            path="/v1/notes/check",
            tag="notes",
            scopes=frozenset(),
            is_public=True,
            params=(),
            body=Body(
                schema="NoteFile",
                media_type="application/vnd.note+json",
                required=True,
                max_bytes=2097152,
                is_raw=True,
            ),
            success=Success(
                status=200, kind="json", schema="CheckReport", media_type="application/json"
            ),
            errors=frozenset(["invalid_amount", "invalid_request", "malformed_request"]),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getNote": Operation(
            id="getNote",
            handler="get_note",
            method="GET",
            path="/v1/notes/{note_id}",
            tag="notes",
            scopes=frozenset(["notes:read"]),
            is_public=False,
            params=(
                Param(
                    name="note_id",
                    argument="note_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(status=200, kind="json", schema="Note", media_type="application/json"),
            errors=frozenset(
                ["invalid_amount", "invalid_request", "note_not_found", "unauthenticated"]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "updateNote": Operation(
            id="updateNote",
            handler="update_note",
            method="PATCH",
            path="/v1/notes/{note_id}",
            tag="notes",
            scopes=frozenset(["notes:write"]),
            is_public=False,
            params=(
                Param(
                    name="note_id",
                    argument="note_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=Body(
                schema="NoteUpdate",
                media_type="application/json",
                required=True,
                max_bytes=1048576,
                is_raw=False,
            ),
            success=Success(status=200, kind="json", schema="Note", media_type="application/json"),
            errors=frozenset(
                [
                    "invalid_amount",
                    "invalid_request",
                    "malformed_request",
                    "note_not_found",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "deleteNote": Operation(
            id="deleteNote",
            handler="delete_note",
            method="DELETE",
            path="/v1/notes/{note_id}",
            tag="notes",
            scopes=frozenset(["notes:write"]),
            is_public=False,
            params=(
                Param(
                    name="note_id",
                    argument="note_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(status=204, kind="empty", schema=None, media_type=None),
            errors=frozenset(
                ["invalid_amount", "invalid_request", "note_not_found", "unauthenticated"]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=True,
            sunset="2027-06-30",
        ),
        "cancelNote": Operation(
            id="cancelNote",
            handler="cancel_note",
            method="POST",
            path="/v1/notes/{note_id}/cancel",
            tag="notes",
            scopes=frozenset(["notes:write"]),
            is_public=False,
            params=(
                Param(
                    name="note_id",
                    argument="note_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(status=202, kind="json", schema="Note", media_type="application/json"),
            errors=frozenset(
                ["invalid_amount", "invalid_request", "note_not_found", "unauthenticated"]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "streamNote": Operation(
            id="streamNote",
            handler="stream_note",
            method="GET",
            path="/v1/notes/{note_id}/events/stream",
            tag="notes",
            scopes=frozenset(["notes:read"]),
            is_public=False,
            params=(
                Param(
                    name="note_id",
                    argument="note_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
                Param(
                    name="after",
                    argument="after",
                    where="query",
                    required=False,
                    schema={
                        "default": 0,
                        "maximum": 9007199254740991,
                        "minimum": 0,
                        "type": "integer",
                    },
                ),
                Param(
                    name="Last-Event-ID",
                    argument="last_event_id",
                    where="header",
                    required=False,
                    schema={"maximum": 9007199254740991, "minimum": 0, "type": "integer"},
                ),
            ),
            body=None,
            success=Success(
                status=200, kind="stream", schema="ServerSentEvent", media_type="text/event-stream"
            ),
            errors=frozenset(
                ["invalid_amount", "invalid_request", "note_not_found", "unauthenticated"]
            ),
            stream=Stream(
                event="NoteEvent",
                resume_param="after",
                heartbeat_s=15,
                terminal=frozenset(["note.done"]),
                ephemeral=frozenset(["heartbeat"]),
                websocket_path="/v1/notes/{note_id}/events/socket",
            ),
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getNoteFile": Operation(
            id="getNoteFile",
            handler="get_note_file",
            method="GET",
            path="/v1/notes/{note_id}/file",
            tag="notes",
            scopes=frozenset(["notes:read"]),
            is_public=False,
            params=(
                Param(
                    name="note_id",
                    argument="note_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(
                status=200, kind="binary", schema="NoteFile", media_type="application/vnd.note+json"
            ),
            errors=frozenset(
                ["invalid_amount", "invalid_request", "note_not_found", "unauthenticated"]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getHealth": Operation(
            id="getHealth",
            handler="get_health",
            method="GET",
            path="/healthz",
            tag="system",
            scopes=frozenset(),
            is_public=True,
            params=(),
            body=None,
            success=Success(
                status=200, kind="json", schema="Health", media_type="application/json"
            ),
            errors=frozenset(["invalid_amount", "invalid_request"]),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getMetrics": Operation(
            id="getMetrics",
            handler="get_metrics",
            method="GET",
            path="/metrics",
            tag="system",
            scopes=frozenset(),
            is_public=True,
            params=(),
            body=None,
            success=Success(
                status=200, kind="text", schema="Metrics", media_type="text/plain; version=0.0.4"
            ),
            errors=frozenset(["invalid_amount", "invalid_request"]),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
    }
)

ERRORS: Mapping[str, ErrorCode] = MappingProxyType(
    {
        "budget_exceeded": ErrorCode(
            code="budget_exceeded", status=402, title="Budget exceeded", retry="never"
        ),
        "invalid_amount": ErrorCode(
            code="invalid_amount", status=422, title="Invalid amount", retry="never"
        ),
        "invalid_cursor": ErrorCode(
            code="invalid_cursor", status=400, title="Invalid cursor", retry="never"
        ),
        "invalid_request": ErrorCode(
            code="invalid_request", status=422, title="Invalid request", retry="never"
        ),
        "malformed_request": ErrorCode(
            code="malformed_request", status=400, title="Malformed request", retry="never"
        ),
        "note_not_found": ErrorCode(
            code="note_not_found", status=404, title="No such note", retry="never"
        ),
        "unauthenticated": ErrorCode(
            code="unauthenticated", status=401, title="Not authenticated", retry="never"
        ),
        "unavailable": ErrorCode(code="unavailable", status=503, title="Unavailable", retry="safe"),
    }
)

SCOPES = frozenset(["notes:read", "notes:write"])
