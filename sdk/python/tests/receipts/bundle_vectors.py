"""Bundles that verify, and bundles that lack something that is required."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from aragora.receipts import canonical
from example import (
    HMAC_KEY,
    KEY,
    OTHER_KEY,
    PINNED,
    Json,
    ballot,
    directory,
    key_record,
    seal,
    sealed,
    text_of,
    uuid,
)

Vector = Json


def vector(name: str, bundle: Json | str, keys: Json | None = PINNED, **expect: Any) -> Vector:
    text = bundle if isinstance(bundle, str) else text_of(bundle)
    return {"name": name, "input": {"bundle": text, "keys": keys}, "expect": expect}


def valid(name: str, bundle: Json | str, keys: Json = PINNED, **results: str) -> tuple[str, Vector]:
    expect = {"verdict": "verified", "exit_code": 0, "receipt_id": uuid(1), "results": results}
    return f"valid/{name}.json", vector(name, bundle, keys, **expect)


def absent(
    name: str, bundle: Json, keys: Json | None = PINNED, **results: str
) -> tuple[str, Vector]:
    expect = {"verdict": "not_verified", "exit_code": 3, "results": results}
    return f"not_verified/{name}.json", vector(name, bundle, keys, **expect)


def files() -> Iterator[tuple[str, Vector]]:
    yield from _valid()
    yield from _decided()
    yield from _absent()


def _valid() -> Iterator[tuple[str, Vector]]:
    bundle = sealed()
    yield valid(
        "decided", bundle, disclosures="pass", hmac="absent", time="absent", inclusion="absent"
    )
    yield valid("two_pinned_keys", bundle, directory(key_record(OTHER_KEY), key_record(KEY)))
    yield valid("retired_key", bundle, directory(key_record(KEY, status="retired")))
    yield valid(
        "one_text_withheld",
        _with(bundle, disclosures=bundle["disclosures"][1:]),
        disclosures="withheld",
    )
    yield valid("every_text_withheld", _with(bundle, disclosures=[]), disclosures="withheld")
    yield valid("texts_in_another_order", _with(bundle, disclosures=bundle["disclosures"][::-1]))
    yield valid("without_hmac", _without(bundle, "hmac"))
    yield valid(
        "empty_places",
        _with(bundle, leaf="", tlog_proof="", erasures=[], timestamps=[], anchors=[], keys_hint=[]),
    )
    yield valid(
        "timestamps_count_as_nothing",
        _with(bundle, timestamps=[{"token": "none"}], anchors=["none"]),
        time="absent",
    )
    yield valid("hint_of_a_foreign_key", _with(bundle, keys_hint=[key_record(OTHER_KEY)]))
    foreign = sealed(key=OTHER_KEY)["dsse"]["signatures"]
    own = bundle["dsse"]["signatures"]
    for name, lines in (("last", own + foreign), ("first", foreign + own)):
        extra = _with(bundle, dsse=bundle["dsse"] | {"signatures": lines})
        yield valid(f"unknown_signature_{name}", extra)
    yield valid("spaced_out_file", text_of(bundle).replace('{"', '{ \n"'))
    yield valid("amends", sealed(_predicate(amends={"receipt_id": uuid(9), "reason": "corrected"})))


def _decided() -> Iterator[tuple[str, Vector]]:
    """Every rule of voting and of ties that a verifier counts."""
    for rule in ("plurality", "majority", "supermajority"):
        yield valid(f"rule_{rule}", sealed(lambda s, rule=rule: _vote(s, "aab", rule=rule)))
    yield valid(
        "rule_share",
        sealed(lambda s: _vote(s, "aab", rule="supermajority", share={"num": 3, "den": 5})),
    )
    yield valid("rule_unanimous", sealed(lambda s: _vote(s, "aaa", rule="unanimous")))
    yield valid("rule_judge", sealed(lambda s: _vote(s, "bba", rule="judge")))
    yield valid("an_abstention", sealed(lambda s: _vote(s, "aa-", rule="majority")))
    yield valid(
        "tie_first_listed",
        sealed(lambda s: _vote(s, "ab-", rule="plurality", tie_rule_used="first_listed")),
    )
    yield valid("tie_sealed_ballots", sealed(_sealed_tie))
    for rule, votes in (
        ("plurality", "ab-"),
        ("majority", "ab-"),
        ("unanimous", "aab"),
        ("supermajority", "ab-"),
        ("none", "aaa"),
    ):
        yield valid(
            f"no_consensus_{rule}",
            sealed(
                lambda s, rule=rule, votes=votes: _vote(s, votes, rule=rule, outcome="no_consensus")
            ),
        )
    yield valid(
        "no_decision",
        sealed(lambda s: _vote(s, "a--", rule="plurality", outcome="no_decision", met=False)),
    )


def _absent() -> Iterator[tuple[str, Vector]]:
    bundle = sealed()
    yield absent("no_pinned_key", bundle, None, signature="absent", canonical="pass", tally="pass")
    yield absent("empty_directory", bundle, directory(), signature="absent")
    yield absent(
        "only_keys_of_other_kinds",
        bundle,
        directory(key_record(KEY, kind="log"), key_record(OTHER_KEY, algorithm="ml-dsa")),
        signature="absent",
    )
    unsigned = _with(bundle, dsse=bundle["dsse"] | {"signatures": []})
    yield absent("a3_hmac_alone", unsigned, signature="absent", hmac="absent")
    yield absent(
        "unknown_tie_rule",
        sealed(lambda s: _vote(s, "ab-", rule="plurality", tie_rule_used="oldest_first")),
        tally="absent",
    )
    yield absent(
        "unknown_rule", sealed(lambda s: _vote(s, "aab", rule="sortition")), tally="absent"
    )


def _with(bundle: Json, **members: Any) -> Json:
    return {**copy.deepcopy(bundle), **members}


def _without(bundle: Json, name: str) -> Json:
    return {key: member for key, member in bundle.items() if key != name}


def _predicate(**members: Any) -> Any:
    return lambda statement: statement["predicate"].update(members)


def _vote(
    statement: Json, votes: str, *, met: bool = True, outcome: str = "decided", **verdict: Any
) -> None:
    """One round of ballots, `a` approve, `b` reject, `-` nothing; the verdict is the first."""
    names = {"a": "approve", "b": "reject", "-": None}
    predicate = statement["predicate"]
    predicate["ballots"] = [
        ballot(f"p{n}", 0, names[vote]) for n, vote in enumerate(votes, start=1)
    ]
    count_again(predicate, "approve" if votes[0] == "a" else "reject", met=met)
    predicate["verdict"] |= {"outcome": outcome, **verdict}
    if outcome != "decided":
        del predicate["verdict"]["option"]
        predicate["dissent"] = []


def _sealed_tie(statement: Json) -> None:
    """Reject leads when sealed; one flip later it is even."""
    _vote(statement, "bb-", rule="plurality", tie_rule_used="sealed_ballots")
    predicate = statement["predicate"]
    predicate["ballots"] += [ballot("p2", 1, "approve")]
    count_again(predicate, "reject", met=True)


def count_again(predicate: Json, winner: str, *, met: bool) -> None:
    final = {item["participant"]: item for item in predicate["ballots"]}.values()
    cast = [item for item in final if "option" in item]
    chosen = sorted({item["option"] for item in cast})
    predicate["verdict"] |= {
        "option": winner,
        "tally": [
            {
                "option": option,
                "count": sum(item["option"] == option for item in cast),
                "weight_ppm": sum(i["weight_ppm"] for i in cast if i["option"] == option),
            }
            for option in chosen
        ],
        "quorum": {"cast": len(cast), "eligible": len(final), "met": met},
        "abstentions": len(final) - len(cast),
    }
    predicate["dissent"] = [
        {key: item[key] for key in ("participant", "round", "option")}
        for item in cast
        if item["option"] != winner
    ]


__all__ = ["HMAC_KEY", "canonical", "count_again", "files", "seal", "vector"]
