"""F12: the events of the signing key are leaves of the log, and positions decide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aragora.receipts import canonical
from bundle_vectors import Vector, absent, valid
from erasure_vectors import OWN, statement
from example import KEY, OTHER_KEY, Json, directory, key_id, key_record, sealed, uuid
from forged_vectors import fails
from logged import LOG_KEY, OTHER_LOG_KEY, log_record, logged

# The receipt is leaf 4 of `aragora.example/receipts/2026`.
OLDER = "aragora.example/receipts/2025"
OLD_LOG = (OTHER_LOG_KEY, OLDER)
FOREIGN_LOG = (OTHER_LOG_KEY, "rival.example/receipts/2026")


def files() -> Iterator[tuple[str, Vector]]:
    yield from _in_use()
    yield from _out_of_use()
    yield from _false()


def event(name: str, at: int, *, number: int = 70, kind: str = "key", **how: Any) -> Json:
    body = {
        "v": 1,
        "id": uuid(number + at),
        "key_id": how.pop("key_id", key_id(KEY)),
        "event": name,
        "at": "2026-11-23T10:00:00.000Z",
        **how.pop("more", {}),
    }
    return statement(canonical.encode(body), kind, at=at, **how)


def since(index: int, origin: str = OWN[1]) -> Json:
    return {"reason": "key_leaked", "compromised_since": {"origin": origin, "index": index}}


ADDED = event("add", 1)


def known(*events: Json, status: str = "active") -> Json:
    """The key file of a reader who knows these events."""
    record = key_record(KEY, status=status) | {"events": list(events)}
    return directory(record, log_record(), log_record(*OLD_LOG), log_record(*FOREIGN_LOG))


def _in_use() -> Iterator[tuple[str, Vector]]:
    bundle = logged()
    for name, keys in {
        "added": known(ADDED),
        "added_in_the_log_of_the_year_before": known(
            event("add", 8, origin=OLDER, signers=(OLD_LOG,))
        ),
        "retired_after_it": known(ADDED, event("retire", 6), status="retired"),
        "revoked_from_the_next_leaf_on": known(
            ADDED, event("revoke", 6, more=since(5)), status="revoked"
        ),
    }.items():
        yield valid(f"f12_key_{name}", bundle, keys, key_status="pass")
    waiting = known({**ADDED, "leaf": "", "tlog_proof": ""})
    yield valid("f12_key_event_without_a_place", bundle, waiting, key_status="absent")
    nowhere = {"key_status": "absent", "inclusion": "absent"}
    yield absent("f12_receipt_without_a_place", sealed(), known(ADDED), **nowhere)


def _out_of_use() -> Iterator[tuple[str, Vector]]:
    bundle, newer = logged(), "aragora.example/receipts/2027"
    revoke = event("revoke", 6, more=since(4))
    for name, keys in {
        "added_after_it": known(event("add", 5)),
        "never_added": known(event("retire", 6)),
        "retired_before_it": known(ADDED, event("retire", 3)),
        "revoked_from_this_leaf_on": known(ADDED, revoke),
        "revoked_in_the_year_before": known(ADDED, event("revoke", 6, more=since(8, OLDER))),
        "revoked_for_ever": known(ADDED, event("revoke", 6)),
        "revoked_twice": known(
            ADDED, revoke, event("revoke", 7, more=since(1, newer)), status="revoked"
        ),
        "added_in_the_log_of_another_issuer": known(
            event("add", 1, origin=FOREIGN_LOG[1], signers=(FOREIGN_LOG,))
        ),
        "revoked_from_a_place_of_another_log_on": known(
            ADDED, event("revoke", 6, more=since(8, FOREIGN_LOG[1]))
        ),
        "revoked_by_its_file_alone": known(ADDED, status="revoked"),
    }.items():
        yield fails(f"f12_key_{name}", bundle, "key_status", keys=keys)
    later = known(ADDED, event("revoke", 6, more=since(8)))
    yield fails("f12_revoked_key_and_no_place", sealed(), "key_status", keys=later)


def _false() -> Iterator[tuple[str, Vector]]:
    bundle = logged()
    stranger = (OTHER_LOG_KEY, OWN[1])
    for name, sent in {
        "of_another_key": event("add", 1, key_id=key_id(OTHER_KEY)),
        "of_an_unknown_name": event("forgive", 1),
        "of_another_kind": event("add", 1, kind="erasure"),
        "with_a_member_more": event("add", 1, more={"note": "x"}),
        "with_another_body": {**ADDED, "body": event("add", 2)["body"]},
        "with_the_proof_of_another": {**ADDED, "tlog_proof": event("add", 2)["tlog_proof"]},
        "in_the_log_of_a_stranger": event("add", 1, signers=(stranger,)),
        "in_an_unsigned_log": event("add", 1, signers=()),
        "signed_by_the_wrong_log": event("add", 1, origin=OLDER, signers=((LOG_KEY, OLDER),)),
    }.items():
        yield fails(f"key_event_{name}", bundle, "key_status", keys=known(ADDED, sent))
