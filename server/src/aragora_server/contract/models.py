# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import MISSING, AwareDatetime, BaseModel, ConfigDict, Field
from typing_extensions import TypeAliasType


class AgentFailedData(BaseModel):
    """A call to an agent failed."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    agent: str
    """Whose call."""
    attempt: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Counted from 1."""
    call_no: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The call."""
    code: str
    """What went wrong."""
    detail: str
    """In words."""
    retry_in_s: Annotated[int | None, Field(ge=0, le=9007199254740991)]
    """Seconds until the next attempt; null when there is none."""


class AgentPreset(BaseModel):
    """An agent that is ready to be named in a debate."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    description: str
    """How it argues."""
    family: str
    """Models of one family tend to make the same mistakes."""
    id: str
    """The preset's name."""
    is_available: bool
    """Whether a debate could use it now."""
    is_default: bool
    """Part of the team when a debate names no agents."""
    is_priced: bool
    """Whether the workspace has a price for it, so that a budget can admit it."""
    model: str
    """What to pass as `model`: the provider, a colon, the provider's model."""
    provider: str
    """Who answers."""
    title: str
    """What it is, in a few words."""
    unavailable_reason: str | None
    """Why not, and what to do."""


class AgentSpec(BaseModel):
    """One seat in a debate."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    max_output_tokens: Annotated[int | MISSING, Field(ge=16, le=65536)] = MISSING
    """Most tokens of one answer; default 1024."""
    model: Annotated[str, Field(max_length=240, pattern="^[a-z0-9_]+:[!-9;-~][!-~]{0,199}$")]
    """The provider, a colon, and the provider's model, such as `scripted:careful` or `openai:gpt-5-mini`."""
    name: Annotated[
        str | MISSING,
        Field(max_length=64, pattern="^[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}$"),
    ] = MISSING
    """The agent's name, unique in the debate; default: made from the model."""
    persona: Annotated[
        str | MISSING, Field(max_length=2000, min_length=1, pattern="^[^\\u0000]*$")
    ] = MISSING
    """A point of view to argue from."""
    role: Annotated[str | MISSING, Field(max_length=32, pattern="^[a-z0-9_]{1,32}$")] = MISSING
    """A role that the protocol knows."""
    temperature: Annotated[
        str | MISSING,
        Field(max_length=4, pattern="^(0|1)(\\.[0-9]{1,2})?$|^2(\\.0{1,2})?$"),
    ] = MISSING
    """Sampling temperature as a decimal string, `0` to `2`; default: the provider's."""


class ApiKeyCreate(BaseModel):
    """A key to make."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    name: Annotated[str, Field(max_length=200, min_length=1, pattern="^[^\\u0000]*$")]
    """What the key is for."""
    scopes: Annotated[
        list[
            Literal[
                "debates:read",
                "debates:write",
                "agents:read",
                "receipts:read",
                "receipts:write",
                "receipts:export",
                "receipts:share",
                "receipts:erase",
                "receipts:hold",
                "receipts:retain",
                "budgets:read",
                "budgets:write",
                "budgets:override",
                "prices:read",
                "prices:write",
                "budgets:adjust",
                "usage:read",
                "usage:share",
                "webhooks:read",
                "webhooks:write",
                "jobs:read",
                "jobs:write",
                "account:read",
                "keys:read",
                "keys:write",
            ]
        ],
        Field(max_length=40, min_length=1),
    ]
    """What the key may do; never more than the key that makes it."""


WarnAtPercentItem = TypeAliasType("WarnAtPercentItem", Annotated[int, Field(ge=1, le=1000)])


Tag = TypeAliasType(
    "Tag", Annotated[str, Field(max_length=64, pattern="^[a-z0-9][a-z0-9._-]{0,63}$")]
)
"""A tag."""


WarnAtPercentItem1 = TypeAliasType("WarnAtPercentItem1", Annotated[int, Field(ge=1, le=1000)])
"""Percent of the limit."""


class BudgetNotify(BaseModel):
    """Who is told of its alerts."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    emails: list[str]
    """Addresses that get an e-mail."""
    webhooks: bool
    """Whether the webhook endpoints of the workspace are told."""


Email = TypeAliasType(
    "Email",
    Annotated[
        str,
        Field(
            max_length=254,
            pattern="^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}([.][A-Za-z0-9-]{1,63}){1,8}$",
        ),
    ],
)
"""An address."""


class BudgetNotifyInput(BaseModel):
    """Who is told of its alerts; default: the webhook endpoints of the workspace."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    emails: Annotated[list[Email] | MISSING, Field(max_length=10)] = MISSING
    """Addresses that get an e-mail; default none."""
    webhooks: bool | MISSING = MISSING
    """Whether the webhook endpoints of the workspace are told; default true."""


class BundleHmac(BaseModel):
    """A keyed tag that only holders of the key can check."""

    model_config = ConfigDict(
        defer_build=True,
        extra="allow",
    )
    key_id: str
    """Which key."""
    tag: Annotated[str, Field(max_length=64, pattern="^[0-9a-f]{64}$")]
    """HMAC-SHA256 in hexadecimal."""


class BundleSignature(BaseModel):
    """One DSSE signature."""

    model_config = ConfigDict(
        defer_build=True,
        extra="allow",
    )
    keyid: str
    """A hint which key signed; never trusted."""
    sig: Annotated[str, Field(pattern="^[A-Za-z0-9+/]*={0,2}$")]
    """The signature, in base64."""


class DebateAgent(BaseModel):
    """A seat as the debate runs it."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    family: str
    """The model's family."""
    max_output_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Most tokens of one answer."""
    model: str
    """Provider and model."""
    name: str
    """Unique in the debate."""
    persona: str | None
    """Its point of view."""
    provider: str
    """Who answers."""
    role: str | None
    """Its role in the protocol."""
    temperature: str | None
    """Sampling temperature."""


class DebateCounts(BaseModel):
    """How many debates there were."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    cancelled: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Cancelled in this time."""
    concluded: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Ended with a conclusion in this time."""
    failed: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Failed in this time."""
    opened: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Opened in this time."""
    stopped_by_budget: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Of all that ended, those that a budget stopped."""


class DebateFailedData(BaseModel):
    """The debate ended without a verdict."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    code: str
    """The stop reason."""
    detail: str
    """What happened."""


class DebateWarning(BaseModel):
    """Something a reader of the verdict should know."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    code: str
    """Such as `homogeneous_agents`."""
    detail: str
    """What was seen."""


class DebateWarningData(BaseModel):
    """A reader of the verdict should know this."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    agent: str | None
    """Whom it concerns."""
    code: str
    """Such as `homogeneous_agents`."""
    detail: str
    """What was seen."""


Digest = TypeAliasType(
    "Digest",
    Annotated[str, Field(max_length=64, min_length=64, pattern="^[0-9a-f]{64}$")],
)
"""A SHA-256 digest in lower-case hexadecimal."""


class Dissent(BaseModel):
    """A final ballot unlike the verdict, kept with its reasons."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    agent: str
    """Who dissents."""
    flipped_from: str | None
    """The agent's sealed choice, where it differs."""
    option_id: str | None
    """What the agent chose instead."""
    round: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The round of the ballot."""
    text: str
    """Why, in the agent's own words."""


class Document(BaseModel):
    """A document as the debate saw it."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    bytes: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Length of its UTF-8 text in bytes."""
    media_type: str
    """What the text is."""
    name: str
    """Its name."""
    passages: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Passages that arguments can cite as `D1:p3`."""
    sha256: Digest
    """SHA-256 of its UTF-8 text."""


class DocumentInput(BaseModel):
    """A document that the agents may quote."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    media_type: Literal["text/plain", "text/markdown"] | MISSING = MISSING
    """What the text is; default `text/plain`."""
    name: Annotated[str, Field(max_length=200, min_length=1, pattern="^[^\\u0000]*$")]
    """Its name, such as `memo.md`."""
    text: Annotated[str, Field(max_length=400000, min_length=1, pattern="^[^\\u0000]*$")]
    """The text itself."""


Path = TypeAliasType(
    "Path",
    Annotated[
        str,
        Field(max_length=512, min_length=2, pattern="^(/[A-Za-z0-9_]{1,64}){1,16}$"),
    ],
)
"""A JSON pointer (RFC 6901) to a digest in the signed bytes."""


class ErasureCreate(BaseModel):
    """Which texts to erase: by part, by participant, or one by one; all that is named goes."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    legal_basis: Annotated[str, Field(max_length=64, min_length=1, pattern="^[a-z0-9_]{1,64}$")]
    """Why, as a code such as `gdpr_art_17`. It is part of every bundle from now on."""
    participant: Annotated[
        str | MISSING, Field(max_length=5, min_length=2, pattern="^p[1-9][0-9]{0,3}$")
    ] = MISSING
    """Every text of this participant: name, persona, role, ballots, dissent and messages. The id is that of the signed bytes, such as `p3`."""
    parts: Annotated[
        list[
            Literal[
                "question",
                "participants",
                "options",
                "ballots",
                "verdict",
                "dissent",
                "transcript",
                "evidence",
            ]
        ]
        | MISSING,
        Field(max_length=8, min_length=1),
    ] = MISSING
    """Every text of these parts."""
    paths: Annotated[list[Path] | MISSING, Field(max_length=4096, min_length=1)] = MISSING
    """The texts of these digests."""


ExportPart = TypeAliasType(
    "ExportPart",
    Annotated[str, Field(json_schema_extra={"contentMediaType": "application/octet-stream"})],
)
"""Some of the bytes of an export."""


class FeedbackCounts(BaseModel):
    """Receipts by what was said of them last."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    dissent_was_right: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Decisions of which a dissent proved right."""
    given: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Receipts of which something was said."""
    held: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Decisions that held."""
    reversed: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Decisions that were reversed."""
    useful: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Of these, those said to be useful."""


class FeedbackGiven(BaseModel):
    """Feedback to give."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    comment: Annotated[
        str | MISSING, Field(max_length=2000, min_length=1, pattern="^[^\\u0000]*$")
    ] = MISSING
    """Why."""
    outcome: Literal["held", "reversed", "dissent_was_right"] | MISSING = MISSING
    """How it turned out; left out while nobody knows."""
    useful: bool
    """Whether the decision was of use."""


class FieldError(BaseModel):
    """One place in the request that was refused."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    code: str
    """The JSON Schema keyword that failed, or the code of the violated type."""
    location: Literal["body", "query", "path", "header"] | str
    """Where the value was found."""
    message: str
    """What is wrong, and what would be right."""
    pointer: str
    """RFC 6901 pointer into the body, or `/name` of the parameter."""


class Health(BaseModel):
    """The process answers."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    status: Literal["ok"] | str
    """Always `ok`: a process that cannot say so does not answer."""


Id = TypeAliasType(
    "Id",
    Annotated[
        str,
        Field(
            examples=["01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"],
            max_length=36,
            min_length=36,
            pattern="^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
        ),
    ],
)
"""A UUIDv7 (RFC 9562) in lower case."""


class Limits(BaseModel):
    """What the server accepts."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
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


