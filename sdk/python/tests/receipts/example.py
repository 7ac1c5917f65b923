"""A receipt made from fixed keys and salts: the same bytes on every machine."""

from __future__ import annotations

import base64
import copy
from hashlib import sha256
from typing import Any

from aragora.receipts import Disclosure, canonical, digest, dsse, schema
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Json = dict[str, Any]

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))
HMAC_KEY = bytes(range(64, 96))


def raw_public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def key_id(key: Ed25519PrivateKey) -> str:
    return sha256(raw_public(key)).hexdigest()


def key_record(key: Ed25519PrivateKey, **changes: str) -> Json:
    return {
        "key_id": key_id(key),
        "kind": "receipt",
        "algorithm": "ed25519",
        "public_key": base64.b64encode(raw_public(key)).decode(),
        "created_at": "2026-11-01T00:00:00.000Z",
        "status": "active",
        **changes,
    }


def directory(*keys: Json) -> Json:
    return {"issuer": "https://aragora.example", "keys": list(keys)}


PINNED = directory(key_record(KEY))


class Texts:
    """Hands out salted disclosures; the n-th salt is always the same."""

    def __init__(self) -> None:
        self.made: list[Disclosure] = []

    def commit(self, name: str, value: str) -> str:
        salt = sha256(b"example salt %d" % len(self.made)).digest()[:16]
        self.made.append(Disclosure.make(name, value, salt=salt))
        return self.made[-1].digest

    @property
    def encoded(self) -> list[str]:
        return [text.encoded for text in self.made]


def uuid(number: int) -> str:
    return f"01943f6e-7c1a-7b3d-9e55-{number:012x}"


def statement(texts: Texts) -> Json:
    """Three agents, two rounds, one who stays of another mind."""
    messages = [message(texts, seq, said) for seq, said in enumerate(SAID, start=1)]
    predicate = {
        "v": 1,
        "receipt_id": uuid(1),
        "issued_at": "2026-11-22T09:30:00.000Z",
        "debate_id": uuid(2),
        "workspace_digest": sha256(b"example salt" + uuid(3).encode()).hexdigest(),
        "issuer": {
            "origin": "https://aragora.example",
            "key_id": key_id(KEY),
            "hmac_key_id": dsse.hmac_key_id(HMAC_KEY),
        },
        "protocol": {"name": "escalate", "version": 1, "sha256": sha256(b"escalate").hexdigest()},
        "seed": 7,
        "rounds": 3,
        "stop_reason": "rounds_exhausted",
        "question": {"_sd": [texts.commit("text", "Should we adopt the memo? 🤔 Ünïcode — «yes»")]},
        "participants": [participant(texts, n, name) for n, name in enumerate(NAMES, start=1)],
        "options": [
            {"id": "approve", "_sd": [texts.commit("label", "Approve")]},
            {"id": "reject", "_sd": [texts.commit("label", "Reject")]},
        ],
        "ballots": [
            ballot("p1", 0, "approve"),
            ballot("p2", 0, "reject"),
            ballot("p1", 1, "approve"),
            ballot("p2", 1, "reject", _sd=[texts.commit("reason", "The cost is not proven.")]),
            ballot("p3", 2, "approve", weight_ppm=5_000_000, confidence_ppm=850_000),
        ],
        "verdict": {
            "outcome": "decided",
            "option": "approve",
            "rule": "weighted",
            "tally": [
                {"option": "approve", "count": 2, "weight_ppm": 6_000_000},
                {"option": "reject", "count": 1, "weight_ppm": 1_000_000},
            ],
            "quorum": {"cast": 3, "eligible": 3, "met": True},
            "abstentions": 0,
            "confidence_ppm": 800_000,
            "_sd": [texts.commit("answer", "Adopt it, and measure the cost.")],
        },
        "dissent": [
            {
                "participant": "p2",
                "round": 1,
                "option": "reject",
                "_sd": [texts.commit("text", "The cost is not proven.")],
            }
        ],
        "transcript": transcript(messages),
        "cost": {
            "total_micro_usd": 3_000,
            "overage_micro_usd": 0,
            "price_versions": ["2026-11-20"],
            "agents": [cost(f"p{number}") for number in (1, 2, 3)],
        },
        "budget": {"overrides": []},
        "evidence": [
            {
                "sha256": sha256(b"memo").hexdigest(),
                "bytes": 4,
                "media_type": "text/markdown",
                "_sd": [texts.commit("name", "memo.md")],
            }
        ],
    }
    return wrap(predicate)


