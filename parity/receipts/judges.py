"""The two verifiers, asked alike. TypeScript answers in one Node process, line by line."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Sequence
from typing import Any

from aragora.receipts import Disclosure, PinnedKeys, canonical, merkle, reveal, verify

from parity.recorder import ROOT

Json = dict[str, Any]


class Python:
    """This process."""

    def verdict(self, bundle: bytes, keys: Json) -> Json:
        found = verify(bundle, keys=PinnedKeys.of(keys))
        shown = found.statement
        return {
            "verdict": found.verdict,
            "exit_code": found.exit_code,
            "receipt_id": found.receipt_id,
            "checks": [[check.name, check.result] for check in found.checks],
            "statement": None if shown is None else canonical.encode(shown).decode(),
        }

    def canonical(self, text: bytes) -> Json:
        try:
            value, repeated = canonical.decode(text)
        except canonical.ProfileError:
            return {"refused": True}
        return {"form": canonical.encode(value).decode(), "repeated": sorted(set(repeated))}

    def root(self, leaves: Sequence[bytes]) -> str:
        return merkle.root(leaves).hex()

    def revealed(self, statement: bytes, disclosures: Sequence[str]) -> str:
        value, _ = canonical.decode(statement)
        return canonical.encode(reveal(value, map(Disclosure.parse, disclosures))).decode()


class TypeScript:
    """The same questions to Node."""

    def __init__(self) -> None:
        self._node = subprocess.Popen(
            ["node", "parity/drivers/receipts.mjs"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        self._node.communicate(timeout=30)

    def verdict(self, bundle: bytes, keys: Json) -> Any:
        return self._ask("verdict", bundle=_base64(bundle), keys=keys)

    def canonical(self, text: bytes) -> Any:
        return self._ask("canonical", text=_base64(text))

    def root(self, leaves: Sequence[bytes]) -> Any:
        return self._ask("root", leaves=[_base64(leaf) for leaf in leaves])

    def revealed(self, statement: bytes, disclosures: Sequence[str]) -> Any:
        return self._ask("revealed", statement=_base64(statement), disclosures=[*disclosures])

    def _ask(self, name: str, **question: Any) -> Any:
        assert self._node.stdin is not None
        assert self._node.stdout is not None
        self._node.stdin.write(json.dumps({"ask": name, **question}) + "\n")
        self._node.stdin.flush()
        answer = self._node.stdout.readline()
        assert answer, f"Node ended while it was asked for a {name}"
        return json.loads(answer)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