class LogConsistency(BaseModel):
    """That a log of some size is the beginning of what a later checkpoint speaks for."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    checkpoint: str
    """The signed note of the later checkpoint."""
    from_size: Annotated[int, Field(ge=1, le=9007199254740991)]
    """How many leaves the earlier log had."""
    proof: list[str]
    """The hashes of RFC 9162, section 2.1.4, in base64."""
    shard: str
    """The part of the log."""
    to_size: Annotated[int, Field(ge=1, le=9007199254740991)]
    """How many leaves the checkpoint speaks for."""


class LogStatement(BaseModel):
    """Something that the log has as a leaf, beside receipts. It has no proof before it has its place."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    body: str
    """What was stated, as canonical JSON in base64; the log holds its SHA-256."""
    leaf: str | MISSING = MISSING
    """The entry of the log, in base64; a verifier makes it anew."""
    tlog_proof: str | MISSING = MISSING
    """The way from that entry up to a signed checkpoint, in the text form of C2SP."""


Metrics = TypeAliasType("Metrics", str)
"""The text format of Prometheus, version 0.0.4."""


Money = TypeAliasType(
    "Money",
    Annotated[
        str,
        Field(
            examples=["0.012345"],
            max_length=17,
            pattern="^(0|[1-9][0-9]{0,9})(\\.[0-9]{1,6})?$",
        ),
    ],
)
"""An amount in US dollars: a decimal string with at most six decimals, never a JSON number."""


class OpenapiDocument(BaseModel):
    """An OpenAPI 3.1 document."""

    model_config = ConfigDict(
        defer_build=True,
        extra="allow",
    )
    info: dict[str, Any]
    """Title and version."""
    openapi: str
    """The OpenAPI version."""
    paths: dict[str, Any]
    """Every path."""


class Option(BaseModel):
    """An answer that can be chosen."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    id: str
    """Its short name."""
    label: str
    """What choosing it means."""


class OptionInput(BaseModel):
    """One answer that the agents may choose."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    id: Annotated[str, Field(max_length=32, pattern="^[a-z0-9][a-z0-9_-]{0,31}$")]
    """A short name, unique in the debate."""
    label: Annotated[str, Field(max_length=500, min_length=1, pattern="^[^\\u0000]*$")]
    """What choosing it means."""


class PageInfo(BaseModel):
    """What every page carries beside its items."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    next_cursor: str | None
    """Pass as `cursor` to get the next page; null at the end."""


class ParticipantErasureCreate(BaseModel):
    """Whose texts to erase from every receipt."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    legal_basis: Annotated[str, Field(max_length=64, min_length=1, pattern="^[a-z0-9_]{1,64}$")]
    """Why, as a code such as `gdpr_art_17`. It is part of every bundle from now on."""
    participant: Annotated[str, Field(max_length=200, min_length=1, pattern="^[^\\u0000]*$")]
    """The name of an agent or a person. The whole name counts, its case does not; models are no names."""


Ppm = TypeAliasType("Ppm", Annotated[int, Field(ge=0, le=1000000)])
"""A share or a confidence in parts per million."""


class PriceName(BaseModel):
    """A way in which a model is named."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    match: Literal["exact", "dated", "prefix"] | str
    """`exact` is the name itself, `dated` the name and a date after it, `prefix` everything that begins with it. The case of letters means nothing."""
    name: str
    """The name; an empty prefix takes every model of the provider."""


class PriceTier(BaseModel):
    """What a million tokens of each kind cost, for the whole of a call whose input passes `over_tokens`."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    audio_in_usd: Money | None
    """Per million input tokens of audio; null when it is unknown, which is not 0."""
    audio_out_usd: Money | None
    """Per million output tokens of audio; null when it is unknown, which is not 0."""
    cache_read_usd: Money
    """Per million input tokens read from the provider's cache."""
    cache_write_1h_usd: Money
    """Per million input tokens written to the provider's cache for an hour."""
    cache_write_5m_usd: Money
    """Per million input tokens written to the provider's cache for five minutes."""
    input_usd: Money
    """US dollars per million input tokens that no cache served."""
    output_usd: Money
    """Per million output tokens, reasoning included."""
    over_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The input of a call, cached or not, that it must pass; 0 in the first tier."""


class PriceTierCreate(BaseModel):
    """What a million tokens of each kind cost, for the whole of a call whose input passes `over_tokens`. A rate is 1000000 at most."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    audio_in_usd: Money | MISSING = MISSING
    """Per million input tokens of audio. When absent, a call that was billed for audio is booked at all that it held."""
    audio_out_usd: Money | MISSING = MISSING
    """Per million output tokens of audio; absent as for `audio_in_usd`."""
    cache_read_usd: Money | MISSING = MISSING
    """Per million input tokens read from the provider's cache; `input_usd` when absent."""
    cache_write_1h_usd: Money | MISSING = MISSING
    """Per million input tokens written to the provider's cache for an hour; `cache_write_5m_usd` when absent."""
    cache_write_5m_usd: Money | MISSING = MISSING
    """Per million input tokens written to the provider's cache for five minutes; `input_usd` when absent."""
    input_usd: Money
    """US dollars per million input tokens that no cache served."""
    output_usd: Money
    """Per million output tokens, reasoning included."""
    over_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The input of a call, cached or not, that it must pass; 0 in the first tier."""


class Problem(BaseModel):
    """An error as RFC 9457 problem details. Some codes add typed members; see the error reference."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    code: str
    """A stable code from the error catalogue."""
    detail: str
    """What happened this time, and how to go on."""
    doc_url: str
    """The code's page in the reference."""
    errors: list[FieldError]
    """Every refused place, when the request was invalid."""
    instance: str
    """The path that was called."""
    request_id: str
    """Quote this when you ask for help."""
    status: Annotated[int, Field(ge=400, le=599)]
    """The HTTP status."""
    title: str
    """The error in a few words; the same for every occurrence of the code."""
    type: str
    """`urn:aragora:error:` and the code."""


class ProtocolRef(BaseModel):
    """The exact protocol that a debate followed."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    hash: Digest
    """SHA-256 of the protocol file's RFC 8785 bytes."""
    id: str
    """The protocol's name."""
    version: Annotated[int, Field(ge=1, le=1000000)]
    """Its version."""


class Provider(BaseModel):
    """A source of models."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    id: str
    """The part of `model` before the colon."""
    is_configured: bool
    """Whether this server can call it now."""
    needs_extra: str | None
    """The server extra to install for it."""
    needs_setting: str | None
    """The setting that holds its key or address."""
    title: str
    """Its name."""
    unavailable_reason: str | None
    """Why not, and what to do."""


class ProviderPage(PageInfo):
    """A page of providers."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    items: list[Provider]
    """This page, in order."""


class Quorum(BaseModel):
    """Whether enough agents voted."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    cast: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Ballots that chose something."""
    eligible: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Agents who could vote."""
    is_met: bool
    """Whether the rule's quorum was reached."""


class ReadinessCheck(BaseModel):
    """One thing the server needs in order to serve."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    detail: str
    """What was seen."""
    name: str
    """What was checked."""
    status: Literal["ok", "degraded", "failed"] | str
    """How it stands."""


ReceiptHtml = TypeAliasType("ReceiptHtml", str)
"""A receipt as one page of HTML."""


class ReceiptIssuedData(BaseModel):
    """The receipt was signed."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    digest: Digest
    """SHA-256 of the signed payload."""
    receipt_id: Id


class ReceiptLog(BaseModel):
    """Where the receipt stands in the append-only log."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    index: Annotated[int | None, Field(ge=0, le=9007199254740991)]
    """The leaf of that part."""
    shard: str | None
    """The part of the log, such as `2026`."""
    state: Literal["pending", "included"] | str
    """`included`: a signed checkpoint speaks for it, and its bundle carries the proof."""


ReceiptMarkdown = TypeAliasType("ReceiptMarkdown", str)
"""A receipt as CommonMark with tables."""


class ReceiptParticipant(BaseModel):
    """Who took part."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    id: str
    """The participant's id in the signed bytes."""
    model: str
    """The model."""
    name: str | None
    """The name, when disclosed."""
    provider: str
    """Who answered."""


ReceiptPdf = TypeAliasType(
    "ReceiptPdf",
    Annotated[str, Field(json_schema_extra={"contentMediaType": "application/pdf"})],
)
"""A receipt as PDF/A-3b with its bundle inside."""


class ReceiptProof(BaseModel):
    """That a receipt is in the log as it is now."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    index: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The leaf of that part."""
    leaf: str
    """The entry of the log, in base64."""
    shard: str
    """The part of the log."""
    tlog_proof: str
    """The way up to the newest signed checkpoint, in the text form of C2SP."""


class RetentionSet(BaseModel):
    """How long things are to be kept."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    apply_to_existing: bool = False
    """Whether what exists is kept shorter too; default false."""
    debates: Annotated[
        str | MISSING,
        Field(max_length=7, min_length=3, pattern="^P([1-9][0-9]{0,2}Y|[1-9][0-9]{0,4}D)$"),
    ] = MISSING
    """The words of debates beside their receipts (question, documents, answers, events), counted from the end of the debate. When it is left out, as long as receipts."""
    receipts: Annotated[
        str,
        Field(max_length=7, min_length=3, pattern="^P([1-9][0-9]{0,2}Y|[1-9][0-9]{0,4}D)$"),
    ]
    """Receipts, as an ISO 8601 duration of whole calendar years (`P7Y`) or of days (`P90D`); at least `P1D`."""


class RoiAssumptions(BaseModel):
    """What the caller assumes. Nothing of it is ours."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    hourly_rate_usd: Money
    """What an hour of one of them costs."""
    minutes_per_decision: Annotated[int, Field(ge=0, le=9007199254740991)]
    """How long a decision takes without debates."""
    people: Annotated[int, Field(ge=0, le=9007199254740991)]
    """How many people it takes."""


class RoundStartedData(BaseModel):
    """A round was opened."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    kind: str
    """What the round is for."""
    label: str
    """The round in words."""
    participants: list[str]
    """Agents asked."""
    round: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Counted from 0."""


class ServerSentEvent(BaseModel):
    """One server-sent event. `id` is the sequence number and is absent on ephemeral events."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    data: Annotated[str, Field(json_schema_extra={"contentMediaType": "application/json"})]
    """The event as JSON: a `DebateEvent`."""
    event: str | MISSING = MISSING
    """The event's `type`."""
    id: str | MISSING = MISSING
    """The event's `seq`."""
    retry: Annotated[int | MISSING, Field(ge=0, le=9007199254740991)] = MISSING
    """Milliseconds to wait before reconnecting."""