NAMES = ("Ada", "Blaise", "Carl")
SAID = (
    (0, "pair", "p1", "I approve: the plan pays for itself."),
    (0, "pair", "p2", "I reject: the numbers are guesses."),
    (1, "critique", "p1", "The numbers are bounded from below."),
    (1, "critique", "p2", "The cost is not proven."),
    (2, "panel", "p3", "Approve, with a measurement first."),
)


def message(texts: Texts, seq: int, spoken: tuple[int, str, str, str]) -> Json:
    round_no, phase, person, said = spoken
    return {
        "seq": seq,
        "round": round_no,
        "phase": phase,
        "participant": person,
        "at": f"2026-11-22T09:29:{seq:02d}.000Z",
        "bytes": len(said.encode()),
        "_sd": [texts.commit("text", said)],
    }


def participant(texts: Texts, number: int, name: str) -> Json:
    return {
        "id": f"p{number}",
        "kind": "agent",
        "provider": "scripted",
        "model": f"scripted:{name.lower()}",
        "model_version": "1",
        "_sd": [texts.commit("name", name)],
    }


def ballot(person: str, round_no: int, option: str | None, **more: object) -> Json:
    chosen = {} if option is None else {"option": option}
    return {"participant": person, "round": round_no, "weight_ppm": 1_000_000, **chosen, **more}


def cost(person: str) -> Json:
    return {
        "participant": person,
        "calls": 2,
        "input_tokens": 900,
        "cache_read_tokens": 0,
        "cache_write_tokens": 0,
        "output_tokens": 120,
        "reasoning_tokens": 20,
        "estimated": False,
        "cost_micro_usd": 1_000,
    }


def transcript(messages: list[Json]) -> Json:
    digests = [digest.from_base64url(item["_sd"][0]) for item in messages]
    return {
        "count": len(messages),
        "root": digest.transcript_root(digests),
        "sha256": digest.transcript_sha256(digests),
        "messages": messages,
    }


def wrap(predicate: Json) -> Json:
    subject = {
        "name": f"debate/{predicate['debate_id']}",
        "digest": {"sha256": predicate["transcript"]["sha256"]},
    }
    return {
        "_type": schema.STATEMENT_TYPE,
        "subject": [subject],
        "predicateType": schema.PREDICATE_TYPE,
        "predicate": predicate,
    }


def example() -> tuple[Json, list[str]]:
    """The statement and the texts that it commits to."""
    texts = Texts()
    return statement(texts), texts.encoded


def seal(payload: bytes, disclosures: list[str], **how: Any) -> Json:
    """A bundle over exactly these bytes, signed as the server would."""
    key: Ed25519PrivateKey = how.get("key", KEY)
    payload_type: str = how.get("payload_type", dsse.PAYLOAD_TYPE)
    message = dsse.pae(payload_type, payload)
    return {
        "v": 1,
        "dsse": {
            "payloadType": payload_type,
            "payload": base64.b64encode(payload).decode(),
            "signatures": [
                {"keyid": key_id(key), "sig": base64.b64encode(key.sign(message)).decode()}
            ],
        },
        "disclosures": disclosures,
        "hmac": {"key_id": dsse.hmac_key_id(HMAC_KEY), "tag": dsse.hmac_tag(HMAC_KEY, message)},
    }


def sealed(change: Any = None, **how: Any) -> Json:
    """The example as a bundle, after `change(statement)`, signed afterwards."""
    content, texts = example()
    if change is not None:
        content = copy.deepcopy(content)
        change(content)
    payload = canonical.encode(content)
    kept = [text for text in texts if digest.digest_of(text).encode() in payload]
    return seal(payload, kept, **how)


def text_of(bundle: Json) -> str:
    return canonical.encode(bundle).decode()


def payload_of(bundle: Json) -> bytes:
    return base64.b64decode(bundle["dsse"]["payload"])


def with_payload(bundle: Json, payload: bytes) -> Json:
    """The same signatures over other bytes: what a forger without the key can do."""
    changed = copy.deepcopy(bundle)
    changed["dsse"]["payload"] = base64.b64encode(payload).decode()
    return changed
