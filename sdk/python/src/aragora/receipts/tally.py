"""Counting again: what the verdict says must follow from the ballots, in whole numbers.

The last ballot of each participant counts; a ballot without an option is an abstention.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

Predicate = Mapping[str, Any]
Ballot = Mapping[str, Any]


class TallyError(ValueError):
    """The ballots do not recount to the verdict."""


class RuleUnknown(LookupError):
    """This verifier cannot count by that rule."""


def recount(predicate: Predicate) -> None:
    """Refuse a verdict that the ballots do not give, or a total that the parts do not."""
    verdict, ballots = predicate["verdict"], predicate["ballots"]
    final = _last(ballots)
    cast = [ballot for ballot in final if "option" in ballot]
    weights = _weights(cast)

    _count(verdict, final, cast, weights)
    if verdict["outcome"] == "decided":
        _decided(verdict, weights, predicate)
        _dissent(predicate["dissent"], cast, verdict["option"])
    elif "option" in verdict:
        raise TallyError(f"outcome {verdict['outcome']} names an option")
    elif verdict["outcome"] == "no_consensus":
        _undecided(verdict, weights)
    _cost(predicate["cost"])


def references(predicate: Predicate) -> None:
    """Refuse a name that stands for nobody, or twice."""
    people = _unique([person["id"] for person in predicate["participants"]], "participant")
    options = _unique([option["id"] for option in predicate["options"]], "option")
    named = [
        *predicate["ballots"],
        *predicate["dissent"],
        *predicate["transcript"]["messages"],
        *predicate["cost"]["agents"],
    ]
    for item in named:
        if item["participant"] not in people:
            raise TallyError(f"{item['participant']} is no participant")
    tally = predicate["verdict"]["tally"]
    _unique([entry["option"] for entry in tally], "tally entry")
    for item in [*predicate["ballots"], *predicate["dissent"], *tally, predicate["verdict"]]:
        if "option" in item and item["option"] not in options:
            raise TallyError(f"{item['option']} is no option")


def _last(ballots: Sequence[Ballot]) -> list[Ballot]:
    """Each participant's ballot of the latest round."""
    _unique([f"{b['participant']} in round {b['round']}" for b in ballots], "ballot of")
    by_round = sorted(ballots, key=lambda ballot: int(ballot["round"]))
    return list({ballot["participant"]: ballot for ballot in by_round}.values())


def _weights(cast: Sequence[Ballot]) -> Counter[str]:
    weights: Counter[str] = Counter()
    for ballot in cast:
        weights[ballot["option"]] += ballot["weight_ppm"]
    return weights


def _count(
    verdict: Predicate, final: Sequence[Ballot], cast: Sequence[Ballot], weights: Counter[str]
) -> None:
    counts = Counter(ballot["option"] for ballot in cast)
    said = {e["option"]: (e["count"], e["weight_ppm"]) for e in verdict["tally"]}
    for option in said.keys() | counts.keys():
        if said.get(option, (0, 0)) != (counts[option], weights[option]):
            raise TallyError(f"option {option} counts {counts[option]}, weighs {weights[option]}")
    quorum = verdict["quorum"]
    if quorum["cast"] != len(cast) or quorum["eligible"] < len(cast):
        raise TallyError(f"{len(cast)} ballots were cast, the quorum says {quorum['cast']}")
    if not len(final) - len(cast) <= verdict["abstentions"] <= quorum["eligible"] - len(cast):
        raise TallyError(f"{len(final) - len(cast)} abstained, not {verdict['abstentions']}")


def _decided(verdict: Predicate, weights: Counter[str], predicate: Predicate) -> None:
    option = verdict.get("option")
    if option is None or not verdict["quorum"]["met"]:
        raise TallyError("decided, but without an option or a quorum")
    if verdict["rule"] == "judge":
        if option not in weights:
            raise TallyError("nobody voted for the judge's option")
        return
    winners = _winners(verdict, weights)
    tie_rule = verdict.get("tie_rule_used")
    if tie_rule is not None and len(winners) > 1:
        winners = _break(tie_rule, winners, predicate)
    if winners != {option}:
        raise TallyError(f"by {verdict['rule']} the ballots do not give {option}")


def _undecided(verdict: Predicate, weights: Counter[str]) -> None:
    winners = _winners(verdict, weights) if verdict["quorum"]["met"] else set()
    if len(winners) == 1:
        raise TallyError(f"by {verdict['rule']} the ballots give {winners.pop()}")


def _winners(verdict: Predicate, weights: Counter[str]) -> set[str]:
    """The leading options, if the rule lets a leader win; several are a tie."""
    total, most = weights.total(), max(weights.values(), default=0)
    share = verdict.get("share", {"num": 2, "den": 3})
    match verdict["rule"]:
        case "plurality" | "weighted":
            suffices = most > 0
        case "majority":
            suffices = 2 * most > total
        case "supermajority":
            suffices = share["den"] * most >= share["num"] * total
        case "unanimous":
            suffices = most == total
        case "none" | "judge":
            suffices = False
        case rule:
            raise RuleUnknown(f"this verifier does not count by the rule {rule}")
    return {option for option, weight in weights.items() if suffices and weight == most}


def _break(tie_rule: str, tied: set[str], predicate: Predicate) -> set[str]:
    match tie_rule:
        case "first_listed":
            return {next(o["id"] for o in predicate["options"] if o["id"] in tied)}
        case "sealed_ballots":
            return _led_sealed(tied, predicate["ballots"])
        case _:
            raise RuleUnknown(f"this verifier does not know the tie rule {tie_rule}")


def _led_sealed(tied: set[str], ballots: Sequence[Ballot]) -> set[str]:
    """Who led among the tied when everybody had chosen once, before hearing the others."""
    first: dict[str, Ballot] = {}
    for ballot in sorted(ballots, key=lambda ballot: int(ballot["round"])):
        if "option" in ballot:
            first.setdefault(ballot["participant"], ballot)
    sealed = _weights([ballot for ballot in first.values() if ballot["option"] in tied])
    most = max(sealed.values(), default=0)
    return {option for option, weight in sealed.items() if weight == most}


def _dissent(dissents: Sequence[Predicate], cast: Sequence[Ballot], winner: str) -> None:
    said = sorted((item["participant"], item.get("option", "")) for item in dissents)
    due = sorted((b["participant"], b["option"]) for b in cast if b["option"] != winner)
    if said != due:
        raise TallyError("the dissents are not the ballots against the verdict")


def _cost(cost: Predicate) -> None:
    if sum(agent["cost_micro_usd"] for agent in cost["agents"]) != cost["total_micro_usd"]:
        raise TallyError("the agents' costs do not add up to the total")


def _unique(names: Sequence[str], what: str) -> set[str]:
    found = set(names)
    if len(found) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise TallyError(f"{what} {twice} stands twice")
    return found