SharedReceiptPage = TypeAliasType("SharedReceiptPage", str)
"""A page that opens and verifies a shared receipt."""


SharedUsagePage = TypeAliasType("SharedUsagePage", str)
"""A page that shows a shared usage report."""


SignedMoney = TypeAliasType(
    "SignedMoney",
    Annotated[
        str,
        Field(
            examples=["-0.00412"],
            max_length=18,
            pattern="^-?(0|[1-9][0-9]{0,9})(\\.[0-9]{1,6})?$",
        ),
    ],
)
"""An amount in US dollars that may be negative, for a correction gives something back: a decimal string with at most six decimals, never a JSON number."""


class TagCount(BaseModel):
    """A topic, as the workspace itself names it."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    debates: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Debates with it that were opened in these days."""
    tag: str
    """The tag."""


class TallyEntry(BaseModel):
    """Support for one option."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    count: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Ballots for it."""
    option_id: str
    """The option."""
    weight: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Their weight under the voting rule."""


Timestamp = TypeAliasType(
    "Timestamp", Annotated[AwareDatetime, Field(examples=["2026-11-22T09:30:00.000Z"])]
)
"""An instant in UTC (RFC 3339), with the letter Z."""


class TokenDeltaData(BaseModel):
    """A piece of an answer that is being written. Not stored, not replayed."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    agent: str
    """Who writes."""
    call_no: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The call."""
    text: str
    """The piece."""


class TokenDeltaEvent(BaseModel):
    """A piece of an answer that is being written. Not stored, not replayed."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    at: Timestamp
    data: TokenDeltaData
    debate_id: Id
    type: Literal["token.delta"]


class TokenUsage(BaseModel):
    """Tokens in exclusive buckets."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    cache_read_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Input tokens read from a provider's cache."""
    cache_write_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Input tokens written to a provider's cache."""
    input_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Input tokens that no cache served."""
    output_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Output tokens, reasoning included."""
    reasoning_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The part of the output tokens that was reasoning."""


class UsageLink(BaseModel):
    """A link to a usage report, without its token."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    created_at: Timestamp
    expires_at: Timestamp
    first_day: str
    """The first day."""
    group_by: str
    """What is added up by."""
    id: Id
    last_day: str
    """The last day."""
    last_used_at: Timestamp | None
    revoked_at: Timestamp | None
    timezone: str
    """Where they are days."""
    title: str | None
    """What the report is called."""
    top: Annotated[int, Field(ge=1, le=1000)]
    """How many groups are shown at most."""
    uses: Annotated[int, Field(ge=0, le=9007199254740991)]
    """How often the report was read."""


class UsageLinkCreate(BaseModel):
    """A link to make."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    expires_at: Timestamp | MISSING = MISSING
    """When it ends, at most 720 hours from now; that, when absent."""
    first_day: Annotated[
        str | MISSING,
        Field(max_length=10, min_length=10, pattern="^\\d{4}-\\d{2}-\\d{2}$"),
    ] = MISSING
    """The first day of the report; without it the first of the last day's month."""
    group_by: Literal[
        "day",
        "week",
        "month",
        "agent",
        "provider",
        "model",
        "protocol",
        "tag",
        "api_key",
        "budget",
    ] = "day"
    """What to add up by; default `day`. Never by debate, for that would show questions."""
    last_day: Annotated[
        str | MISSING,
        Field(max_length=10, min_length=10, pattern="^\\d{4}-\\d{2}-\\d{2}$"),
    ] = MISSING
    """The last day of the report, and the whole of it; without it the last of this month."""
    timezone: Annotated[
        str,
        Field(
            max_length=64,
            min_length=1,
            pattern="^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}$",
        ),
    ] = "UTC"
    """The IANA time zone in which a day begins, such as `Europe/Berlin`; default `UTC`."""
    title: Annotated[
        str | MISSING, Field(max_length=200, min_length=1, pattern="^[^\\u0000]*$")
    ] = MISSING
    """What the report is called for whoever opens the link; they see it."""
    top: Annotated[int, Field(ge=1, le=1000)] = 100
    """How many groups to show, the dearest first; default 100."""


class UsageLinkCreated(BaseModel):
    """A link with its token, which is shown this once."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    token: str
    """What opens the report. It is not stored and cannot be shown again."""
    url: str
    """The page that shows the report. The token is its fragment, which browsers send to nobody."""
    usage_link: UsageLink


class UsageLinkPage(PageInfo):
    """A page of links, newest first."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    items: list[UsageLink]
    """This page, in order."""


class UsageRoi(BaseModel):
    """What decisions saved, by the caller's own assumptions."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    assumptions: RoiAssumptions
    changed_answers: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Agents of these debates whose last choice was not their first."""
    cost_usd: SignedMoney
    """All that was booked in these days."""
    decisions: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Debates that concluded in these days."""
    feedback: FeedbackCounts
    first_day: str
    """The first day."""
    formula: str
    """How the amounts follow from the rest."""
    last_day: str
    """The last day."""
    net_usd: SignedMoney
    """Saved less cost."""
    roi_percent: Annotated[int | None, Field(ge=-9007199254740991, le=9007199254740991)]
    """Net in percent of the cost, rounded down; null when nothing was paid."""
    saved_usd: Money
    """What the decisions would have cost in people's time."""
    timezone: str
    """Where they are days."""


UsageTable = TypeAliasType("UsageTable", str)
"""CSV with a head, one row a group, the rest and the total."""


class UsageTokens(BaseModel):
    """Tokens in exclusive buckets."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    audio_in_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Input tokens of sound."""
    audio_out_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Output tokens of sound."""
    cache_read_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Input tokens read from a provider's cache."""
    cache_write_1h_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Input tokens written to a cache for an hour."""
    cache_write_5m_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Input tokens written to a cache for five minutes."""
    input_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Input tokens that no cache served."""
    output_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Output tokens, reasoning included."""
    reasoning_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The part of the output tokens that was reasoning."""


class Verdict(BaseModel):
    """What the debate decided."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    abstentions: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Ballots that chose nothing."""
    answer: str
    """The decision in words."""
    confidence_ppm: Ppm | None
    margin: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Weight between the first and the second."""
    option_id: str | None
    """The option that won."""
    outcome: Literal["decided", "no_consensus", "no_decision"] | str
    """`no_consensus`: the ballots are complete and the rule is not met; `no_decision`: the quorum is missing or the debate stopped before ballots."""
    quorum: Quorum
    rule: str
    """The voting rule."""
    stop_reason: str
    """Why the debate ended."""
    supported_by: list[str]
    """Agents whose final ballot chose the winner."""
    tally: list[TallyEntry]
    """Support by option."""
    tie_rule_used: str | None
    """The declared rule that broke a tie."""


class VerificationCheck(BaseModel):
    """One check and what it found."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    detail: str
    """What was seen."""
    name: str
    """Such as `signature`."""
    result: Literal["pass", "fail", "absent", "erased", "withheld"] | str
    """An absent check never counts as a pass."""


class VerificationReport(BaseModel):
    """What verification found. A failed verification is a result, not an error."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    checks: list[VerificationCheck]
    """In the fixed order of verification."""
    exit_code: Annotated[int, Field(ge=0, le=3)]
    """The exit code of `aragora verify`."""
    receipt_id: str | None
    """The receipt that the signed bytes name."""
    verdict: Literal["verified", "failed", "unreadable", "not_verified"] | str
    """`not_verified`: something that is required is absent."""


class Webhook(BaseModel):
    """An endpoint, without its secret."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    created_at: Timestamp
    description: str
    """What it is for."""
    disabled_because: str | None
    """Why the server disabled it; null when it did not."""
    events: list[str]
    """Which events are sent; all when the list is empty."""
    id: Id
    previous_secret_ends_at: Timestamp | None
    state: Literal["enabled", "disabled"] | str
    """Whether events are sent."""
    updated_at: Timestamp
    url: str
    """Where events are posted."""


class WebhookCreate(BaseModel):
    """An endpoint to send events to."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    description: Annotated[str | MISSING, Field(max_length=200, pattern="^[^\\u0000]*$")] = MISSING
    """What it is for; default: nothing."""
    events: Annotated[
        list[
            Literal[
                "budget.threshold_reached",
                "budget.exhausted",
                "budget.overage_recorded",
                "budget.override_granted",
                "budget.hold_swept",
            ]
        ]
        | MISSING,
        Field(max_length=20, min_length=1),
    ] = MISSING
    """Which events are sent; default: all, also kinds that a later version adds."""
    url: Annotated[str, Field(max_length=2000, pattern="^https?://[!-~]+$")]
    """Where events are posted. No user name, no password and no fragment in it."""


class WebhookCreated(BaseModel):
    """An endpoint with the secret that signs what is sent to it."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    secret: str
    """Begins with `whsec_`. It is shown this once and stored sealed."""
    webhook: Webhook


class WebhookPage(PageInfo):
    """A page of endpoints, newest first."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    items: list[Webhook]
    """This page, in order."""


class WebhookSecretRotation(BaseModel):
    """How the old secret ends."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    overlap_hours: Annotated[int, Field(ge=0, le=720)] = 24
    """How long the old secret still signs beside the new one; default 24."""


class WebhookTest(BaseModel):
    """A test event that is recorded and will be sent."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    job_id: Id
    """The job that sends it."""
    message_id: str
    """The `webhook-id` that it is sent with."""


class WebhookTestData(BaseModel):
    """Somebody tried whether the endpoint works."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    webhook_id: Id
    """The endpoint."""


class WebhookTestEvent(BaseModel):
    """Somebody tried whether the endpoint works."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    data: WebhookTestData
    timestamp: Timestamp
    """When it happened."""
    type: Literal["webhook.test"]
    workspace_id: Id
    """The workspace that it happened in."""


class WebhookUpdate(BaseModel):
    """What to change; what is absent stays."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    description: Annotated[str | MISSING, Field(max_length=200, pattern="^[^\\u0000]*$")] = MISSING
    """What it is for."""
    events: Annotated[
        list[
            Literal[
                "budget.threshold_reached",
                "budget.exhausted",
                "budget.overage_recorded",
                "budget.override_granted",
                "budget.hold_swept",
            ]
        ]
        | MISSING,
        Field(max_length=20, min_length=0),
    ] = MISSING
    """Which events are sent; all when the list is empty."""
    state: Literal["enabled", "disabled"] | MISSING = MISSING
    """Whether events are sent."""
    url: Annotated[str | MISSING, Field(max_length=2000, pattern="^https?://[!-~]+$")] = MISSING
    """Where events are posted from now on."""


