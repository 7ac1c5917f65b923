"""Go's checksum database judges our log: its note package the checkpoint, its tlog the proofs."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from aragora.receipts import LogKey, PublicKey
from aragora.receipts.note import Note
from aragora.receipts.proof import Checkpoint, Proof

from tests.judges.conftest import Evidence, judge, program

SOURCE = Path(__file__).with_name("log.go")
# Where Debian's golang-golang-x-mod-dev puts its sources.
GOPATH = Path("/usr/share/gocode")


@pytest.fixture(scope="module")
def gos_judge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program, built from what the machine has: nothing is downloaded."""
    go = program("go")
    if not (GOPATH / "src/golang.org/x/mod/sumdb/tlog").is_dir():
        pytest.skip("golang-golang-x-mod-dev is not on this machine")
    folder = tmp_path_factory.mktemp("go")
    own = {"GO111MODULE": "off", "GOPATH": str(GOPATH), "GOCACHE": str(folder), "GOPROXY": "off"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in own.items():
            patch.setenv(name, value)
        built = judge(go, "build", "-o", folder / "judge", SOURCE, folder=folder)
    assert built.returncode == 0, built.stderr
    return folder / "judge"


def told(program: Path, evidence: Evidence, folder: Path, **changed: bytes) -> int:
    """Its answer to our files, of which some may be changed."""
    bundle = json.loads(evidence.files["bundle"])
    key = changed.pop("vkey", _vkey(evidence).encode()).decode()
    files = {
        "proof": evidence.newest["tlog_proof"].encode(),
        "leaf": base64.b64decode(bundle["leaf"]),
        "older": bundle["tlog_proof"].partition("\n\n")[2].encode(),
        "growth": "\n".join(evidence.growth).encode(),
        **changed,
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return judge(program, key, *files, folder=folder).returncode


def _vkey(evidence: Evidence) -> str:
    (key,) = (key["vkey"] for key in evidence.keys["keys"] if key["kind"] == "log")
    return str(key)


def test_gos_note_and_tlog_accept_the_proof_and_refuse_another_leaf(
    gos_judge: Path, evidence: Evidence, tmp_path: Path
) -> None:
    leaf = base64.b64decode(json.loads(evidence.files["bundle"])["leaf"])
    proof = evidence.newest["tlog_proof"].encode()
    forged = {
        "leaf": leaf.replace(b"receipt", b"erasure"),
        "proof": proof.replace(b"index 1\n", b"index 0\n"),
        "growth": b"",
    }

    assert told(gos_judge, evidence, tmp_path) == 0
    for name, content in forged.items():
        assert told(gos_judge, evidence, tmp_path, **{name: content}) == 1, name


def test_gos_note_accepts_the_checkpoint_under_the_key_of_the_log_alone(
    gos_judge: Path, evidence: Evidence, tmp_path: Path
) -> None:
    proof = evidence.newest["tlog_proof"]
    size = Checkpoint.parse(Note.parse(Proof.parse(proof).note).text).size
    resized = proof.replace(f"\n{size}\n", f"\n{size + 1}\n").encode()
    other = LogKey(name=_vkey(evidence).split("+")[0], key=PublicKey.of(bytes(range(32))))

    assert told(gos_judge, evidence, tmp_path, proof=resized) == 1
    assert told(gos_judge, evidence, tmp_path, vkey=other.vkey.encode()) == 1
