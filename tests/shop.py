"""A small contract of its own, so that bind is judged apart from the product's."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Annotated, Any

import anyio
import attrs
import httpx2
import orjson
from aragora_server.kernel.auth import Caller
from aragora_server.kernel.bind import Rules, build
from aragora_server.kernel.call import Contract
from aragora_server.kernel.clock import system_clock
from aragora_server.kernel.db import Database
from aragora_server.kernel.drain import Drain
from aragora_server.kernel.errors import Conflict, NotFound
from aragora_server.kernel.gate import Gate
from aragora_server.kernel.http import Answers
from aragora_server.kernel.idempotency import Idempotency
from aragora_server.kernel.limits import RateLimit
from aragora_server.kernel.operation import Body, ErrorCode, Operation, Param, Stream, Success
from aragora_server.kernel.problem import Problems
from aragora_server.kernel.schemas import Schemas
from aragora_server.kernel.seats import Seats
from aragora_server.kernel.stream import OPENED, StreamItem
from aragora_server.kernel.streaming import Stage
from pydantic import MISSING, BaseModel, ConfigDict, Field
from starlette.applications import Starlette

DOCUMENT = {
    "components": {
        "schemas": {
            "Price": {"type": "string", "pattern": "^[0-9]+$", "x-error": "invalid_amount"},
            "ItemCreate": {
                "type": "object",
                "required": ["name"],
                "additionalProperties": False,
                "properties": {
                    "name": {"type": "string", "minLength": 1, "maxLength": 20},
                    "count": {"type": "integer", "minimum": 0, "maximum": 2**53 - 1},
                    "price": {"$ref": "#/components/schemas/Price"},
                    "tip": {"anyOf": [{"$ref": "#/components/schemas/Price"}, {"type": "null"}]},
                },
            },
            "Item": {
                "type": "object",
                "required": ["id", "name"],
                "properties": {"id": {"type": "string"}, "name": {"type": "string"}},
            },
            "Event": {"type": "object", "required": ["type"]},
            "Parcel": {"type": "object", "required": ["v"]},
            "Timestamp": {"type": "string", "format": "date-time", "pattern": "Z$"},
        }
    }
}


class ItemCreate(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(max_length=20)]
    count: int | MISSING = MISSING
    price: str | MISSING = MISSING
    tip: str | MISSING | None = MISSING


class Item(BaseModel):
    model_config = ConfigDict(extra="forbid")
    id: str
    name: str


MODELS = {"ItemCreate": ItemCreate, "Item": Item}


def error(code: str, status: int) -> ErrorCode:
    return ErrorCode(code=code, status=status, title=code.replace("_", " "), retry="never")


ERRORS = {
    entry.code: entry
    for entry in (
        error("malformed_request", 400),
        error("unauthenticated", 401),
        error("scope_missing", 403),
        error("not_found", 404),
        error("item_not_found", 404),
        error("method_not_allowed", 405),
        error("request_timeout", 408),
        error("item_exists", 409),
        error("idempotency_in_progress", 409),
        error("body_too_large", 413),
        error("unsupported_media_type", 415),
        error("invalid_request", 422),
        error("invalid_amount", 422),
        error("idempotency_key_reused", 422),
        error("upgrade_required", 426),
        error("rate_limited", 429),
        error("internal_error", 500),
        error("too_many_streams_of_key", 429),
        error("too_many_streams", 503),
        error("unavailable", 503),
    )
}


def operation(id_: str, handler: str, method: str, path: str, **more: Any) -> Operation:
    given = {
        "tag": "items",
        "scopes": frozenset({"items:read"}),
        "is_public": False,
        "params": (),
        "body": None,
        "success": Success(status=200, kind="json", schema="Item", media_type="application/json"),
        "errors": frozenset(ERRORS) - {"item_exists"},
        "stream": None,
        "is_idempotent": False,
        "deprecated": False,
        "sunset": None,
    }
    return Operation(id=id_, handler=handler, method=method, path=path, **{**given, **more})


def param(name: str, where: str, schema: Any, *, required: bool = False) -> Param:
    argument = name.replace("-", "_").lower()
    return Param(name=name, argument=argument, where=where, required=required, schema=schema)


ITEM_ID = param("item_id", "path", {"type": "string", "maxLength": 8}, required=True)
KEY = param("Idempotency-Key", "header", {"type": "string", "maxLength": 20, "pattern": "^[!-~]+$"})
AFTER = param("after", "query", {"type": "integer", "minimum": 0, "default": 0})
LAST_ID = param("Last-Event-ID", "header", {"type": "integer", "minimum": 0})
JSON_BODY = Body(
    schema="ItemCreate",
    media_type="application/json",
    required=True,
    max_bytes=1_048_576,
    is_raw=False,
)
PARCEL = "application/vnd.parcel+json"
OPERATIONS = {
    made.id: made
    for made in (
        operation(
            "createItem",
            "create_item",
            "POST",
            "/items",
            body=JSON_BODY,
            params=(KEY,),
            scopes=frozenset({"items:write"}),
            success=Success(status=201, kind="json", schema="Item", media_type="application/json"),
            errors=frozenset(ERRORS),
            is_idempotent=True,
        ),
        operation(
            "listItems",
            "list_items",
            "GET",
            "/items",
            params=(
                param("limit", "query", {"type": "integer", "minimum": 1, "default": 50}),
                param("open", "query", {"type": "boolean"}),
                param("since", "query", {"$ref": "#/components/schemas/Timestamp"}),
                param("word", "query", {"type": "string", "maxLength": 5}),
            ),
        ),
        operation("getItem", "get_item", "GET", "/items/{item_id}", params=(ITEM_ID,)),
        operation("countItems", "count_items", "GET", "/items/count", is_public=True),
        operation(
            "deleteItem",
            "delete_item",
            "DELETE",
            "/items/{item_id}",
            params=(ITEM_ID,),
            success=Success(status=204, kind="empty", schema=None, media_type=None),
            deprecated=True,
            sunset="2027-01-31",
        ),
        operation(
            "sendParcel",
            "send_parcel",
            "POST",
            "/parcels",
            is_public=True,
            body=Body(schema="Parcel", media_type=PARCEL, required=True, max_bytes=64, is_raw=True),
            success=Success(status=200, kind="binary", schema="Parcel", media_type=PARCEL),
        ),
        operation(
            "watchItem",
            "watch_item",
            "GET",
            "/items/{item_id}/events",
            params=(ITEM_ID, AFTER, LAST_ID),
            success=Success(status=200, kind="stream", schema=None, media_type="text/event-stream"),
            stream=Stream(
                event="Event",
                resume_param="after",
                heartbeat_s=15,
                terminal=frozenset({"end"}),
                ephemeral=frozenset({"heartbeat"}),
                websocket_path="/items/{item_id}/socket",
            ),
        ),
    )
}


class ItemNotFound(NotFound):
    code = "item_not_found"


class ItemExists(Conflict):
    code = "item_exists"


@attrs.define
class ItemRoutes:
    """Handlers that do what the test says, and remember how they were called."""

    calls: Counter[str] = attrs.field(factory=Counter)
    seen: dict[str, Any] = attrs.field(factory=dict)
    on_create: Callable[[], Any] | None = None
    last: int = 3
    linger_s: float = 0

    async def create_item(self, caller: Caller, body: ItemCreate) -> Item:
        self.calls["create"] += 1
        self.seen["body"] = body
        self.seen.setdefault("making", []).append(caller.making)
        if self.on_create is not None:
            await self.on_create()
        return Item(id=str(self.calls["create"]), name=body.name)

    async def list_items(self, caller: Caller, **filters: Any) -> Item:
        self.seen.update(filters)
        return Item(id="all", name="")

    async def get_item(self, caller: Caller, item_id: str) -> Item:
        if item_id == "none":
            raise ItemNotFound(f"no item {item_id}")
        if item_id == "taken":
            raise ItemExists("not declared here")
        if item_id == "bug":
            raise RuntimeError("secret detail")
        if item_id == "leak":
            raise ItemNotFound("no item for Bearer planted")
        return Item(id=item_id, name="found")

    async def count_items(self) -> Item:
        return Item(id="count", name="")

    async def delete_item(self, caller: Caller, item_id: str) -> None:
        self.calls["delete"] += 1

    async def send_parcel(self, body: bytes) -> bytes:
        return body

    async def watch_item(
        self, caller: Caller, item_id: str, *, after: int
    ) -> AsyncIterator[StreamItem]:
        if item_id == "none":
            raise ItemNotFound("no such item")
        yield OPENED
        for seq in range(after + 1, self.last + 1):
            yield StreamItem(seq=seq, type="step", payload=b'{"type":"step"}')
        await anyio.sleep(self.linger_s)
        if item_id == "broken":
            raise RuntimeError("in the middle")


@attrs.define
class Keys:
    known: dict[str, Caller] = attrs.field(
        factory=lambda: {
            "full": Caller(
                workspace_id="w",
                api_key_id="full",
                scopes=frozenset({"items:read", "items:write"}),
            ),
            "reader": Caller(
                workspace_id="w", api_key_id="reader", scopes=frozenset({"items:read"})
            ),
        }
    )

    async def caller_of(self, api_key: str) -> Caller | None:
        return self.known.get(api_key)


@attrs.define
class Shop:
    """The small server with everything a test may want to touch."""

    db: Database
    routes: ItemRoutes = attrs.field(factory=ItemRoutes)
    keys: Keys = attrs.field(factory=Keys)
    drain: Drain = attrs.field(factory=Drain)
    now: float = 0.0
    per_minute: int = 60
    clock: Callable[[], Any] = system_clock
    owner: str = "this-process"
    seats: Seats = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.seats = Seats(drain=self.drain, gate=self._gate(), most=100, most_a_key=100)

    def _gate(self) -> Gate:
        rate_limit = RateLimit(self.per_minute, lambda: self.now)
        return Gate(authenticator=self.keys, rate_limit=rate_limit)

    def app(
        self, *, strict: bool = True, handlers: Sequence[object] | None = None, table: Any = None
    ) -> Starlette:
        contract = Contract(
            version="9.9.9",
            operations=OPERATIONS if table is None else table,
            schemas=Schemas(orjson.dumps(DOCUMENT)),
            model=MODELS.__getitem__,
        )
        self.seats.gate = self._gate()
        rules = Rules(
            stage=Stage(clock=self.clock, seats=self.seats),
            idempotency=Idempotency(self.db, self.clock, self.owner),
            answers=Answers(version="9.9.9", problems=Problems(ERRORS), is_strict=strict),
            max_body_bytes=200,
        )
        return Starlette(routes=build(handlers or [self.routes], contract, rules))

    def client(
        self,
        api_key: str | None = "full",
        *,
        strict: bool = True,
        app: Starlette | None = None,
        host: str = "127.0.0.1",
    ) -> httpx2.AsyncClient:
        served = app or self.app(strict=strict)
        return httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=served, client=(host, 123)),
            base_url="http://shop.test",
            headers={"authorization": f"Bearer {api_key}"} if api_key else {},
        )