class Workspace(BaseModel):
    """Whose data this is."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    created_at: Timestamp
    id: Id
    name: str
    """Its name."""


class WorkspacePrice(BaseModel):
    """A price that a workspace has set. Nothing of it changes but its end."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    created_at: Timestamp
    created_by: Id
    """The API key that set it."""
    id: Id
    match: Literal["exact", "prefix"] | str
    """Whether `model` is a name, or what names begin with."""
    model: str
    """The name or the prefix, in lower case."""
    note: str | None
    """Why; null when nothing was said."""
    price_version: str
    """What ledger entries and receipts name as their price."""
    provider: str
    """Who answers."""
    request_fee_usd: Money
    """What every call costs beside its tokens."""
    status: Literal["upcoming", "current", "ended"] | str
    """Whether it holds now."""
    tiers: list[PriceTier]
    """From the first tier up; the last that a call reaches prices all of it."""
    valid_from: Timestamp
    """When it begins."""
    valid_to: Timestamp | None
    """When it ends, and holds no longer; null without an end."""


class WorkspacePriceCreate(BaseModel):
    """A price to set."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    match: Literal["exact", "prefix"]
    """Whether `model` is the name of a model, or what the names of models begin with."""
    model: Annotated[str, Field(max_length=200, pattern="^[^\\u0000]*$")]
    """The name, or the prefix; an empty prefix takes every model of the provider. The case of letters means nothing."""
    note: Annotated[str | MISSING, Field(max_length=500, min_length=1, pattern="^[^\\u0000]*$")] = (
        MISSING
    )
    """Why, for whoever reads the history."""
    provider: Annotated[str, Field(max_length=100, min_length=1, pattern="^[^\\u0000]*$")]
    """Who answers, as `listProviders` names it."""
    request_fee_usd: Money | MISSING = MISSING
    """What every call costs beside its tokens; nothing when absent."""
    tiers: Annotated[list[PriceTierCreate], Field(max_length=10, min_length=1)]
    """The first is over 0 tokens, the others rise."""
    valid_from: Timestamp | MISSING = MISSING
    """When it begins, also in the past; now when absent."""
    valid_to: Timestamp | MISSING = MISSING
    """When it ends; without an end when absent."""


class WorkspacePricePage(PageInfo):
    """A page of prices of the workspace, newest first."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    items: list[WorkspacePrice]
    """This page, in order."""


class AgentEstimate(BaseModel):
    """What one agent may cost."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    agent: str
    """The agent's name."""
    calls_max: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Most calls."""
    cost_max_usd: Money
    model: str
    """Provider and model."""
    unpriced: bool
    """Nobody knows what its model costs, and the budgets allow it; it counts as 0."""


class AgentFailedEvent(BaseModel):
    """A call to an agent failed."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    at: Timestamp
    data: AgentFailedData
    debate_id: Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["agent.failed"]


class AgentPresetPage(PageInfo):
    """A page of agent presets."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    items: list[AgentPreset]
    """This page, in order."""


class AgentUsage(BaseModel):
    """What one agent used."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    agent: str
    """The agent's name."""
    calls: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Calls that were answered."""
    cost_usd: Money
    is_estimated: bool
    """True when a provider did not report and the server counted."""
    usage: TokenUsage


class ApiKey(BaseModel):
    """An API key without its secret."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    created_at: Timestamp
    id: Id
    last_used_at: Timestamp | None
    name: str
    """What the key is for."""
    prefix: str
    """The first characters, to recognise it."""
    revoked_at: Timestamp | None
    scopes: list[str]
    """What the key may do."""


class ApiKeyCreated(BaseModel):
    """A new API key; its secret is shown this once."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    api_key: ApiKey
    key: str
    """The secret to send as a bearer token. It is not stored and cannot be shown again."""


class ApiKeyPage(PageInfo):
    """A page of API keys, newest first."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    items: list[ApiKey]
    """This page, in order."""


class AppliedPrice(BaseModel):
    """The price of a call, and why it is this one."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    at: Timestamp
    """The instant."""
    match: Literal["exact", "dated", "prefix"] | str
    """How the name below was met."""
    model: str
    """The model that was asked for."""
    name: str
    """The name that the price is for; an empty prefix takes every model."""
    price_version: str
    """What ledger entries and receipts name as their price."""
    provider: str
    """Who answers."""
    request_fee_usd: Money
    """What every call costs beside its tokens."""
    source: Literal["workspace", "operator", "snapshot"] | str
    """Who says so, `operator` is whoever runs the server."""
    tiers: list[PriceTier]
    """From the first tier up; the last that a call reaches prices all of it."""
    valid_from: Timestamp | None
    """When it began; null when it is as old as the list."""
    valid_to: Timestamp | None
    """When it ends; null when no end is known."""
    workspace_price_id: Id | None
    """The workspace's own price; null when it is none of its own."""


class Argument(BaseModel):
    """An answer with its reasons."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    agent: str
    """Who said it."""
    call_no: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The call that produced it."""
    confidence_ppm: Ppm | None
    id: Id
    is_truncated: bool
    """Whether the text was cut at the limit."""
    option_id: str | None
    """The option it argues for."""
    round: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The round."""
    sources: list[str]
    """Cited passages, such as `D1:p3`."""
    text: str
    """The argument."""


class ArgumentAddedEvent(BaseModel):
    """An agent argued."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    at: Timestamp
    data: Argument
    debate_id: Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["argument.added"]


class Ballot(BaseModel):
    """A vote."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    agent: str
    """Who voted."""
    call_no: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The call that produced it."""
    choices: list[str]
    """Option ids; empty when abstaining."""
    commitment: Digest
    """SHA-256 that sealed the ballot before it was revealed."""
    confidence_ppm: Ppm | None
    id: Id
    kind: Literal["single", "abstain"] | str
    """The form of the vote."""
    reason: str
    """Why."""
    round: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The round."""
    weight: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Its weight under the voting rule."""


class BallotCastData(BaseModel):
    """A sealed ballot was revealed."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    ballot: Ballot
    salt: str
    """The salt of the commitment, in base64url."""


class BallotCastEvent(BaseModel):
    """A sealed ballot was revealed."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    at: Timestamp
    data: BallotCastData
    debate_id: Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["ballot.cast"]


class BallotSealedData(BaseModel):
    """A ballot was cast and sealed."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    agent: str
    """Who voted."""
    commitment: Digest
    id: Id
    round: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The round."""


class BallotSealedEvent(BaseModel):
    """A ballot was cast and sealed."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    at: Timestamp
    data: BallotSealedData
    debate_id: Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["ballot.sealed"]


class Budget(BaseModel):
    """A budget and its current period."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    anchor_day: Annotated[int, Field(ge=1, le=28)]
    """The day on which a month begins."""
    block_at_percent: Annotated[int | None, Field(ge=1, le=1000)]
    """At which percent of the limit nothing more is admitted; null never refuses."""
    created_at: Timestamp
    held_usd: Money
    """Reserved for calls that are under way."""
    id: Id
    limit_usd: Money
    name: str
    """What the budget is for."""
    notify: BudgetNotify
    overage_usd: Money
    """Billed by a provider beyond its own stated bound; it counts against the limit."""
    paused: bool
    """Nothing under this budget is admitted."""
    period: Literal["month", "week", "total"] | str
    """How often it starts anew."""
    period_end: Timestamp | None
    period_start: Timestamp
    remaining_usd: Money | None
    """What it still admits; null when it never refuses."""
    scope: Literal["workspace", "api_key", "tag"] | str
    """Whose spending counts."""
    scope_id: str | None
    """The id of the API key, or the tag."""
    spent_usd: Money
    timezone: str
    """The IANA time zone in whose midnight a month or a week begins."""
    unpriced: Literal["refuse", "allow"] | str
    """Calls to models whose price nobody knows: `refuse` them, or `allow` them and book 0."""
    updated_at: Timestamp
    warn_at_percent: list[WarnAtPercentItem]
    """At which percent of the limit somebody is told."""


class BudgetAlert(BaseModel):
    """What is said once for each period and each limit that it had."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    at: Timestamp
    id: Id
    kind: Literal["threshold", "exhausted", "overage"] | str
    """`threshold`: a percent of the limit to warn at was reached; `exhausted`: the limit was reached, or a call refused; `overage`: a provider billed beyond its own stated bound."""
    limit_usd: Money
    """The limit at that moment."""
    percent: Annotated[int | None, Field(ge=1, le=1000)]
    """Which percent of the limit; null for `overage`."""
    period_start: Timestamp
    used_usd: Money
    """What was spent by then, overage included."""


class BudgetAlertPage(PageInfo):
    """A page of alerts, newest first."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    items: list[BudgetAlert]
    """This page, in order."""


class BudgetCheckRequest(BaseModel):
    """An amount, and what it would be spent on."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    amount_usd: Money
    """How much."""
    tags: Annotated[list[Tag] | MISSING, Field(max_length=10)] = MISSING
    """The tags of the debate; default none."""


class BudgetCreate(BaseModel):
    """A limit that no debate passes."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    anchor_day: Annotated[int | MISSING, Field(ge=1, le=28)] = MISSING
    """The day on which a month begins; default 1. For `month` alone."""
    block_at_percent: Annotated[int | None | MISSING, Field(ge=1, le=1000)] = MISSING
    """At which percent of the limit nothing more is admitted; default 100; null never refuses, and still counts and warns."""
    limit_usd: Money
    """The most that may be spent in a period."""
    name: Annotated[str, Field(max_length=200, min_length=1, pattern="^[^\\u0000]*$")]
    """What the budget is for."""
    notify: BudgetNotifyInput | MISSING = MISSING
    period: Literal["month", "week", "total"] | MISSING = MISSING
    """`month`: each month; `week`: each week from its Monday; `total`: once; default `month`."""
    scope: Literal["workspace", "api_key", "tag"] | MISSING = MISSING
    """Whose spending counts: that of everybody, of one API key, or of all debates with a tag; default `workspace`."""
    scope_id: Annotated[
        str | MISSING, Field(max_length=64, pattern="^[a-z0-9][a-z0-9._-]{0,63}$")
    ] = MISSING
    """The id of the API key, or the tag; without it when the scope is `workspace`."""
    timezone: Annotated[
        str | MISSING,
        Field(
            max_length=64,
            min_length=1,
            pattern="^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}$",
        ),
    ] = MISSING
    """The IANA time zone in whose midnight a month or a week begins, such as `Europe/Berlin`; default `UTC`. Where the clock is changed at that midnight, the period begins at its first instant."""
    unpriced: Literal["refuse", "allow"] | MISSING = MISSING
    """What becomes of calls to models whose price nobody knows. `refuse`: they are refused (`model_unpriced`) if this budget blocks at all; `allow`: they are booked with 0 and flagged, unless another budget refuses them; default `refuse`."""
    warn_at_percent: Annotated[list[WarnAtPercentItem1] | MISSING, Field(max_length=10)] = MISSING
    """At which percent of the limit somebody is told; default 80."""


