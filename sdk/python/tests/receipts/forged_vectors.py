"""What must not verify: a file a trick, named for the row of the threat table it belongs to."""

from __future__ import annotations

import base64
import copy
from collections.abc import Callable, Iterator
from typing import Any

from aragora.receipts import Disclosure, canonical
from bundle_vectors import Vector, count_again, vector
from example import (
    HMAC_KEY,
    KEY,
    OTHER_KEY,
    Json,
    directory,
    example,
    key_id,
    key_record,
    payload_of,
    seal,
    sealed,
    text_of,
    uuid,
    with_payload,
    wrap,
)

Change = Callable[[Json], object]
ZERO = "0" * 64


def files() -> Iterator[tuple[str, Vector]]:
    yield from _edited()
    yield from _signature()
    yield from _form()
    yield from _texts()
    yield from _counted()
    yield from _unreadable()


def fails(name: str, bundle: Json | str, *failed: str, **more: Any) -> tuple[str, Vector]:
    expect = {"verdict": "failed", "exit_code": 1, "failed": list(failed)}
    return f"must_fail/{name}.json", vector(name, bundle, **more, **expect)


def unreadable(name: str, text: str | bytes) -> tuple[str, Vector]:
    given = (
        {"bundle": text}
        if isinstance(text, str)
        else {"bundle_base64": base64.b64encode(text).decode()}
    )
    expect = {"verdict": "unreadable", "exit_code": 2}
    return f"unreadable/{name}.json", {"name": name, "input": given, "expect": expect}


def _edited() -> Iterator[tuple[str, Vector]]:
    """A1, A2: content, cost, time, signatory changed without the key."""
    edits: dict[str, tuple[Change, tuple[str, ...]]] = {
        "a1_verdict": (lambda p: p["verdict"].update(option="reject"), ("tally",)),
        "a1_reasoning": (
            lambda p: p["transcript"]["messages"][0].update(
                _sd=p["transcript"]["messages"][1]["_sd"]
            ),
            ("disclosures", "transcript"),
        ),
        "a1_dissent": (lambda p: p["dissent"].clear(), ("disclosures", "tally")),
        "a1_cost": (lambda p: p["cost"].update(total_micro_usd=1), ("tally",)),
        "a1_tokens": (lambda p: p["cost"]["agents"][0].update(input_tokens=1), ()),
        "a1_model": (lambda p: p["participants"][0].update(model="openai:better"), ()),
        "a1_ballot": (lambda p: p["ballots"][4].update(option="reject"), ("tally",)),
        "a1_evidence": (lambda p: p["evidence"][0].update(sha256=ZERO), ()),
        "a2_issued_at": (lambda p: p.update(issued_at="2025-11-22T09:30:00.000Z"), ()),
        "a2_issuer_key_id": (lambda p: p["issuer"].update(key_id=ZERO), ("issuer",)),
        "a2_issuer_origin": (lambda p: p["issuer"].update(origin="https://other.example"), ()),
        "a2_receipt_id": (lambda p: p.update(receipt_id=uuid(99)), ()),
        "a2_debate_id": (lambda p: p.update(debate_id=uuid(99)), ("transcript",)),
        "a2_protocol": (lambda p: p["protocol"].update(sha256=ZERO), ()),
    }
    for name, (change, also) in edits.items():
        bundle = sealed()
        content = example()[0]
        change(content["predicate"])
        without_issuer = tuple(check for check in also if check != "issuer")
        yield fails(
            name, with_payload(bundle, canonical.encode(content)), "signature", *without_issuer
        )


