"""Bundles with a proof of the transparency log, and the texts such a proof consists of."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

from aragora.receipts.note import Note
from aragora.receipts.proof import Proof
from bundle_vectors import Vector, absent, valid
from example import KEY, OTHER_KEY, PINNED, Json, directory, key_record, sealed
from forged_vectors import fails
from logged import (
    LOG_KEY,
    LOG_PINNED,
    ORIGIN,
    OTHER_LOG_KEY,
    entry_of,
    foreign,
    leaves_with,
    log_record,
    logged,
    named,
    proof_of,
    signed_note,
    stranger,
)
from part_vectors import case

OWN = (LOG_KEY, ORIGIN)
STRANGER = (OTHER_LOG_KEY, ORIGIN)
PASSED = {"leaf": "pass", "inclusion": "pass", "checkpoint": "pass", "witnesses": "absent"}


def files() -> Iterator[tuple[str, Vector | list[Json]]]:
    yield from _valid()
    yield from _absent()
    yield from _forged()
    yield from _unsigned()
    yield from _malformed()
    yield "proof/notes.json", list(_notes())
    yield "proof/vkeys.json", list(_vkeys())


def _proof(*signers: Any, **how: Any) -> str:
    return proof_of(leaves_with(entry_of(sealed())), signers=signers, **how).text


def _valid() -> Iterator[tuple[str, Vector]]:
    bundle = logged()
    keys: Json = LOG_PINNED
    yield valid("logged", bundle, keys, **PASSED)
    for index, size in ((0, 1), (0, 2), (6, 7), (7, 8), (300, 1000)):
        at = logged(index=index, size=size)
        yield valid(f"logged_{index}_of_{size}", at, keys, **PASSED)
    yield valid("logged_without_a_copy_of_the_leaf", logged(leaf=""), keys, **PASSED)
    witness = (OTHER_KEY, "witness.example/w1")
    lines = logged(tlog_proof=_proof(witness, OWN, STRANGER))
    yield valid("logged_unknown_lines_count_as_nothing", lines, keys, **PASSED)
    rotated = directory(key_record(KEY), log_record(OTHER_LOG_KEY), log_record())
    yield valid("logged_two_keys_of_the_log", bundle, rotated, **PASSED)
    yield valid(
        "logged_signed_by_both", logged(tlog_proof=_proof(OWN, STRANGER)), rotated, **PASSED
    )


def _absent() -> Iterator[tuple[str, Vector]]:
    bundle, keys = logged(), LOG_PINNED
    unproven = {"leaf": "pass", "inclusion": "absent", "checkpoint": "absent"}
    stripped = {key: part for key, part in bundle.items() if key not in {"leaf", "tlog_proof"}}
    yield absent("a9_proof_taken_away", stripped, keys, signature="pass")
    yield absent("a9_leaf_without_proof", logged(tlog_proof=""), keys, **unproven)
    yield absent("f3_no_log_key_pinned", bundle, PINNED, inclusion="pass", checkpoint="absent")
    nameless = directory(key_record(KEY), key_record(LOG_KEY, kind="log"))
    yield absent("f3_log_key_without_a_name", bundle, nameless, checkpoint="absent")
    none = {"leaf": "absent", "inclusion": "absent", "checkpoint": "pass"}
    yield absent("logged_but_no_receipt_key", bundle, directory(log_record()), **none)


def _forged() -> Iterator[tuple[str, Vector]]:
    """F2, A9: what is in the log is something else."""
    leaf, proof = foreign(sealed())
    keys = LOG_PINNED
    yield fails("f2_proof_of_another_leaf", logged(tlog_proof=proof), "inclusion", keys=keys)
    both = logged(leaf=leaf, tlog_proof=proof)
    yield fails("f2_leaf_and_proof_of_another", both, "leaf", "inclusion", keys=keys)
    yield fails("f2_another_leaf", logged(leaf=leaf), "leaf", keys=keys)
    yield fails("a9_declared_leaf", logged(leaf="eyJ2IjoxfQ==", tlog_proof=""), "leaf", keys=keys)
    resigned = sealed()
    resigned["dsse"]["signatures"] = sealed(key=OTHER_KEY)["dsse"]["signatures"]
    other = {**resigned, "leaf": logged()["leaf"], "tlog_proof": logged()["tlog_proof"]}
    two = directory(key_record(KEY), key_record(OTHER_KEY), log_record())
    yield fails("f2_another_signature", other, "issuer", "leaf", "inclusion", keys=two)
    true = Proof.parse(logged()["tlog_proof"])
    for name, index, steps in (
        ("index", true.index + 1, true.steps),
        ("first_step", true.index, true.steps[1:]),
        ("last_step", true.index, true.steps[:-1]),
        ("step_more", true.index, (*true.steps, stranger())),
        ("no_steps", true.index, ()),
        ("index_beyond", 7, true.steps),
    ):
        text = Proof(index, steps, true.note).text
        yield fails(f"f2_proof_{name}", logged(tlog_proof=text), "inclusion", keys=keys)


def _unsigned() -> Iterator[tuple[str, Vector]]:
    """F3: the proof is true, the checkpoint is nobody's."""
    text, bare = Note.parse(Proof.parse(logged()["tlog_proof"]).note).text, _proof()
    size = text.replace("\n7\n", "\n8\n")
    own = signed_note(text, OWN)
    resized = own.replace(text, size)
    spoilt = named(LOG_KEY).line(bytes(64))
    keys = LOG_PINNED
    for name, note in {
        "f3_unsigned": bare.partition("\n\n")[2],
        "f3_no_note": "",
        "f3_text_alone": text,
        "f3_signed_by_a_stranger": signed_note(text, STRANGER),
        "f3_signed_under_another_name": signed_note(text, (LOG_KEY, "other.example/log")),
        "f3_signature_of_another_text": own.replace(
            own[len(text) :], signed_note(size, OWN)[len(size) :]
        ),
        "f3_signature_spoilt": f"{text}\n{spoilt}",
        "f3_one_of_two_spoilt": own + spoilt,
        "f3_size_changed": resized,
        "f3_extension_line": signed_note(text + "extension\n", OWN),
        "f3_size_with_a_zero": signed_note(text.replace("\n7\n", "\n07\n"), OWN),
        "f3_text_after_the_signature": own + "more\n",
    }.items():
        changed = logged(tlog_proof=bare.partition("\n\n")[0] + "\n\n" + note)
        yield fails(name, changed, "checkpoint", keys=keys)
    named_so = directory(
        key_record(KEY), log_record(), log_record(OTHER_LOG_KEY, "other.example/log")
    )
    other = logged(tlog_proof=_proof((OTHER_LOG_KEY, "other.example/log")))
    yield fails("f3_key_of_another_log", other, "checkpoint", keys=named_so)
    revoked = directory(key_record(KEY), log_record(status="revoked"))
    yield fails("f12_revoked_log_key", logged(), "checkpoint", keys=revoked)


