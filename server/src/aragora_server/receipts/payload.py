"""From a claim to the content that is signed, and to the texts that it only commits to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

import attrs
from aragora.receipts import Disclosure, DisclosureError, digest, schema

from aragora_server.kernel.clock import wire_time

from .model import WHOLE_PPM, Claim, Issuer, Participant, Verdict

NewSalt = Callable[[], bytes]
Content = dict[str, Any]

# However a text is escaped, one piece of this length stays within a disclosure's limit.
PIECE_CHARACTERS = 40_000
NAME_CHARACTERS = 256


@attrs.frozen(kw_only=True)
class Heading:
    """What the issuer adds to a claim."""

    receipt_id: str
    issued_at: datetime
    issuer: Issuer
    workspace_digest: str


def build(
    claim: Claim, heading: Heading, new_salt: NewSalt
) -> tuple[Content, tuple[Disclosure, ...]]:
    """The statement to sign, and the disclosures of its texts in the order of their digests."""
    writer = _Writer(claim, new_salt)
    predicate = writer.predicate() | {
        "v": 1,
        "receipt_id": heading.receipt_id,
        "issued_at": wire_time(heading.issued_at),
        "workspace_digest": heading.workspace_digest,
        "issuer": attrs.asdict(heading.issuer),
    }
    subject = {
        "name": f"debate/{claim.debate_id}",
        "digest": {"sha256": predicate["transcript"]["sha256"]},
    }
    statement = {
        "_type": schema.STATEMENT_TYPE,
        "subject": [subject],
        "predicateType": schema.PREDICATE_TYPE,
        "predicate": predicate,
    }
    return statement, tuple(writer.texts)


def digest_of_workspace(workspace_id: str, salt: bytes) -> str:
    return sha256(salt + workspace_id.encode()).hexdigest()


class _Writer:
    """Writes a claim member by member, and collects the texts it commits to on the way."""

    def __init__(self, claim: Claim, new_salt: NewSalt) -> None:
        self.claim = claim
        self.new_salt = new_salt
        self.texts: list[Disclosure] = []
        self.ids = {person.name: f"p{n}" for n, person in enumerate(claim.participants, start=1)}

    def predicate(self) -> Content:
        claim = self.claim
        said: Content = {
            "debate_id": claim.debate_id,
            "protocol": attrs.asdict(claim.protocol),
            "seed": claim.seed,
            "rounds": claim.rounds,
            "stop_reason": claim.stop_reason,
            "question": self._texts(text=claim.question, context=claim.context),
            "participants": [self._participant(person) for person in claim.participants],
            "options": [{"id": o.id, **self._texts(label=o.label)} for o in claim.options],
            "ballots": self._ballots(),
            "verdict": self._verdict(claim.verdict),
            "dissent": self._dissents(),
            "transcript": self._transcript(),
            "cost": self._cost(),
            "budget": {"overrides": list(claim.budget_overrides)},
            "evidence": self._evidence(),
        }
        return said if claim.amends is None else said | {"amends": attrs.asdict(claim.amends)}

    def _participant(self, person: Participant) -> Content:
        names = {
            "provider": _name(person.provider),
            "model": _name(person.model),
            "model_version": _name(person.model_version),
        }
        texts = self._texts(name=person.name, persona=person.persona, role=person.role)
        return {"id": self.ids[person.name], "kind": person.kind, **_known(names), **texts}

    def _ballots(self) -> list[Content]:
        return [
            {
                "participant": self.ids[ballot.participant],
                "round": ballot.round,
                "weight_ppm": ballot.weight * WHOLE_PPM,
                **_known({"option": ballot.option_id, "confidence_ppm": ballot.confidence_ppm}),
                **self._texts(reason=ballot.reason),
            }
            for ballot in self.claim.ballots
        ]

    def _verdict(self, verdict: Verdict) -> Content:
        maybe = {
            "option": verdict.option_id,
            "share": verdict.share and attrs.asdict(verdict.share),
            "tie_rule_used": verdict.tie_rule_used,
            "confidence_ppm": verdict.confidence_ppm,
        }
        return {
            "outcome": verdict.outcome,
            "rule": verdict.rule,
            "tally": [
                {"option": e.option_id, "count": e.count, "weight_ppm": e.weight * WHOLE_PPM}
                for e in verdict.tally
            ],
            "quorum": attrs.asdict(verdict.quorum),
            "abstentions": verdict.abstentions,
            **_known(maybe),
            **self._texts(answer=verdict.answer),
        }

    def _dissents(self) -> list[Content]:
        return [
            {
                "participant": self.ids[dissent.participant],
                "round": dissent.round,
                **_known({"option": dissent.option_id}),
                **self._texts(text=dissent.text),
            }
            for dissent in self.claim.dissents
        ]

    def _transcript(self) -> Content:
        messages = [
            {
                "seq": seq,
                "round": message.round,
                "phase": message.phase,
                "participant": self.ids[message.participant],
                "at": wire_time(message.at),
                "bytes": len(message.text.encode()),
                "_sd": [self._commit("text", message.text)],
            }
            for seq, message in enumerate(self.claim.messages, start=1)
        ]
        digests = [digest.from_base64url(str(message["_sd"][0])) for message in messages]  # type: ignore[index]
        return {
            "count": len(messages),
            "root": digest.transcript_root(digests),
            "sha256": digest.transcript_sha256(digests),
            "messages": messages,
        }

    def _cost(self) -> Content:
        cost = self.claim.cost
        agents = []
        for agent in cost.agents:
            share = attrs.asdict(agent)
            estimated = share.pop("is_estimated")
            share |= {"participant": self.ids[agent.participant], "estimated": estimated}
            agents.append(share)
        return {
            "total_micro_usd": cost.total_micro_usd,
            "overage_micro_usd": cost.overage_micro_usd,
            "price_versions": list(cost.price_versions),
            "agents": agents,
        }

    def _evidence(self) -> list[Content]:
        return [
            {
                "sha256": document.sha256,
                "bytes": document.bytes,
                "media_type": document.media_type,
                **self._texts(name=document.name),
            }
            for document in self.claim.evidence
        ]

    def _texts(self, **texts: str | None) -> Content:
        """Commitments to every given text; a long one is cut into pieces."""
        digests = [
            self._commit(name, piece)
            for name, text in texts.items()
            if text
            for piece in _pieces(text)
        ]
        return {"_sd": digests} if digests else {}

    def _commit(self, name: str, text: str) -> str:
        """One commitment. What no disclosure could hold is cut; `bytes` tells the whole length."""
        try:
            made = Disclosure.make(name, text, salt=self.new_salt())
        except DisclosureError:
            return self._commit(name, text[: len(text) // 2])
        self.texts.append(made)
        return made.digest


def _pieces(text: str) -> Iterable[str]:
    return (
        text[start : start + PIECE_CHARACTERS] for start in range(0, len(text), PIECE_CHARACTERS)
    )


def _name(text: str | None) -> str | None:
    """A name as printable ASCII: providers may call their models anything."""
    if text is None:
        return None
    plain = re.sub(r"[^\x20-\x7e]", "?", text.strip())
    return plain[:NAME_CHARACTERS].strip() or None


def _known(members: Content) -> Content:
    """An unknown member is absent: the profile has no null."""
    return {name: value for name, value in members.items() if value is not None}