def _signature() -> Iterator[tuple[str, Vector]]:
    bundle = sealed()
    line = bundle["dsse"]["signatures"][0]

    def signed(**changes: Any) -> Json:
        return _dsse(bundle, signatures=[line | changes])

    other = base64.b64encode(bytes(64)).decode()
    yield fails("a2_signature", signed(sig=other), "signature")
    yield fails("a2_signature_not_base64", signed(sig="%" + line["sig"][1:]), "signature")
    yield fails("a2_signature_short", signed(sig=line["sig"][:-4]), "signature")
    yield fails("a2_signature_empty", signed(sig=""), "signature")
    yield fails("a2_keyid", signed(keyid=key_id(OTHER_KEY)), "issuer")
    yield fails("a2_keyid_empty", signed(keyid=""), "issuer")
    yield fails("a2_hmac_key_id", {**bundle, "hmac": bundle["hmac"] | {"key_id": ZERO}}, "issuer")
    yield fails(
        "a2_payload_not_base64",
        _dsse(bundle, payload="%" + bundle["dsse"]["payload"][1:]),
        "signature",
    )
    yield fails(
        "a2_payload_trailing_bits",
        _dsse(bundle, payload=_loose(bundle["dsse"]["payload"])),
        "signature",
    )
    flipped = example()[0]
    flipped["predicate"]["verdict"]["option"] = "reject"
    resealed = seal(canonical.encode(flipped), bundle["disclosures"], key=OTHER_KEY)
    resealed["dsse"]["signatures"] = [line]
    yield fails("a3_resealed_by_the_hmac_holder", resealed, "signature", "tally")
    yield fails("signed_by_a_stranger", sealed(key=OTHER_KEY), "signature")
    yield fails(
        "signed_by_a_stranger_who_hints_at_himself",
        {**sealed(key=OTHER_KEY), "keys_hint": [key_record(OTHER_KEY)]},
        "signature",
    )
    yield fails(
        "pinned_key_of_another_issuer",
        sealed(key=OTHER_KEY),
        "issuer",
        keys=directory(key_record(OTHER_KEY)),
    )
    yield fails(
        "f12_revoked_key", bundle, "key_status", keys=directory(key_record(KEY, status="revoked"))
    )
    yield fails(
        "f1_other_type_beside_the_bytes",
        _dsse(bundle, payloadType="text/plain"),
        "signature",
        "schema",
    )
    yield fails("f1_other_type_signed", sealed(payload_type="text/plain"), "schema")
    yield fails("five_signatures", _dsse(bundle, signatures=[line] * 5), "size")


def _form() -> Iterator[tuple[str, Vector]]:
    """A6, A7, F6, F7: signed, but not in the one form of the profile."""
    texts = example()[1]
    good = canonical.encode(example()[0])

    def respelled(old: bytes, new: bytes) -> Json:
        changed = good.replace(old, new, 1)
        assert changed != good
        return seal(changed, texts)

    yield fails(
        "a6_duplicate_key_in_payload",
        respelled(b'"outcome":"decided"', b'"outcome":"no_decision","outcome":"decided"'),
        "duplicate_keys",
        "canonical",
    )
    yield fails(
        "a6_duplicate_key_at_depth",
        respelled(b'"met":true', b'"met":false,"met":true'),
        "duplicate_keys",
        "canonical",
    )
    yield fails(
        "a6_duplicate_key_escaped",
        respelled(b'"met":true', b'"met":true,"\\u006det":true'),
        "duplicate_keys",
        "canonical",
    )
    text = text_of(sealed())
    yield fails(
        "a6_duplicate_key_in_bundle", text.replace('"v":1', '"v":1,"v":1'), "duplicate_keys"
    )
    yield fails(
        "a6_two_payloads",
        text.replace('"payload":', '"payload":"e30=","payload":'),
        "duplicate_keys",
    )
    yield fails(
        "a7_integer_beyond_53_bits", respelled(b'"seed":7', b'"seed":9007199254740993'), "canonical"
    )
    yield fails(
        "a7_integer_of_5000_digits", respelled(b'"seed":7', b'"seed":' + b"9" * 5000), "canonical"
    )
    for name, number in (
        ("float", b"7.0"),
        ("exponent", b"7e0"),
        ("tiny", b"1e-5"),
        ("null", b"null"),
        ("infinity", b"Infinity"),
        ("leading_zero", b"07"),
    ):
        yield fails(f"f7_{name}", respelled(b'"seed":7', b'"seed":' + number), "canonical")
    yield fails("f7_minus_zero", respelled(b'"abstentions":0', b'"abstentions":-0'), "canonical")
    yield fails("f6_spaces", respelled(b'"seed":7', b'"seed": 7'), "canonical")
    yield fails(
        "f6_reordered_keys", respelled(b'"rounds":3,"seed":7', b'"seed":7,"rounds":3'), "canonical"
    )
    yield fails("f6_escaped_letter", respelled(b'"decided"', b'"\\u0064ecided"'), "canonical")
    yield fails(
        "f6_reserialised_after_signing",
        with_payload(sealed(), good.replace(b'":', b'": ')),
        "signature",
        "canonical",
    )
    yield fails("f6_trailing_newline", seal(good + b"\n", texts), "canonical")
    yield fails("lone_surrogate", respelled(b'"origin":"h', b'"origin":"\\ud800h'), "canonical")
    yield fails("not_utf8", respelled(b'"origin":"h', b'"origin":"\xff'), "canonical")
    yield fails("nested_too_deep", seal(b"[" * 200, texts), "canonical")
    yield fails("payload_is_no_json", seal(b"receipt", texts), "canonical")
    yield fails("payload_is_no_statement", seal(b"[]", texts), "schema")


