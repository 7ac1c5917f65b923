"""Every way to change one thing of a receipt, generated over its whole structure."""

from __future__ import annotations

import base64
import copy
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import attrs
from aragora.receipts import canonical

from parity.receipts import made
from parity.recorder import ROOT

Json = dict[str, Any]
Place = tuple[Any, ...]

FOUND = json.loads((ROOT / "openapi/vectors/receipts/valid/erased.json").read_text())["input"]
BUNDLE: Json = json.loads(FOUND["bundle"])
STATEMENT: Json = json.loads(base64.b64decode(BUNDLE["dsse"]["payload"]))
STATEMENT["predicate"]["issuer"] |= {
    "key_id": made.PINNED["keys"][0]["key_id"],
    "hmac_key_id": made.dsse.hmac_key_id(made.SECRET),
}
TEXTS: list[str] = BUNDLE["disclosures"]

# Which checks may be the first to fail when a text of the file is another.
CULPRITS = {
    "payloadType": {"signature"},
    "payload": {"signature"},
    "keyid": {"issuer"},
    "sig": {"signature"},
    "disclosures": {"disclosures"},
    "erasures": {"disclosures"},
    "leaf": {"leaf"},
    "tlog_proof": {"inclusion", "checkpoint"},
    "key_id": {"issuer"},
}
# What the profile does not know, as it would be written.
FOREIGN = {
    "null": "null",
    "a fraction": "0.5",
    "an exponent": "1e400",
    "2^53": "9007199254740992",
    "5000 digits": "9" * 5000,
    "a lone surrogate": '"\\ud800"',
    "a foreign key": '{"A":1}',
    "17 levels": "[" * 17 + "]" * 17,
}
MARK = "here"


@attrs.frozen
class Attack:
    """A bundle that must not pass; `checks` are those that may be the first to fail."""

    name: str
    bundle: bytes
    exit_code: int
    checks: set[str] = attrs.field(factory=set)
    is_ours: bool = False

    @property
    def keys(self) -> Json:
        keys: Json = made.PINNED if self.is_ours else FOUND["keys"]
        return keys


