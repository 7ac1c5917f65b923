"""What a verification says: named checks in a fixed order, one verdict, one exit code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from .canonical import Value

Outcome = Literal["pass", "fail", "absent", "erased", "withheld"]
Verdict = Literal["verified", "failed", "unreadable", "not_verified"]

CHECKS = (
    "size",
    "duplicate_keys",
    "signature",
    "canonical",
    "schema",
    "issuer",
    "disclosures",
    "transcript",
    "tally",
    "leaf",
    "inclusion",
    "checkpoint",
    "witnesses",
    "key_status",
    "time",
    "hmac",
)
LOG_CHECKS = frozenset({"leaf", "inclusion", "checkpoint"})
REQUIRED = frozenset(CHECKS[: CHECKS.index("leaf")])

EXIT_CODES: Mapping[Verdict, int] = {
    "verified": 0,
    "failed": 1,
    "unreadable": 2,
    "not_verified": 3,
}


@dataclass(frozen=True, slots=True)
class Policy:
    """Which checks must pass. A check that was not made never counts as passed."""

    required: frozenset[str] = REQUIRED


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    result: Outcome
    detail: str


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome. `statement` is there only when the bundle is verified."""

    verdict: Verdict
    checks: tuple[Check, ...]
    detail: str
    receipt_id: str | None = None
    statement: Value | None = None

    @property
    def exit_code(self) -> int:
        return EXIT_CODES[self.verdict]

    @property
    def is_verified(self) -> bool:
        return self.verdict == "verified"

    def to_dict(self) -> dict[str, Any]:
        return {
            "verdict": self.verdict,
            "exit_code": self.exit_code,
            "receipt_id": self.receipt_id,
            "checks": [
                {"name": check.name, "result": check.result, "detail": check.detail}
                for check in self.checks
            ],
        }


@dataclass(slots=True)
class Findings:
    """The checks made so far; what nobody reports stays absent."""

    found: dict[str, Check] = field(default_factory=dict)

    def note(self, name: str, result: Outcome, detail: str) -> None:
        """The first word on a check stands; only a failure still overrides it."""
        earlier = self.found.get(name)
        if earlier is None or (result == "fail" and earlier.result != "fail"):
            self.found[name] = Check(name, result, detail)

    def result(self, name: str) -> Outcome:
        found = self.found.get(name)
        return found.result if found else "absent"

    def listed(self) -> tuple[Check, ...]:
        return tuple(
            self.found.get(name, Check(name, "absent", "an earlier check left nothing to look at"))
            for name in CHECKS
        )


def told(name: str) -> str:
    """A name that a stranger chose, fit for a terminal: no control codes, no length."""
    return "".join(char if char.isprintable() else "?" for char in name[:40])


def judge(checks: tuple[Check, ...], required: frozenset[str]) -> tuple[Verdict, str]:
    """A failure decides, then an absence of what is required; only then it is verified."""
    for check in checks:
        if check.result == "fail":
            return "failed", f"{check.name}: {check.detail}"
    for check in checks:
        if check.name in required and check.result == "absent":
            return "not_verified", f"{check.name}: {check.detail}"
    return "verified", "every required check passed"