def _texts() -> Iterator[tuple[str, Vector]]:
    bundle = sealed()
    texts = bundle["disclosures"]
    forged = Disclosure.make("text", "Something else.", salt=bytes(16)).encoded
    yield fails("text_replaced", {**bundle, "disclosures": [forged, *texts[1:]]}, "disclosures")
    yield fails("text_added", {**bundle, "disclosures": [*texts, forged]}, "disclosures")
    yield fails("text_twice", {**bundle, "disclosures": [*texts, texts[0]]}, "disclosures")
    yield fails("text_not_base64url", {**bundle, "disclosures": ["a=b", *texts[1:]]}, "disclosures")
    yield fails(
        "digest_twice",
        sealed(
            lambda s: s["predicate"]["options"][0].update(_sd=s["predicate"]["options"][1]["_sd"])
        ),
        "disclosures",
    )
    hidden = Disclosure.make("option", "reject", salt=bytes(16))
    shadow = sealed(lambda s: s["predicate"]["verdict"]["_sd"].append(hidden.digest))
    shadow["disclosures"] = [*shadow["disclosures"], hidden.encoded]
    yield fails("text_in_place_of_a_signed_member", shadow, "disclosures")


def _counted() -> Iterator[tuple[str, Vector]]:
    """Signed by the right key, and still not true."""

    def case(name: str, check: str, change: Change) -> tuple[str, Vector]:
        return fails(name, sealed(lambda s: change(s["predicate"])), check)

    yield case(
        "tally_weight", "tally", lambda p: p["verdict"]["tally"][0].update(weight_ppm=7_000_000)
    )
    yield case("tally_count", "tally", lambda p: p["verdict"]["tally"][0].update(count=3))
    yield case("tally_omits_an_option", "tally", lambda p: p["verdict"]["tally"].pop())
    yield case("tally_other_winner", "tally", lambda p: count_again(p, "reject", met=True))
    yield case("tally_without_quorum", "tally", lambda p: p["verdict"]["quorum"].update(met=False))
    yield case("tally_quorum_cast", "tally", lambda p: p["verdict"]["quorum"].update(cast=2))
    yield case("tally_abstentions", "tally", lambda p: p["verdict"].update(abstentions=1))
    yield case("tally_decided_without_option", "tally", lambda p: p["verdict"].pop("option"))
    yield case(
        "tally_hides_the_winner",
        "tally",
        lambda p: (p["verdict"].update(outcome="no_consensus"), p["verdict"].pop("option")),
    )
    yield case(
        "tally_undecided_with_option", "tally", lambda p: p["verdict"].update(outcome="no_decision")
    )
    yield case(
        "tally_judge_without_ballot",
        "tally",
        lambda p: (
            p["options"].append({"id": "other"}),
            p["verdict"].update(rule="judge", option="other"),
        ),
    )
    yield case("cost_does_not_add_up", "tally", lambda p: p["cost"].update(total_micro_usd=2_999))
    yield case("transcript_count", "transcript", lambda p: p["transcript"].update(count=4))
    yield case("transcript_root", "transcript", lambda p: p["transcript"].update(root=ZERO))
    yield case("transcript_order", "transcript", lambda p: p["transcript"]["messages"].reverse())
    yield fails("transcript_sha256", sealed(_other_transcript), "transcript")
    yield fails(
        "subject_of_another_debate",
        sealed(lambda s: s["subject"][0].update(name=f"debate/{uuid(77)}")),
        "transcript",
    )
    yield case("schema_unknown_member", "schema", lambda p: p.update(km_operations=1))
    yield case("schema_missing_member", "schema", lambda p: p.pop("dissent"))
    yield case("schema_list_expected", "schema", lambda p: p.update(dissent={}))
    yield case("schema_object_expected", "schema", lambda p: p.update(cost=[]))
    yield case("schema_text_expected", "schema", lambda p: p.update(stop_reason=1))
    yield case("schema_truth_expected", "schema", lambda p: p["verdict"]["quorum"].update(met=1))
    yield case(
        "tally_tie_broken_wrongly",
        "tally",
        lambda p: (
            p["ballots"].__delitem__(4),
            count_again(p, "reject", met=True),
            p["verdict"].update(rule="plurality", tie_rule_used="first_listed"),
        ),
    )
    yield case("schema_version", "schema", lambda p: p.update(v=2))
    yield case("schema_negative_cost", "schema", lambda p: p["cost"].update(total_micro_usd=-1))
    yield case(
        "schema_time_with_offset",
        "schema",
        lambda p: p.update(issued_at="2026-11-22T09:30:00.000+00:00"),
    )
    yield case("schema_free_text", "schema", lambda p: p.update(stop_reason="It was late."))
    yield case(
        "schema_stray_digest_bits", "schema", lambda p: p["question"].update(_sd=["A" * 42 + "B"])
    )
    yield case("schema_bool_is_no_count", "schema", lambda p: p.update(rounds=True))
    yield case(
        "reference_unknown_participant",
        "schema",
        lambda p: p["ballots"][0].update(participant="p9"),
    )
    yield case("reference_unknown_option", "schema", lambda p: p["verdict"].update(option="later"))
    yield case("participant_twice", "schema", lambda p: p["participants"][1].update(id="p1"))
    yield case("ballot_twice_in_a_round", "tally", lambda p: p["ballots"].append(p["ballots"][4]))
    yield fails(
        "schema_other_type", sealed(lambda s: s.update(_type="https://example/Other")), "schema"
    )
    yield fails(
        "schema_other_predicate",
        sealed(lambda s: s.update(predicateType="https://example/other/v1")),
        "schema",
    )


