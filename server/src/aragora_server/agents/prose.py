"""A position in words. Every argument names the question's own terms and quotes what it rests on.

argument    what I choose · what speaks for it · what speaks against it · what would settle it
critique    what the other answer leaves out, and what it leans on
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from .evidence import Sentence, stems, term_counts, terms
from .model import Material, Peer
from .stance import Position, Style, pick

_REF = re.compile(r"D[0-9]{1,2}:p[0-9]{1,5}")


@attrs.frozen(kw_only=True)
class Voice:
    """How a style speaks: each entry is a choice of phrasings."""

    stand: tuple[str, ...]
    pro: tuple[str, ...]
    con: tuple[str, ...]
    close: tuple[str, ...]
    is_con_first: bool = False
    is_brief: bool = False


_STEADY = Voice(
    stand=(
        "On {terms} I come down for {answer}.",
        "Taken together, the case for {answer} is the better one when I look at {terms}.",
    ),
    pro=("What carries it is this:", "The strongest support is plain to read:"),
    con=(
        "Against it stands something real:",
        "I do not want to pass over the other side:",
    ),
    close=(
        "That is a price worth paying, as long as somebody watches it and says so in writing.",
        "I weigh that as a cost to plan for, and no reason to choose otherwise.",
    ),
)
_CAREFUL = Voice(
    stand=(
        "I look at what can go wrong with {terms} first, and end at {answer}.",
        "With {terms}, the expensive mistakes come first; weighing them leads me to {answer}.",
    ),
    pro=("What still speaks for it:", "It holds because of this:"),
    con=("The risk I would not accept unexamined:", "What worries me most:"),
    close=(
        "Before anything is final I want an owner, a date and a way back for that point.",
        "If that point turns out worse than written, I would change my answer.",
    ),
    is_con_first=True,
)
_CONTRARIAN = Voice(
    stand=(
        "The comfortable answer on {terms} is too quickly agreed; I argue for {answer}.",
        "Somebody should say what the majority will not about {terms}: {answer} deserves to win.",
    ),
    pro=("Read this again before dismissing it:", "This is usually skipped:"),
    con=("I know the reply:", "The usual objection is this:"),
    close=(
        "It is a serious objection, but it describes a habit more than a necessity.",
        "That objection is about today; the decision is about the years after it.",
    ),
)
_STUBBORN = Voice(
    stand=("{answer}. On {terms} there is nothing to discuss.",),
    pro=("One line decides it:",),
    con=("Others will point to this:",),
    close=("It changes nothing.",),
    is_brief=True,
)
_CONFORMIST = Voice(
    stand=(
        "As far as I can see most would choose {answer} on {terms}, and I go along.",
        "I lean to {answer} on {terms}, and would follow a clear majority.",
    ),
    pro=("What others will likely name:", "The usual reason:"),
    con=("I am less sure because of this:", "What makes me hesitate:"),
    close=("I would gladly hear the others on it.", "I hold this loosely."),
    is_brief=True,
)
_SLOW = Voice(
    stand=(
        "Step by step. First, the question is about {terms}; my answer is {answer}.",
        "First things first: {terms} are what is at stake, and I arrive at {answer}.",
    ),
    pro=("Second, what is known for it:", "Second, the support:"),
    con=("Third, what is known against it:", "Third, the doubts:"),
    close=(
        "Fourth, none of these doubts is larger than the support, so the answer stands.",
        "Fourth, the doubts can be tested early and cheaply, which I would do.",
    ),
)
_FLAKY = Voice(
    stand=("Short version on {terms}: {answer}.",),
    pro=("For it:",),
    con=("Against it:",),
    close=("More is not needed to decide.",),
    is_brief=True,
)
VOICES = {
    "steady": _STEADY,
    "careful": _CAREFUL,
    "contrarian": _CONTRARIAN,
    "stubborn": _STUBBORN,
    "conformist": _CONFORMIST,
    "slow": _SLOW,
    "flaky": _FLAKY,
    "rambling": _SLOW,
    "injector": _STUBBORN,
}


def argument(style: Style, material: Material, position: Position) -> list[str]:
    """The paragraphs of an argument, the most needed first."""
    voice = VOICES[style.id]

    def say(phrasings: Sequence[str], what: str) -> str:
        key = pick(material.seed, material.agent, style.id, material.question, material.round, what)
        text = phrasings[key % len(phrasings)]
        named = {"answer": _named(position), "terms": _terms(material)}
        return re.sub(r"\{(answer|terms)\}", lambda found: named[found[1]], text)

    count = 1 if voice.is_brief else 2
    pro = _quoted(say(voice.pro, "pro"), position.pro[:count])
    con = _quoted(say(voice.con, "con"), position.con[:1])
    sides = [con, pro] if voice.is_con_first else [pro, con]
    parts = [say(voice.stand, "stand"), *sides, _figures(position), _condition(position)]
    if con:
        parts.append(say(voice.close, "close"))
    if not position.pro and not position.con:
        parts.append(_bare(material))
    if material.persona:
        parts.append(f"I say this from my point of view: {_short(material.persona)}.")
    return [part for part in parts if part]


def critique(material: Material, position: Position, peer: Peer) -> list[str]:
    """What the other answer leaves out, and where it leans on too little."""
    cited = set(_REF.findall(peer.text))
    missed = [s for s in (*position.pro, *position.con) if s.ref and s.ref not in cited]
    parts = []
    if peer.option_id == position.answer:
        parts.append(f"{peer.label} reaches my answer, so I look for what we both may overlook.")
    else:
        parts.append(f"{peer.label} and I part on how much weight the evidence carries.")
    if missed:
        parts.append(f'It says nothing on {_cite(missed[0])}: "{missed[0].quote}".')
    elif not cited:
        about = _terms(material)
        parts.append(f"It rests on no passage: what it says of {about} cannot be checked.")
    else:
        parts.append("It names the passages that matter, but treats them as settled.")
    return parts


def issues(position: Position, peer: Peer) -> list[str]:
    cited = set(_REF.findall(peer.text))
    missed = [s.ref for s in (*position.pro, *position.con) if s.ref and s.ref not in cited]
    found = [f"passes over [{ref}]" for ref in dict.fromkeys(missed)]
    return found[:3] or ["takes its evidence as settled"]


def _named(position: Position) -> str:
    return position.label if position.label == position.answer else f'"{position.label}"'


def _terms(material: Material) -> str:
    """Two of the question's own terms, those that the documents use most."""
    used = term_counts(" ".join(passage.text for passage in material.passages))
    words = terms(material.question)
    chosen = sorted(words, key=lambda word: -sum(used[stem] for stem in stems(word)))[:2]
    return " and ".join(chosen) if chosen else f'"{_short(material.question)}"'


