"""Bundles whose texts were erased: a leaf of the log says which, and who said so."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from typing import Any

from aragora.receipts import Disclosure, canonical, log
from aragora.receipts.disclosure import Place, places
from bundle_vectors import Vector, absent, valid
from example import KEY, PINNED, Json, directory, key_record, payload_of, sealed, uuid
from forged_vectors import fails
from logged import LOG_KEY, LOG_PINNED, ORIGIN, OTHER_LOG_KEY, log_record, logged, proof_of

AT, SIZE = 5, 9
OWN = (LOG_KEY, ORIGIN)


def files() -> Iterator[tuple[str, Vector]]:
    yield from _valid()
    yield from _absent()
    yield from _false_bodies()
    yield from _false_leaves()


def home_of(bundle: Json, encoded: str) -> Place:
    statement = json.loads(payload_of(bundle))
    digest = Disclosure.parse(encoded).digest
    return next(place for place in places(statement) if place.digest == digest)


def body_of(*pointers: str, **changes: Any) -> Json:
    return {
        "v": 1,
        "id": uuid(50),
        "receipt_id": uuid(1),
        "paths": list(pointers),
        "legal_basis": "gdpr_art_17",
        "actor": uuid(60),
        "at": "2026-11-23T10:00:00.000Z",
        **changes,
    }


def statement(body: bytes, kind: str = "erasure", at: int = AT, **how: Any) -> Json:
    """A body, its leaf, and the proof that a log of nine leaves has it."""
    name = json.loads(body).get("id", uuid(50))
    leaf = log.entry_of_body(kind, name, body)
    leaves = [b'{"v":1,"n":%d}' % number for number in range(SIZE)]
    leaves[at] = leaf
    how = {"signers": (OWN,), **how}
    proof = proof_of(leaves, at, **how)
    return {
        "body": base64.b64encode(body).decode(),
        "leaf": base64.b64encode(leaf).decode(),
        "tlog_proof": proof.text,
    }


def erased(
    count: int = 3, *, bundle: Json | None = None, also_missing: int = 0, **changes: Any
) -> Json:
    """The example in the log, its first texts erased; each change is one of the erasure."""
    bundle = bundle or logged()
    gone, rest = bundle["disclosures"][:count], bundle["disclosures"][count + also_missing :]
    pointers = [home_of(bundle, encoded).pointer for encoded in gone]
    sent = statement(canonical.encode(body_of(*pointers)))
    return {**bundle, "disclosures": rest, "erasures": [{**sent, **changes}]}


def with_body(body: Json | bytes, **how: Any) -> Json:
    content = body if isinstance(body, bytes) else canonical.encode(body)
    return {**erased(), "erasures": [statement(content, **how)]}


def _pointers(count: int) -> Sequence[str]:
    bundle = logged()
    return [home_of(bundle, encoded).pointer for encoded in bundle["disclosures"][:count]]


def _valid() -> Iterator[tuple[str, Vector]]:
    keys = LOG_PINNED
    bundle, several = erased(), logged()["disclosures"]
    yield valid("erased", bundle, keys, disclosures="erased", inclusion="pass")
    yield valid("erased_all", erased(len(several)), keys, disclosures="erased")
    yield valid("erased_and_withheld", erased(also_missing=2), keys, disclosures="withheld")
    yield valid("erased_without_a_copy_of_the_leaf", erased(leaf=""), keys, disclosures="erased")
    first, second = _pointers(2)
    later = canonical.encode(body_of(second, id=uuid(51)))
    twice = [statement(canonical.encode(body_of(first))), statement(later, at=7)]
    both = {**erased(2), "erasures": twice}
    yield valid("erased_in_two_steps", both, keys, disclosures="erased")
    kept = {**bundle, "disclosures": several}
    yield valid("erased_but_a_copy_was_kept", kept, keys, disclosures="pass")


def _absent() -> Iterator[tuple[str, Vector]]:
    unproven = erased(leaf="", tlog_proof="")
    yield valid("erasure_that_waits_for_its_place", unproven, LOG_PINNED, disclosures="withheld")
    bare = {**erased(bundle=sealed()), "tlog_proof": ""}
    yield absent("erasures_without_a_log", bare, LOG_PINNED, disclosures="erased")
    unpinned = {"disclosures": "withheld", "checkpoint": "absent"}
    yield absent("erasures_and_no_log_key_pinned", erased(), PINNED, **unpinned)


def _false_bodies() -> Iterator[tuple[str, Vector]]:
    true = body_of(*_pointers(3))
    plain = canonical.encode(true)
    for name, body in {
        "of_another_receipt": {**true, "receipt_id": uuid(9)},
        "of_no_text": {**true, "paths": []},
        "of_an_unsigned_text": {**true, "paths": [*true["paths"], "/predicate/question/_sd/7"]},
        "of_a_signed_member": {**true, "paths": ["/predicate/verdict/outcome"]},
        "of_another_version": {**true, "v": 2},
        "with_a_member_more": {**true, "note": "x"},
        "with_a_member_less": {key: true[key] for key in true if key != "legal_basis"},
        "spaced": plain.replace(b",", b", "),
        "with_a_key_twice": plain.replace(b'{"actor', b'{"v":1,"actor'),
        "empty": b"{}",
    }.items():
        yield fails(f"erasure_{name}", with_body(body), "disclosures", keys=LOG_PINNED)
    no_json = erased(body="bm8gSlNPTg==")
    yield fails("erasure_that_is_no_json", no_json, "disclosures", keys=LOG_PINNED)
    yield fails("erasure_not_base64", erased(body="e30"), "disclosures", keys=LOG_PINNED)
    many = {**erased(), "erasures": erased()["erasures"] * 257}
    yield fails("erasures_too_many", many, "size", keys=LOG_PINNED)


def _false_leaves() -> Iterator[tuple[str, Vector]]:
    true = body_of(*_pointers(3))
    plain = canonical.encode(true)
    other = statement(canonical.encode({**true, "legal_basis": "consent_withdrawn"}))
    text = statement(plain)["tlog_proof"]
    bare = statement(plain, signers=())["tlog_proof"]
    for name, bundle in {
        "of_another_kind": with_body(plain, kind="retention"),
        "with_another_leaf": erased(leaf=other["leaf"]),
        "with_the_leaf_of_the_receipt": erased(leaf=logged()["leaf"]),
        "with_the_proof_of_another": erased(tlog_proof=other["tlog_proof"]),
        "with_the_proof_of_the_receipt": erased(tlog_proof=logged()["tlog_proof"]),
        "at_another_index": erased(tlog_proof=text.replace("index 5", "index 6")),
        "in_an_unsigned_log": erased(tlog_proof=bare),
        "in_the_log_of_a_stranger": with_body(plain, signers=((OTHER_LOG_KEY, ORIGIN),)),
        "with_no_proof_of_this_form": erased(tlog_proof="proven"),
    }.items():
        yield fails(f"erasure_{name}", bundle, "disclosures", keys=LOG_PINNED)
    revoked = directory(key_record(KEY), log_record(status="revoked"))
    both = ("disclosures", "checkpoint")
    yield fails("erasure_in_a_revoked_log", erased(), *both, keys=revoked)
