"""A receipt with its proofs under attack: every value of the file, every character of the proof."""

from __future__ import annotations

import contextlib
import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from aragora.receipts import (
    REQUIRED,
    HmacKeys,
    KeyFileError,
    LogKey,
    PinnedKeys,
    Policy,
    verify,
)
from aragora.receipts.note import Note, NoteError
from aragora.receipts.proof import Checkpoint, Proof, ProofError
from erasure_vectors import erased
from example import HMAC_KEY, Json, sealed, text_of
from hypothesis import given, settings
from hypothesis import strategies as st
from logged import LOG_PINNED

KEYS = PinnedKeys.of(LOG_PINNED)
BUNDLE = erased()
PROOF: str = BUNDLE["tlog_proof"]
# Which check has to fail when a value of the file is another.
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
    "tag": {"hmac"},
}


def judge(bundle: Json) -> tuple[int, str]:
    result = verify(text_of(bundle), keys=KEYS, hmac_keys=HmacKeys.of([HMAC_KEY]))
    return result.exit_code, result.detail.split(":")[0]


def values(value: Any, *place: Any) -> Iterator[tuple[Any, ...]]:
    """The place of every value that is no list and no object."""
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from values(value[key], *place, key)
    else:
        yield place


def changed(place: tuple[Any, ...], at: int, character: str) -> Json:
    bundle = copy.deepcopy(BUNDLE)
    home: Any = bundle
    for key in place[:-1]:
        home = home[key]
    text: str = home[place[-1]]
    home[place[-1]] = text[:at] + character + text[at + 1 :]
    return bundle


def value_at(place: tuple[Any, ...]) -> Any:
    found: Any = BUNDLE
    for key in place:
        found = found[key]
    return found


PLACES = [place for place in values(BUNDLE) if place != ("v",)]


def test_the_bundle_verifies_as_it_is() -> None:
    assert judge(BUNDLE)[0] == 0
    assert {str(place[-1]) for place in PLACES} - {str(n) for n in range(99)} < {*CULPRITS, "body"}


@pytest.mark.parametrize("place", PLACES, ids=lambda place: ".".join(map(str, place)))
def test_no_value_of_the_file_can_be_another(place: tuple[Any, ...]) -> None:
    text, name = value_at(place), next(key for key in place if key in CULPRITS)

    for at in range(0, len(text), 1 if len(text) < 200 else 41):
        for character in {"A" if text[at] != "A" else "B", "\n", ""} - {text[at]}:
            code, check = judge(changed(place, at, character))
            assert (code, check in CULPRITS[name]) == (1, True), (at, character, check)


def culprits_at(at: int, new: str) -> set[str]:
    """Hashes and index belong to `inclusion`, what is signed to `checkpoint`."""
    note = PROOF.index("\n\n") + 2
    text = note + len(Note.parse(PROOF[note:]).text)
    if at < note - 1:
        # An empty line ends the hashes, and what comes after it is no checkpoint.
        return {"inclusion", "checkpoint"} if new == "\n" else {"inclusion"}
    return {"checkpoint"} if at >= text else {"checkpoint", "inclusion"}


KINDS = {
    "bit": lambda old: chr(ord(old) ^ 1),
    "case": str.swapcase,
    "digit": lambda _: "7",
    "space": lambda _: " ",
    "line": lambda _: "\n",
    "control": lambda _: "\x00",
    "wide": lambda _: "\u2003",
    "cut": lambda _: "",
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_character_of_the_proof_counts(kind: str) -> None:
    for at, old in enumerate(PROOF):
        new = KINDS[kind](old)
        if new != old:
            code, check = judge(changed(("tlog_proof",), at, new))
            assert (code, check in culprits_at(at, new)) == (1, True), (at, old, new, check)


def test_every_beginning_of_the_proof_is_refused() -> None:
    for length in range(1, len(PROOF)):
        code, check = judge({**BUNDLE, "tlog_proof": PROOF[:length]})
        assert (code, check in CULPRITS["tlog_proof"]) == (1, True), (length, check)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["leaf", "tlog_proof"]))
def test_rubbish_for_a_proof_never_raises_and_never_verifies(rubbish: str, member: str) -> None:
    code, _ = judge({**BUNDLE, member: rubbish + "."})

    assert code == 1


_anything = st.text(st.characters(exclude_categories=[]), max_size=60)


@settings(max_examples=150, deadline=None)
@given(_anything, st.integers(0, len(PROOF)), st.integers(0, 60))
def test_each_part_is_read_or_refused_and_nothing_else(text: str, at: int, gone: int) -> None:
    spliced = PROOF[:at] + text + PROOF[at + gone :]

    for read in (Proof.parse, Note.parse, Checkpoint.parse, LogKey.parse):
        for given_text in (text, spliced):
            with contextlib.suppress(ProofError, NoteError, KeyFileError):
                read(given_text)


@pytest.mark.parametrize("value", [1, True, [], {}, ["leaf"], {"a": "b"}])
@pytest.mark.parametrize("member", ["leaf", "tlog_proof"])
def test_a_proof_that_is_no_text_is_unreadable(member: str, value: object) -> None:
    assert verify(json.dumps({**BUNDLE, member: value}), keys=KEYS).exit_code == 2


def test_a_policy_that_asks_for_a_log_refuses_a_receipt_without_one() -> None:
    policy = Policy(required=REQUIRED | {"leaf", "inclusion", "checkpoint"})

    def code(bundle: Json) -> int:
        return verify(text_of(bundle), keys=KEYS, policy=policy).exit_code

    assert (code(BUNDLE), code(sealed())) == (0, 3)


def test_proof_and_checkpoint_are_written_as_they_are_read() -> None:
    proof = Proof.parse(PROOF)
    text = Note.parse(proof.note).text

    assert (proof.text, Checkpoint.parse(text).text) == (PROOF, text)