class BudgetDifference(BaseModel):
    """An amount that is not what the ledger says."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    amount: Literal["spent", "held", "overage", "ceiling", "cost"] | str
    """Which amount."""
    id: Id
    """The period's budget, or the receipt."""
    ledger_usd: SignedMoney
    """What the ledger comes to."""
    of: Literal["period", "receipt"] | str
    """Where the amount stands."""
    told_usd: Money
    """What is told."""


class BudgetForecast(BaseModel):
    """Where a budget is going."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    budget_id: Id
    counted_from: Timestamp
    """The begin of its period, or of the budget."""
    limit_usd: Money
    """What it admits in this period."""
    name: str
    """Its name."""
    period_end: Timestamp | None
    """When its period ends; null when it never does."""
    projected_usd: Money | None
    """Spent at the period's end, if it goes on like this; null with too little data, and where it is beyond any amount."""
    reaches_limit_at: Timestamp | None
    """When the limit is met, if it goes on like this and that is within the period."""
    spent_usd: Money
    """What was booked so far, with overage."""


class BudgetOverride(BaseModel):
    """More than the limit of a budget, in one period of it."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    amount_usd: Money
    """How much more than the limit may be spent."""
    created_at: Timestamp
    created_by: Id
    """The API key that granted it."""
    expires_at: Timestamp
    """When it ends."""
    id: Id
    reason: str
    """Why."""
    revoked_at: Timestamp | None
    revoked_by: Id | None
    """The API key that revoked it."""
    status: Literal["live", "expired", "revoked"] | str
    """Whether it counts."""


class BudgetOverrideCreate(BaseModel):
    """More than the limit, for a time."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    amount_usd: Money
    """How much more than the limit may be spent."""
    expires_at: Timestamp
    """When it ends; within the current period of the budget."""
    reason: Annotated[str, Field(max_length=500, min_length=1, pattern="^[^\\u0000]*$")]
    """Why."""


class BudgetOverridePage(PageInfo):
    """A page of overrides, newest first."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    items: list[BudgetOverride]
    """This page, in order."""


class BudgetPage(PageInfo):
    """A page of budgets, newest first."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    items: list[Budget]
    """This page, in order."""


class BudgetPeriod(BaseModel):
    """A period in which something was reserved."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    held_usd: Money
    id: Id
    limit_usd: Money
    """The limit that it had last."""
    overage_usd: Money
    period_end: Timestamp | None
    period_start: Timestamp
    remaining_usd: Money | None
    """What it still admitted; null when it never refused."""
    spent_usd: Money


class BudgetPeriodPage(PageInfo):
    """A page of periods, newest first."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    items: list[BudgetPeriod]
    """This page, in order."""


class BudgetRefusal(BaseModel):
    """A budget that would refuse, and why."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    budget_id: Id
    name: str
    """What the budget is for."""
    reason: Literal["budget_exceeded", "budget_paused"] | str
    """Why it would refuse."""
    remaining_usd: Money | None
    """What it still admits; null when it never refuses for money."""


class BudgetStanding(BaseModel):
    """A budget as it stood at an event."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    held_usd: Money
    """Reserved for calls under way."""
    id: Id
    """The budget."""
    limit_usd: Money
    """Its limit."""
    name: str
    """What it is for."""
    period_end: Timestamp | None
    period_start: Timestamp
    remaining_usd: Money | None
    """What it still admits; null when it never refuses."""
    scope: Literal["workspace", "api_key", "debate", "tag"] | str
    """Whose spending counts."""
    scope_id: str | None
    """The API key, debate or tag; null for the workspace."""
    spent_usd: Money
    """Spent in the period."""


class BudgetStatus(BaseModel):
    """A budget in its current period."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    budget_id: Id
    held_usd: Money
    """What is reserved."""
    limit_usd: Money
    """Its limit."""
    name: str
    """Its name."""
    overage_usd: Money
    """What was booked beyond the bounds."""
    period: str
    """How often it begins anew."""
    period_end: Timestamp | None
    """When it ends; null when it never does."""
    period_start: Timestamp
    """When the period began."""
    remaining_usd: Money | None
    """What is left; null where the budget never blocks."""
    scope: str
    """What it limits."""
    spent_usd: Money
    """What was booked."""


class BudgetThresholdReachedData(BaseModel):
    """A budget has spent a share of its limit that it warns at."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    budget: BudgetStanding
    threshold_percent: Annotated[int, Field(ge=1, le=1000)]
    """The share that was reached, of the limit."""


class BudgetThresholdReachedEvent(BaseModel):
    """A budget has spent a share of its limit that it warns at."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    data: BudgetThresholdReachedData
    timestamp: Timestamp
    """When it happened."""
    type: Literal["budget.threshold_reached"]
    workspace_id: Id
    """The workspace that it happened in."""


class BudgetUpdate(BaseModel):
    """What to change; the rest stays."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    block_at_percent: Annotated[int | None | MISSING, Field(ge=1, le=1000)] = MISSING
    """At which percent of the limit nothing more is admitted; null never refuses, and still counts and warns."""
    limit_usd: Money | MISSING = MISSING
    """The new limit; it may lie below what is spent, then nothing more is admitted."""
    name: Annotated[str | MISSING, Field(max_length=200, min_length=1, pattern="^[^\\u0000]*$")] = (
        MISSING
    )
    """What the budget is for."""
    notify: BudgetNotifyInput | MISSING = MISSING
    paused: bool | MISSING = MISSING
    """While it is true, nothing under this budget is admitted; calls under way are paid."""
    unpriced: Literal["refuse", "allow"] | MISSING = MISSING
    """What becomes of calls to models whose price nobody knows. `refuse`: they are refused (`model_unpriced`) if this budget blocks at all; `allow`: they are booked with 0 and flagged, unless another budget refuses them."""
    warn_at_percent: Annotated[list[WarnAtPercentItem1] | MISSING, Field(max_length=10)] = MISSING
    """At which percent of the limit somebody is told."""


class BudgetUpdatedData(BaseModel):
    """Money moved."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    held_usd: Money
    """Reserved for its calls under way."""
    remaining_usd: Money | None
    spent_usd: Money
    """Spent by this debate."""


class BudgetUpdatedEvent(BaseModel):
    """Money moved."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    at: Timestamp
    data: BudgetUpdatedData
    debate_id: Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["budget.updated"]


class BundleEnvelope(BaseModel):
    """A DSSE envelope over the exact signed bytes."""

    model_config = ConfigDict(
        defer_build=True,
        extra="allow",
    )
    payload: Annotated[str, Field(pattern="^[A-Za-z0-9+/]*={0,2}$")]
    """The signed bytes, in base64."""
    payloadType: str
    """The media type of the payload."""
    signatures: Annotated[list[BundleSignature], Field(max_length=4, min_length=1)]
    """One to four signatures."""


class CallCost(BaseModel):
    """One attempt at one call. Each has a reservation of its own."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    agent: str
    """The agent's name."""
    attempt: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Which attempt at this call, from 1."""
    call_no: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The call's number in the debate."""
    cost_usd: Money
    """All that was booked, with overage and adjustment."""
    held_usd: Money
    """What is reserved now and not booked yet."""
    hold_id: Id
    """Its reservation; entries of the ledger name it."""
    model: str
    """Which of its models."""
    overage_usd: Money
    """The part of it that the bound did not foresee."""
    price_version: str
    """The version of the price that it is paid by."""
    provider: str
    """Who was asked."""
    round: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The round of the call."""
    state: Literal["held", "settled", "released"] | str
    """`held`: under way. `settled`: paid. `released`: surely not billed."""
    usage: TokenUsage | None
    usage_source: Literal["reported", "counted", "estimated"] | str | None
    """Who told the tokens; null of what is not paid."""


class CostSums(BaseModel):
    """Sums over attempts. The ledger is their only source."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    calls: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Attempts that were answered and paid."""
    cost_usd: Money
    """All that was booked, with overage and adjustments."""
    counted: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Paid attempts whose tokens the server counted."""
    estimated: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Paid attempts booked at their bound, for nobody knew what they used."""
    held_usd: Money
    """What is reserved now and not booked yet."""
    overage_usd: Money
    """The part of it that no bound foresaw."""
    reported: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Paid attempts whose tokens the provider told."""
    unpriced: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Paid attempts of models whose price nobody knows; they cost 0."""
    usage: TokenUsage


class Critique(BaseModel):
    """What one agent finds wrong in another's argument."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    agent: str
    """Who said it."""
    call_no: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The call that produced it."""
    id: Id
    issues: list[str]
    """Each weakness."""
    round: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The round."""
    severity: Annotated[int, Field(ge=0, le=10)]
    """0 (none) to 10 (fatal)."""
    target_argument_id: Id
    text: str
    """The critique."""


class CritiqueAddedEvent(BaseModel):
    """An agent criticised an argument."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    at: Timestamp
    data: Critique
    debate_id: Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["critique.added"]


class DebateBudget(BaseModel):
    """A budget as the readers of a debate under it see it, with or without `budgets:read`."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    id: Id
    """The budget."""
    limit_usd: Money
    """Its limit."""
    name: str
    """What it is for."""
    period_end: Timestamp | None
    remaining_usd: Money | None
    """What it still admits; null when it never refuses."""
    scope: Literal["workspace", "api_key", "debate", "tag"] | str
    """Whose spending counts."""


class DebateBudgetExhaustedData(BaseModel):
    """A budget has refused for the first time in its period, or has spent all, by a call of this debate."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    budget: DebateBudget
    needed_usd: Money | None
    """What was asked for and refused; null when nothing was refused, but all is spent."""


class DebateBudgetExhaustedEvent(BaseModel):
    """A budget has refused for the first time in its period, or has spent all, by a call of this debate."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    at: Timestamp
    data: DebateBudgetExhaustedData
    debate_id: Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["budget.exhausted"]


class DebateBudgetHoldSweptData(BaseModel):
    """A call of this debate was lost with the process that made it; what was reserved for it counts as spent."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    budget: DebateBudget
    settled_usd: Money
    """What counts as spent: all of the reservation."""


class DebateBudgetHoldSweptEvent(BaseModel):
    """A call of this debate was lost with the process that made it; what was reserved for it counts as spent."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    at: Timestamp
    data: DebateBudgetHoldSweptData
    debate_id: Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["budget.hold_swept"]


class DebateBudgetOverageRecordedData(BaseModel):
    """A call of this debate cost more than was reserved for it; the excess is counted against the budget."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    budget: DebateBudget
    overage_usd: Money
    """What it cost beyond its reservation."""


class DebateBudgetOverageRecordedEvent(BaseModel):
    """A call of this debate cost more than was reserved for it; the excess is counted against the budget."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    at: Timestamp
    data: DebateBudgetOverageRecordedData
    debate_id: Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["budget.overage_recorded"]


class DebateBudgetThresholdReachedData(BaseModel):
    """A call of this debate took a budget to a share of its limit that it warns at."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    budget: DebateBudget
    threshold_percent: Annotated[int, Field(ge=1, le=1000)]
    """The share that was reached, of the limit."""


