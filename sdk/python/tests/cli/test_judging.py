"""A receipt of the server is judged by the keys that were pinned here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from aragora.cli import exits, main

pytestmark = pytest.mark.usefixtures("signed_in")
NOBODY = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"


def test_a_receipt_of_the_server_is_verified_here(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["debate", "Ship on Friday?", "--seed", "7"]) == exits.OK
    capsys.readouterr()
    assert main(["receipts", "list", "--json"]) == exits.OK
    receipt_id = json.loads(capsys.readouterr().out)["items"][0]["id"]
    nobodys = tmp_path / "keys.json"
    nobodys.write_text('{"issuer": "http://other.test", "keys": []}')
    no_keys = tmp_path / "none.json"
    no_keys.write_text("no keys")

    good = main(["receipts", "verify", receipt_id])
    report = capsys.readouterr().out
    untrusted = main(["receipts", "verify", receipt_id, "--keys", str(nobodys), "--json"])
    told = json.loads(capsys.readouterr().out)

    assert (good, report.splitlines()[-1]) == (0, f"VERIFIED · receipt {receipt_id}")
    assert (untrusted, told["verdict"]) == (3, "not_verified")
    assert main(["receipts", "verify", NOBODY]) == exits.NOT_FOUND
    assert main(["receipts", "verify", receipt_id, "--keys", str(no_keys)]) == exits.USAGE
