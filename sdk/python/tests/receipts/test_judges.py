"""What others say of our bytes. A judge that is not installed is named, never passed over."""

from __future__ import annotations

import base64
import importlib.util
import shutil
import subprocess
from pathlib import Path

import pytest
from aragora.receipts import dsse
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from example import KEY, Json, key_id, payload_of, sealed, with_payload


def test_openssl_accepts_the_signature_and_refuses_a_changed_payload(tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    bundle = sealed()
    pem = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "pub.pem").write_bytes(pem)
    signature = base64.b64decode(bundle["dsse"]["signatures"][0]["sig"])
    (tmp_path / "sig.bin").write_bytes(signature)

    def judge(payload: bytes) -> subprocess.CompletedProcess[bytes]:
        (tmp_path / "pae.bin").write_bytes(dsse.pae(dsse.PAYLOAD_TYPE, payload))
        command = [openssl, "pkeyutl", "-verify", "-pubin", "-inkey", "pub.pem", "-rawin"]
        files = ["-in", "pae.bin", "-sigfile", "sig.bin"]
        return subprocess.run([*command, *files], cwd=tmp_path, capture_output=True, check=False)

    accepted, refused = judge(payload_of(bundle)), judge(payload_of(bundle) + b" ")
    assert (accepted.returncode, b"Verified Successfully" in accepted.stdout) == (0, True)
    assert refused.returncode != 0


def test_securesystemslib_accepts_the_envelope_and_refuses_a_changed_one() -> None:
    if importlib.util.find_spec("securesystemslib") is None:
        pytest.skip("securesystemslib is not installed")
    from securesystemslib.dsse import Envelope
    from securesystemslib.exceptions import VerificationError
    from securesystemslib.signer import SSlibKey

    key = SSlibKey.from_crypto(KEY.public_key(), key_id(KEY))

    def judge(bundle: Json) -> None:
        Envelope.from_dict(bundle["dsse"]).verify([key], 1)

    judge(sealed())
    with pytest.raises(VerificationError):
        judge(with_payload(sealed(), payload_of(sealed()) + b" "))