def _malformed() -> Iterator[tuple[str, Vector]]:
    text = logged()["tlog_proof"]
    index = text.index("index")
    edits: dict[str, Callable[[str], str]] = {
        "only_its_first_line": lambda _: "c2sp.org/tlog-proof@v1\n",
        "other_version": lambda t: t.replace("@v1", "@v2"),
        "extra_data": lambda t: t[:index] + "extra YQ==\n" + t[index:],
        "index_with_a_zero": lambda t: t.replace("index 4", "index 04"),
        "index_negative": lambda t: t.replace("index 4", "index -4"),
        "index_beyond_53_bits": lambda t: t.replace("index 4", "index 9007199254740992"),
        "index_of_other_digits": lambda t: t.replace("index 4", "index \u0664"),
        "step_short": lambda t: t.replace("index 4\n", "index 4\nYQ==\n"),
        "step_spaced": lambda t: t.replace("index 4\n", "index 4\n "),
        "54_steps": lambda t: t.replace(
            "index 4\n", "index 4\n" + (base64.b64encode(stranger()).decode() + "\n") * 54
        ),
        "carriage_returns": lambda t: t.replace("\n", "\r\n"),
        "too_large": lambda t: t + "a" * 131072,
    }
    for name, edit in edits.items():
        bundle = logged(tlog_proof=edit(text))
        yield fails(f"proof_{name}", bundle, "inclusion", keys=LOG_PINNED)