class DebateBudgetThresholdReachedEvent(BaseModel):
    """A call of this debate took a budget to a share of its limit that it warns at."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    at: Timestamp
    data: DebateBudgetThresholdReachedData
    debate_id: Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["budget.threshold_reached"]


class DebateCreate(BaseModel):
    """A question, who argues it, and by which protocol."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    agents: Annotated[list[AgentSpec] | MISSING, Field(max_length=12, min_length=2)] = MISSING
    """Who argues; default: the server's own team of three."""
    answer_kind: Literal["choice", "verdict", "number", "text"] | MISSING = MISSING
    """The form of the answer; default `choice` when options are given, else `verdict` (approve, approve_with_conditions, reject)."""
    context: Annotated[
        str | MISSING, Field(max_length=100000, min_length=1, pattern="^[^\\u0000]*$")
    ] = MISSING
    """Background that every agent gets."""
    deadline_s: Annotated[int | MISSING, Field(ge=1, le=86400)] = MISSING
    """Seconds after which the debate concludes with what it has; default 3600."""
    documents: Annotated[list[DocumentInput] | MISSING, Field(max_length=20, min_length=1)] = (
        MISSING
    )
    """Documents that every agent gets and may quote."""
    max_cost_usd: Money | MISSING = MISSING
    """This debate's own limit; it stops before it would cost more."""
    options: Annotated[list[OptionInput] | MISSING, Field(max_length=20, min_length=2)] = MISSING
    """The answers to choose from."""
    protocol: Annotated[str | MISSING, Field(max_length=64, pattern="^[a-z0-9_]{1,64}$")] = MISSING
    """The protocol's name; default `escalate`."""
    question: Annotated[str, Field(max_length=8000, min_length=1, pattern="^[^\\u0000]*$")]
    """What is to be decided."""
    seed: Annotated[int | MISSING, Field(ge=0, le=9007199254740991)] = MISSING
    """Fixes labels and scripted agents, so that a run can be repeated; default: random."""
    tags: Annotated[list[Tag] | MISSING, Field(max_length=10, min_length=1)] = MISSING
    """What the debate belongs to, such as `team-checkout`. Debates are found and costs are reported by tag, and a budget may limit one. A tag given twice counts once. Tags stay when the texts of a debate are erased, so name no person."""


class DebateCreatedData(BaseModel):
    """The debate was opened."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    agents: list[str]
    """Names of the agents."""
    max_cost_usd: Money | None
    question_sha256: Digest
    """SHA-256 of the question's UTF-8 text."""


class DebateCreatedEvent(BaseModel):
    """The debate was opened."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    at: Timestamp
    data: DebateCreatedData
    debate_id: Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["debate.created"]


class DebateEstimate(BaseModel):
    """What a debate may cost. Nothing is reserved and nothing is promised."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    by_agent: list[AgentEstimate]
    """The same, by agent."""
    calls_max: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Most calls."""
    calls_min: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Fewest calls."""
    cost_likely_usd: Money
    cost_max_usd: Money
    """The debate never costs more than this; what an `unpriced` agent costs is not in it."""
    input_tokens_max: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Upper bound of input tokens."""
    output_tokens_max: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Upper bound of output tokens."""
    protocol: ProtocolRef


class DebateFailedEvent(BaseModel):
    """The debate ended without a verdict."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    at: Timestamp
    data: DebateFailedData
    debate_id: Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["debate.failed"]


class DebateLimits(BaseModel):
    """What may end a debate early."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    deadline_at: Timestamp
    max_cost_usd: Money | None


class DebateStartedData(BaseModel):
    """A runner took the debate up."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    cost_max_usd: Money
    """Upper bound before the first call."""
    protocol: ProtocolRef
    seed: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The seed of labels and scripted agents."""


class DebateStartedEvent(BaseModel):
    """A runner took the debate up."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    at: Timestamp
    data: DebateStartedData
    debate_id: Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["debate.started"]


class DebateUsage(BaseModel):
    """What the debate used so far."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    by_agent: list[AgentUsage]
    """The same, by agent."""
    calls: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Calls that were answered."""
    cost_usd: Money
    usage: TokenUsage


class DebateWarningEvent(BaseModel):
    """A reader of the verdict should know this."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    at: Timestamp
    data: DebateWarningData
    debate_id: Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["debate.warning"]


class DissentRecordedEvent(BaseModel):
    """A minority view was kept."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    at: Timestamp
    data: Dissent
    debate_id: Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["dissent.recorded"]


class Erasure(BaseModel):
    """What a leaf of the log says was erased."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    actor: Id
    """The API key that asked for it."""
    at: Timestamp
    id: Id
    legal_basis: str
    """Why, as a code."""
    paths: list[str]
    """JSON pointers to the digests whose texts are gone."""
    receipt_id: Id


class ErasureResult(BaseModel):
    """What was erased now."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    erased: Annotated[int, Field(ge=0, le=100000)]
    """How many texts."""
    erasure: Erasure | None
    """Null when all of them were gone already."""


class FeedbackEntry(BaseModel):
    """What was said once."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    comment: str | None
    """Why; null when nothing was said or it was erased."""
    given_at: Timestamp
    """When."""
    given_by: Id
    """The API key that said it."""
    outcome: Literal["held", "reversed", "dissent_was_right"] | str | None
    """How it turned out; null while nobody knows."""
    useful: bool
    """Whether the decision was of use."""


class HeartbeatEvent(BaseModel):
    """The stream is alive. Not stored, not replayed."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    at: Timestamp
    debate_id: Id
    type: Literal["heartbeat"]


class HeldReceipt(BaseModel):
    """A receipt of which nothing may go."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    legal_hold_id: Id
    receipt_id: Id


class Job(BaseModel):
    """A piece of work that the server does after it has answered."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    attempts: Annotated[int, Field(ge=0, le=1000000)]
    """How often it was begun since it was recorded or last retried."""
    created_at: Timestamp
    done_at: Timestamp | None
    due_at: Timestamp
    """When it is tried, or was to be tried last."""
    id: Id
    kind: str
    """What is to be done, such as `sweep_holds`."""
    last_error: str | None
    """Why the last failed attempt failed; null when none has."""
    state: Literal["due", "running", "done", "dead"] | str
    """`due`: waits for `due_at`; `running`: at work; `done`; `dead`: failed ten times, and left until somebody retries it."""
    subject: str | None
    """What it is done to; null when the kind says it all."""
    updated_at: Timestamp


class JobPage(PageInfo):
    """A page of jobs, newest first."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    items: list[Job]
    """This page, in order."""


class KeyRecord(BaseModel):
    """A public key."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    algorithm: Literal["ed25519"] | str
    """Taken from here, never from a message."""
    created_at: Timestamp
    events: list[LogStatement] | MISSING = MISSING
    """Of a receipt key: what became of it, oldest first. With these its reader can tell whether a receipt is older than a revocation."""
    key_id: str
    """Hexadecimal SHA-256 of the raw public key."""
    kind: Literal["receipt", "log"] | str
    """What the key is for."""
    public_key: str
    """The raw public key, in base64."""
    status: Literal["active", "retired", "revoked"] | str
    """Whether it still signs."""
    vkey: str | MISSING = MISSING
    """Of a log's key: the key under the name that stands in the log's checkpoints, as a verifier key of signed notes."""


class LedgerAdjustmentCreate(BaseModel):
    """A correction of what one call cost."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    amount_usd: SignedMoney
    """What to add to its cost; negative to give something back."""
    hold_id: Id
    """The reservation of the call."""
    reason: Annotated[str, Field(max_length=500, min_length=1, pattern="^[^\\u0000]*$")]
    """Why. It stays in the ledger for ever, so name no person."""


class LedgerEntry(BaseModel):
    """One booking. Entries are never changed or deleted."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    actor: Id | None
    """The API key that adjusted it."""
    agent: str | None
    """Whose call."""
    amount_usd: SignedMoney
    at: Timestamp
    debate_id: Id | None
    hold_id: Id | None
    id: Id
    kind: Literal["reserve", "settle", "release", "overage", "adjust"] | str
    """What happened."""
    model: str | None
    """The model."""
    overage_usd: SignedMoney
    """The part of the amount that no bound foresaw."""
    price_version: str | None
    """The price list that applied."""
    provider: str | None
    """Who answered."""
    reason: str | None
    """Why it was adjusted."""
    usage: TokenUsage | None
    usage_source: Literal["reported", "counted", "estimated"] | str | None
    """Who counted the tokens."""


class LedgerEntryPage(PageInfo):
    """A page of ledger entries, newest first."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    items: list[LedgerEntry]
    """This page, in order."""


class LegalHold(BaseModel):
    """Keeps receipts whole."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    debate_id: Id | None
    id: Id
    issued_from: Timestamp | None
    issued_to: Timestamp | None
    matter: str
    """What it is about."""
    participant: str | None
    """Only receipts with this participant."""
    placed_at: Timestamp
    placed_by: Id
    reason: str
    """Why."""
    receipt_ids: list[Id] | None
    """Only these receipts."""
    released_at: Timestamp | None
    released_by: Id | None


class LegalHoldCreate(BaseModel):
    """A legal hold to place; at least one criterion."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    debate_id: Id | MISSING = MISSING
    """Only receipts of this debate."""
    issued_from: Timestamp | MISSING = MISSING
    """Only receipts issued at or after this instant."""
    issued_to: Timestamp | MISSING = MISSING
    """Only receipts issued before this instant."""
    matter: Annotated[str, Field(max_length=200, min_length=1, pattern="^[^\\u0000]*$")]
    """What it is about, such as the number of a case."""
    participant: Annotated[
        str | MISSING, Field(max_length=200, min_length=1, pattern="^[^\\u0000]*$")
    ] = MISSING
    """Only receipts in which somebody of this name took part: an agent, a person, a model, or `provider:model`."""
    reason: Annotated[str, Field(max_length=2000, min_length=1, pattern="^[^\\u0000]*$")]
    """Why."""
    receipt_ids: Annotated[list[Id] | MISSING, Field(max_length=1000, min_length=1)] = MISSING
    """Only these receipts."""


class LegalHoldPage(PageInfo):
    """A page of legal holds, newest first."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    items: list[LegalHold]
    """This page, in order."""


class Meta(BaseModel):
    """What this server is and can do."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    api_version: str
    """The major version in every path."""
    capabilities: list[str]
    """Optional abilities that are present, such as `providers`."""
    limits: Limits
    name: str
    """The product."""
    protocols: list[ProtocolRef]
    """Protocols a debate may follow."""
    version: str
    """The version of the server and its contract."""


