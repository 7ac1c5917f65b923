"""The check of the signing key's own history: its events are leaves of the log too.

Whether a receipt is older than a revocation is told by positions in the log, never by clocks.
"""

from __future__ import annotations

from functools import lru_cache

from .bundle import Evidence
from .evidence import EvidenceError, Proven, prove
from .keys import LogKey, PublicKey
from .log import Place
from .result import Findings, Outcome
from .schema import COUNT, HEX, NAME, TIME, TOKEN, UUID, integer, record, text

EVENT = record(
    {
        "v": integer(1, 1),
        "id": UUID,
        "key_id": HEX,
        "event": text("add|retire|revoke"),
        "at": TIME,
    },
    {"reason": TOKEN, "compromised_since": record({"origin": NAME, "index": COUNT})},
)
"""The body of an event of a key. From `compromised_since` on nothing counts that it signed; a
revocation without it takes back all."""

START = ("", 0)


def examine(
    findings: Findings, key: PublicKey | None, place: Place | None, logs: tuple[LogKey, ...]
) -> None:
    """Note `key_status`, for a receipt at this place of the log."""
    if key is None:
        findings.note("key_status", "absent", "no signature names a key")
        return
    try:
        events = [event for sent in key.events if (event := _event(sent, key, logs))]
    except EvidenceError as error:
        findings.note("key_status", "fail", f"an event of the key is false: {error}")
        return
    findings.note("key_status", *_judge(key, events, place))


@lru_cache(maxsize=256)  # of pinned keys alone: what their file proves is proven once
def _event(sent: Evidence, key: PublicKey, logs: tuple[LogKey, ...]) -> Proven | None:
    proven = prove(sent, "key", EVENT, logs)
    if proven is not None and proven.content["key_id"] != key.key_id:
        raise EvidenceError("it is of another key")
    return proven


def _judge(key: PublicKey, events: list[Proven], place: Place | None) -> tuple[Outcome, str]:
    revoked = min((_since(event) for event in _named(events, "revoke")), default=None)
    if revoked is None and key.status == "revoked":
        return "fail", "the pinned key is marked as revoked"
    if revoked is not None and (place is None or place.position >= revoked):
        return "fail", f"the key is revoked from leaf {revoked[1]} on"
    if not events:
        return "absent", "no key events are at hand"
    if place is None:
        return "absent", "the receipt has no place in the log to compare with"
    if any(event.place.issuer != place.issuer for event in events):
        return "fail", "the receipt is in the log of another issuer than its key"
    return _within(events, place)


def _within(events: list[Proven], place: Place) -> tuple[Outcome, str]:
    """Whether the place lies after the key was added and before it was retired."""
    if not any(event.place.position < place.position for event in _named(events, "add")):
        return "fail", "the log does not know the key before this receipt"
    retired = min((event.place.position for event in _named(events, "retire")), default=None)
    if retired is not None and place.position >= retired:
        return "fail", f"the key was retired by leaf {retired[1]}"
    known = max((event.place for event in events), key=lambda at: (at.position[0], at.size))
    return "pass", f"in use at leaf {place.index}, as known from {known.size} leaves of the log"


def _named(events: list[Proven], name: str) -> list[Proven]:
    return [event for event in events if event.content["event"] == name]


def _since(event: Proven) -> tuple[str, int]:
    """From which position on nothing counts any more."""
    since = event.content.get("compromised_since")
    if since is None:
        return START
    issuer, _, shard = since["origin"].rpartition("/")
    return (shard, since["index"]) if issuer == event.place.issuer else START