def _short(text: str, limit: int = 120) -> str:
    line = " ".join(text.split()).rstrip(".!?")
    return line if len(line) <= limit else line[:limit].rsplit(" ", 1)[0] + " ..."


def _cite(sentence: Sentence) -> str:
    return f"[{sentence.ref}]" if sentence.ref else "the context"


def _quoted(lead: str, sentences: Sequence[Sentence]) -> str:
    if not sentences:
        return ""
    quotes = [f'"{sentence.quote}" {_cite(sentence)}' for sentence in sentences]
    return f"{lead} {', and '.join(quotes)}."


def _figures(position: Position) -> str:
    """A figure that has not been quoted yet says more than another adjective."""
    quoted = {*position.pro[:2], *position.con[:1]}
    for lead, side in (
        ("The figures belong to it:", position.pro),
        ("Nor do I pass over the other side's figures:", position.con),
    ):
        for sentence in side:
            if sentence.has_figure and sentence not in quoted:
                return f'{lead} "{sentence.quote}" {_cite(sentence)}.'
    return ""


def _condition(position: Position) -> str:
    if position.answer != "approve_with_conditions" or not position.con:
        return ""
    worst = position.con[0]
    return f"My condition: {_cite(worst)} is answered in writing, with an owner and a date, first."


def _bare(material: Material) -> str:
    """Nothing to quote: then say so, and argue from the question alone."""
    words = terms(material.question)
    what = words[pick(material.seed, material.agent) % len(words)] if words else "it"
    return (
        f"Nothing was handed in to judge from, so I argue from the question alone: what decides it "
        f"is what happens to {what} when the first plan fails, and who would notice."
    )
