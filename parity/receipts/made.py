"""Receipts made by chance, as the server makes them: a claim, signed, in a log."""

from __future__ import annotations

import base64
import itertools
import json
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import attrs
from aragora.receipts import LogKey, PublicKey, canonical, dsse, log, merkle
from aragora.receipts.proof import Checkpoint, Proof
from aragora_server.receipts import model, payload
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import strategies as st

Json = dict[str, Any]

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
LOG_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))
SECRET = bytes(range(64, 96))
ORIGIN = "https://aragora.example"
LOG_NAME = "aragora.example/receipts/2026"


def _public(key: Ed25519PrivateKey) -> PublicKey:
    return PublicKey.of(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))


LOG = LogKey(LOG_NAME, _public(LOG_KEY))


def _record(kind: str, key: PublicKey, **more: str) -> Json:
    raw = base64.b64encode(key.raw).decode()
    said = {"key_id": key.key_id, "kind": kind, "algorithm": "ed25519", "public_key": raw}
    return {**said, "status": "active", **more}


PINNED = {"keys": [_record("receipt", _public(KEY)), _record("log", LOG.key, vkey=LOG.vkey)]}


@attrs.frozen(kw_only=True)
class Made:
    """A receipt: the signed bytes, and its bundle."""

    payload: bytes
    bundle: Json

    @property
    def text(self) -> bytes:
        return canonical.encode(self.bundle)


# Claims ------------------------------------------------------------------------------------------

TEXT = st.text(max_size=40)
COUNT = st.integers(0, 10**9)
WHEN = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
UUIDS = st.uuids(version=4).map(lambda made: f"{str(made)[:14]}7{str(made)[15:]}")


@st.composite
def claims(draw: st.DrawFn) -> model.Claim:
    """Any debate whose verdict follows from its ballots."""
    names = draw(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=4, unique=True))
    options = draw(st.lists(st.from_regex(r"\A[A-Za-z0-9._+-]{1,6}\Z"), max_size=3, unique=True))
    ballots = _ballots(draw, names, options)
    verdict, against = _verdict(draw, ballots, len(names))
    return model.Claim(
        debate_id=draw(UUIDS),
        question=draw(st.text(min_size=1, max_size=40)),
        context=draw(st.none() | TEXT),
        protocol=model.Protocol(name="escalate", version=draw(COUNT), sha256="a" * 64),
        seed=draw(st.integers(0, 2**53 - 1)),
        rounds=draw(COUNT),
        stop_reason="rounds_exhausted",
        participants=tuple(
            model.Participant(name=name, provider=draw(TEXT), model=draw(st.none() | TEXT))
            for name in names
        ),
        options=tuple(model.Option(id=option, label=draw(TEXT)) for option in options),
        ballots=ballots,
        verdict=verdict,
        dissents=tuple(
            model.Dissent(
                participant=one.participant,
                round=one.round,
                option_id=one.option_id,
                text=draw(TEXT),
            )
            for one in against
        ),
        messages=tuple(draw(st.lists(_messages(names), max_size=6))),
        cost=model.Cost(agents=tuple(draw(_costs(name)) for name in names)),
    )


def _ballots(draw: st.DrawFn, names: list[str], options: list[str]) -> tuple[model.Ballot, ...]:
    choice = st.none() | st.sampled_from(options) if options else st.none()
    return tuple(
        model.Ballot(
            participant=name,
            round=number,
            option_id=draw(choice),
            weight=draw(st.integers(1, 9)),
            confidence_ppm=draw(st.none() | st.integers(0, 1_000_000)),
            reason=draw(TEXT),
        )
        for number in range(draw(st.integers(0, 2)))
        for name in names
        if draw(st.booleans())
    )


