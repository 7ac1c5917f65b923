"""Reading what an agent said: the first JSON object, judged by the step's schema, or nothing.

Text is data. It is never evaluated, its size is capped, and what cannot be read is asked for
once more and then counts as an abstention, never as a vote.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs
import jsonschema_rs
from aragora.receipts import canonical

from .options import ABSTAIN, decimal_of, options_of
from .prompts import canary, labels, reply_schema
from .protocol import Protocol
from .rounds import in_order, seen_by
from .transcript import (
    Answer,
    Argument,
    Ask,
    Ballot,
    Critique,
    Setup,
    Transcript,
    Unparsed,
    Warned,
)

MAX_REPLY_BYTES = 256 * 1024
MAX_TEXT_BYTES = 32 * 1024
UNPARSEABLE = "unparseable"
CANARY_MASK = "[mark removed]"

_REF = re.compile(r"\[(D[0-9]{1,2}:p[0-9]{1,5})\]")
_FIRST_SENTENCE = re.compile(r"\A.{1,400}?[.!?](?=\s|\Z)", re.DOTALL)


class NotReadable(ValueError):
    """The reply holds no object that fits the schema; the message is shown to the agent."""


@attrs.frozen(kw_only=True)
class Reader:
    """Reads the replies of one debate; ids and the salts of sealed ballots are handed in."""

    protocol: Protocol
    setup: Setup
    new_id: Callable[[], str]
    new_salt: Callable[[], str]

    def read(self, transcript: Transcript, ask: Ask, text: str) -> Answer | Unparsed:
        """What the reply says. A repair that fails too is an answer: an abstention."""
        reading = _Reading(reader=self, transcript=transcript, ask=ask)
        text = _clean(text)
        mark = canary(self.setup, ask)
        warnings: tuple[Warned, ...] = ()
        if mark in text:
            warnings = (Warned(code="canary_leaked", detail="the reply repeated its secret mark"),)
            text = text.replace(mark, CANARY_MASK)
        try:
            fields = _fields(reading, text)
        except NotReadable as error:
            if ask.repairs is None:
                return _unparsed(ask, str(error), text, warnings)
            return _answer(reading, ballot=_ballot(reading, {}, UNPARSEABLE), warnings=warnings)
        return _said(reading, fields, warnings)


@attrs.frozen(kw_only=True)
class _Reading:
    reader: Reader
    transcript: Transcript
    ask: Ask

    @property
    def setup(self) -> Setup:
        return self.reader.setup

    @property
    def protocol(self) -> Protocol:
        return self.reader.protocol


def first_object(text: str) -> object:
    """The first balanced JSON object of the text, or an error that says what is missing."""
    # Models write line breaks into strings; JSON would have them escaped.
    decoder = json.JSONDecoder(parse_constant=_no_constant, strict=False)
    for start in _openings(text):
        try:
            return _clean(decoder.raw_decode(text, start)[0])
        except (ValueError, RecursionError):
            continue
    raise NotReadable("there is no complete JSON object in the reply")


def commitment(ballot: Mapping[str, object]) -> str:
    """SHA-256 of the RFC 8785 bytes: the ballot is fixed before anyone may see it."""
    return hashlib.sha256(canonical.dump_plain({"v": 1, **ballot})).hexdigest()


def _openings(text: str) -> Iterator[int]:
    """Few enough places to try that a reply full of braces costs nothing."""
    for tried, found in enumerate(re.finditer(r"\{", text)):
        if tried == 64:
            return
        yield found.start()


def _clean(value: Any) -> Any:
    """Without NULs and half characters, which no database stores and no signature covers."""
    match value:
        case str():
            return value.encode("utf-8", "replace").decode().replace("\0", "")
        case list():
            return [_clean(item) for item in value]
        case dict():
            return {_clean(key): _clean(item) for key, item in value.items()}
    return value


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def _fields(reading: _Reading, text: str) -> Mapping[str, Any]:
    if len(text.encode()) > MAX_REPLY_BYTES:
        raise NotReadable(f"the reply is longer than {MAX_REPLY_BYTES} bytes")
    found = first_object(text)
    schema = reply_schema(reading.protocol, reading.setup, reading.transcript, reading.ask)
    error = next(iter(jsonschema_rs.Draft202012Validator(schema).iter_errors(found)), None)
    if error is not None:
        place = "/".join(str(part) for part in error.instance_path)
        raise NotReadable(f"at {place!r}: {error.message[:300]}")
    if not isinstance(found, dict):
        raise NotReadable("the reply is no JSON object")
    return found


def _unparsed(ask: Ask, error: str, text: str, warnings: tuple[Warned, ...]) -> Unparsed:
    return Unparsed(
        call_no=ask.call_no,
        round=ask.round,
        step=ask.step,
        agent=ask.agent,
        error=error,
        text=_cut(text)[0],
        warnings=warnings,
    )


def _said(reading: _Reading, fields: Mapping[str, Any], warnings: tuple[Warned, ...]) -> Answer:
    ask = reading.ask
    reasoning, is_cut = _cut(fields["reasoning"])
    if is_cut:
        warnings += (Warned(code="truncated", detail=f"cut to {MAX_TEXT_BYTES} bytes"),)
    sources, unknown = _sources(reading.setup, fields, reasoning)
    if unknown:
        detail = f"no such passage: {', '.join(unknown[:5])}"
        warnings += (Warned(code="source_unknown", detail=detail),)
    choice = _choice(reading, fields)
    argument = None
    if ask.kind == "argument":
        argument = Argument(
            id=reading.reader.new_id(),
            round=ask.round,
            agent=ask.agent,
            call_no=ask.call_no,
            text=reasoning,
            answer=fields["answer"],
            option_id=choice,
            confidence_ppm=_ppm(fields),
            sources=sources,
            truncated=is_cut,
        )
    brief = reasoning if argument is None else _first_sentence(reasoning)
    is_proposal = choice is None and fields["answer"] != ABSTAIN
    return _answer(
        reading,
        argument=argument,
        critiques=_critiques(reading, fields) if ask.kind == "critique" else (),
        ballot=None if is_proposal else _ballot(reading, fields, brief),
        warnings=warnings,
    )


def _answer(
    reading: _Reading,
    *,
    warnings: tuple[Warned, ...],
    argument: Argument | None = None,
    critiques: tuple[Critique, ...] = (),
    ballot: Ballot | None = None,
) -> Answer:
    return Answer(
        call_no=reading.ask.call_no,
        round=reading.ask.round,
        step=reading.ask.step,
        agent=reading.ask.agent,
        argument=argument,
        critiques=critiques,
        ballot=ballot,
        warnings=warnings,
        repairs=reading.ask.repairs,
    )


def _choice(reading: _Reading, fields: Mapping[str, Any]) -> str | None:
    """The option this reply is for; None when it abstains or makes a proposal of its own."""
    answer = str(fields["answer"])
    if reading.setup.answer_kind == "number":
        return decimal_of(answer)
    heard = [r for r in in_order(reading.transcript) if r.round < reading.ask.round]
    ids = {option.id for option in options_of(reading.setup, heard)}
    return answer if answer in ids else None


def _ballot(reading: _Reading, fields: Mapping[str, Any], reason: str) -> Ballot:
    choice = _choice(reading, fields) if fields else None
    salt = reading.reader.new_salt()
    sealed = {
        "debate_id": reading.setup.debate_id,
        "round": reading.ask.round,
        "agent": reading.ask.agent,
        "choices": [choice] if choice is not None else [],
        "confidence_ppm": _ppm(fields),
        "salt": salt,
    }
    return Ballot(
        id=reading.reader.new_id(),
        round=reading.ask.round,
        agent=reading.ask.agent,
        call_no=reading.ask.call_no,
        kind="single" if choice is not None else "abstain",
        choices=(choice,) if choice is not None else (),
        confidence_ppm=_ppm(fields),
        reason=reason,
        salt=salt,
        commitment=commitment(sealed),
    )


def _critiques(reading: _Reading, fields: Mapping[str, Any]) -> tuple[Critique, ...]:
    """The critique, aimed at the answer it names, else at the first one shown."""
    ask = reading.ask
    seen = seen_by(reading.protocol, reading.setup, reading.transcript, ask)
    named = labels(reading.setup, ask.round, ask.agent, [answer.agent for answer in seen])
    by_label = {named[answer.agent]: answer.argument for answer in seen}
    target = by_label.get(str(fields.get("target")), by_label[min(by_label)])
    return (
        Critique(
            id=reading.reader.new_id(),
            round=ask.round,
            agent=ask.agent,
            call_no=ask.call_no,
            target_argument_id=target.id if target is not None else "",
            text=_cut(fields["critique"])[0],
            issues=tuple(fields.get("issues", ())),
            severity=int(fields["severity"]),
        ),
    )


def _sources(
    setup: Setup, fields: Mapping[str, Any], reasoning: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Cited passages that exist, and those that do not."""
    known = {
        f"D{no}:p{place}"
        for no, document in enumerate(setup.documents, 1)
        for place in range(1, len(document.passages) + 1)
    }
    cited = [str(source).strip("[] ") for source in fields.get("sources", ())]
    cited += _REF.findall(reasoning)
    found = tuple(dict.fromkeys(source for source in cited if source in known))
    return found, tuple(dict.fromkeys(source for source in cited if source not in known))


def _ppm(fields: Mapping[str, Any]) -> int | None:
    return int(fields["confidence"]) * 10_000 if "confidence" in fields else None


def _cut(text: str) -> tuple[str, bool]:
    data = text.encode()
    if len(data) <= MAX_TEXT_BYTES:
        return data.decode(), False
    return data[:MAX_TEXT_BYTES].decode("utf-8", "ignore"), True


def _first_sentence(text: str) -> str:
    found = _FIRST_SENTENCE.match(text)
    return found[0] if found else text[:400]
