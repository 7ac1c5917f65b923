"""What a text offers to somebody who argues: its terms, its sentences, what they speak for.

No language is understood here. Words are counted, cues are looked up, and every sentence keeps
the passage it came from, so that whoever quotes it can be checked.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import attrs

from .model import Passage

_WORD = re.compile(r"[^\W\d_][\w-]{2,}")
_FIGURE = re.compile(r"\d")
_NUMBER = re.compile(r"(?<![\w.-])-?\d{1,15}(?:[,_]\d{3})*(?:\.\d{1,6})?(?![\w-])")
_SENTENCE = re.compile(r"(?<=[.!?])[\"')\]]?\s+(?=[\"'(\[]?[^\W_])|\n\s*(?:[-*+]|\d+[.)])\s+|\n\n+")
_HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.+?)\s*#*\s*$", re.MULTILINE)
_MARKUP = re.compile(
    r"^\s*(?:[-*+>]|\d+[.)])\s+|[*_`|]{1,3}(?=\S)|(?<=\S)[*_`|]{1,3}", re.MULTILINE
)

_STOP_WORDS = """
about above adopt after again against all also although among and another answer any approve are
around because been before being below best better between both but can cannot change choose
could decide decided did does doing done down during each either else even every few first for
from further get gets getting good got had has have having her here hers him his how however
into its itself just keep launch least less let like made make makes many may might more most
move much must need needs neither never new next nor not nothing now off once one only onto
option options other others our ours out over own per put question rather reject roll rollout
run runs same second shall she should since some somebody start still such take takes than that
the their theirs them then there these they thing things third this those three through too two
under until upon use used uses using very want was way well were what when where whether which
while who whom whose why will with within without work working works would yes yet you your
yours
"""
_STOP = frozenset(_STOP_WORDS.split())
_GAIN = re.compile(
    r"\b(?:sav\w+|fast\w*|quick\w*|simpl\w+|eas(?:y|ier|ily)|reduc\w+|improv\w+|benefit\w*|gain\w*"
    r"|surviv\w+|reliab\w+|routine|share[ds]?|cheap\w*|grow\w*|enough|allows?|works?|nothing to"
    r"|nobody has to|no need|already|automatic\w*|proven|secure[ds]?|win\w*|profit\w*|revenue"
    r"|advantag\w+|strength\w*|support\w*|demand\w*|opportunit\w+|far from|helps?|stable"
    r"|ahead|pays?|return\w*|flexib\w+|the same)\b",
    re.IGNORECASE,
)
_RISK = re.compile(
    r"\b(?:risk\w*|costs?|costly|fail\w*|los[est]\w*|break\w*|broken|downtime|outage\w*|forgotten"
    r"|delay\w*|expens\w+|unknown\w*|unclear|uncertain\w*|depend\w*|lock-?in|complex\w*|vulnerab\w+"
    r"|cannot|must not|no feature may|only one|however|threat\w*|danger\w*|worr\w+|concern\w*"
    r"|problem\w*|damage\w*|attack\w*|breach\w*|fine[ds]|penalt\w+|debt|burden\w*|harm\w*|slow\w*"
    r"|overrun\w*|shortage\w*|has to|have to|migrat\w+|weak\w*|drawback\w*|downside\w*|twice"
    r"|churn\w*|untested|missing|disrupt\w*)\b",
    re.IGNORECASE,
)
_LEAD_RISK = re.compile(
    r"(?:the|its|our|main|biggest|known|open)?\s*"
    r"(?:risks?|costs?|against|downsides?|drawbacks?|concerns?|threats?|cons|weakness\w*)\b",
    re.IGNORECASE,
)
_LEAD_GAIN = re.compile(
    r"(?:the|its|our|main|expected|known)?\s*"
    r"(?:benefits?|gains?|advantages?|pros|strengths?|opportunit\w+|why)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:nobody|nothing|never|without|no|no one)(?:\s+\w+){0,2}\s+\Z", re.IGNORECASE
)
MAX_QUOTE = 190
# No single sentence decides, however many cues it holds.
MAX_LEAN = 3


@attrs.frozen(kw_only=True)
class Sentence:
    """One sentence of a passage. `lean` is above 0 when it speaks for, below 0 when against."""

    text: str
    ref: str
    section: str
    lean: int
    relevance: int

    @property
    def has_figure(self) -> bool:
        return _FIGURE.search(self.text) is not None

    @property
    def quote(self) -> str:
        """Short enough to stand in somebody else's sentence."""
        text = self.text.rstrip(".!?;: ").replace('"', "'")
        if len(text) <= MAX_QUOTE:
            return text
        return text[:MAX_QUOTE].rsplit(" ", 1)[0].rstrip(",;: ") + " ..."