def _verdict(
    draw: st.DrawFn, ballots: tuple[model.Ballot, ...], eligible: int
) -> tuple[model.Verdict, list[model.Ballot]]:
    final = list({one.participant: one for one in ballots}.values())
    cast = [one for one in final if one.option_id is not None]
    weights: Counter[str] = Counter()
    for one in cast:
        weights[str(one.option_id)] += one.weight
    leading = [name for name, weight in weights.items() if weight == max(weights.values())]
    winner = leading[0] if len(leading) == 1 else None
    counts = Counter(str(one.option_id) for one in cast)
    verdict = model.Verdict(
        outcome="no_consensus" if winner is None else "decided",
        option_id=winner,
        rule="weighted",
        tally=tuple(
            model.TallyEntry(option_id=name, count=counts[name], weight=weight)
            for name, weight in weights.items()
        ),
        quorum=model.Quorum(cast=len(cast), eligible=eligible, met=bool(cast)),
        abstentions=len(final) - len(cast),
        answer=draw(st.none() | TEXT),
    )
    return verdict, [one for one in cast if winner not in {None, one.option_id}]


def _messages(names: list[str]) -> st.SearchStrategy[model.Message]:
    return st.builds(
        model.Message,
        round=COUNT,
        phase=st.sampled_from(["pair", "critique", "panel"]),
        participant=st.sampled_from(names),
        at=WHEN,
        text=TEXT,
    )


def _costs(name: str) -> st.SearchStrategy[model.AgentCost]:
    return st.builds(
        model.AgentCost,
        participant=st.just(name),
        calls=COUNT,
        input_tokens=COUNT,
        cache_read_tokens=COUNT,
        cache_write_tokens=COUNT,
        output_tokens=COUNT,
        reasoning_tokens=COUNT,
        is_estimated=st.booleans(),
        cost_micro_usd=COUNT,
    )


# Receipts ----------------------------------------------------------------------------------------


@st.composite
def receipts(draw: st.DrawFn) -> Made:
    """A claim that was signed; some texts are withheld, and it may be in a log of some size."""
    salts = itertools.count()
    heading = payload.Heading(
        receipt_id=draw(UUIDS),
        issued_at=draw(WHEN),
        issuer=model.Issuer(
            origin=ORIGIN,
            key_id=_public(KEY).key_id,
            hmac_key_id=dsse.hmac_key_id(SECRET),
        ),
        workspace_digest="b" * 64,
    )
    claim = draw(claims())
    statement, texts = payload.build(claim, heading, lambda: next(salts).to_bytes(16, "big"))
    shown = [text.encoded for text in texts if draw(st.integers(0, 9))]
    size = draw(st.integers(1, 40))
    return signed(canonical.encode(statement), shown, draw(st.integers(0, size - 1)), size)


def signed(content: bytes, disclosures: list[str], index: int = 0, size: int = 1) -> Made:
    """A bundle over exactly these bytes, whatever they are, as leaf `index` of `size`."""
    message = dsse.pae(dsse.PAYLOAD_TYPE, content)
    signature = KEY.sign(message)
    line = {"keyid": _public(KEY).key_id, "sig": base64.b64encode(signature).decode()}
    bundle = {
        "v": 1,
        "dsse": {
            "payloadType": dsse.PAYLOAD_TYPE,
            "payload": base64.b64encode(content).decode(),
            "signatures": [line],
        },
        "disclosures": disclosures,
        "hmac": {"key_id": dsse.hmac_key_id(SECRET), "tag": dsse.hmac_tag(SECRET, message)},
    }
    leaf = log.entry(_id_of(content), message, signature)
    return Made(payload=content, bundle=bundle | _logged(leaf, index, size))


def _id_of(content: bytes) -> str:
    """What the receipt calls itself, if it is one at all."""
    try:
        name = str(json.loads(content)["predicate"]["receipt_id"])
    except (ValueError, LookupError, TypeError):
        return ""
    return name if name.isascii() else ""


def _logged(leaf: bytes, index: int, size: int) -> Json:
    leaves = [b"leaf %d" % number for number in range(size)]
    leaves[index] = leaf
    text = Checkpoint(LOG_NAME, size, merkle.root(leaves)).text
    note = f"{text}\n{LOG.line(LOG_KEY.sign(text.encode()))}"
    proof = Proof(index, tuple(merkle.inclusion(leaves, index)), note)
    return {"leaf": base64.b64encode(leaf).decode(), "tlog_proof": proof.text}