class ParticipantErasure(BaseModel):
    """The erasure of a participant from every receipt, and how far it is. It does not say of whom."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    actor: Id
    """The API key that asked for it."""
    asked_at: Timestamp
    done_at: Timestamp | None
    """When all receipts had their turn; null until then."""
    erased: Annotated[int, Field(ge=0, le=100000000)]
    """How many lost texts."""
    held: list[HeldReceipt]
    """Receipts that a legal hold keeps whole; the first thousand."""
    id: Id
    legal_basis: str
    """Why, as a code."""
    receipts: Annotated[int, Field(ge=0, le=100000000)]
    """How many are looked at. All that a search for this name finds, those with a model of that name too."""
    texts: Annotated[int, Field(ge=0, le=100000000000)]
    """How many texts went."""
    waiting: Annotated[int, Field(ge=0, le=100000000)]
    """How many still wait for their turn."""


class Price(BaseModel):
    """What a model costs everybody on this server."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    model: str
    """What the list calls the model; `*` stands for every model of the provider."""
    names: list[PriceName]
    """The names that the price is for."""
    price_version: str
    """What ledger entries and receipts name as their price."""
    provider: str
    """Who answers."""
    request_fee_usd: Money
    """What every call costs beside its tokens."""
    source: Literal["operator", "snapshot"] | str
    """Who says so, `operator` is whoever runs the server."""
    tiers: list[PriceTier]
    """From the first tier up; the last that a call reaches prices all of it."""
    valid_from: Timestamp | None
    """When it began; null when it is as old as the list."""
    valid_to: Timestamp | None
    """When it ends; null when no end is known."""


class PriceSnapshot(BaseModel):
    """Where the price list comes from. Its source says of itself that it is not 100 % accurate."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    generated_at: Timestamp
    """When it was made."""
    source: str
    """What it was made from."""
    source_version: str
    """The version of that."""
    version: str
    """Its version, with the beginning of its digest."""


class Readiness(BaseModel):
    """Whether requests would succeed now."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    checks: list[ReadinessCheck]
    """Each check that was made."""
    status: Literal["ready", "degraded"] | str
    """`degraded` still serves."""


class Receipt(BaseModel):
    """A signed record of one decision, printed for reading. The evidence itself is the bundle."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    debate_id: Id
    digest: Digest
    """SHA-256 of the signed payload."""
    dissents: list[Dissent]
    """Final ballots unlike the verdict."""
    id: Id
    issued_at: Timestamp
    key_id: str
    """The Ed25519 key that signed it."""
    log: ReceiptLog
    participants: list[ReceiptParticipant]
    """Who took part."""
    protocol: ProtocolRef
    question: str | None
    """What was decided, when disclosed."""
    stop_reason: str
    """Why the debate ended."""
    transcript_sha256: Digest
    """SHA-256 over the commitments of all messages."""
    usage: DebateUsage
    verdict: Verdict


class ReceiptBundle(BaseModel):
    """All that a verifier needs, in one file (`*.receipt.json`). Members that later versions add are kept and count as nothing."""

    model_config = ConfigDict(
        defer_build=True,
        extra="allow",
    )
    disclosures: list[str]
    """Salted disclosures of the free text."""
    dsse: BundleEnvelope
    hmac: BundleHmac | MISSING = MISSING
    leaf: str | MISSING = MISSING
    """The entry of the log, in base64; a verifier makes it anew."""
    tlog_proof: str | MISSING = MISSING
    """The way from that entry up to a signed checkpoint, in the text form of C2SP."""
    v: Annotated[int, Field(ge=1, le=1)]
    """The format's version."""


class ReceiptExport(BaseModel):
    """A file of many receipts, and how far it is."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    bytes: Annotated[int, Field(ge=0, le=9007199254740991)]
    """How long all parts are together."""
    created_at: Timestamp
    done: Annotated[int, Field(ge=0, le=9007199254740991)]
    """How many records are in it so far."""
    expires_at: Timestamp
    """When it is deleted."""
    finished_at: Timestamp | None
    format: Literal["ndjson", "csv"] | str
    """What it is."""
    id: Id
    last_error: str | None
    """Why the last attempt to make it failed; null when none has."""
    parts: Annotated[int, Field(ge=0, le=9007199254740991)]
    """How many parts there are so far."""
    sha256: Digest | None
    """The digest of the whole file; null before it is whole."""
    state: Literal["due", "running", "done", "failed", "withdrawn"] | str
    """`due`: not begun; `running`; `done`: whole, to be downloaded; `failed`: given up, until its job is retried; `withdrawn`: a receipt in it lost texts or was deleted, so the file is gone."""
    total: Annotated[int | None, Field(ge=0, le=9007199254740991)]
    """How many records it is to have; null before it is begun."""


class ReceiptExportCreate(BaseModel):
    """Which receipts to export, and as what: the filters are those of the list and narrow together."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    debate_id: Id | MISSING = MISSING
    """Only the receipt of this debate."""
    format: Literal["ndjson", "csv"]
    """`ndjson`: the archive with all proofs; `csv`: a table."""
    issued_from: Timestamp | MISSING = MISSING
    """Only receipts issued at or after this instant."""
    issued_to: Timestamp | MISSING = MISSING
    """Only receipts issued before this instant."""
    min_cost_usd: Money | MISSING = MISSING
    """Only receipts of debates that cost this much or more."""
    outcome: Literal["decided", "no_consensus", "no_decision"] | MISSING = MISSING
    """Only receipts with this outcome."""
    participant: Annotated[
        str | MISSING, Field(max_length=200, min_length=1, pattern="^[^\\u0000]*$")
    ] = MISSING
    """Only receipts in which somebody of this name took part: an agent, a person, a model, or `provider:model`."""
    protocol: Annotated[str | MISSING, Field(max_length=64, pattern="^[a-z0-9_]{1,64}$")] = MISSING
    """Only receipts of debates that followed the protocol of this name, such as `escalate`."""
    topic: Annotated[
        str | MISSING, Field(max_length=200, min_length=1, pattern="^[^\\u0000]*$")
    ] = MISSING
    """Only receipts whose question or verdict has, for each word of this text, a word that begins like it."""


class ReceiptExportPage(PageInfo):
    """A page of exports, newest first."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    items: list[ReceiptExport]
    """This page, in order."""


class ReceiptFeedback(BaseModel):
    """What a workspace says of a decision of its own."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    current: FeedbackEntry | None
    """What counts; null when nothing was said."""
    earlier: list[FeedbackEntry]
    """What was said before, newest first."""
    receipt_id: Id


class ReceiptIssuedEvent(BaseModel):
    """The receipt was signed."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    at: Timestamp
    data: ReceiptIssuedData
    debate_id: Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["receipt.issued"]


class ReceiptOdr(BaseModel):
    """An Open Decision Receipt, version 0.2."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    attestation: dict[str, Any]
    """As the profile has it."""
    claim: dict[str, Any]
    """As the profile has it."""
    confidence: dict[str, Any]
    """As the profile has it."""
    cruxes: dict[str, Any]
    """As the profile has it."""
    issued_at: Timestamp
    odr_version: str
    """The version of the profile."""
    profile: str
    """The profile."""
    quorum: dict[str, Any]
    """As the profile has it."""
    reasoning: dict[str, Any]
    """As the profile has it."""
    receipt_id: Id
    routing: dict[str, Any]
    """As the profile has it."""
    signatures: list[dict[str, str]]
    """One signature, by the issuer."""
    subject: dict[str, Any]
    """As the profile has it."""


class ReceiptPage(PageInfo):
    """A page of receipts, newest first."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    items: list[Receipt]
    """This page, in order."""


class Repricing(BaseModel):
    """What calls of the past come to at another price."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    calls: Annotated[int, Field(ge=0, le=1000)]
    """How many calls were, or would be, re-priced; at most 1,000."""
    calls_left: Annotated[int, Field(ge=0, le=9007199254740991)]
    """How many come after them. Ask again."""
    cost_after_usd: Money
    """What they cost at this price."""
    cost_before_usd: Money
    """What these calls had cost."""
    difference_usd: SignedMoney
    """What was added; negative when it was given back."""
    dry_run: bool
    """Whether nothing was booked."""
    ends_at: Timestamp
    """And before this one."""
    price_version: str
    """What the adjustments name as their price."""
    starts_at: Timestamp
    """Calls that were reserved from this time on."""
    workspace_price_id: Id


class RepricingCreate(BaseModel):
    """Which calls to re-price."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    dry_run: bool = True
    """Whether only to say what it would come to; default true."""
    ends_at: Timestamp | MISSING = MISSING
    """And before this one; now when absent."""
    starts_at: Timestamp
    """Calls that were reserved from this time on."""


class Retention(BaseModel):
    """How long things are kept."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    debates: str
    """The words of debates beside their receipts, as an ISO 8601 duration."""
    receipts: str
    """Receipts, as an ISO 8601 duration."""
    set_at: Timestamp | None
    set_by: Id | None
    """The API key that said so; null when nobody did."""


class Round(BaseModel):
    """One round of a debate."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    arguments: list[Argument]
    """Arguments of the round."""
    ballots: list[Ballot]
    """Ballots, once revealed."""
    closed_at: Timestamp | None
    critiques: list[Critique]
    """Critiques of the round."""
    kind: str
    """What the round is for."""
    label: str
    """The round in words."""
    no: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Counted from 0."""
    opened_at: Timestamp
    participants: list[str]
    """Agents asked."""


class RoundCompletedData(BaseModel):
    """A round was closed and its ballots revealed."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    abstentions: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Ballots that chose nothing."""
    moved: list[str]
    """Agents whose ballot changed."""
    round: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Counted from 0."""
    tally: list[TallyEntry]
    """Support so far."""


class RoundCompletedEvent(BaseModel):
    """A round was closed and its ballots revealed."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    at: Timestamp
    data: RoundCompletedData
    debate_id: Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["round.completed"]


class RoundCost(BaseModel):
    """What one round cost."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    round: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Its number, from 0."""
    sums: CostSums


class RoundStartedEvent(BaseModel):
    """A round was opened."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    at: Timestamp
    data: RoundStartedData
    debate_id: Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["round.started"]


class ShareLink(BaseModel):
    """A link to a receipt, without its token."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    created_at: Timestamp
    disclose: list[str]
    """The parts whose texts it shows."""
    expires_at: Timestamp
    id: Id
    last_used_at: Timestamp | None
    max_uses: Annotated[int, Field(ge=1, le=1000000)]
    """How often it can be opened."""
    receipt_id: Id
    revoked_at: Timestamp | None
    uses: Annotated[int, Field(ge=0, le=1000000)]
    """How often it was opened."""


