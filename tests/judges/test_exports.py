"""Tools that know nothing of us accept what a server of ours gives out, and refuse it changed."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest
from aragora.receipts import dsse, merkle
from aragora.receipts.readable import Receipt

from tests.judges.conftest import Evidence, judge, program, python_judge

Json = dict[str, Any]


def unsettle(document: Json) -> None:
    document["claim"]["verdict"] += "!"


def overturn(document: Json) -> None:
    document["quorum"]["dissent"]["present"] ^= True


def rename(document: Json) -> None:
    document["signatures"][0]["issuer"] = "https://other.example"


@pytest.mark.parametrize("change", [None, unsettle, overturn, rename])
def test_aragora_verify_accepts_the_odr_and_refuses_it_changed(
    evidence: Evidence, tmp_path: Path, change: Any
) -> None:
    python = python_judge("aragora_verify")
    document = json.loads(evidence.files["odr"])
    if change:
        change(document)
    (tmp_path / "r.odr.json").write_text(json.dumps(document), "utf-8")
    (tmp_path / "key.der").write_bytes(evidence.key_der)
    command = (python, "-m", "aragora_verify", "r.odr.json")

    told = judge(
        *command, "--pubkey", "key.der", "--require-issuer", evidence.origin, folder=tmp_path
    )
    unpinned = judge(*command, folder=tmp_path)

    assert told.returncode == (1 if change else 0), told.stdout + told.stderr
    assert unpinned.returncode == 3, unpinned.stdout


def test_openssl_accepts_the_signature_and_refuses_a_changed_payload(
    evidence: Evidence, tmp_path: Path
) -> None:
    openssl = program("openssl")
    envelope = json.loads(evidence.files["bundle"])["dsse"]
    payload = base64.b64decode(envelope["payload"])
    (tmp_path / "key.der").write_bytes(evidence.key_der)
    (tmp_path / "sig").write_bytes(base64.b64decode(envelope["signatures"][0]["sig"]))
    command = (openssl, "pkeyutl", "-verify", "-pubin", "-inkey", "key.der", "-keyform", "DER")

    codes = []
    for signed in (payload, payload.replace(b'"decided"', b'"no_consensus"')):
        (tmp_path / "pae").write_bytes(dsse.pae(dsse.PAYLOAD_TYPE, signed))
        more = ("-rawin", "-in", "pae", "-sigfile", "sig")
        codes.append(judge(*command, *more, folder=tmp_path).returncode)

    assert codes[0] == 0
    assert codes[1] != 0


def test_qpdf_finds_no_fault_in_the_pdf(evidence: Evidence, tmp_path: Path) -> None:
    qpdf = program("qpdf")
    (tmp_path / "r.pdf").write_bytes(evidence.files["pdf"])

    told = judge(qpdf, "--check", "r.pdf", folder=tmp_path)

    assert told.returncode == 0, told.stdout + told.stderr


def test_pdfdetach_takes_the_bundle_out_byte_for_byte(evidence: Evidence, tmp_path: Path) -> None:
    pdfdetach = program("pdfdetach")
    (tmp_path / "r.pdf").write_bytes(evidence.files["pdf"])

    told = judge(pdfdetach, "-saveall", "r.pdf", folder=tmp_path)

    assert told.returncode == 0, told.stderr
    assert (tmp_path / "receipt.json").read_bytes() == evidence.files["bundle"]


def test_pdftotext_reads_what_the_receipt_says(evidence: Evidence, tmp_path: Path) -> None:
    pdftotext = program("pdftotext")
    (tmp_path / "r.pdf").write_bytes(evidence.files["pdf"])

    told = judge(pdftotext, "-enc", "UTF-8", "r.pdf", "-", folder=tmp_path)

    receipt = Receipt.of(evidence.files["bundle"])
    for text in ("Ship on Friday?", "星期五", "🚀", receipt.digest, *receipt.names.values()):
        assert text in told.stdout


def test_zbar_reads_the_link_from_the_picture_of_the_page(
    evidence: Evidence, tmp_path: Path
) -> None:
    pdftoppm, zbarimg = program("pdftoppm"), program("zbarimg")
    (tmp_path / "r.pdf").write_bytes(evidence.files["pdf"])

    judge(pdftoppm, "-r", "150", "-png", "r.pdf", "page", folder=tmp_path)
    pages = sorted(tmp_path.glob("page*.png"))
    told = judge(zbarimg, "--quiet", "--raw", *pages, folder=tmp_path)

    assert told.stdout.split() == [Receipt.of(evidence.files["bundle"]).link]


def test_chromium_shows_the_page_as_a_file(evidence: Evidence, tmp_path: Path) -> None:
    chromium = program("chromium")
    (tmp_path / "r.html").write_bytes(evidence.files["html"])
    quiet = ("--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/own")

    told = judge(chromium, *quiet, "--dump-dom", f"file://{tmp_path}/r.html", folder=tmp_path)

    assert "Ship on Friday?" in told.stdout
    assert not re.search(r"<(script|img|iframe|a) ", told.stdout)


def test_pymerkle_finds_the_same_roots(tmp_path: Path) -> None:
    python = python_judge("pymerkle")
    sizes = (1, 2, 3, 7, 8, 33, 100)
    program_text = f"""
from pymerkle import InmemoryTree
tree = InmemoryTree(algorithm="sha256")
for number in range({max(sizes)}):
    tree.append_entry(b"leaf %d" % number)
    if number + 1 in {sizes}:
        print(tree.get_state().hex())
"""

    told = judge(python, "-c", program_text, folder=tmp_path)

    leaves = [b"leaf %d" % number for number in range(max(sizes))]
    roots = [merkle.root(leaves[:size]).hex() for size in sizes]
    assert told.stdout.split() == roots, told.stderr


def test_in_toto_accepts_the_statement_and_refuses_one_without_a_digest(
    evidence: Evidence, tmp_path: Path
) -> None:
    python = python_judge("in_toto_attestation")
    payload = base64.b64decode(json.loads(evidence.files["bundle"])["dsse"]["payload"])
    (tmp_path / "whole.json").write_bytes(payload)
    signed = json.loads(payload)
    (subject,) = signed["subject"]
    (tmp_path / "less.json").write_text(
        json.dumps({**signed, "subject": [subject | {"digest": {}}]})
    )
    program_text = """
import pathlib, sys
from google.protobuf.json_format import Parse
from in_toto_attestation.v1 import statement, statement_pb2
text = pathlib.Path(sys.argv[1]).read_text()
statement.Statement.copy_from_pb(Parse(text, statement_pb2.Statement())).validate()
"""

    whole, less = (
        judge(python, "-c", program_text, name, folder=tmp_path)
        for name in ("whole.json", "less.json")
    )

    assert whole.returncode == 0, whole.stderr
    assert "digest required" in less.stderr