def terms(text: str) -> tuple[str, ...]:
    """The words that carry a text, most frequent first, then as they come."""
    found = [word for word in _WORD.findall(text) if word.lower() not in _STOP]
    counts = Counter(word.lower() for word in found)
    first = {word.lower(): word for word in reversed(found)}
    order = list(dict.fromkeys(word.lower() for word in found))
    return tuple(first[key] for key in sorted(order, key=lambda key: -counts[key]))


def term_counts(text: str) -> Counter[str]:
    """How often each stem is used."""
    words = (word for word in _WORD.findall(text.lower()) if word not in _STOP)
    return Counter(_stem(word) for word in words)


@functools.lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """Terms, cut so that plural and tense do not part them."""
    return frozenset(term_counts(text))


def numbers(text: str) -> tuple[str, ...]:
    """Figures as plain decimals, in order."""
    return tuple(found.replace(",", "").replace("_", "") for found in _NUMBER.findall(text))


def read(passages: Iterable[Passage], question: str) -> tuple[Sentence, ...]:
    """Every sentence with its lean and how much it has to do with the question."""
    wanted = stems(question)
    section, found = "", []
    for passage in passages:
        heading = _HEADING.findall(passage.text)
        section = heading[-1] if heading else section
        body = _HEADING.sub("", passage.text)
        lead = _lead(section, body)
        found += [_sentence(text, passage.ref, section, lead, wanted) for text in _split(body)]
    return tuple(found)


def _split(body: str) -> Iterator[str]:
    for part in _SENTENCE.split(body):
        text = " ".join(_MARKUP.sub("", part or "").split())
        if len(_WORD.findall(text)) >= 3:
            yield text


def _lead(section: str, body: str) -> int:
    """A passage that opens with 'The risks:' is about risks, whatever its words are."""
    for text in (body.strip().lstrip("*_-> "), section):
        if _LEAD_RISK.match(text):
            return -2
        if _LEAD_GAIN.match(text):
            return 2
    return 0


def _sentence(text: str, ref: str, section: str, lead: int, wanted: frozenset[str]) -> Sentence:
    lean = lead + len(_GAIN.findall(text)) + sum(_weight(text, hit) for hit in _RISK.finditer(text))
    lean = max(-MAX_LEAN, min(MAX_LEAN, lean))
    near = len(wanted & stems(text)) * 2 + len(wanted & stems(section))
    return Sentence(
        text=text, ref=ref, section=section, lean=lean, relevance=near + (1 if lean else 0)
    )


def _weight(text: str, hit: re.Match[str]) -> int:
    """A risk that a sentence denies is a gain: 'nobody has to migrate'."""
    return 1 if _DENIED.search(text[: hit.start()]) else -1


@functools.lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def strongest(sentences: Sequence[Sentence], *, is_gain: bool) -> tuple[Sentence, ...]:
    """What speaks for (or against), the clearest and most relevant first."""
    side = [s for s in sentences if (s.lean > 0 if is_gain else s.lean < 0)]
    return tuple(sorted(side, key=lambda s: -abs(s.lean) * 2 - s.relevance))