def _unreadable() -> Iterator[tuple[str, Vector]]:
    text = text_of(sealed())
    yield unreadable("empty", "")
    yield unreadable("not_json", "This is no receipt.")
    yield unreadable("truncated", text[: len(text) // 2])
    yield unreadable("last_byte_missing", text[:-1])
    yield unreadable("trailing_garbage", text + "}")
    yield unreadable("not_utf8", text.encode() + b"\xff")
    yield unreadable("byte_order_mark", b"\xef\xbb\xbf" + text.encode())
    yield unreadable("utf16", text.encode("utf-16"))
    yield unreadable("a_list", "[]")
    yield unreadable("a_string", '"receipt"')
    yield unreadable("other_object", "{}")
    yield unreadable("other_version", text.replace('"v":1', '"v":2'))
    yield unreadable("version_true", text.replace('"v":1', '"v":true'))
    yield unreadable("float_version", text.replace('"v":1', '"v":1.0'))
    yield unreadable("null_member", text.replace('"v":1', '"leaf":null,"v":1'))
    yield unreadable("lone_surrogate", text.replace('"v":1', '"leaf":"\\ud800","v":1'))
    yield unreadable("payload_is_a_number", text.replace('"payload":"', '"payload":1,"sig":"'))
    yield unreadable("control_character", text.replace('"keyid":"', '"keyid":"\n'))
    yield unreadable("disclosure_is_a_number", text.replace('"disclosures":[', '"disclosures":[1,'))
    yield unreadable("hmac_is_a_list", text.replace('"hmac":{', '"hmac":[],"hint":{'))
    yield unreadable("signature_is_a_string", text.replace('"signatures":[', '"signatures":["a",'))


def _dsse(bundle: Json, **members: Any) -> Json:
    return {**copy.deepcopy(bundle), "dsse": {**bundle["dsse"], **members}}


def _loose(text: str) -> str:
    """Base64 of the same bytes with a stray bit, as a lenient decoder would take it."""
    assert text.endswith("=") or len(text) % 4 == 0
    padding = len(text) - len(text.rstrip("="))
    if padding == 0:
        return text + "===="
    last = text.rstrip("=")[-1]
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return text[: -padding - 1] + alphabet[alphabet.index(last) + 1] + "=" * padding


def _other_transcript(statement: Json) -> None:
    statement["predicate"]["transcript"]["sha256"] = ZERO
    statement.update(wrap(statement["predicate"]))


__all__ = ["HMAC_KEY", "files", "payload_of"]
