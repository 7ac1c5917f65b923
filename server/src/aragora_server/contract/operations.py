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

VERSION = "3.0.0-alpha.1"

OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {
        "listDebates": Operation(
            id="listDebates",
            handler="list_debates",
            method="GET",
            path="/v1/debates",
            tag="debates",
            scopes=frozenset(["debates:read"]),
            is_public=False,
            params=(
                Param(
                    name="status",
                    argument="status",
                    where="query",
                    required=False,
                    schema={
                        "description": "A status.",
                        "enum": ["queued", "running", "concluded", "cancelled", "failed"],
                        "type": "string",
                    },
                ),
                Param(
                    name="protocol",
                    argument="protocol",
                    where="query",
                    required=False,
                    schema={
                        "description": "A protocol.",
                        "maxLength": 64,
                        "pattern": "^[a-z0-9_]{1,64}$",
                        "type": "string",
                    },
                ),
                Param(
                    name="tag",
                    argument="tag",
                    where="query",
                    required=False,
                    schema={
                        "description": "A tag.",
                        "maxLength": 64,
                        "pattern": "^[a-z0-9][a-z0-9._-]{0,63}$",
                        "type": "string",
                    },
                ),
                Param(
                    name="created_from",
                    argument="created_from",
                    where="query",
                    required=False,
                    schema={"$ref": "#/components/schemas/Timestamp"},
                ),
                Param(
                    name="created_to",
                    argument="created_to",
                    where="query",
                    required=False,
                    schema={"$ref": "#/components/schemas/Timestamp"},
                ),
                Param(
                    name="question",
                    argument="question",
                    where="query",
                    required=False,
                    schema={
                        "description": "Words of a question.",
                        "maxLength": 200,
                        "minLength": 1,
                        "pattern": "^[^\\u0000]*$",
                        "type": "string",
                    },
                ),
                Param(
                    name="cursor",
                    argument="cursor",
                    where="query",
                    required=False,
                    schema={
                        "maxLength": 512,
                        "minLength": 1,
                        "pattern": "^[!-~]+$",
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
                status=200, kind="json", schema="DebatePage", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_cursor",
                    "invalid_request",
                    "malformed_request",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "createDebate": Operation(
            id="createDebate",
            handler="create_debate",
            method="POST",
            path="/v1/debates",
            tag="debates",
            scopes=frozenset(["debates:write"]),
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
                schema="DebateCreate",
                media_type="application/json",
                required=True,
                max_bytes=8388608,
                is_raw=False,
            ),
            success=Success(
                status=202, kind="json", schema="Debate", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "agent_unknown",
                    "agents_invalid",
                    "body_too_large",
                    "budget_exceeded",
                    "budget_paused",
                    "context_too_large",
                    "idempotency_in_progress",
                    "idempotency_key_reused",
                    "internal_error",
                    "invalid_amount",
                    "invalid_request",
                    "malformed_request",
                    "model_unpriced",
                    "options_invalid",
                    "protocol_unknown",
                    "provider_key_missing",
                    "provider_support_missing",
                    "rate_limited",
                    "request_timeout",
                    "scope_missing",
                    "storage_full",
                    "unauthenticated",
                    "unavailable",
                    "unsupported_media_type",
                ]
            ),
            stream=None,
            is_idempotent=True,
            deprecated=False,
            sunset=None,
        ),
        "estimateDebate": Operation(
            id="estimateDebate",
            handler="estimate_debate",
            method="POST",
            path="/v1/debates/estimate",
            tag="debates",
            scopes=frozenset(["debates:read"]),
            is_public=False,
            params=(),
            body=Body(
                schema="DebateCreate",
                media_type="application/json",
                required=True,
                max_bytes=8388608,
                is_raw=False,
            ),
            success=Success(
                status=200, kind="json", schema="DebateEstimate", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "agent_unknown",
                    "agents_invalid",
                    "body_too_large",
                    "context_too_large",
                    "internal_error",
                    "invalid_amount",
                    "invalid_request",
                    "malformed_request",
                    "model_unpriced",
                    "options_invalid",
                    "protocol_unknown",
                    "provider_key_missing",
                    "provider_support_missing",
                    "rate_limited",
                    "request_timeout",
                    "scope_missing",
                    "unauthenticated",
                    "unsupported_media_type",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getDebate": Operation(
            id="getDebate",
            handler="get_debate",
            method="GET",
            path="/v1/debates/{debate_id}",
            tag="debates",
            scopes=frozenset(["debates:read"]),
            is_public=False,
            params=(
                Param(
                    name="debate_id",
                    argument="debate_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(
                status=200, kind="json", schema="Debate", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "debate_not_found",
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "cancelDebate": Operation(
            id="cancelDebate",
            handler="cancel_debate",
            method="POST",
            path="/v1/debates/{debate_id}/cancel",
            tag="debates",
            scopes=frozenset(["debates:write"]),
            is_public=False,
            params=(
                Param(
                    name="debate_id",
                    argument="debate_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(
                status=202, kind="json", schema="Debate", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "debate_not_found",
                    "debate_over",
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "rate_limited",
                    "scope_missing",
                    "storage_full",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "listEvents": Operation(
            id="listEvents",
            handler="list_events",
            method="GET",
            path="/v1/debates/{debate_id}/events",
            tag="debates",
            scopes=frozenset(["debates:read"]),
            is_public=False,
            params=(
                Param(
                    name="debate_id",
                    argument="debate_id",
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
                    name="cursor",
                    argument="cursor",
                    where="query",
                    required=False,
                    schema={
                        "maxLength": 512,
                        "minLength": 1,
                        "pattern": "^[!-~]+$",
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
                status=200, kind="json", schema="DebateEventPage", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "after_beyond_end",
                    "debate_not_found",
                    "internal_error",
                    "invalid_cursor",
                    "invalid_request",
                    "malformed_request",
                    "not_found",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "streamEvents": Operation(
            id="streamEvents",
            handler="stream_events",
            method="GET",
            path="/v1/debates/{debate_id}/events/stream",
            tag="debates",
            scopes=frozenset(["debates:read"]),
            is_public=False,
            params=(
                Param(
                    name="debate_id",
                    argument="debate_id",
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
                    name="deltas",
                    argument="deltas",
                    where="query",
                    required=False,
                    schema={"default": False, "type": "boolean"},
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
                [
                    "after_beyond_end",
                    "debate_not_found",
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "rate_limited",
                    "scope_missing",
                    "too_many_streams",
                    "too_many_streams_of_key",
                    "unauthenticated",
                    "unavailable",
                ]
            ),
            stream=Stream(
                event="DebateEvent",
                resume_param="after",
                heartbeat_s=15,
                terminal=frozenset(["debate.cancelled", "debate.concluded", "debate.failed"]),
                ephemeral=frozenset(["heartbeat", "token.delta"]),
                websocket_path="/v1/debates/{debate_id}/events/socket",
            ),
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getTranscript": Operation(
            id="getTranscript",
            handler="get_transcript",
            method="GET",
            path="/v1/debates/{debate_id}/transcript",
            tag="debates",
            scopes=frozenset(["debates:read"]),
            is_public=False,
            params=(
                Param(
                    name="debate_id",
                    argument="debate_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(
                status=200, kind="json", schema="Transcript", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "debate_not_found",
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getKeys": Operation(
            id="getKeys",
            handler="get_keys",
            method="GET",
            path="/.well-known/aragora-keys.json",
            tag="receipts",
            scopes=frozenset(),
            is_public=True,
            params=(),
            body=None,
            success=Success(
                status=200, kind="json", schema="KeyDirectory", media_type="application/json"
            ),
            errors=frozenset(["internal_error", "invalid_request", "rate_limited"]),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getLogConsistency": Operation(
            id="getLogConsistency",
            handler="get_log_consistency",
            method="GET",
            path="/v1/log/consistency",
            tag="receipts",
            scopes=frozenset(["receipts:read"]),
            is_public=False,
            params=(
                Param(
                    name="from_size",
                    argument="from_size",
                    where="query",
                    required=True,
                    schema={
                        "description": "A number of leaves.",
                        "maximum": 9007199254740991,
                        "minimum": 1,
                        "type": "integer",
                    },
                ),
                Param(
                    name="to_size",
                    argument="to_size",
                    where="query",
                    required=False,
                    schema={
                        "description": "A number of leaves.",
                        "maximum": 9007199254740991,
                        "minimum": 1,
                        "type": "integer",
                    },
                ),
                Param(
                    name="shard",
                    argument="shard",
                    where="query",
                    required=False,
                    schema={
                        "description": "A year.",
                        "maxLength": 4,
                        "pattern": "^[0-9]{4}$",
                        "type": "string",
                    },
                ),
            ),
            body=None,
            success=Success(
                status=200, kind="json", schema="LogConsistency", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "checkpoint_not_found",
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "listReceipts": Operation(
            id="listReceipts",
            handler="list_receipts",
            method="GET",
            path="/v1/receipts",
            tag="receipts",
            scopes=frozenset(["receipts:read"]),
            is_public=False,
            params=(
                Param(
                    name="debate_id",
                    argument="debate_id",
                    where="query",
                    required=False,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
                Param(
                    name="outcome",
                    argument="outcome",
                    where="query",
                    required=False,
                    schema={
                        "description": "An outcome.",
                        "enum": ["decided", "no_consensus", "no_decision"],
                        "type": "string",
                    },
                ),
                Param(
                    name="issued_from",
                    argument="issued_from",
                    where="query",
                    required=False,
                    schema={"$ref": "#/components/schemas/Timestamp"},
                ),
                Param(
                    name="issued_to",
                    argument="issued_to",
                    where="query",
                    required=False,
                    schema={"$ref": "#/components/schemas/Timestamp"},
                ),
                Param(
                    name="topic",
                    argument="topic",
                    where="query",
                    required=False,
                    schema={
                        "maxLength": 200,
                        "minLength": 1,
                        "pattern": "^[^\\u0000]*$",
                        "type": "string",
                    },
                ),
                Param(
                    name="participant",
                    argument="participant",
                    where="query",
                    required=False,
                    schema={
                        "maxLength": 200,
                        "minLength": 1,
                        "pattern": "^[^\\u0000]*$",
                        "type": "string",
                    },
                ),
                Param(
                    name="protocol",
                    argument="protocol",
                    where="query",
                    required=False,
                    schema={"maxLength": 64, "pattern": "^[a-z0-9_]{1,64}$", "type": "string"},
                ),
                Param(
                    name="min_cost_usd",
                    argument="min_cost_usd",
                    where="query",
                    required=False,
                    schema={"$ref": "#/components/schemas/Money"},
                ),
                Param(
                    name="cursor",
                    argument="cursor",
                    where="query",
                    required=False,
                    schema={
                        "maxLength": 512,
                        "minLength": 1,
                        "pattern": "^[!-~]+$",
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
                status=200, kind="json", schema="ReceiptPage", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_amount",
                    "invalid_cursor",
                    "invalid_request",
                    "malformed_request",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "verifyReceipt": Operation(
            id="verifyReceipt",
            handler="verify_receipt",
            method="POST",
            path="/v1/receipts/verify",
            tag="receipts",
            scopes=frozenset(),
            is_public=True,
            params=(),
            body=Body(
                schema="ReceiptBundle",
                media_type="application/vnd.aragora.receipt-bundle+json",
                required=True,
                max_bytes=33554432,
                is_raw=True,
            ),
            success=Success(
                status=200, kind="json", schema="VerificationReport", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "body_too_large",
                    "bundle_unreadable",
                    "internal_error",
                    "invalid_request",
                    "malformed_request",
                    "rate_limited",
                    "request_timeout",
                    "unsupported_media_type",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getReceipt": Operation(
            id="getReceipt",
            handler="get_receipt",
            method="GET",
            path="/v1/receipts/{receipt_id}",
            tag="receipts",
            scopes=frozenset(["receipts:read"]),
            is_public=False,
            params=(
                Param(
                    name="receipt_id",
                    argument="receipt_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(
                status=200, kind="json", schema="Receipt", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "rate_limited",
                    "receipt_erased",
                    "receipt_not_found",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getReceiptBundle": Operation(
            id="getReceiptBundle",
            handler="get_receipt_bundle",
            method="GET",
            path="/v1/receipts/{receipt_id}/bundle",
            tag="receipts",
            scopes=frozenset(["receipts:export"]),
            is_public=False,
            params=(
                Param(
                    name="receipt_id",
                    argument="receipt_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(
                status=200,
                kind="binary",
                schema="ReceiptBundle",
                media_type="application/vnd.aragora.receipt-bundle+json",
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "rate_limited",
                    "receipt_erased",
                    "receipt_not_found",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getReceiptHtml": Operation(
            id="getReceiptHtml",
            handler="get_receipt_html",
            method="GET",
            path="/v1/receipts/{receipt_id}/html",
            tag="receipts",
            scopes=frozenset(["receipts:export"]),
            is_public=False,
            params=(
                Param(
                    name="receipt_id",
                    argument="receipt_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(
                status=200, kind="text", schema="ReceiptHtml", media_type="text/html; charset=utf-8"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "rate_limited",
                    "receipt_erased",
                    "receipt_not_found",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getReceiptMarkdown": Operation(
            id="getReceiptMarkdown",
            handler="get_receipt_markdown",
            method="GET",
            path="/v1/receipts/{receipt_id}/markdown",
            tag="receipts",
            scopes=frozenset(["receipts:export"]),
            is_public=False,
            params=(
                Param(
                    name="receipt_id",
                    argument="receipt_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(
                status=200,
                kind="text",
                schema="ReceiptMarkdown",
                media_type="text/markdown; charset=utf-8",
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "rate_limited",
                    "receipt_erased",
                    "receipt_not_found",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getReceiptOdr": Operation(
            id="getReceiptOdr",
            handler="get_receipt_odr",
            method="GET",
            path="/v1/receipts/{receipt_id}/odr",
            tag="receipts",
            scopes=frozenset(["receipts:export"]),
            is_public=False,
            params=(
                Param(
                    name="receipt_id",
                    argument="receipt_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(
                status=200,
                kind="binary",
                schema="ReceiptOdr",
                media_type="application/vnd.open-decision-receipt+json",
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "rate_limited",
                    "receipt_erased",
                    "receipt_not_found",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getReceiptPdf": Operation(
            id="getReceiptPdf",
            handler="get_receipt_pdf",
            method="GET",
            path="/v1/receipts/{receipt_id}/pdf",
            tag="receipts",
            scopes=frozenset(["receipts:export"]),
            is_public=False,
            params=(
                Param(
                    name="receipt_id",
                    argument="receipt_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(
                status=200, kind="binary", schema="ReceiptPdf", media_type="application/pdf"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "pdf_support_missing",
                    "rate_limited",
                    "receipt_erased",
                    "receipt_not_found",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getReceiptProof": Operation(
            id="getReceiptProof",
            handler="get_receipt_proof",
            method="GET",
            path="/v1/receipts/{receipt_id}/proof",
            tag="receipts",
            scopes=frozenset(["receipts:read"]),
            is_public=False,
            params=(
                Param(
                    name="receipt_id",
                    argument="receipt_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(
                status=200, kind="json", schema="ReceiptProof", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "rate_limited",
                    "receipt_erased",
                    "receipt_not_found",
                    "receipt_pending",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "verifyStoredReceipt": Operation(
            id="verifyStoredReceipt",
            handler="verify_stored_receipt",
            method="POST",
            path="/v1/receipts/{receipt_id}/verify",
            tag="receipts",
            scopes=frozenset(["receipts:read"]),
            is_public=False,
            params=(
                Param(
                    name="receipt_id",
                    argument="receipt_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(
                status=200, kind="json", schema="VerificationReport", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "rate_limited",
                    "receipt_erased",
                    "receipt_not_found",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "listShareLinks": Operation(
            id="listShareLinks",
            handler="list_share_links",
            method="GET",
            path="/v1/receipts/{receipt_id}/share-links",
            tag="sharing",
            scopes=frozenset(["receipts:share"]),
            is_public=False,
            params=(
                Param(
                    name="receipt_id",
                    argument="receipt_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
                Param(
                    name="cursor",
                    argument="cursor",
                    where="query",
                    required=False,
                    schema={
                        "maxLength": 512,
                        "minLength": 1,
                        "pattern": "^[!-~]+$",
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
                status=200, kind="json", schema="ShareLinkPage", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_cursor",
                    "invalid_request",
                    "malformed_request",
                    "not_found",
                    "rate_limited",
                    "receipt_erased",
                    "receipt_not_found",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "createShareLink": Operation(
            id="createShareLink",
            handler="create_share_link",
            method="POST",
            path="/v1/receipts/{receipt_id}/share-links",
            tag="sharing",
            scopes=frozenset(["receipts:share"]),
            is_public=False,
            params=(
                Param(
                    name="receipt_id",
                    argument="receipt_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
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
                schema="ShareLinkCreate",
                media_type="application/json",
                required=True,
                max_bytes=1048576,
                is_raw=False,
            ),
            success=Success(
                status=201, kind="json", schema="ShareLinkCreated", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "body_too_large",
                    "idempotency_in_progress",
                    "idempotency_key_reused",
                    "internal_error",
                    "invalid_request",
                    "malformed_request",
                    "not_found",
                    "rate_limited",
                    "receipt_erased",
                    "receipt_not_found",
                    "request_timeout",
                    "scope_missing",
                    "share_link_expiry_invalid",
                    "storage_full",
                    "unauthenticated",
                    "unsupported_media_type",
                ]
            ),
            stream=None,
            is_idempotent=True,
            deprecated=False,
            sunset=None,
        ),
        "revokeShareLink": Operation(
            id="revokeShareLink",
            handler="revoke_share_link",
            method="DELETE",
            path="/v1/receipts/{receipt_id}/share-links/{link_id}",
            tag="sharing",
            scopes=frozenset(["receipts:share"]),
            is_public=False,
            params=(
                Param(
                    name="receipt_id",
                    argument="receipt_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
                Param(
                    name="link_id",
                    argument="link_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(status=204, kind="empty", schema=None, media_type=None),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "rate_limited",
                    "receipt_erased",
                    "scope_missing",
                    "share_link_not_found",
                    "storage_full",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getSharedReceiptPage": Operation(
            id="getSharedReceiptPage",
            handler="get_shared_receipt_page",
            method="GET",
            path="/v1/shared-receipts",
            tag="sharing",
            scopes=frozenset(),
            is_public=True,
            params=(),
            body=None,
            success=Success(
                status=200,
                kind="text",
                schema="SharedReceiptPage",
                media_type="text/html; charset=utf-8",
            ),
            errors=frozenset(["internal_error", "invalid_request", "rate_limited"]),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "openSharedReceipt": Operation(
            id="openSharedReceipt",
            handler="open_shared_receipt",
            method="GET",
            path="/v1/shared-receipts/{token}",
            tag="sharing",
            scopes=frozenset(),
            is_public=True,
            params=(
                Param(
                    name="token",
                    argument="token",
                    where="path",
                    required=True,
                    schema={
                        "maxLength": 43,
                        "minLength": 43,
                        "pattern": "^[A-Za-z0-9_-]{43}$",
                        "type": "string",
                    },
                ),
            ),
            body=None,
            success=Success(
                status=200,
                kind="binary",
                schema="ReceiptBundle",
                media_type="application/vnd.aragora.receipt-bundle+json",
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "rate_limited",
                    "share_link_not_found",
                    "storage_full",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getFeedback": Operation(
            id="getFeedback",
            handler="get_feedback",
            method="GET",
            path="/v1/receipts/{receipt_id}/feedback",
            tag="feedback",
            scopes=frozenset(["receipts:read"]),
            is_public=False,
            params=(
                Param(
                    name="receipt_id",
                    argument="receipt_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(
                status=200, kind="json", schema="ReceiptFeedback", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "rate_limited",
                    "receipt_erased",
                    "receipt_not_found",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "putFeedback": Operation(
            id="putFeedback",
            handler="put_feedback",
            method="PUT",
            path="/v1/receipts/{receipt_id}/feedback",
            tag="feedback",
            scopes=frozenset(["receipts:write"]),
            is_public=False,
            params=(
                Param(
                    name="receipt_id",
                    argument="receipt_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=Body(
                schema="FeedbackGiven",
                media_type="application/json",
                required=True,
                max_bytes=1048576,
                is_raw=False,
            ),
            success=Success(
                status=200, kind="json", schema="ReceiptFeedback", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "body_too_large",
                    "internal_error",
                    "invalid_request",
                    "malformed_request",
                    "not_found",
                    "rate_limited",
                    "receipt_erased",
                    "receipt_not_found",
                    "request_timeout",
                    "scope_missing",
                    "storage_full",
                    "unauthenticated",
                    "unsupported_media_type",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "listReceiptExports": Operation(
            id="listReceiptExports",
            handler="list_receipt_exports",
            method="GET",
            path="/v1/receipt-exports",
            tag="exports",
            scopes=frozenset(["receipts:export"]),
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
                        "pattern": "^[!-~]+$",
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
                status=200, kind="json", schema="ReceiptExportPage", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_cursor",
                    "invalid_request",
                    "malformed_request",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "createReceiptExport": Operation(
            id="createReceiptExport",
            handler="create_receipt_export",
            method="POST",
            path="/v1/receipt-exports",
            tag="exports",
            scopes=frozenset(["receipts:export"]),
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
                schema="ReceiptExportCreate",
                media_type="application/json",
                required=True,
                max_bytes=1048576,
                is_raw=False,
            ),
            success=Success(
                status=202, kind="json", schema="ReceiptExport", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "body_too_large",
                    "idempotency_in_progress",
                    "idempotency_key_reused",
                    "internal_error",
                    "invalid_amount",
                    "invalid_request",
                    "malformed_request",
                    "rate_limited",
                    "request_timeout",
                    "scope_missing",
                    "storage_full",
                    "too_many_exports",
                    "unauthenticated",
                    "unsupported_media_type",
                ]
            ),
            stream=None,
            is_idempotent=True,
            deprecated=False,
            sunset=None,
        ),
        "getReceiptExport": Operation(
            id="getReceiptExport",
            handler="get_receipt_export",
            method="GET",
            path="/v1/receipt-exports/{export_id}",
            tag="exports",
            scopes=frozenset(["receipts:export"]),
            is_public=False,
            params=(
                Param(
                    name="export_id",
                    argument="export_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(
                status=200, kind="json", schema="ReceiptExport", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "export_not_found",
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "deleteReceiptExport": Operation(
            id="deleteReceiptExport",
            handler="delete_receipt_export",
            method="DELETE",
            path="/v1/receipt-exports/{export_id}",
            tag="exports",
            scopes=frozenset(["receipts:export"]),
            is_public=False,
            params=(
                Param(
                    name="export_id",
                    argument="export_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(status=204, kind="empty", schema=None, media_type=None),
            errors=frozenset(
                [
                    "export_not_found",
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "rate_limited",
                    "scope_missing",
                    "storage_full",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getReceiptExportPart": Operation(
            id="getReceiptExportPart",
            handler="get_receipt_export_part",
            method="GET",
            path="/v1/receipt-exports/{export_id}/parts/{part}",
            tag="exports",
            scopes=frozenset(["receipts:export"]),
            is_public=False,
            params=(
                Param(
                    name="export_id",
                    argument="export_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
                Param(
                    name="part",
                    argument="part",
                    where="path",
                    required=True,
                    schema={
                        "examples": [0],
                        "maximum": 9007199254740991,
                        "minimum": 0,
                        "type": "integer",
                    },
                ),
            ),
            body=None,
            success=Success(
                status=200,
                kind="binary",
                schema="ExportPart",
                media_type="application/octet-stream",
            ),
            errors=frozenset(
                [
                    "export_not_found",
                    "export_not_ready",
                    "export_withdrawn",
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "listLegalHolds": Operation(
            id="listLegalHolds",
            handler="list_legal_holds",
            method="GET",
            path="/v1/legal-holds",
            tag="custody",
            scopes=frozenset(["receipts:hold"]),
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
                        "pattern": "^[!-~]+$",
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
                status=200, kind="json", schema="LegalHoldPage", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_cursor",
                    "invalid_request",
                    "malformed_request",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "createLegalHold": Operation(
            id="createLegalHold",
            handler="create_legal_hold",
            method="POST",
            path="/v1/legal-holds",
            tag="custody",
            scopes=frozenset(["receipts:hold"]),
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
                schema="LegalHoldCreate",
                media_type="application/json",
                required=True,
                max_bytes=1048576,
                is_raw=False,
            ),
            success=Success(
                status=201, kind="json", schema="LegalHold", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "body_too_large",
                    "idempotency_in_progress",
                    "idempotency_key_reused",
                    "internal_error",
                    "invalid_request",
                    "legal_hold_empty",
                    "malformed_request",
                    "rate_limited",
                    "request_timeout",
                    "scope_missing",
                    "storage_full",
                    "unauthenticated",
                    "unsupported_media_type",
                ]
            ),
            stream=None,
            is_idempotent=True,
            deprecated=False,
            sunset=None,
        ),
        "releaseLegalHold": Operation(
            id="releaseLegalHold",
            handler="release_legal_hold",
            method="POST",
            path="/v1/legal-holds/{legal_hold_id}/release",
            tag="custody",
            scopes=frozenset(["receipts:hold"]),
            is_public=False,
            params=(
                Param(
                    name="legal_hold_id",
                    argument="legal_hold_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(
                status=200, kind="json", schema="LegalHold", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_request",
                    "legal_hold_not_found",
                    "not_found",
                    "rate_limited",
                    "scope_missing",
                    "storage_full",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "eraseParticipant": Operation(
            id="eraseParticipant",
            handler="erase_participant",
            method="POST",
            path="/v1/participant-erasures",
            tag="custody",
            scopes=frozenset(["receipts:erase"]),
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
                schema="ParticipantErasureCreate",
                media_type="application/json",
                required=True,
                max_bytes=1048576,
                is_raw=False,
            ),
            success=Success(
                status=202, kind="json", schema="ParticipantErasure", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "body_too_large",
                    "idempotency_in_progress",
                    "idempotency_key_reused",
                    "internal_error",
                    "invalid_request",
                    "malformed_request",
                    "rate_limited",
                    "request_timeout",
                    "scope_missing",
                    "storage_full",
                    "unauthenticated",
                    "unsupported_media_type",
                ]
            ),
            stream=None,
            is_idempotent=True,
            deprecated=False,
            sunset=None,
        ),
        "getParticipantErasure": Operation(
            id="getParticipantErasure",
            handler="get_participant_erasure",
            method="GET",
            path="/v1/participant-erasures/{participant_erasure_id}",
            tag="custody",
            scopes=frozenset(["receipts:erase"]),
            is_public=False,
            params=(
                Param(
                    name="participant_erasure_id",
                    argument="participant_erasure_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(
                status=200, kind="json", schema="ParticipantErasure", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "participant_erasure_not_found",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "eraseDisclosures": Operation(
            id="eraseDisclosures",
            handler="erase_disclosures",
            method="POST",
            path="/v1/receipts/{receipt_id}/erasures",
            tag="custody",
            scopes=frozenset(["receipts:erase"]),
            is_public=False,
            params=(
                Param(
                    name="receipt_id",
                    argument="receipt_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
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
                schema="ErasureCreate",
                media_type="application/json",
                required=True,
                max_bytes=1048576,
                is_raw=False,
            ),
            success=Success(
                status=201, kind="json", schema="ErasureResult", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "body_too_large",
                    "erasure_empty",
                    "erasure_path_unknown",
                    "idempotency_in_progress",
                    "idempotency_key_reused",
                    "internal_error",
                    "invalid_request",
                    "legal_hold_active",
                    "malformed_request",
                    "not_found",
                    "rate_limited",
                    "receipt_erased",
                    "receipt_not_found",
                    "request_timeout",
                    "scope_missing",
                    "storage_full",
                    "unauthenticated",
                    "unsupported_media_type",
                ]
            ),
            stream=None,
            is_idempotent=True,
            deprecated=False,
            sunset=None,
        ),
        "getRetention": Operation(
            id="getRetention",
            handler="get_retention",
            method="GET",
            path="/v1/retention",
            tag="custody",
            scopes=frozenset(["receipts:retain"]),
            is_public=False,
            params=(),
            body=None,
            success=Success(
                status=200, kind="json", schema="Retention", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_request",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "setRetention": Operation(
            id="setRetention",
            handler="set_retention",
            method="PUT",
            path="/v1/retention",
            tag="custody",
            scopes=frozenset(["receipts:retain"]),
            is_public=False,
            params=(),
            body=Body(
                schema="RetentionSet",
                media_type="application/json",
                required=True,
                max_bytes=1048576,
                is_raw=False,
            ),
            success=Success(
                status=200, kind="json", schema="Retention", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "body_too_large",
                    "internal_error",
                    "invalid_request",
                    "malformed_request",
                    "rate_limited",
                    "request_timeout",
                    "scope_missing",
                    "storage_full",
                    "unauthenticated",
                    "unsupported_media_type",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "listBudgets": Operation(
            id="listBudgets",
            handler="list_budgets",
            method="GET",
            path="/v1/budgets",
            tag="budgets",
            scopes=frozenset(["budgets:read"]),
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
                        "pattern": "^[!-~]+$",
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
                status=200, kind="json", schema="BudgetPage", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_cursor",
                    "invalid_request",
                    "malformed_request",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "createBudget": Operation(
            id="createBudget",
            handler="create_budget",
            method="POST",
            path="/v1/budgets",
            tag="budgets",
            scopes=frozenset(["budgets:write"]),
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
                schema="BudgetCreate",
                media_type="application/json",
                required=True,
                max_bytes=1048576,
                is_raw=False,
            ),
            success=Success(
                status=201, kind="json", schema="Budget", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "body_too_large",
                    "budget_conflict",
                    "budget_scope_invalid",
                    "idempotency_in_progress",
                    "idempotency_key_reused",
                    "internal_error",
                    "invalid_amount",
                    "invalid_period",
                    "invalid_request",
                    "malformed_request",
                    "rate_limited",
                    "request_timeout",
                    "scope_missing",
                    "storage_full",
                    "too_many_addresses",
                    "too_many_budgets",
                    "unauthenticated",
                    "unsupported_media_type",
                ]
            ),
            stream=None,
            is_idempotent=True,
            deprecated=False,
            sunset=None,
        ),
        "auditBudgets": Operation(
            id="auditBudgets",
            handler="audit_budgets",
            method="GET",
            path="/v1/budgets/audit",
            tag="budgets",
            scopes=frozenset(["budgets:read"]),
            is_public=False,
            params=(),
            body=None,
            success=Success(
                status=200, kind="json", schema="BudgetAudit", media_type="application/json"
            ),
            errors=frozenset(
                ["internal_error", "rate_limited", "scope_missing", "unauthenticated"]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "checkBudget": Operation(
            id="checkBudget",
            handler="check_budget",
            method="POST",
            path="/v1/budgets/check",
            tag="budgets",
            scopes=frozenset(["budgets:read"]),
            is_public=False,
            params=(),
            body=Body(
                schema="BudgetCheckRequest",
                media_type="application/json",
                required=True,
                max_bytes=1048576,
                is_raw=False,
            ),
            success=Success(
                status=200, kind="json", schema="BudgetCheck", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "body_too_large",
                    "internal_error",
                    "invalid_amount",
                    "invalid_request",
                    "malformed_request",
                    "rate_limited",
                    "request_timeout",
                    "scope_missing",
                    "unauthenticated",
                    "unsupported_media_type",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getBudget": Operation(
            id="getBudget",
            handler="get_budget",
            method="GET",
            path="/v1/budgets/{budget_id}",
            tag="budgets",
            scopes=frozenset(["budgets:read"]),
            is_public=False,
            params=(
                Param(
                    name="budget_id",
                    argument="budget_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(
                status=200, kind="json", schema="Budget", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "budget_not_found",
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "updateBudget": Operation(
            id="updateBudget",
            handler="update_budget",
            method="PATCH",
            path="/v1/budgets/{budget_id}",
            tag="budgets",
            scopes=frozenset(["budgets:write"]),
            is_public=False,
            params=(
                Param(
                    name="budget_id",
                    argument="budget_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=Body(
                schema="BudgetUpdate",
                media_type="application/json",
                required=True,
                max_bytes=1048576,
                is_raw=False,
            ),
            success=Success(
                status=200, kind="json", schema="Budget", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "body_too_large",
                    "budget_not_found",
                    "internal_error",
                    "invalid_amount",
                    "invalid_request",
                    "malformed_request",
                    "not_found",
                    "rate_limited",
                    "request_timeout",
                    "scope_missing",
                    "storage_full",
                    "too_many_addresses",
                    "unauthenticated",
                    "unsupported_media_type",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "deleteBudget": Operation(
            id="deleteBudget",
            handler="delete_budget",
            method="DELETE",
            path="/v1/budgets/{budget_id}",
            tag="budgets",
            scopes=frozenset(["budgets:write"]),
            is_public=False,
            params=(
                Param(
                    name="budget_id",
                    argument="budget_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(status=204, kind="empty", schema=None, media_type=None),
            errors=frozenset(
                [
                    "budget_not_found",
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "rate_limited",
                    "scope_missing",
                    "storage_full",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "listBudgetAlerts": Operation(
            id="listBudgetAlerts",
            handler="list_budget_alerts",
            method="GET",
            path="/v1/budgets/{budget_id}/alerts",
            tag="budgets",
            scopes=frozenset(["budgets:read"]),
            is_public=False,
            params=(
                Param(
                    name="budget_id",
                    argument="budget_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
                Param(
                    name="cursor",
                    argument="cursor",
                    where="query",
                    required=False,
                    schema={
                        "maxLength": 512,
                        "minLength": 1,
                        "pattern": "^[!-~]+$",
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
                status=200, kind="json", schema="BudgetAlertPage", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "budget_not_found",
                    "internal_error",
                    "invalid_cursor",
                    "invalid_request",
                    "malformed_request",
                    "not_found",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "listLedgerEntries": Operation(
            id="listLedgerEntries",
            handler="list_ledger_entries",
            method="GET",
            path="/v1/budgets/{budget_id}/ledger",
            tag="budgets",
            scopes=frozenset(["budgets:read"]),
            is_public=False,
            params=(
                Param(
                    name="budget_id",
                    argument="budget_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
                Param(
                    name="cursor",
                    argument="cursor",
                    where="query",
                    required=False,
                    schema={
                        "maxLength": 512,
                        "minLength": 1,
                        "pattern": "^[!-~]+$",
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
                status=200, kind="json", schema="LedgerEntryPage", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "budget_not_found",
                    "internal_error",
                    "invalid_cursor",
                    "invalid_request",
                    "malformed_request",
                    "not_found",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "listBudgetOverrides": Operation(
            id="listBudgetOverrides",
            handler="list_budget_overrides",
            method="GET",
            path="/v1/budgets/{budget_id}/overrides",
            tag="budgets",
            scopes=frozenset(["budgets:read"]),
            is_public=False,
            params=(
                Param(
                    name="budget_id",
                    argument="budget_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
                Param(
                    name="cursor",
                    argument="cursor",
                    where="query",
                    required=False,
                    schema={
                        "maxLength": 512,
                        "minLength": 1,
                        "pattern": "^[!-~]+$",
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
                status=200, kind="json", schema="BudgetOverridePage", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "budget_not_found",
                    "internal_error",
                    "invalid_cursor",
                    "invalid_request",
                    "malformed_request",
                    "not_found",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "createBudgetOverride": Operation(
            id="createBudgetOverride",
            handler="create_budget_override",
            method="POST",
            path="/v1/budgets/{budget_id}/overrides",
            tag="budgets",
            scopes=frozenset(["budgets:override"]),
            is_public=False,
            params=(
                Param(
                    name="budget_id",
                    argument="budget_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
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
                schema="BudgetOverrideCreate",
                media_type="application/json",
                required=True,
                max_bytes=1048576,
                is_raw=False,
            ),
            success=Success(
                status=201, kind="json", schema="BudgetOverride", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "body_too_large",
                    "budget_not_found",
                    "idempotency_in_progress",
                    "idempotency_key_reused",
                    "internal_error",
                    "invalid_amount",
                    "invalid_request",
                    "malformed_request",
                    "not_found",
                    "override_invalid",
                    "rate_limited",
                    "request_timeout",
                    "scope_missing",
                    "storage_full",
                    "unauthenticated",
                    "unsupported_media_type",
                ]
            ),
            stream=None,
            is_idempotent=True,
            deprecated=False,
            sunset=None,
        ),
        "revokeBudgetOverride": Operation(
            id="revokeBudgetOverride",
            handler="revoke_budget_override",
            method="DELETE",
            path="/v1/budgets/{budget_id}/overrides/{override_id}",
            tag="budgets",
            scopes=frozenset(["budgets:override"]),
            is_public=False,
            params=(
                Param(
                    name="budget_id",
                    argument="budget_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
                Param(
                    name="override_id",
                    argument="override_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(status=204, kind="empty", schema=None, media_type=None),
            errors=frozenset(
                [
                    "budget_not_found",
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "override_not_found",
                    "rate_limited",
                    "scope_missing",
                    "storage_full",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "listBudgetPeriods": Operation(
            id="listBudgetPeriods",
            handler="list_budget_periods",
            method="GET",
            path="/v1/budgets/{budget_id}/periods",
            tag="budgets",
            scopes=frozenset(["budgets:read"]),
            is_public=False,
            params=(
                Param(
                    name="budget_id",
                    argument="budget_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
                Param(
                    name="cursor",
                    argument="cursor",
                    where="query",
                    required=False,
                    schema={
                        "maxLength": 512,
                        "minLength": 1,
                        "pattern": "^[!-~]+$",
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
                status=200, kind="json", schema="BudgetPeriodPage", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "budget_not_found",
                    "internal_error",
                    "invalid_cursor",
                    "invalid_request",
                    "malformed_request",
                    "not_found",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "adjustLedger": Operation(
            id="adjustLedger",
            handler="adjust_ledger",
            method="POST",
            path="/v1/ledger/adjustments",
            tag="budgets",
            scopes=frozenset(["budgets:adjust"]),
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
                schema="LedgerAdjustmentCreate",
                media_type="application/json",
                required=True,
                max_bytes=1048576,
                is_raw=False,
            ),
            success=Success(
                status=201, kind="json", schema="LedgerEntry", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "adjustment_invalid",
                    "body_too_large",
                    "hold_not_found",
                    "idempotency_in_progress",
                    "idempotency_key_reused",
                    "internal_error",
                    "invalid_amount",
                    "invalid_request",
                    "malformed_request",
                    "not_found",
                    "rate_limited",
                    "request_timeout",
                    "scope_missing",
                    "storage_full",
                    "unauthenticated",
                    "unsupported_media_type",
                ]
            ),
            stream=None,
            is_idempotent=True,
            deprecated=False,
            sunset=None,
        ),
        "getDebateCost": Operation(
            id="getDebateCost",
            handler="get_debate_cost",
            method="GET",
            path="/v1/debates/{debate_id}/cost",
            tag="usage",
            scopes=frozenset(["debates:read"]),
            is_public=False,
            params=(
                Param(
                    name="debate_id",
                    argument="debate_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(
                status=200, kind="json", schema="DebateCost", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "debate_not_found",
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getUsage": Operation(
            id="getUsage",
            handler="get_usage",
            method="GET",
            path="/v1/usage",
            tag="usage",
            scopes=frozenset(["usage:read"]),
            is_public=False,
            params=(
                Param(
                    name="first_day",
                    argument="first_day",
                    where="query",
                    required=False,
                    schema={
                        "examples": ["2026-11-01"],
                        "maxLength": 10,
                        "minLength": 10,
                        "pattern": "^\\d{4}-\\d{2}-\\d{2}$",
                        "type": "string",
                    },
                ),
                Param(
                    name="last_day",
                    argument="last_day",
                    where="query",
                    required=False,
                    schema={
                        "examples": ["2026-11-30"],
                        "maxLength": 10,
                        "minLength": 10,
                        "pattern": "^\\d{4}-\\d{2}-\\d{2}$",
                        "type": "string",
                    },
                ),
                Param(
                    name="timezone",
                    argument="timezone",
                    where="query",
                    required=False,
                    schema={
                        "default": "UTC",
                        "maxLength": 64,
                        "minLength": 1,
                        "pattern": "^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}$",
                        "type": "string",
                    },
                ),
                Param(
                    name="group_by",
                    argument="group_by",
                    where="query",
                    required=False,
                    schema={
                        "default": "day",
                        "enum": [
                            "day",
                            "week",
                            "month",
                            "agent",
                            "provider",
                            "model",
                            "debate",
                            "protocol",
                            "tag",
                            "api_key",
                            "budget",
                        ],
                        "type": "string",
                    },
                ),
                Param(
                    name="top",
                    argument="top",
                    where="query",
                    required=False,
                    schema={"default": 100, "maximum": 1000, "minimum": 1, "type": "integer"},
                ),
            ),
            body=None,
            success=Success(
                status=200, kind="json", schema="UsageReport", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_period",
                    "invalid_range",
                    "invalid_request",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "exportUsageCsv": Operation(
            id="exportUsageCsv",
            handler="export_usage_csv",
            method="GET",
            path="/v1/usage/export/csv",
            tag="usage",
            scopes=frozenset(["usage:read"]),
            is_public=False,
            params=(
                Param(
                    name="first_day",
                    argument="first_day",
                    where="query",
                    required=False,
                    schema={
                        "examples": ["2026-11-01"],
                        "maxLength": 10,
                        "minLength": 10,
                        "pattern": "^\\d{4}-\\d{2}-\\d{2}$",
                        "type": "string",
                    },
                ),
                Param(
                    name="last_day",
                    argument="last_day",
                    where="query",
                    required=False,
                    schema={
                        "examples": ["2026-11-30"],
                        "maxLength": 10,
                        "minLength": 10,
                        "pattern": "^\\d{4}-\\d{2}-\\d{2}$",
                        "type": "string",
                    },
                ),
                Param(
                    name="timezone",
                    argument="timezone",
                    where="query",
                    required=False,
                    schema={
                        "default": "UTC",
                        "maxLength": 64,
                        "minLength": 1,
                        "pattern": "^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}$",
                        "type": "string",
                    },
                ),
                Param(
                    name="group_by",
                    argument="group_by",
                    where="query",
                    required=False,
                    schema={
                        "default": "day",
                        "enum": [
                            "day",
                            "week",
                            "month",
                            "agent",
                            "provider",
                            "model",
                            "debate",
                            "protocol",
                            "tag",
                            "api_key",
                            "budget",
                        ],
                        "type": "string",
                    },
                ),
                Param(
                    name="top",
                    argument="top",
                    where="query",
                    required=False,
                    schema={"default": 100, "maximum": 1000, "minimum": 1, "type": "integer"},
                ),
            ),
            body=None,
            success=Success(
                status=200, kind="text", schema="UsageTable", media_type="text/csv; charset=utf-8"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_period",
                    "invalid_range",
                    "invalid_request",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getForecast": Operation(
            id="getForecast",
            handler="get_forecast",
            method="GET",
            path="/v1/usage/forecast",
            tag="usage",
            scopes=frozenset(["usage:read"]),
            is_public=False,
            params=(),
            body=None,
            success=Success(
                status=200, kind="json", schema="UsageForecast", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_request",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getRoi": Operation(
            id="getRoi",
            handler="get_roi",
            method="GET",
            path="/v1/usage/roi",
            tag="usage",
            scopes=frozenset(["usage:read"]),
            is_public=False,
            params=(
                Param(
                    name="minutes_per_decision",
                    argument="minutes_per_decision",
                    where="query",
                    required=True,
                    schema={"maximum": 100000, "minimum": 0, "type": "integer"},
                ),
                Param(
                    name="people",
                    argument="people",
                    where="query",
                    required=True,
                    schema={"maximum": 10000, "minimum": 0, "type": "integer"},
                ),
                Param(
                    name="hourly_rate_usd",
                    argument="hourly_rate_usd",
                    where="query",
                    required=True,
                    schema={"$ref": "#/components/schemas/Money"},
                ),
                Param(
                    name="first_day",
                    argument="first_day",
                    where="query",
                    required=False,
                    schema={
                        "examples": ["2026-11-01"],
                        "maxLength": 10,
                        "minLength": 10,
                        "pattern": "^\\d{4}-\\d{2}-\\d{2}$",
                        "type": "string",
                    },
                ),
                Param(
                    name="last_day",
                    argument="last_day",
                    where="query",
                    required=False,
                    schema={
                        "examples": ["2026-11-30"],
                        "maxLength": 10,
                        "minLength": 10,
                        "pattern": "^\\d{4}-\\d{2}-\\d{2}$",
                        "type": "string",
                    },
                ),
                Param(
                    name="timezone",
                    argument="timezone",
                    where="query",
                    required=False,
                    schema={
                        "default": "UTC",
                        "maxLength": 64,
                        "minLength": 1,
                        "pattern": "^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}$",
                        "type": "string",
                    },
                ),
            ),
            body=None,
            success=Success(
                status=200, kind="json", schema="UsageRoi", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_amount",
                    "invalid_period",
                    "invalid_range",
                    "invalid_request",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getSharedUsagePage": Operation(
            id="getSharedUsagePage",
            handler="get_shared_usage_page",
            method="GET",
            path="/v1/shared-usage",
            tag="usage_links",
            scopes=frozenset(),
            is_public=True,
            params=(),
            body=None,
            success=Success(
                status=200,
                kind="text",
                schema="SharedUsagePage",
                media_type="text/html; charset=utf-8",
            ),
            errors=frozenset(["internal_error", "invalid_request", "rate_limited"]),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "openSharedUsage": Operation(
            id="openSharedUsage",
            handler="open_shared_usage",
            method="GET",
            path="/v1/shared-usage/{token}",
            tag="usage_links",
            scopes=frozenset(),
            is_public=True,
            params=(
                Param(
                    name="token",
                    argument="token",
                    where="path",
                    required=True,
                    schema={
                        "maxLength": 43,
                        "minLength": 43,
                        "pattern": "^[A-Za-z0-9_-]{43}$",
                        "type": "string",
                    },
                ),
            ),
            body=None,
            success=Success(
                status=200, kind="json", schema="SharedUsage", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "rate_limited",
                    "share_link_not_found",
                    "storage_full",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "listUsageLinks": Operation(
            id="listUsageLinks",
            handler="list_usage_links",
            method="GET",
            path="/v1/usage/share-links",
            tag="usage_links",
            scopes=frozenset(["usage:share"]),
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
                        "pattern": "^[!-~]+$",
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
                status=200, kind="json", schema="UsageLinkPage", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_cursor",
                    "invalid_request",
                    "malformed_request",
                    "not_found",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "createUsageLink": Operation(
            id="createUsageLink",
            handler="create_usage_link",
            method="POST",
            path="/v1/usage/share-links",
            tag="usage_links",
            scopes=frozenset(["usage:share"]),
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
                schema="UsageLinkCreate",
                media_type="application/json",
                required=True,
                max_bytes=1048576,
                is_raw=False,
            ),
            success=Success(
                status=201, kind="json", schema="UsageLinkCreated", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "body_too_large",
                    "idempotency_in_progress",
                    "idempotency_key_reused",
                    "internal_error",
                    "invalid_period",
                    "invalid_range",
                    "invalid_request",
                    "malformed_request",
                    "not_found",
                    "rate_limited",
                    "request_timeout",
                    "scope_missing",
                    "share_link_expiry_invalid",
                    "storage_full",
                    "unauthenticated",
                    "unsupported_media_type",
                ]
            ),
            stream=None,
            is_idempotent=True,
            deprecated=False,
            sunset=None,
        ),
        "revokeUsageLink": Operation(
            id="revokeUsageLink",
            handler="revoke_usage_link",
            method="DELETE",
            path="/v1/usage/share-links/{link_id}",
            tag="usage_links",
            scopes=frozenset(["usage:share"]),
            is_public=False,
            params=(
                Param(
                    name="link_id",
                    argument="link_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(status=204, kind="empty", schema=None, media_type=None),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "rate_limited",
                    "scope_missing",
                    "share_link_not_found",
                    "storage_full",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "listPrices": Operation(
            id="listPrices",
            handler="list_prices",
            method="GET",
            path="/v1/prices",
            tag="prices",
            scopes=frozenset(["prices:read"]),
            is_public=False,
            params=(
                Param(
                    name="provider",
                    argument="provider",
                    where="query",
                    required=False,
                    schema={
                        "maxLength": 100,
                        "minLength": 1,
                        "pattern": "^[^\\u0000]*$",
                        "type": "string",
                    },
                ),
                Param(
                    name="model",
                    argument="model",
                    where="query",
                    required=False,
                    schema={
                        "maxLength": 200,
                        "minLength": 1,
                        "pattern": "^[^\\u0000]*$",
                        "type": "string",
                    },
                ),
                Param(
                    name="at",
                    argument="at",
                    where="query",
                    required=False,
                    schema={"$ref": "#/components/schemas/Timestamp"},
                ),
                Param(
                    name="cursor",
                    argument="cursor",
                    where="query",
                    required=False,
                    schema={
                        "maxLength": 512,
                        "minLength": 1,
                        "pattern": "^[!-~]+$",
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
                status=200, kind="json", schema="PricePage", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_cursor",
                    "invalid_request",
                    "malformed_request",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "resolvePrice": Operation(
            id="resolvePrice",
            handler="resolve_price",
            method="GET",
            path="/v1/prices/resolve",
            tag="prices",
            scopes=frozenset(["prices:read"]),
            is_public=False,
            params=(
                Param(
                    name="provider",
                    argument="provider",
                    where="query",
                    required=True,
                    schema={
                        "maxLength": 100,
                        "minLength": 1,
                        "pattern": "^[^\\u0000]*$",
                        "type": "string",
                    },
                ),
                Param(
                    name="model",
                    argument="model",
                    where="query",
                    required=True,
                    schema={
                        "maxLength": 200,
                        "minLength": 1,
                        "pattern": "^[^\\u0000]*$",
                        "type": "string",
                    },
                ),
                Param(
                    name="at",
                    argument="at",
                    where="query",
                    required=False,
                    schema={"$ref": "#/components/schemas/Timestamp"},
                ),
            ),
            body=None,
            success=Success(
                status=200, kind="json", schema="AppliedPrice", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_request",
                    "model_unpriced",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "listWorkspacePrices": Operation(
            id="listWorkspacePrices",
            handler="list_workspace_prices",
            method="GET",
            path="/v1/workspace-prices",
            tag="prices",
            scopes=frozenset(["prices:read"]),
            is_public=False,
            params=(
                Param(
                    name="provider",
                    argument="provider",
                    where="query",
                    required=False,
                    schema={
                        "maxLength": 100,
                        "minLength": 1,
                        "pattern": "^[^\\u0000]*$",
                        "type": "string",
                    },
                ),
                Param(
                    name="model",
                    argument="model",
                    where="query",
                    required=False,
                    schema={
                        "maxLength": 200,
                        "minLength": 1,
                        "pattern": "^[^\\u0000]*$",
                        "type": "string",
                    },
                ),
                Param(
                    name="cursor",
                    argument="cursor",
                    where="query",
                    required=False,
                    schema={
                        "maxLength": 512,
                        "minLength": 1,
                        "pattern": "^[!-~]+$",
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
                status=200, kind="json", schema="WorkspacePricePage", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_cursor",
                    "invalid_request",
                    "malformed_request",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "createWorkspacePrice": Operation(
            id="createWorkspacePrice",
            handler="create_workspace_price",
            method="POST",
            path="/v1/workspace-prices",
            tag="prices",
            scopes=frozenset(["prices:write"]),
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
                schema="WorkspacePriceCreate",
                media_type="application/json",
                required=True,
                max_bytes=1048576,
                is_raw=False,
            ),
            success=Success(
                status=201, kind="json", schema="WorkspacePrice", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "body_too_large",
                    "idempotency_in_progress",
                    "idempotency_key_reused",
                    "internal_error",
                    "invalid_amount",
                    "invalid_request",
                    "malformed_request",
                    "price_invalid",
                    "price_overlap",
                    "rate_limited",
                    "request_timeout",
                    "scope_missing",
                    "storage_full",
                    "too_many_prices",
                    "unauthenticated",
                    "unsupported_media_type",
                ]
            ),
            stream=None,
            is_idempotent=True,
            deprecated=False,
            sunset=None,
        ),
        "endWorkspacePrice": Operation(
            id="endWorkspacePrice",
            handler="end_workspace_price",
            method="POST",
            path="/v1/workspace-prices/{workspace_price_id}/end",
            tag="prices",
            scopes=frozenset(["prices:write"]),
            is_public=False,
            params=(
                Param(
                    name="workspace_price_id",
                    argument="workspace_price_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(
                status=200, kind="json", schema="WorkspacePrice", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "price_not_found",
                    "rate_limited",
                    "scope_missing",
                    "storage_full",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "repriceLedger": Operation(
            id="repriceLedger",
            handler="reprice_ledger",
            method="POST",
            path="/v1/workspace-prices/{workspace_price_id}/reprice",
            tag="prices",
            scopes=frozenset(["budgets:adjust", "prices:write"]),
            is_public=False,
            params=(
                Param(
                    name="workspace_price_id",
                    argument="workspace_price_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=Body(
                schema="RepricingCreate",
                media_type="application/json",
                required=True,
                max_bytes=1048576,
                is_raw=False,
            ),
            success=Success(
                status=200, kind="json", schema="Repricing", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "body_too_large",
                    "internal_error",
                    "invalid_amount",
                    "invalid_request",
                    "malformed_request",
                    "not_found",
                    "price_invalid",
                    "price_not_found",
                    "rate_limited",
                    "request_timeout",
                    "scope_missing",
                    "storage_full",
                    "unauthenticated",
                    "unsupported_media_type",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "listAgents": Operation(
            id="listAgents",
            handler="list_agents",
            method="GET",
            path="/v1/agents",
            tag="agents",
            scopes=frozenset(["agents:read"]),
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
                        "pattern": "^[!-~]+$",
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
                status=200, kind="json", schema="AgentPresetPage", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_cursor",
                    "invalid_request",
                    "malformed_request",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "listProviders": Operation(
            id="listProviders",
            handler="list_providers",
            method="GET",
            path="/v1/providers",
            tag="agents",
            scopes=frozenset(["agents:read"]),
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
                        "pattern": "^[!-~]+$",
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
                status=200, kind="json", schema="ProviderPage", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_cursor",
                    "invalid_request",
                    "malformed_request",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "listWebhooks": Operation(
            id="listWebhooks",
            handler="list_webhooks",
            method="GET",
            path="/v1/webhooks",
            tag="webhooks",
            scopes=frozenset(["webhooks:read"]),
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
                        "pattern": "^[!-~]+$",
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
                status=200, kind="json", schema="WebhookPage", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_cursor",
                    "invalid_request",
                    "malformed_request",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "createWebhook": Operation(
            id="createWebhook",
            handler="create_webhook",
            method="POST",
            path="/v1/webhooks",
            tag="webhooks",
            scopes=frozenset(["webhooks:write"]),
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
                schema="WebhookCreate",
                media_type="application/json",
                required=True,
                max_bytes=1048576,
                is_raw=False,
            ),
            success=Success(
                status=201, kind="json", schema="WebhookCreated", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "body_too_large",
                    "idempotency_in_progress",
                    "idempotency_key_reused",
                    "internal_error",
                    "invalid_request",
                    "malformed_request",
                    "rate_limited",
                    "request_timeout",
                    "scope_missing",
                    "storage_full",
                    "too_many_webhooks",
                    "unauthenticated",
                    "unsupported_media_type",
                    "webhook_url_refused",
                ]
            ),
            stream=None,
            is_idempotent=True,
            deprecated=False,
            sunset=None,
        ),
        "getWebhook": Operation(
            id="getWebhook",
            handler="get_webhook",
            method="GET",
            path="/v1/webhooks/{webhook_id}",
            tag="webhooks",
            scopes=frozenset(["webhooks:read"]),
            is_public=False,
            params=(
                Param(
                    name="webhook_id",
                    argument="webhook_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(
                status=200, kind="json", schema="Webhook", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                    "webhook_not_found",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "updateWebhook": Operation(
            id="updateWebhook",
            handler="update_webhook",
            method="PATCH",
            path="/v1/webhooks/{webhook_id}",
            tag="webhooks",
            scopes=frozenset(["webhooks:write"]),
            is_public=False,
            params=(
                Param(
                    name="webhook_id",
                    argument="webhook_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=Body(
                schema="WebhookUpdate",
                media_type="application/json",
                required=True,
                max_bytes=1048576,
                is_raw=False,
            ),
            success=Success(
                status=200, kind="json", schema="Webhook", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "body_too_large",
                    "internal_error",
                    "invalid_request",
                    "malformed_request",
                    "not_found",
                    "rate_limited",
                    "request_timeout",
                    "scope_missing",
                    "storage_full",
                    "unauthenticated",
                    "unsupported_media_type",
                    "webhook_not_found",
                    "webhook_url_refused",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "deleteWebhook": Operation(
            id="deleteWebhook",
            handler="delete_webhook",
            method="DELETE",
            path="/v1/webhooks/{webhook_id}",
            tag="webhooks",
            scopes=frozenset(["webhooks:write"]),
            is_public=False,
            params=(
                Param(
                    name="webhook_id",
                    argument="webhook_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(status=204, kind="empty", schema=None, media_type=None),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "rate_limited",
                    "scope_missing",
                    "storage_full",
                    "unauthenticated",
                    "webhook_not_found",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "rotateWebhookSecret": Operation(
            id="rotateWebhookSecret",
            handler="rotate_webhook_secret",
            method="POST",
            path="/v1/webhooks/{webhook_id}/rotate-secret",
            tag="webhooks",
            scopes=frozenset(["webhooks:write"]),
            is_public=False,
            params=(
                Param(
                    name="webhook_id",
                    argument="webhook_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
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
                schema="WebhookSecretRotation",
                media_type="application/json",
                required=True,
                max_bytes=1048576,
                is_raw=False,
            ),
            success=Success(
                status=200, kind="json", schema="WebhookCreated", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "body_too_large",
                    "idempotency_in_progress",
                    "idempotency_key_reused",
                    "internal_error",
                    "invalid_request",
                    "malformed_request",
                    "not_found",
                    "rate_limited",
                    "request_timeout",
                    "scope_missing",
                    "storage_full",
                    "unauthenticated",
                    "unsupported_media_type",
                    "webhook_not_found",
                ]
            ),
            stream=None,
            is_idempotent=True,
            deprecated=False,
            sunset=None,
        ),
        "testWebhook": Operation(
            id="testWebhook",
            handler="test_webhook",
            method="POST",
            path="/v1/webhooks/{webhook_id}/test",
            tag="webhooks",
            scopes=frozenset(["webhooks:write"]),
            is_public=False,
            params=(
                Param(
                    name="webhook_id",
                    argument="webhook_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
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
            body=None,
            success=Success(
                status=202, kind="json", schema="WebhookTest", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "idempotency_in_progress",
                    "idempotency_key_reused",
                    "internal_error",
                    "invalid_request",
                    "malformed_request",
                    "not_found",
                    "rate_limited",
                    "scope_missing",
                    "storage_full",
                    "unauthenticated",
                    "webhook_disabled",
                    "webhook_not_found",
                ]
            ),
            stream=None,
            is_idempotent=True,
            deprecated=False,
            sunset=None,
        ),
        "listJobs": Operation(
            id="listJobs",
            handler="list_jobs",
            method="GET",
            path="/v1/jobs",
            tag="jobs",
            scopes=frozenset(["jobs:read"]),
            is_public=False,
            params=(
                Param(
                    name="state",
                    argument="state",
                    where="query",
                    required=False,
                    schema={
                        "description": "A state.",
                        "enum": ["due", "running", "done", "dead"],
                        "type": "string",
                    },
                ),
                Param(
                    name="kind",
                    argument="kind",
                    where="query",
                    required=False,
                    schema={
                        "description": "A kind.",
                        "maxLength": 64,
                        "pattern": "^[a-z][a-z0-9_]*$",
                        "type": "string",
                    },
                ),
                Param(
                    name="cursor",
                    argument="cursor",
                    where="query",
                    required=False,
                    schema={
                        "maxLength": 512,
                        "minLength": 1,
                        "pattern": "^[!-~]+$",
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
                status=200, kind="json", schema="JobPage", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_cursor",
                    "invalid_request",
                    "malformed_request",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getJob": Operation(
            id="getJob",
            handler="get_job",
            method="GET",
            path="/v1/jobs/{job_id}",
            tag="jobs",
            scopes=frozenset(["jobs:read"]),
            is_public=False,
            params=(
                Param(
                    name="job_id",
                    argument="job_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(status=200, kind="json", schema="Job", media_type="application/json"),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_request",
                    "job_not_found",
                    "not_found",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "retryJob": Operation(
            id="retryJob",
            handler="retry_job",
            method="POST",
            path="/v1/jobs/{job_id}/retry",
            tag="jobs",
            scopes=frozenset(["jobs:write"]),
            is_public=False,
            params=(
                Param(
                    name="job_id",
                    argument="job_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(status=200, kind="json", schema="Job", media_type="application/json"),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_request",
                    "job_not_dead",
                    "job_not_found",
                    "not_found",
                    "rate_limited",
                    "scope_missing",
                    "storage_full",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getAccount": Operation(
            id="getAccount",
            handler="get_account",
            method="GET",
            path="/v1/account",
            tag="account",
            scopes=frozenset(["account:read"]),
            is_public=False,
            params=(),
            body=None,
            success=Success(
                status=200, kind="json", schema="Account", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_request",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "listApiKeys": Operation(
            id="listApiKeys",
            handler="list_api_keys",
            method="GET",
            path="/v1/api-keys",
            tag="account",
            scopes=frozenset(["keys:read"]),
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
                        "pattern": "^[!-~]+$",
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
                status=200, kind="json", schema="ApiKeyPage", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_cursor",
                    "invalid_request",
                    "malformed_request",
                    "rate_limited",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "createApiKey": Operation(
            id="createApiKey",
            handler="create_api_key",
            method="POST",
            path="/v1/api-keys",
            tag="account",
            scopes=frozenset(["keys:write"]),
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
                schema="ApiKeyCreate",
                media_type="application/json",
                required=True,
                max_bytes=1048576,
                is_raw=False,
            ),
            success=Success(
                status=201, kind="json", schema="ApiKeyCreated", media_type="application/json"
            ),
            errors=frozenset(
                [
                    "body_too_large",
                    "idempotency_in_progress",
                    "idempotency_key_reused",
                    "internal_error",
                    "invalid_request",
                    "malformed_request",
                    "rate_limited",
                    "request_timeout",
                    "scope_escalation",
                    "scope_missing",
                    "storage_full",
                    "unauthenticated",
                    "unsupported_media_type",
                ]
            ),
            stream=None,
            is_idempotent=True,
            deprecated=False,
            sunset=None,
        ),
        "revokeApiKey": Operation(
            id="revokeApiKey",
            handler="revoke_api_key",
            method="DELETE",
            path="/v1/api-keys/{api_key_id}",
            tag="account",
            scopes=frozenset(["keys:write"]),
            is_public=False,
            params=(
                Param(
                    name="api_key_id",
                    argument="api_key_id",
                    where="path",
                    required=True,
                    schema={"$ref": "#/components/schemas/Id"},
                ),
            ),
            body=None,
            success=Success(status=204, kind="empty", schema=None, media_type=None),
            errors=frozenset(
                [
                    "api_key_not_found",
                    "internal_error",
                    "invalid_request",
                    "not_found",
                    "rate_limited",
                    "scope_missing",
                    "storage_full",
                    "unauthenticated",
                ]
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
            errors=frozenset(["internal_error", "invalid_request"]),
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
                status=200,
                kind="text",
                schema="Metrics",
                media_type="text/plain; version=0.0.4; charset=utf-8",
            ),
            errors=frozenset(
                [
                    "internal_error",
                    "invalid_request",
                    "metrics_private",
                    "scope_missing",
                    "unauthenticated",
                ]
            ),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getReadiness": Operation(
            id="getReadiness",
            handler="get_readiness",
            method="GET",
            path="/readyz",
            tag="system",
            scopes=frozenset(),
            is_public=True,
            params=(),
            body=None,
            success=Success(
                status=200, kind="json", schema="Readiness", media_type="application/json"
            ),
            errors=frozenset(["internal_error", "invalid_request", "not_ready", "unavailable"]),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getMeta": Operation(
            id="getMeta",
            handler="get_meta",
            method="GET",
            path="/v1/meta",
            tag="system",
            scopes=frozenset(),
            is_public=True,
            params=(),
            body=None,
            success=Success(status=200, kind="json", schema="Meta", media_type="application/json"),
            errors=frozenset(["internal_error", "invalid_request"]),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
        "getOpenapi": Operation(
            id="getOpenapi",
            handler="get_openapi",
            method="GET",
            path="/v1/openapi.json",
            tag="system",
            scopes=frozenset(),
            is_public=True,
            params=(),
            body=None,
            success=Success(
                status=200, kind="json", schema="OpenapiDocument", media_type="application/json"
            ),
            errors=frozenset(["internal_error", "invalid_request"]),
            stream=None,
            is_idempotent=False,
            deprecated=False,
            sunset=None,
        ),
    }
)

ERRORS: Mapping[str, ErrorCode] = MappingProxyType(
    {
        "adjustment_invalid": ErrorCode(
            code="adjustment_invalid", status=422, title="Adjustment invalid", retry="never"
        ),
        "after_beyond_end": ErrorCode(
            code="after_beyond_end", status=422, title="Beyond the end", retry="never"
        ),
        "agent_unknown": ErrorCode(
            code="agent_unknown", status=422, title="Agent unknown", retry="never"
        ),
        "agents_invalid": ErrorCode(
            code="agents_invalid", status=422, title="Agents invalid", retry="never"
        ),
        "api_key_not_found": ErrorCode(
            code="api_key_not_found", status=404, title="API key not found", retry="never"
        ),
        "body_too_large": ErrorCode(
            code="body_too_large", status=413, title="Body too large", retry="never"
        ),
        "budget_conflict": ErrorCode(
            code="budget_conflict", status=409, title="Budget conflict", retry="never"
        ),
        "budget_exceeded": ErrorCode(
            code="budget_exceeded", status=402, title="Budget exceeded", retry="never"
        ),
        "budget_not_found": ErrorCode(
            code="budget_not_found", status=404, title="Budget not found", retry="never"
        ),
        "budget_paused": ErrorCode(
            code="budget_paused", status=402, title="Budget paused", retry="never"
        ),
        "budget_scope_invalid": ErrorCode(
            code="budget_scope_invalid", status=422, title="Budget scope invalid", retry="never"
        ),
        "bundle_unreadable": ErrorCode(
            code="bundle_unreadable", status=422, title="Bundle unreadable", retry="never"
        ),
        "checkpoint_not_found": ErrorCode(
            code="checkpoint_not_found", status=404, title="Checkpoint not found", retry="never"
        ),
        "context_too_large": ErrorCode(
            code="context_too_large", status=422, title="Context too large", retry="never"
        ),
        "debate_not_found": ErrorCode(
            code="debate_not_found", status=404, title="Debate not found", retry="never"
        ),
        "debate_over": ErrorCode(
            code="debate_over", status=409, title="Debate is over", retry="never"
        ),
        "erasure_empty": ErrorCode(
            code="erasure_empty", status=422, title="Erasure empty", retry="never"
        ),
        "erasure_path_unknown": ErrorCode(
            code="erasure_path_unknown", status=422, title="Erasure path unknown", retry="never"
        ),
        "export_not_found": ErrorCode(
            code="export_not_found", status=404, title="Export not found", retry="never"
        ),
        "export_not_ready": ErrorCode(
            code="export_not_ready", status=409, title="Export not ready", retry="never"
        ),
        "export_withdrawn": ErrorCode(
            code="export_withdrawn", status=409, title="Export withdrawn", retry="never"
        ),
        "hold_not_found": ErrorCode(
            code="hold_not_found", status=404, title="Reservation not found", retry="never"
        ),
        "idempotency_in_progress": ErrorCode(
            code="idempotency_in_progress", status=409, title="Still in progress", retry="safe"
        ),
        "idempotency_key_reused": ErrorCode(
            code="idempotency_key_reused", status=422, title="Idempotency key reused", retry="never"
        ),
        "internal_error": ErrorCode(
            code="internal_error", status=500, title="Internal error", retry="safe"
        ),
        "invalid_amount": ErrorCode(
            code="invalid_amount", status=422, title="Invalid amount", retry="never"
        ),
        "invalid_cursor": ErrorCode(
            code="invalid_cursor", status=400, title="Invalid cursor", retry="never"
        ),
        "invalid_period": ErrorCode(
            code="invalid_period", status=422, title="Invalid period", retry="never"
        ),
        "invalid_range": ErrorCode(
            code="invalid_range", status=422, title="Invalid range", retry="never"
        ),
        "invalid_request": ErrorCode(
            code="invalid_request", status=422, title="Invalid request", retry="never"
        ),
        "job_not_dead": ErrorCode(
            code="job_not_dead", status=409, title="Job is not dead", retry="never"
        ),
        "job_not_found": ErrorCode(
            code="job_not_found", status=404, title="Job not found", retry="never"
        ),
        "legal_hold_active": ErrorCode(
            code="legal_hold_active", status=409, title="Legal hold active", retry="never"
        ),
        "legal_hold_empty": ErrorCode(
            code="legal_hold_empty", status=422, title="Legal hold empty", retry="never"
        ),
        "legal_hold_not_found": ErrorCode(
            code="legal_hold_not_found", status=404, title="Legal hold not found", retry="never"
        ),
        "malformed_request": ErrorCode(
            code="malformed_request", status=400, title="Malformed request", retry="never"
        ),
        "method_not_allowed": ErrorCode(
            code="method_not_allowed", status=405, title="Method not allowed", retry="never"
        ),
        "metrics_private": ErrorCode(
            code="metrics_private", status=403, title="Metrics are private", retry="never"
        ),
        "model_unpriced": ErrorCode(
            code="model_unpriced", status=422, title="Model unpriced", retry="never"
        ),
        "not_found": ErrorCode(code="not_found", status=404, title="Not found", retry="never"),
        "not_ready": ErrorCode(code="not_ready", status=503, title="Not ready", retry="safe"),
        "options_invalid": ErrorCode(
            code="options_invalid", status=422, title="Options invalid", retry="never"
        ),
        "override_invalid": ErrorCode(
            code="override_invalid", status=422, title="Override invalid", retry="never"
        ),
        "override_not_found": ErrorCode(
            code="override_not_found", status=404, title="Override not found", retry="never"
        ),
        "participant_erasure_not_found": ErrorCode(
            code="participant_erasure_not_found",
            status=404,
            title="Erasure not found",
            retry="never",
        ),
        "pdf_support_missing": ErrorCode(
            code="pdf_support_missing", status=501, title="PDF support missing", retry="never"
        ),
        "price_invalid": ErrorCode(
            code="price_invalid", status=422, title="Invalid price", retry="never"
        ),
        "price_not_found": ErrorCode(
            code="price_not_found", status=404, title="Price not found", retry="never"
        ),
        "price_overlap": ErrorCode(
            code="price_overlap", status=409, title="Prices overlap", retry="never"
        ),
        "protocol_unknown": ErrorCode(
            code="protocol_unknown", status=422, title="Protocol unknown", retry="never"
        ),
        "provider_key_missing": ErrorCode(
            code="provider_key_missing", status=422, title="Provider key missing", retry="never"
        ),
        "provider_support_missing": ErrorCode(
            code="provider_support_missing",
            status=422,
            title="Provider support missing",
            retry="never",
        ),
        "rate_limited": ErrorCode(
            code="rate_limited", status=429, title="Rate limited", retry="safe"
        ),
        "receipt_erased": ErrorCode(
            code="receipt_erased", status=410, title="Receipt erased", retry="never"
        ),
        "receipt_not_found": ErrorCode(
            code="receipt_not_found", status=404, title="Receipt not found", retry="never"
        ),
        "receipt_pending": ErrorCode(
            code="receipt_pending", status=409, title="Receipt not in the log yet", retry="safe"
        ),
        "request_timeout": ErrorCode(
            code="request_timeout", status=408, title="Request timeout", retry="safe"
        ),
        "scope_escalation": ErrorCode(
            code="scope_escalation", status=403, title="Scope escalation", retry="never"
        ),
        "scope_missing": ErrorCode(
            code="scope_missing", status=403, title="Scope missing", retry="never"
        ),
        "share_link_expiry_invalid": ErrorCode(
            code="share_link_expiry_invalid",
            status=422,
            title="Share link expiry invalid",
            retry="never",
        ),
        "share_link_not_found": ErrorCode(
            code="share_link_not_found", status=404, title="Share link not found", retry="never"
        ),
        "storage_full": ErrorCode(
            code="storage_full", status=507, title="Storage full", retry="safe"
        ),
        "too_many_addresses": ErrorCode(
            code="too_many_addresses", status=422, title="Too many addresses", retry="never"
        ),
        "too_many_budgets": ErrorCode(
            code="too_many_budgets", status=422, title="Too many budgets", retry="never"
        ),
        "too_many_exports": ErrorCode(
            code="too_many_exports", status=409, title="Too many exports", retry="never"
        ),
        "too_many_prices": ErrorCode(
            code="too_many_prices", status=422, title="Too many prices", retry="never"
        ),
        "too_many_streams": ErrorCode(
            code="too_many_streams", status=503, title="Too many streams", retry="safe"
        ),
        "too_many_streams_of_key": ErrorCode(
            code="too_many_streams_of_key",
            status=429,
            title="Too many streams of this key",
            retry="safe",
        ),
        "too_many_webhooks": ErrorCode(
            code="too_many_webhooks", status=422, title="Too many webhook endpoints", retry="never"
        ),
        "unauthenticated": ErrorCode(
            code="unauthenticated", status=401, title="Not authenticated", retry="never"
        ),
        "unavailable": ErrorCode(code="unavailable", status=503, title="Unavailable", retry="safe"),
        "unsupported_media_type": ErrorCode(
            code="unsupported_media_type", status=415, title="Unsupported media type", retry="never"
        ),
        "upgrade_required": ErrorCode(
            code="upgrade_required", status=426, title="Upgrade required", retry="never"
        ),
        "webhook_disabled": ErrorCode(
            code="webhook_disabled", status=409, title="Webhook endpoint disabled", retry="never"
        ),
        "webhook_not_found": ErrorCode(
            code="webhook_not_found", status=404, title="Webhook endpoint not found", retry="never"
        ),
        "webhook_url_refused": ErrorCode(
            code="webhook_url_refused", status=422, title="Webhook URL refused", retry="never"
        ),
    }
)

SCOPES = frozenset(
    [
        "account:read",
        "agents:read",
        "budgets:adjust",
        "budgets:override",
        "budgets:read",
        "budgets:write",
        "debates:read",
        "debates:write",
        "jobs:read",
        "jobs:write",
        "keys:read",
        "keys:write",
        "prices:read",
        "prices:write",
        "receipts:erase",
        "receipts:export",
        "receipts:hold",
        "receipts:read",
        "receipts:retain",
        "receipts:share",
        "receipts:write",
        "usage:read",
        "usage:share",
        "webhooks:read",
        "webhooks:write",
    ]
)
