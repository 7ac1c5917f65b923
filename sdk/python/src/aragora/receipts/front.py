"""The first pages: what was asked and decided, who was of another mind, who voted, what it cost."""

from __future__ import annotations

from collections.abc import Mapping

from .blocks import Bar, Block, Chart, Heading, Note, Statement, Table, Text, Title, plain
from .figures import amount, count, moment, share, weight, words
from .readable import Content, Receipt
from .revealed import MISSING

OUTCOMES = {
    "decided": "Decided",
    "no_consensus": "No consensus",
    "no_decision": "No decision",
}


def title(receipt: Receipt) -> Title:
    question = receipt.content["question"]
    context = question.get("context")
    return Title(
        kicker="Decision receipt",
        question=receipt.text(question, "text", "question"),
        context=Text(plain(context)) if context else None,
        issued=f"Issued {moment(receipt.content['issued_at'])} by "
        f"{receipt.content['issuer']['origin']}",
    )


def verdict(receipt: Receipt) -> tuple[Block, ...]:
    verdict = receipt.content["verdict"]
    option, quorum = verdict.get("option"), verdict["quorum"]
    facts = [f"Rule: {words(verdict['rule'])}"]
    if "confidence_ppm" in verdict:
        facts.append(f"Confidence: {share(verdict['confidence_ppm'])}")
    met = "met" if quorum["met"] else "not met"
    facts.append(f"Quorum: {quorum['cast']} of {quorum['eligible']} voted, {met}")
    if "tie_rule_used" in verdict:
        facts.append(f"Tie broken by: {words(verdict['tie_rule_used'])}")
    text = Text("No option was chosen.")
    if verdict.get("answer") or verdict.get(MISSING):
        text = receipt.text(verdict, "answer", "answer")
    elif option is not None:
        text = Text(receipt.labels[option])
    label = OUTCOMES[verdict["outcome"]]
    if option is not None:
        label += f": {receipt.labels[option]}"
    return Heading("Verdict"), Statement("verdict", label, text, tuple(facts))


def dissent(receipt: Receipt) -> tuple[Block, ...]:
    dissents = receipt.content["dissent"]
    if not dissents:
        return Heading("Dissent"), Note("Nobody dissented.")
    return Heading("Dissent"), *(
        Statement(
            "dissent",
            receipt.names[said["participant"]],
            receipt.text(said, "text", "dissent"),
            (_preference(receipt, said), f"Round {said['round']}"),
        )
        for said in dissents
    )


def _preference(receipt: Receipt, said: Content) -> str:
    return f"For: {receipt.labels[said['option']]}" if "option" in said else "For no option"


def votes(receipt: Receipt) -> tuple[Block, ...]:
    tally = {entry["option"]: entry for entry in receipt.content["verdict"]["tally"]}
    total = sum(entry["weight_ppm"] for entry in tally.values())
    final = {ballot["participant"]: ballot.get("option") for ballot in receipt.in_order()}
    bars = []
    for option in sorted(receipt.labels, key=lambda id_: -_weight_of(tally, id_)):
        voters = [receipt.names[person] for person, chosen in final.items() if chosen == option]
        held = _weight_of(tally, option)
        bars.append(
            Bar(
                label=Text(receipt.labels[option]),
                figure=_figure(tally.get(option)),
                ppm=held * 1_000_000 // total if total else 0,
                is_chosen=option == receipt.content["verdict"].get("option"),
                voters=", ".join(voters),
            )
        )
    silent = [receipt.names[person] for person, chosen in final.items() if chosen is None]
    abstained = (Note(f"Abstained: {', '.join(silent)}"),) if silent else ()
    return Heading("Votes"), Chart(tuple(bars)), *abstained


def cost(receipt: Receipt) -> tuple[Block, ...]:
    cost = receipt.content["cost"]
    spent = {agent["participant"]: agent for agent in cost["agents"]}
    people = receipt.content["participants"]
    rows = [_participant(receipt, person, spent.get(person["id"])) for person in people]
    total = ("Total", "", *_sums(cost["agents"]), amount(cost["total_micro_usd"]))
    table = Table(
        ("Participant", "Model", "Calls", "Tokens in", "Tokens out", "Cost, USD"),
        (*rows, tuple(Text(cell) for cell in total)),
        left=2,
    )
    notes = []
    if any(agent["estimated"] for agent in cost["agents"]):
        notes.append(Note("* Tokens counted by the server, not reported by the provider."))
    if cost["overage_micro_usd"]:
        over = amount(cost["overage_micro_usd"])
        notes.append(Note(f"Of the total, {over} USD went over the estimate."))
    return Heading("Participants and cost"), table, *notes


def _participant(receipt: Receipt, person: Content, spent: Content | None) -> tuple[Text, ...]:
    name = Text(receipt.names[person["id"]])
    if "name" not in person:
        name = Text(f"{person['id']} [{person.get(MISSING, 'Withheld')}: the name]", is_absent=True)
    model = "/".join(person[key] for key in ("provider", "model") if key in person)
    model = model or person["kind"]
    if spent is None:
        return name, Text(model), Text("-"), Text("-"), Text("-"), Text("-")
    mark = "*" if spent["estimated"] else ""
    figures = (*_sums([spent]), mark + amount(spent["cost_micro_usd"]))
    return name, Text(model), *(Text(figure) for figure in figures)


def _weight_of(tally: Mapping[str, Content], option: str) -> int:
    return int(tally[option]["weight_ppm"]) if option in tally else 0


def _figure(entry: Content | None) -> str:
    votes = entry["count"] if entry else 0
    noun = "vote" if votes == 1 else "votes"
    return f"{votes} {noun}, weight {weight(entry['weight_ppm'] if entry else 0)}"


def _sums(agents: list[Content]) -> tuple[str, str, str]:
    taken = ("input_tokens", "cache_read_tokens", "cache_write_tokens")
    given = ("output_tokens", "reasoning_tokens")
    return (
        count(sum(agent["calls"] for agent in agents)),
        count(sum(agent[bucket] for agent in agents for bucket in taken)),
        count(sum(agent[bucket] for agent in agents for bucket in given)),
    )