class ShareLinkCreate(BaseModel):
    """A link to make."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    disclose: Annotated[
        list[
            Literal[
                "question",
                "participants",
                "options",
                "ballots",
                "verdict",
                "dissent",
                "transcript",
                "evidence",
            ]
        ],
        Field(max_length=8, min_length=0),
    ]
    """The parts whose texts the link shows. What is signed in clear, such as tally and cost, shows always."""
    expires_at: Timestamp | MISSING = MISSING
    """When it ends, at most 720 hours from now; 24 hours when absent."""
    max_uses: Annotated[int, Field(ge=1, le=1000000)] = 100
    """How often it can be opened; default 100."""


class ShareLinkCreated(BaseModel):
    """A link with its token, which is shown this once."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    share_link: ShareLink
    token: str
    """What opens the receipt. It is not stored and cannot be shown again."""
    url: str
    """The page that shows the receipt. The token is its fragment, which browsers send to nobody."""


class ShareLinkPage(PageInfo):
    """A page of links, newest first."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    items: list[ShareLink]
    """This page, in order."""


class Transcript(BaseModel):
    """All that was said, round by round."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    debate_id: Id
    rounds: list[Round]
    """In order."""


class UsageForecast(BaseModel):
    """Straight lines, one a budget."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    budgets: list[BudgetForecast]
    """The open budgets, newest first."""
    created_at: Timestamp
    """When they were drawn."""
    method: str
    """How."""


class UsageSums(BaseModel):
    """Sums of ledger entries."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    calls: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Attempts that were answered and paid."""
    cost_usd: SignedMoney
    """All that was booked. Negative where more was given back than booked."""
    counted: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Paid attempts whose tokens the server counted, for the provider did not tell."""
    estimated: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Paid attempts booked at their bound, corrected later or not."""
    overage_usd: SignedMoney
    """The part of it that no bound foresaw; negative where more of it was given back."""
    unpriced: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Paid attempts of models whose price nobody knows; they cost 0."""
    usage: UsageTokens


class Account(BaseModel):
    """Who the presented key belongs to."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    api_key: ApiKey
    workspace: Workspace


class AgentCost(BaseModel):
    """What one agent cost."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    agent: str
    """The agent's name."""
    model: str
    """Which of its models."""
    provider: str
    """Who was asked."""
    sums: CostSums


class BudgetAudit(BaseModel):
    """Whether counters and receipts say what the ledger says."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    agrees: bool
    """Nothing differs."""
    differences: Annotated[int, Field(ge=0, le=9007199254740991)]
    """How many amounts differ."""
    first: list[BudgetDifference]
    """The first 100 of them."""
    periods: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Periods of budgets that were compared."""
    receipts: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Receipts that were compared."""


class BudgetCheck(BaseModel):
    """Whether the budgets that apply would admit an amount now. Advice, and no promise."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    admitted: bool
    """All of them would."""
    refused_by: list[BudgetRefusal]
    """Those that would not."""
    remaining_usd: Money | None
    """The least that any of them has left; null when none limits it."""


class BudgetExhaustedData(BaseModel):
    """A budget has refused to admit more for the first time in its period."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    budget: BudgetStanding
    needed_usd: Money | None


class BudgetExhaustedEvent(BaseModel):
    """A budget has refused to admit more for the first time in its period."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    data: BudgetExhaustedData
    timestamp: Timestamp
    """When it happened."""
    type: Literal["budget.exhausted"]
    workspace_id: Id
    """The workspace that it happened in."""


class BudgetHoldSweptData(BaseModel):
    """A call was lost with the process that made it; what was reserved for it counts as spent."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    amount_usd: Money
    """How much was reserved."""
    budget: BudgetStanding
    debate_id: Id
    """The debate of the reservation."""
    settled_usd: Money
    """How much of it counts as spent: all of it, for the request had been sent."""


class BudgetHoldSweptEvent(BaseModel):
    """A call was lost with the process that made it; what was reserved for it counts as spent."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    data: BudgetHoldSweptData
    timestamp: Timestamp
    """When it happened."""
    type: Literal["budget.hold_swept"]
    workspace_id: Id
    """The workspace that it happened in."""


class BudgetOverageRecordedData(BaseModel):
    """A call cost more than was reserved for it; the excess is counted against the budget."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    budget: BudgetStanding
    debate_id: Id
    """The debate of the call."""
    overage_usd: Money
    """What it cost beyond its reservation."""


class BudgetOverageRecordedEvent(BaseModel):
    """A call cost more than was reserved for it; the excess is counted against the budget."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    data: BudgetOverageRecordedData
    timestamp: Timestamp
    """When it happened."""
    type: Literal["budget.overage_recorded"]
    workspace_id: Id
    """The workspace that it happened in."""


class BudgetOverrideGrantedData(BaseModel):
    """Somebody has granted a budget more than its limit, for a time."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    amount_usd: Money
    """How much more."""
    budget: BudgetStanding
    expires_at: Timestamp | None
    override_id: Id
    """The override."""
    reason: str
    """Why, in the words of who granted it."""


class BudgetOverrideGrantedEvent(BaseModel):
    """Somebody has granted a budget more than its limit, for a time."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    data: BudgetOverrideGrantedData
    timestamp: Timestamp
    """When it happened."""
    type: Literal["budget.override_granted"]
    workspace_id: Id
    """The workspace that it happened in."""


class Debate(BaseModel):
    """A debate and where it stands."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    agents: list[DebateAgent]
    """Who argues."""
    answer_kind: Literal["choice", "verdict", "number", "text"] | str
    """The form of the answer."""
    context: str | None
    """Background that every agent got."""
    created_at: Timestamp
    created_by: Id
    """The API key that opened it."""
    dissents: list[Dissent]
    """Final ballots unlike the verdict."""
    documents: list[Document]
    """Documents, in order."""
    ended_at: Timestamp | None
    id: Id
    last_seq: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Sequence number of the newest event."""
    limits: DebateLimits
    options: list[Option]
    """Answers that can be chosen."""
    protocol: ProtocolRef
    question: str
    """What is to be decided."""
    receipt_id: Id | None
    seed: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The seed of labels and scripted agents."""
    started_at: Timestamp | None
    status: Literal["queued", "running", "concluded", "cancelled", "failed"] | str
    """The last three never change."""
    stop_reason: str | None
    """Why it ended, such as `agreed` or `budget`."""
    tags: list[str]
    """What the debate belongs to, in the order given."""
    usage: DebateUsage
    verdict: Verdict | None
    warnings: list[DebateWarning]
    """What a reader should know."""


class DebateCancelledData(BaseModel):
    """The debate was cancelled."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    by: Id
    """The API key that cancelled it."""
    usage: DebateUsage


class DebateCancelledEvent(BaseModel):
    """The debate was cancelled."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    at: Timestamp
    data: DebateCancelledData
    debate_id: Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["debate.cancelled"]


class DebateConcludedData(BaseModel):
    """The debate has a verdict."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    usage: DebateUsage
    verdict: Verdict


class DebateConcludedEvent(BaseModel):
    """The debate has a verdict."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    at: Timestamp
    data: DebateConcludedData
    debate_id: Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["debate.concluded"]


class DebateCost(BaseModel):
    """What a debate cost. Agents, rounds and calls each sum up to the total."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    by_agent: list[AgentCost]
    """The same, by agent, in the order of their first calls."""
    by_call: list[CallCost]
    """Every attempt at every call, in order; those that were not billed too."""
    by_round: list[RoundCost]
    """The same, by round."""
    debate_id: Id
    price_versions: list[str]
    """Every version of a price that something was paid by."""
    total: CostSums


DebateEvent = TypeAliasType(
    "DebateEvent",
    Annotated[
        DebateCreatedEvent
        | DebateStartedEvent
        | RoundStartedEvent
        | RoundCompletedEvent
        | ArgumentAddedEvent
        | CritiqueAddedEvent
        | BallotSealedEvent
        | BallotCastEvent
        | AgentFailedEvent
        | BudgetUpdatedEvent
        | DebateBudgetThresholdReachedEvent
        | DebateBudgetExhaustedEvent
        | DebateBudgetOverageRecordedEvent
        | DebateBudgetHoldSweptEvent
        | DebateWarningEvent
        | DissentRecordedEvent
        | DebateConcludedEvent
        | DebateCancelledEvent
        | DebateFailedEvent
        | ReceiptIssuedEvent
        | TokenDeltaEvent
        | HeartbeatEvent,
        Field(discriminator="type"),
    ],
)
"""What happens in a debate, as it happens."""


class DebateEventPage(PageInfo):
    """A page of events, in order."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    items: list[DebateEvent]
    """This page, in order."""


class DebatePage(PageInfo):
    """A page of debates, newest first."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    items: list[Debate]
    """This page, in order."""


class KeyDirectory(BaseModel):
    """The keys of this server, to be pinned."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    issuer: str
    """The origin that issues receipts."""
    keys: list[KeyRecord]
    """Of each kind the newest first."""


class PricePage(PageInfo):
    """A page of prices, by provider and model."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    items: list[Price]
    """This page, in order."""
    snapshot: PriceSnapshot


class UsageGroup(BaseModel):
    """What one of them used."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    debates: DebateCounts | None
    """Of days, weeks and months alone."""
    key: str
    """The first day, or the name or id of what was grouped by."""
    label: str | None
    """The question of a debate, or the name of a budget."""
    sums: UsageSums


class UsageReport(BaseModel):
    """What was used in some days. Groups and rest add up to the total."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    budgets: list[BudgetStatus]
    """The open budgets, newest first."""
    created_at: Timestamp
    """When the report was made."""
    debates: DebateCounts
    ends_at: Timestamp
    """When the last day is over."""
    first_day: str
    """The first day."""
    group_by: str
    """What was added up by."""
    groups: list[UsageGroup]
    """Days, weeks and months in order; all others the dearest first."""
    last_day: str
    """The last day."""
    rest: UsageSums | None
    """What the groups that are not shown sum up to; null where groups overlap."""
    starts_at: Timestamp
    """When the first day begins."""
    timezone: str
    """Where they are days."""
    top_tags: list[TagCount]
    """The ten most frequent tags of the debates opened in these days."""
    total: UsageSums


WebhookEvent = TypeAliasType(
    "WebhookEvent",
    Annotated[
        BudgetThresholdReachedEvent
        | BudgetExhaustedEvent
        | BudgetOverageRecordedEvent
        | BudgetOverrideGrantedEvent
        | BudgetHoldSweptEvent
        | WebhookTestEvent,
        Field(discriminator="type"),
    ],
)
"""What is sent to a webhook endpoint. Kinds are added: what you do not know, answer with 2xx and leave."""


class SharedUsage(BaseModel):
    """A usage report for whoever has a link to it. Groups and rest add up to the total."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    created_at: Timestamp
    """When the figures were read."""
    debates: DebateCounts
    expires_at: Timestamp
    """When the link ends."""
    first_day: str
    """The first day."""
    group_by: str
    """What was added up by."""
    groups: list[UsageGroup]
    """Days, weeks and months in order; all others the dearest first."""
    last_day: str
    """The last day."""
    rest: UsageSums | None
    """What the groups that are not shown sum up to; null where groups overlap."""
    timezone: str
    """Where they are days."""
    title: str | None
    """What the report is called."""
    total: UsageSums
