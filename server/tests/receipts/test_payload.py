"""From claim to signed bytes: nothing is lost, nothing is in clear that should not be."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import attrs
import pytest
from aragora.receipts import canonical, reveal, schema, tally
from aragora_server.kernel.ids import new_id
from aragora_server.receipts import model, payload

MakeClaim = Callable[..., model.Claim]

HEADING = payload.Heading(
    receipt_id=new_id(),
    issued_at=datetime(2026, 11, 22, 12, 0, tzinfo=UTC),
    issuer=model.Issuer(origin="http://127.0.0.1:8080", key_id="a" * 64, hmac_key_id="b" * 64),
    workspace_digest="c" * 64,
)


def signed(claim: model.Claim) -> bytes:
    salts = itertools.count()
    content, _ = payload.build(claim, HEADING, lambda: next(salts).to_bytes(16, "big"))
    return canonical.encode(content)


def full(claim: model.Claim) -> model.Claim:
    """The claim with every optional field set."""
    return attrs.evolve(
        claim,
        amends=model.Amends(receipt_id=new_id(), reason="corrected"),
        budget_overrides=(new_id(),),
        participants=(
            attrs.evolve(claim.participants[0], persona="Bold", role="judge", model_version="2"),
            *claim.participants[1:],
        ),
        ballots=(
            attrs.evolve(claim.ballots[0], confidence_ppm=900_000, reason="It pays."),
            *claim.ballots[1:],
        ),
        verdict=attrs.evolve(
            claim.verdict, share=model.Share(num=2, den=3), tie_rule_used="first_listed"
        ),
    )


def other(value: Any, field: str) -> Any:
    """Another value of the same kind."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case datetime():
            return value + timedelta(milliseconds=1)
        case str() if field == "participant":
            return {"Ada": "Blaise", "Blaise": "Carl", "Carl": "Ada"}[value]
        case str():
            return value[:-1] + ("1" if value[-1] != "1" else "2")
        case tuple():
            return value[:-1]
        case _:
            raise AssertionError(f"no other value for {field}: {value!r}")


def variants(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """The value with one field changed, for every field at any depth."""
    for field in attrs.fields(type(value)):
        member, where = getattr(value, field.name), f"{path}.{field.name}"
        if member is None or member == ():
            raise AssertionError(f"{where} is not set, so nothing is proven about it")
        if attrs.has(type(member)):
            for name, changed in variants(member, where):
                yield name, attrs.evolve(value, **{field.name: changed})
        elif isinstance(member, tuple) and attrs.has(type(member[0])):
            for name, changed in variants(member[0], f"{where}[0]"):
                yield name, attrs.evolve(value, **{field.name: (changed, *member[1:])})
            yield where, attrs.evolve(value, **{field.name: member[1:]})
        else:
            yield where, attrs.evolve(value, **{field.name: other(member, field.name)})


def test_every_field_of_a_claim_reaches_the_signed_bytes(claim: model.Claim) -> None:
    whole = full(claim)
    before = signed(whole)

    changed = list(variants(whole, "claim"))

    assert len(changed) > 60
    unsigned = [where for where, variant in changed if _signed_or_refused(variant) == before]
    assert unsigned == []


def _signed_or_refused(claim: model.Claim) -> bytes | None:
    """A claim that names nobody cannot be signed at all, which is as good."""
    try:
        return signed(claim)
    except KeyError:
        return None


def test_a_claim_becomes_a_statement_that_a_verifier_accepts(claim: model.Claim) -> None:
    content, _ = canonical.decode(signed(full(claim)))

    schema.check(content)
    assert isinstance(content, dict)
    tally.references(content["predicate"])  # type: ignore[arg-type]


def test_outcomes_are_those_of_the_payload_schema() -> None:
    assert set(get_args(model.Outcome)) == {"decided", "no_consensus", "no_decision"}


def test_a_long_text_is_cut_into_pieces_and_read_back_whole(make_claim: MakeClaim) -> None:
    context = "\x01" * 100_000

    content, texts = payload.build(make_claim(context=context), HEADING, lambda: bytes(16))

    shown = reveal(content, texts)
    assert shown["predicate"]["question"]["context"] == context  # type: ignore[index,call-overload]
    assert len(content["predicate"]["question"]["_sd"]) == 4


def test_a_message_that_no_disclosure_holds_is_cut_and_its_length_kept(
    make_claim: MakeClaim,
) -> None:
    said = model.Message(
        round=0, phase="pair", participant="Ada", at=HEADING.issued_at, text="\x01" * 60_000
    )

    content, texts = payload.build(make_claim(messages=(said,)), HEADING, lambda: bytes(16))

    assert content["predicate"]["transcript"]["messages"][0]["bytes"] == 60_000
    assert max(len(text.value) for text in texts) == 30_000


@pytest.mark.parametrize(
    ("given", "signed_as"),
    [("llama 3", "llama 3"), (" ünï\n ", "?n?"), ("", None), (None, None), ("x" * 300, "x" * 256)],
)
def test_names_of_models_are_signed_as_printable_ascii(
    make_claim: MakeClaim, given: str | None, signed_as: str | None
) -> None:
    person = model.Participant(name="Ada", provider="scripted", model=given)
    claim = make_claim(
        participants=(person,), ballots=(), dissents=(), messages=(), cost=model.Cost(agents=())
    )

    content, _ = payload.build(claim, HEADING, lambda: bytes(16))

    assert content["predicate"]["participants"][0].get("model") == signed_as
