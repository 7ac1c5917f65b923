"""The later pages: how it was decided, how to verify it, every ballot, every word."""

from __future__ import annotations

from .blocks import Block, Command, Fact, Facts, Heading, Note, Seal, Spoken, Table, Text
from .figures import clock, count, share, weight, words
from .proof import Checkpoint, Proof, ProofError
from .readable import Content, Receipt
from .replies import laid_out
from .revealed import MISSING


def process(receipt: Receipt) -> tuple[Block, ...]:
    content = receipt.content
    protocol, overrides = content["protocol"], content["budget"]["overrides"]
    rows = [
        _fact("Protocol", f"{protocol['name']}, version {protocol['version']}"),
        _fact("Protocol SHA-256", protocol["sha256"], is_code=True),
        _fact("Rounds", count(content["rounds"])),
        _fact("Ended because", words(content["stop_reason"])),
        _fact("Seed", str(content["seed"])),
        _fact("Prices", ", ".join(content["cost"]["price_versions"]) or "none"),
        _fact("Budget overrides", ", ".join(overrides) or "none"),
    ]
    for document in content["evidence"]:
        name = receipt.text(document, "name", "name of the document")
        rows.append(Fact("Document", name))
        rows.append(_fact("Document SHA-256", document["sha256"], is_code=True))
    return Heading("How it was decided"), Facts(tuple(rows))


def verification(receipt: Receipt) -> tuple[Block, ...]:
    content, issuer = receipt.content, receipt.content["issuer"]
    rows = [
        _fact("Receipt", content["receipt_id"], is_code=True),
        _fact("Debate", content["debate_id"], is_code=True),
        _fact("Issued at", content["issued_at"], is_code=True),
        _fact("Digest of the signed bytes", receipt.digest, is_code=True),
        _fact("Digest of the transcript", content["transcript"]["sha256"], is_code=True),
        _fact("Signing key", issuer["key_id"], is_code=True),
        *_log(receipt),
    ]
    if "amends" in content:
        amended, reason = content["amends"]["receipt_id"], content["amends"]["reason"]
        rows.append(_fact("Amends", f"{amended} ({words(reason)})"))
    return (
        Heading("How to verify"),
        Note(
            "This is a print. The evidence is the signed bundle, receipt.json: a PDF carries it "
            "as an attachment. Get the issuer's keys from a source that you trust, then check "
            "the bundle offline:"
        ),
        Command("aragora verify receipt.json --keys aragora-keys.json"),
        Note(
            "It has to say VERIFIED and to name the receipt below, whose digest is the SHA-256 of "
            f"the payload in the bundle. {issuer['origin']}/.well-known/aragora-keys.json is where "
            "the issuer publishes its keys. This is the receipt:"
        ),
        Seal(receipt.link),
        Facts(tuple(rows)),
    )


def _log(receipt: Receipt) -> list[Fact]:
    try:
        proof = Proof.parse(receipt.bundle.tlog_proof)
        head = Checkpoint.parse(proof.note.partition("\n\n")[0] + "\n")
    except ProofError:
        return []
    return [_fact("Log entry", f"{proof.index} of {head.size} in {head.origin}", is_code=True)]


def ballots(receipt: Receipt) -> tuple[Block, ...]:
    rows = []
    for ballot in receipt.in_order():
        option = ballot.get("option")
        sure = share(ballot["confidence_ppm"]) if "confidence_ppm" in ballot else "-"
        reason = Text("")
        if ballot.get("reason") or ballot.get(MISSING):
            reason = receipt.text(ballot, "reason", "reason")
        rows.append(
            (
                Text(receipt.names[ballot["participant"]]),
                Text("Abstains" if option is None else receipt.labels[option]),
                reason,
                Text(str(ballot["round"])),
                Text(weight(ballot["weight_ppm"])),
                Text(sure),
            )
        )
    head = ("Participant", "Ballot", "Reason", "Round", "Weight", "Confidence")
    return Heading("Ballots"), Table(head, tuple(rows), left=3)


def _message(receipt: Receipt, said: Content) -> Text:
    told = receipt.text(said, "text", "message")
    return told if told.is_absent else Text(laid_out(told.value))


def transcript(receipt: Receipt) -> tuple[Block, ...]:
    transcript = receipt.content["transcript"]
    return Heading(f"Transcript: {transcript['count']} messages", opens_page=True), *(
        Spoken(
            f"{said['seq']}. {receipt.names[said['participant']]}",
            f"Round {said['round']}, {words(said['phase'])}, {clock(said['at'])}",
            _message(receipt, said),
        )
        for said in transcript["messages"]
    )


def _fact(name: str, value: str, *, is_code: bool = False) -> Fact:
    return Fact(name, Text(value), is_code)
