"""The bundle file: one envelope and the texts it commits to. Nothing in here is trusted."""

from __future__ import annotations

from dataclasses import dataclass

from .canonical import Value

MAX_BUNDLE_BYTES = 32 * 1024 * 1024
MAX_ERASURES = 256
MEDIA_TYPE = "application/vnd.aragora.receipt-bundle+json"

# Evidence of a transparency log. A member that is there binds the verifier to check it.
LOG_PARTS = ("leaf", "tlog_proof", "erasures")


class BundleError(ValueError):
    """The text is JSON, but no receipt bundle of version 1."""


@dataclass(frozen=True, slots=True)
class Signature:
    keyid: str
    sig: str


@dataclass(frozen=True, slots=True)
class Hmac:
    key_id: str
    tag: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement that a log is said to hold: its body, its leaf and the proof, as sent."""

    body: str
    leaf: str
    tlog_proof: str

    @classmethod
    def listed(cls, value: Value) -> tuple[Evidence, ...]:
        if not isinstance(value, list):
            raise BundleError("statements of the log are a list")
        return tuple(cls._of(item) for item in value)

    @classmethod
    def _of(cls, item: Value) -> Evidence:
        members = item if isinstance(item, dict) else {}
        # A client may print what is absent as null.
        texts = [members.get(name) for name in ("body", "leaf", "tlog_proof")]
        match ["" if text is None else text for text in texts]:
            case [str(body), str(leaf), str(proof)] if body:
                return cls(body, leaf, proof)
            case _:
                raise BundleError("a statement of the log has a body, a leaf and a proof")


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle's members as sent."""

    payload_type: str
    payload: str
    signatures: tuple[Signature, ...]
    disclosures: tuple[str, ...]
    hmac: Hmac | None
    leaf: str
    tlog_proof: str
    erasures: tuple[Evidence, ...]
    log_parts: tuple[str, ...]

    @classmethod
    def of(cls, value: Value) -> Bundle:
        members = value if isinstance(value, dict) else {}
        match members:
            case {
                "v": int(version),
                "dsse": {
                    "payloadType": str(kind),
                    "payload": str(payload),
                    "signatures": list(lines),
                },
                "disclosures": list(disclosures),
            } if not isinstance(version, bool):
                pass
            case _:
                raise BundleError("not a receipt bundle: v, dsse or disclosures is missing")
        if version != 1:
            raise BundleError(f"bundle version {version} is not known here")
        return cls(
            payload_type=kind,
            payload=payload,
            signatures=tuple(_signature(line) for line in lines),
            disclosures=tuple(_text(item) for item in disclosures),
            hmac=_hmac(members.get("hmac")),
            leaf=_text(members.get("leaf", "")),
            tlog_proof=_text(members.get("tlog_proof", "")),
            erasures=Evidence.listed(members.get("erasures", [])),
            log_parts=tuple(part for part in LOG_PARTS if members.get(part, "") not in ("", [])),
        )


def _signature(line: Value) -> Signature:
    match line:
        case {"keyid": str(keyid), "sig": str(sig)}:
            return Signature(keyid, sig)
        case _:
            raise BundleError("a signature needs keyid and sig")


def _text(item: Value) -> str:
    if not isinstance(item, str):
        raise BundleError("a disclosure, a leaf and a proof are strings")
    return item


def _hmac(value: Value | None) -> Hmac | None:
    match value:
        case None:
            return None
        case {"key_id": str(key_id), "tag": str(tag)}:
            return Hmac(key_id, tag)
        case _:
            raise BundleError("hmac needs key_id and tag")
