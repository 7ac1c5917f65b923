# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.

from __future__ import annotations

from typing import Annotated, Any, Literal

from aragora._core.model import Model
from pydantic import Field
from typing_extensions import TypeAliasType

from . import common


class Health(Model):
    """The process answers."""

    status: Literal["ok"] | str
    """Always `ok`: a process that cannot say so does not answer."""


class Limits(Model):
    """What the server accepts."""

    max_agents: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Most agents in a debate."""
    max_body_bytes: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Largest request body of an ordinary operation, in bytes."""
    max_bundle_bytes: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Largest receipt bundle, in bytes."""
    max_concurrent_debates: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Debates that run at once; more wait in the queue."""
    max_documents: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Most documents in a debate."""
    max_options: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Most options in a debate."""
    max_page_size: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Largest `limit` of a list."""
    rate_limit_per_minute: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Requests a minute an API key may make."""


class Meta(Model):
    """What this server is and can do."""

    api_version: str
    """The major version in every path."""
    capabilities: list[str]
    """Optional abilities that are present, such as `providers`."""
    limits: Limits
    name: str
    """The product."""
    protocols: list[common.ProtocolRef]
    """Protocols a debate may follow."""
    version: str
    """The version of the server and its contract."""


Metrics = TypeAliasType("Metrics", str)
"""The text format of Prometheus, version 0.0.4."""


class OpenapiDocument(Model):
    """An OpenAPI 3.1 document."""

    info: dict[str, Any]
    """Title and version."""
    openapi: str
    """The OpenAPI version."""
    paths: dict[str, Any]
    """Every path."""


class ReadinessCheck(Model):
    """One thing the server needs in order to serve."""

    detail: str
    """What was seen."""
    name: str
    """What was checked."""
    status: Literal["ok", "degraded", "failed"] | str
    """How it stands."""


class Readiness(Model):
    """Whether requests would succeed now."""

    checks: list[ReadinessCheck]
    """Each check that was made."""
    status: Literal["ready", "degraded"] | str
    """`degraded` still serves."""