def texts_changed() -> Iterator[Attack]:
    """One character of one text of the file: envelope, signature, disclosure, proof, checkpoint."""
    for place in places(BUNDLE):
        text = at(BUNDLE, place)
        culprits = next((CULPRITS[key] for key in place if key in CULPRITS), None)
        if not isinstance(text, str) or culprits is None:
            continue
        for n in sorted({0, len(text) // 3, len(text) // 2, len(text) - 1}):
            other = text[:n] + ("A" if text[n] != "A" else "B") + text[n + 1 :]
            yield Attack(f"{place}[{n}]", plain(put(BUNDLE, place, other)), 1, culprits)


def fields_changed() -> Iterator[Attack]:
    """One field of what was signed, under the old signature."""
    content = json.loads(base64.b64decode(BUNDLE["dsse"]["payload"]))
    for place in places(content):
        value = at(content, place)
        if not isinstance(value, dict | list):
            payload = canonical.encode(put(content, place, other_than(value)))
            encoded = base64.b64encode(payload).decode()
            changed = put(BUNDLE, ("dsse", "payload"), encoded)
            yield Attack(f"{place}", plain(changed), 1, {"signature"})


def fields_lost() -> Iterator[Attack]:
    """One member less than was signed."""
    content = json.loads(base64.b64decode(BUNDLE["dsse"]["payload"]))
    for place in places(content):
        encoded = base64.b64encode(canonical.encode(without(content, place))).decode()
        changed = put(BUNDLE, ("dsse", "payload"), encoded)
        yield Attack(f"{place}", plain(changed), 1, {"signature"})


def keys_doubled() -> Iterator[Attack]:
    """One key twice, in the file and in what the issuer himself signed."""
    for place in places(BUNDLE):
        if isinstance(place[-1], str):
            text = written(BUNDLE, place).encode()
            yield Attack(f"bundle {place}", text, 1, {"duplicate_keys"})
    for place in kinds(STATEMENT):
        if isinstance(place[-1], str):
            yield _signed(f"payload {place}", written(STATEMENT, place), {"duplicate_keys"})


def foreign_values() -> Iterator[Attack]:
    """What the profile does not know, in every place; the issuer himself signed it."""
    for name, fragment in FOREIGN.items():
        for place in places(BUNDLE):
            text = written(put(BUNDLE, place, MARK)).replace(json.dumps(MARK), fragment)
            code = 1 if name == "17 levels" else 2
            yield Attack(
                f"bundle {place}: {name}", text.encode(), code, {"size"} if code == 1 else set()
            )
        for place in kinds(STATEMENT):
            text = written(put(STATEMENT, place, MARK)).replace(json.dumps(MARK), fragment)
            yield _signed(f"payload {place}: {name}", text, {"canonical"})


def members_added() -> Iterator[Attack]:
    """A member that nobody defined, in every object that the issuer himself signed."""
    for place in [(), *kinds(STATEMENT)]:
        if isinstance(at(STATEMENT, place), dict):
            text = written(put(STATEMENT, (*place, "extra"), 1))
            yield _signed(f"{place}", text, {"schema"})


def other_forms() -> Iterator[Attack]:
    """Bytes that mean the same and are not the one form of it, signed by the issuer himself."""
    text = written(STATEMENT)
    for n, found in enumerate(re.finditer(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]', text)):
        if n % 5 == 0:
            spaced = f"{text[: found.end()]} {text[found.end() :]}"
            yield _signed(f"a space at {found.end()}", spaced, {"canonical"})
    for place in kinds(STATEMENT):
        value = at(STATEMENT, place)
        if isinstance(value, str):
            escaped = json.dumps(value).replace(value[0], f"\\u{ord(value[0]):04x}", 1)
            marked = written(put(STATEMENT, place, MARK)).replace(json.dumps(MARK), escaped)
            yield _signed(f"an escape in {place}", marked, {"canonical"})


KINDS: dict[str, Callable[[], Iterator[Attack]]] = {
    one.__name__: one
    for one in (
        texts_changed,
        fields_changed,
        fields_lost,
        keys_doubled,
        foreign_values,
        members_added,
        other_forms,
    )
}


def _signed(name: str, payload: str, checks: set[str]) -> Attack:
    bundle = made.signed(payload.encode(), TEXTS).bundle
    return Attack(name, plain(bundle), 1, checks, is_ours=True)


# Structure ---------------------------------------------------------------------------------------


def places(value: Any, *place: Any) -> Iterator[Place]:
    """The place of every value but the whole."""
    if place:
        yield place
    if isinstance(value, dict | list):
        for key in sorted(value) if isinstance(value, dict) else range(len(value)):
            yield from places(value[key], *place, key)


def kinds(value: Any) -> Iterator[Place]:
    """One place of each kind: the first of a list stands for all of them."""
    for place in places(value):
        if not any(isinstance(key, int) and key > 0 for key in place):
            yield place


def at(value: Any, place: Place) -> Any:
    for key in place:
        value = value[key]
    return value


def put(value: Json, place: Place, new: object) -> Json:
    changed = copy.deepcopy(value)
    at(changed, place[:-1])[place[-1]] = new
    return changed


def without(value: Json, place: Place) -> Json:
    changed = copy.deepcopy(value)
    del at(changed, place[:-1])[place[-1]]
    return changed


def other_than(value: object) -> object:
    """Another value of the same type."""
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else f"{value}0"


def plain(value: Json) -> bytes:
    return json.dumps(value).encode()


def written(value: Any, twice: Place = (), *, place: Place = ()) -> str:
    """In canonical order, with the member at `twice` once more."""
    if isinstance(value, list):
        items = [written(item, twice, place=(*place, n)) for n, item in enumerate(value)]
        return f"[{','.join(items)}]"
    if not isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    members = []
    for key in sorted(value):
        member = f"{json.dumps(key)}:{written(value[key], twice, place=(*place, key))}"
        members += [member] * (2 if (*place, key) == twice else 1)
    return f"{{{','.join(members)}}}"
