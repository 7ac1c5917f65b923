"""What a receipt costs whoever reads it: on the page, as PDF, and beside the original."""

from __future__ import annotations

import base64
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from secrets import token_bytes
from typing import Any

import attrs
from aragora.receipts import PinnedKeys, canonical, digest, dsse, verify
from aragora_server.kernel.clock import system_clock
from aragora_server.kernel.ids import new_id
from aragora_server.receipts import payload
from aragora_server.receipts.model import Claim, Issuer
from aragora_server.receipts.prints.pdf import Press
from aragora_server.receipts.seal import Seal
from aragora_server.receipts.signing import KeyStore

from bench import peers

WARM, PRINTED, TIMES = 3, 20, 200


def measure(bundle: bytes, keys: Mapping[str, Any], claim: Claim) -> dict[str, float]:
    """Of a receipt of 20 kB, and of the claim that it was made of."""
    with tempfile.TemporaryDirectory() as folder:
        own = _Issuer(seal(Path(folder)))
        return {
            **_printed([own.bundle(_other(claim, n)) for n in range(WARM + PRINTED)]),
            **_on_the_page(bundle, keys),
            **_beside(own, claim),
        }


def _other(claim: Claim, number: int) -> Claim:
    """The same with other texts: a press remembers what it has set before."""
    said = [attrs.evolve(one, text=f"{number} {one.text}") for one in claim.messages]
    return attrs.evolve(claim, messages=tuple(said))


def seal(folder: Path) -> Seal:
    keys = KeyStore(directory=folder / "keys", now=system_clock)
    new_salt = partial(token_bytes, 16)
    return Seal(origin="http://127.0.0.1:8080", keys=keys, new_salt=new_salt)


def _printed(bundles: Sequence[bytes]) -> dict[str, float]:
    press, took = Press(), []
    for bundle in bundles:
        begin = time.process_time()
        press.of(bundle)
        took.append(time.process_time() - begin)
    return {"20 kB: PDF, warm (ms of CPU)": round(statistics.median(took[WARM:]) * 1000, 1)}


def _on_the_page(bundle: bytes, keys: Mapping[str, Any]) -> dict[str, float]:
    node = shutil.which("node")
    if node is None:
        print("Node is not on this machine: the page is not measured", file=sys.stderr)
        return {}
    asked = json.dumps({"bundle": base64.b64encode(bundle).decode(), "keys": keys})
    done = subprocess.run(
        [node, "bench/browser.mjs"],
        input=asked, stdout=subprocess.PIPE, text=True, timeout=120, check=True,
    )  # fmt: skip
    ms = json.loads(done.stdout)
    return {} if ms is None else {"20 kB: verified on the page, Chromium (ms)": round(ms, 2)}


def _beside(own: _Issuer, claim: Claim) -> dict[str, float]:
    """Both make a receipt, sign it and verify it; the original by HMAC alone."""
    took = []
    for _ in range(TIMES):
        begin = time.perf_counter()
        assert verify(own.bundle(claim), keys=own.pinned).is_verified
        took.append(time.perf_counter() - begin)
    mine = round(statistics.median(took) * 1_000_000, 1)
    told = {"20 kB: made, signed and verified (µs)": mine}
    try:
        python = peers.original()
    except subprocess.CalledProcessError:
        print("aragora 2.11.1 cannot be installed: nothing stands beside ours", file=sys.stderr)
        return told
    command = [python, "-P", "bench/original.py"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=120, check=True)
    other = json.loads(done.stdout)
    ratio = round(mine / other, 2)
    return told | {"the same by the original (µs)": other, "ours / the original": ratio}


class _Issuer:
    """Signs receipts without a database."""

    def __init__(self, own: Seal) -> None:
        self.seal, self.at = own, system_clock()
        self.signer = own.keys.signing_keys()[0]
        self.secret = own.keys.hmac_key("bench", self.at)
        self.issuer = Issuer(
            origin=own.origin,
            key_id=self.signer.public.key_id,
            hmac_key_id=dsse.hmac_key_id(self.secret),
        )
        self.pinned = PinnedKeys(keys=(self.signer.public,))

    def bundle(self, claim: Claim) -> bytes:
        heading = payload.Heading(
            receipt_id=new_id(), issued_at=self.at, issuer=self.issuer, workspace_digest="a" * 64
        )
        statement, texts = payload.build(claim, heading, self.seal.new_salt)
        content = canonical.encode(statement)
        message = dsse.pae(dsse.PAYLOAD_TYPE, content)
        line = {
            "keyid": self.issuer.key_id,
            "sig": digest.to_base64(self.signer.sign(message)),
        }
        return canonical.encode(
            {
                "v": 1,
                "dsse": {
                    "payloadType": dsse.PAYLOAD_TYPE,
                    "payload": digest.to_base64(content),
                    "signatures": [line],
                },
                "disclosures": [text.encoded for text in texts],
                "hmac": {
                    "key_id": self.issuer.hmac_key_id,
                    "tag": dsse.hmac_tag(self.secret, message),
                },
            }
        )
