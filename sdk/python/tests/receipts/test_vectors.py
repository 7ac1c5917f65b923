"""The shared vectors, as every language runs them."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import make_vectors
import pytest
from aragora.receipts import (
    Disclosure,
    DisclosureError,
    KeyFileError,
    PinnedKeys,
    canonical,
    dsse,
    merkle,
    verify,
)
from aragora.receipts.note import Note, NoteError

Vector = dict[str, Any]
BUNDLES = ("valid", "not_verified", "must_fail", "unreadable")


def load(folder: str) -> list[Any]:
    return list(_load(folder))


def _load(folder: str) -> Iterator[Any]:
    place = make_vectors.ROOT / folder
    for path in [place] if place.is_file() else sorted(place.glob("*.json")):
        content = json.loads(path.read_text())
        for vector in content if isinstance(content, list) else [content]:
            yield pytest.param(vector, id=f"{path.stem}: {vector['name']}")


@pytest.mark.parametrize("vector", [item for folder in BUNDLES for item in load(folder)])
def test_a_bundle_gets_the_verdict_that_its_vector_states(vector: Vector) -> None:
    given, expect = vector["input"], vector["expect"]
    keys = None if given.get("keys") is None else PinnedKeys.of(given["keys"])

    result = verify(bundle_of(given), keys=keys)

    assert (result.verdict, result.exit_code) == (expect["verdict"], expect["exit_code"])
    found = {check.name: check.result for check in result.checks}
    assert found.items() >= expect.get("results", {}).items()
    if "failed" in expect:
        assert [name for name, outcome in found.items() if outcome == "fail"] == expect["failed"]
    if "receipt_id" in expect:
        assert result.receipt_id == expect["receipt_id"]


def bundle_of(given: Vector) -> bytes | str:
    return given["bundle"] if "bundle" in given else base64.b64decode(given["bundle_base64"])


@pytest.mark.parametrize("vector", load("profile"))
def test_a_text_has_one_canonical_form_or_none(vector: Vector) -> None:
    text = vector["input"]["text"].encode()

    if "refused" in vector["expect"]:
        with pytest.raises(canonical.ProfileError):
            canonical.decode(text)
    else:
        value, repeated = canonical.decode(text)
        assert repeated == ()
        assert canonical.encode(value).decode() == vector["expect"]["canonical"]
        assert canonical.dump_plain(value) == canonical.encode(value)


@pytest.mark.parametrize("vector", load("merkle/roots.json"))
def test_a_root_is_that_of_rfc_9162(vector: Vector) -> None:
    leaves = [bytes.fromhex(leaf) for leaf in vector["input"]["leaves_hex"]]

    assert merkle.root(leaves).hex() == vector["expect"]["root_hex"]


@pytest.mark.parametrize("vector", load("merkle/inclusion.json"))
def test_a_proof_of_inclusion_holds_or_not(vector: Vector) -> None:
    given = vector["input"]
    head, leaf = bytes.fromhex(given["head_hex"]), bytes.fromhex(given["leaf_hash_hex"])
    proof = [bytes.fromhex(step) for step in given["proof_hex"]]

    held = merkle.includes(head, proof, leaf=leaf, index=given["index"], size=given["size"])

    assert held is vector["expect"]["holds"]


@pytest.mark.parametrize("vector", load("merkle/consistency.json"))
def test_a_proof_of_consistency_holds_or_not(vector: Vector) -> None:
    given = vector["input"]
    old, new = bytes.fromhex(given["old_hex"]), bytes.fromhex(given["new_hex"])
    proof = [bytes.fromhex(step) for step in given["proof_hex"]]

    held = merkle.extends(proof, first=given["first"], old=old, second=given["second"], new=new)

    assert held is vector["expect"]["holds"]


@pytest.mark.parametrize("vector", load("disclosure"))
def test_a_disclosure_is_read_as_sent(vector: Vector) -> None:
    encoded, expect = vector["input"]["encoded"], vector["expect"]

    if "refused" in expect:
        with pytest.raises(DisclosureError):
            Disclosure.parse(encoded)
    else:
        text = Disclosure.parse(encoded)
        assert (text.digest, text.name, text.value) == (
            expect["digest"],
            expect["name"],
            expect["value"],
        )


@pytest.mark.parametrize("vector", load("envelope"))
def test_type_and_body_are_bound_with_their_lengths(vector: Vector) -> None:
    given, expect = vector["input"], vector["expect"]

    message = dsse.pae(given["payload_type"], bytes.fromhex(given["payload_hex"]))

    assert message.hex() == expect["pae_hex"]
    assert dsse.hmac_tag(bytes.fromhex(given["hmac_key_hex"]), message) == expect["hmac_tag"]


@pytest.mark.parametrize("vector", load("keys"))
def test_a_key_file_is_taken_whole_or_refused(vector: Vector) -> None:
    data = json.dumps(vector["input"]).encode()

    if "refused" in vector["expect"]:
        with pytest.raises(KeyFileError):
            PinnedKeys.load(data)
    else:
        keys = PinnedKeys.load(data).keys
        assert [key.key_id for key in keys] == vector["expect"]["key_ids"]


@pytest.mark.parametrize("vector", load("proof/notes.json"))
def test_a_note_is_read_strictly_and_signed_by_known_keys_alone(vector: Vector) -> None:
    given, expect = vector["input"], vector["expect"]
    keys = PinnedKeys.of(given["keys"]).logs

    if "refused" in expect:
        with pytest.raises(NoteError):
            Note.parse(given["note"]).signers(keys)
    else:
        note = Note.parse(given["note"])
        assert note.text == expect["text"]
        assert note.signers(keys) == (keys if expect["signed"] else ())


@pytest.mark.parametrize("vector", load("proof/vkeys.json"))
def test_the_name_of_a_log_belongs_to_its_key(vector: Vector) -> None:
    if "refused" in vector["expect"]:
        with pytest.raises(KeyFileError):
            PinnedKeys.of(vector["input"])
    else:
        pinned = PinnedKeys.of(vector["input"])
        assert [log.name for log in pinned.logs] == vector["expect"]["logs"]
        assert pinned.keys == ()


def test_the_committed_vectors_are_those_that_the_script_makes() -> None:
    committed = {
        path.relative_to(make_vectors.ROOT).as_posix(): path.read_text()
        for path in make_vectors.ROOT.rglob("*.json")
    }

    assert committed == make_vectors.rendered()


def test_every_folder_of_vectors_is_run() -> None:
    folders = {path.name for path in Path(make_vectors.ROOT).iterdir() if path.is_dir()}

    assert folders == {*BUNDLES, "profile", "merkle", "disclosure", "envelope", "keys", "proof"}
