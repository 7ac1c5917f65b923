"""Where a scripted agent stands: which option, how sure, and what the documents say about each.

The evidence is the same for everybody; a style only weighs it differently. What peers write never
moves a ballot, only which option they stand for can.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

import attrs

from .evidence import Sentence, numbers, read, stems, strongest, terms
from .model import Material, Passage

ABSTAIN = "abstain"
_PARTS = 1000


@attrs.frozen(kw_only=True)
class Style:
    """How evidence is weighed. `jitter` is how far chance, fixed by the seed, may push."""

    id: str
    gain_weight: int = 10
    risk_weight: int = 10
    jitter: int = 20
    sureness: tuple[int, int] = (66, 78)
    picks: str = "best"
    follows: bool = False


STYLES = {
    style.id: style
    for style in (
        Style(id="steady", sureness=(68, 79)),
        Style(id="careful", risk_weight=13, jitter=10, sureness=(62, 76)),
        Style(id="stubborn", jitter=500, sureness=(90, 97)),
        Style(id="conformist", jitter=0, sureness=(52, 64), follows=True),
        Style(id="contrarian", picks="second", sureness=(64, 78)),
        Style(id="slow", risk_weight=12, sureness=(66, 80)),
        Style(id="flaky", sureness=(58, 72)),
        Style(id="rambling", sureness=(50, 60)),
        Style(id="injector", jitter=500, sureness=(97, 100)),
    )
}


@attrs.frozen(kw_only=True)
class Position:
    """An answer with what speaks for it, against it, and how sure its holder is."""

    answer: str
    label: str
    confidence: int
    pro: tuple[Sentence, ...]
    con: tuple[Sentence, ...]
    rival: str | None = None


def pick(*parts: object) -> int:
    """A number fixed by its parts: the only chance there is."""
    key = "|".join(str(part) for part in parts)
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:6])


def take(style: Style, material: Material) -> Position:
    sentences = read(material.passages, material.question)
    sentences += read_context(material)
    match material.answer_kind:
        case "number":
            return _number(style, material, sentences)
        case "text" if not material.options:
            return _proposal(style, material, sentences)
        case "verdict":
            ranked = _rank_verdicts(style, material, sentences)
        case _:
            ranked = _rank_options(style, material, sentences)
    return _chosen(style, material, sentences, ranked)


def read_context(material: Material) -> tuple[Sentence, ...]:
    """The context has no passages to cite; its sentences carry no reference."""
    text = [Passage(ref="", text=material.context)] if material.context else []
    return read(text, material.question)


def by_option(material: Material, sentences: Sequence[Sentence]) -> dict[str, list[Sentence]]:
    """The sentences that speak of one option more than of any other, in their order."""
    marks = {oid: stems(f"{oid.replace('_', ' ')} {label}") for oid, label in material.options}
    shared = Counter(stem for found in marks.values() for stem in found)
    found: dict[str, list[Sentence]] = {option_id: [] for option_id in marks}
    for sentence in sentences:
        for text in (sentence.section, sentence.text):
            words = stems(text)
            near = {oid: sum(12 // shared[stem] for stem in marks[oid] & words) for oid in marks}
            best = max(near.values(), default=0)
            nearest = [oid for oid in marks if near[oid] == best]
            if best > 0 and len(nearest) == 1:
                found[nearest[0]].append(sentence)
                break
    return found


def _rank_options(style: Style, material: Material, sentences: Sequence[Sentence]) -> list[str]:
    scores = {}
    told = by_option(material, sentences)
    for option_id, label in material.options:
        own = told[option_id]
        gain = sum(s.lean for s in own if s.lean > 0) * style.gain_weight
        risk = sum(-s.lean for s in own if s.lean < 0) * style.risk_weight
        luck = pick(material.question, label) % 30 + _jitter(style, material, label)
        scores[option_id] = gain - risk + luck
    return sorted(scores, key=lambda option_id: -scores[option_id])


def _rank_verdicts(style: Style, material: Material, sentences: Sequence[Sentence]) -> list[str]:
    """Where the share of risk lies, in thousandths: low approves, high rejects."""
    gain = sum(s.lean for s in sentences if s.lean > 0) * style.gain_weight
    risk = sum(-s.lean for s in sentences if s.lean < 0) * style.risk_weight
    if gain + risk:
        share = risk * _PARTS // (gain + risk)
    else:
        share = 300 + pick(material.question) % 400 + (style.risk_weight - 10) * 20
    share += _jitter(style, material, "verdict") - style.jitter // 2
    if share < 380:
        return ["approve", "approve_with_conditions", "reject"]
    if share > 640:
        return ["reject", "approve_with_conditions", "approve"]
    after = ["reject", "approve"] if share >= 450 else ["approve", "reject"]
    return ["approve_with_conditions", *after]


def _jitter(style: Style, material: Material, what: str) -> int:
    if style.jitter == 0:
        return 0
    return pick(material.seed, material.agent, style.id, material.question, what) % style.jitter


def _chosen(
    style: Style, material: Material, sentences: Sequence[Sentence], ranked: Sequence[str]
) -> Position:
    answer = ranked[1] if style.picks == "second" and len(ranked) > 1 else ranked[0]
    if (kept := _own(style, material, sentences)) in ranked:
        answer = str(kept)
    if style.follows and (followed := _majority(material)) in ranked:
        answer = str(followed)
    rival = next((option_id for option_id in ranked if option_id != answer), None)
    pro, con = _sides(answer, rival, material, sentences)
    return Position(
        answer=answer,
        label=dict(material.options)[answer],
        confidence=_confidence(style, material, answer),
        pro=pro,
        con=con,
        rival=rival,
    )


def _own(style: Style, material: Material, sentences: Sequence[Sentence]) -> str | None:
    """What the agent chose before, or the proposal that it made or would have made itself."""
    if material.own_choice is not None or material.answer_kind != "text":
        return material.own_choice
    mine = _proposal(style, material, sentences).answer
    return next((option_id for option_id, label in material.options if label == mine), None)


def _sides(
    answer: str, rival: str | None, material: Material, sentences: Sequence[Sentence]
) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...]]:
    gains = strongest(sentences, is_gain=True)
    risks = strongest(sentences, is_gain=False)
    if material.answer_kind == "verdict":
        return (risks, gains) if answer == "reject" else (gains, risks)
    told = by_option(material, sentences)
    own, other = told[answer], told[rival] if rival else []
    pro = [*strongest(own, is_gain=True), *strongest(other, is_gain=False)]
    con = [*strongest(own, is_gain=False), *strongest(other, is_gain=True)]
    spare = sorted(sentences, key=lambda s: -s.relevance)
    return tuple(dict.fromkeys(pro or spare[:2])), tuple(dict.fromkeys(con or risks[:2]))


def _majority(material: Material) -> str | None:
    chosen = [peer.option_id for peer in material.peers if peer.option_id]
    ranked = sorted(set(chosen), key=lambda option_id: (-chosen.count(option_id), option_id))
    return ranked[0] if ranked else None


def _confidence(style: Style, material: Material, answer: str) -> int:
    low, high = style.sureness
    key = pick(material.seed, material.agent, style.id, material.question, answer, material.round)
    doubt = 4 if material.peers and _majority(material) != answer and low < 90 else 0
    return low + key % (high - low + 1) - doubt


def _number(style: Style, material: Material, sentences: Sequence[Sentence]) -> Position:
    """A figure that stands where the question's terms stand; a style takes its end of the range."""
    near = [s for s in sentences if numbers(s.text)]
    near.sort(key=lambda s: -s.relevance)
    closest = [s for s in near if s.relevance == near[0].relevance]
    read_from = near[:4] if style.picks == "second" else closest
    found = [figure for s in read_from for figure in numbers(s.text)]
    found = found or list(numbers(material.question))
    values = sorted(set(found), key=float) or [str(pick(material.question) % 90 + 10)]
    place = {"careful": 0, "contrarian": len(values) - 1}.get(style.id, (len(values) - 1) // 2)
    if style.jitter > 100:
        place = _jitter(style, material, "number") % len(values)
    answer = values[place]
    if style.follows and (followed := _majority(material)):
        answer = followed
    answer = material.own_choice or answer if not style.follows else answer
    return Position(
        answer=answer,
        label=answer,
        confidence=_confidence(style, material, answer),
        pro=tuple(s for s in near if answer in numbers(s.text)) or tuple(near[:2]),
        con=tuple(s for s in near if answer not in numbers(s.text)),
    )


def _proposal(style: Style, material: Material, sentences: Sequence[Sentence]) -> Position:
    words = [*terms(material.question), "the plan", "the rest"]
    first, other = words[0], words[1]
    risks = strongest(sentences, is_gain=False)
    worry = next(iter(terms(risks[0].text)), other) if risks else other
    ways = {
        "careful": f"Settle {worry} first, then take {first} in small steps",
        "slow": f"Settle {worry} first, then take {first} in small steps",
        "contrarian": f"Leave {first} as it is and put the effort into {other}",
        "stubborn": f"Do {first} now, and completely",
    }
    answer = ways.get(style.id, f"Begin with {first} and extend it to {other} once it has held")
    return Position(
        answer=answer,
        label=answer,
        confidence=_confidence(style, material, answer),
        pro=strongest(sentences, is_gain=True),
        con=risks,
    )