def _notes() -> Iterator[Json]:
    """The example of the specification, and what is no note."""
    vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    raw = base64.b64decode(vkey.split("+", 2)[2])[1:]
    record = log_record() | {
        "key_id": sha256(raw).hexdigest(),
        "public_key": base64.b64encode(raw).decode(),
        "vkey": vkey,
    }
    text = "This is an example message.\n"
    line = (
        "\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjO"
        "BH3mFXmRKuwHjG1Yu72IneyaQM=\n"
    )
    other = named(KEY, "example.com/foo").line(bytes(64))

    def note(name: str, content: str, **expect: Any) -> Json:
        return case(name, {"note": content, "keys": [record]}, expect)

    yield note("of the specification", f"{text}\n{line}", signed=True, text=text)
    yield note("signed twice", f"{text}\n{line}{line}", signed=True, text=text)
    yield note("same name, another id", f"{text}\n{other}{line}", signed=True, text=text)
    renamed = line.replace("foo", "bar")
    yield note("same id, another name", f"{text}\n{renamed}", signed=False, text=text)
    yield note("an unknown line alone", f"{text}\n{other}", signed=False, text=text)
    longer = f"{text}\n\n{text}"
    yield note("empty lines in the text", f"{longer}\n{other}", signed=False, text=longer)
    yield note("another text", f"{text}.\n\n{line}", refused=True)
    for name, content in {
        "empty": "",
        "a text alone": text,
        "no signature line": f"{text}\n",
        "no last line end": f"{text}\n{line[:-1]}",
        "an empty line at the end": f"{text}\n{line}\n",
        "a hyphen for the dash": f"{text}\n{line}".replace("\u2014", "-"),
        "two spaces": f"{text}\n{line}".replace("foo ", "foo  "),
        "a no-break space in the name": f"{text}\n{line}".replace("foo ", "f\u00a0o "),
        "a plus in the name": f"{text}\n{line}".replace("foo ", "f+o "),
        "an id alone": f"{text}\n\u2014 example.com/foo Uw2QOg==\n",
        "stray bits": f"{text}\n{line}".replace("QM=", "QN="),
        "no padding": f"{text}\n{line}".replace("QM=", "QM"),
        "a tab": f"\t{text}\n{line}",
        "a carriage return": f"{text}\r\n{line}",
        "a lone surrogate": f"\ud800{text}\n{line}",
        "65 signatures": f"{text}\n{line * 65}",
        "too large": "a" * 131072 + f"\n\n{line}",
    }.items():
        yield note(name, content, refused=True)


def _vkeys() -> Iterator[Json]:
    record = log_record()
    vkey = record["vkey"]
    name, key_id, key = vkey.split("+", 2)

    def keys(told: str, value: str, **expect: Any) -> Json:
        return case(told, {"keys": [record | {"vkey": value}]}, expect)

    yield keys("a key of a log", vkey, logs=[ORIGIN])
    for told, value in {
        "another name": f"other.example+{key_id}+{key}",
        "another id": f"{name}+00000000+{key}",
        "id in capitals": f"{name}+{key_id.upper()}+{key}",
        "another key": named(OTHER_LOG_KEY).vkey,
        "another type": f"{name}+{key_id}+{'B' + key[1:]}",
        "no name": f"+{key_id}+{key}",
        "a space in the name": f"a b+{key_id}+{key}",
        "two parts": f"{name}+{key_id}",
        "a line more": vkey + "\n",
        "empty": "",
    }.items():
        yield keys(told, value, refused=True)
