"""One run of schemathesis against a fresh server: `python -m tests.contract.trial FOLDER [DB]`.

A process of its own for every run: what the tool learns in one must not steer the next. Prints
what it saw as JSON: statuses by operation, failures, the phases it went through.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import aragora
import aragora_server
import attrs
import httpx2
import schemathesis
from aragora_server.receipts.exports import service as exporting
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from tests.contract.seeded import Seeded, server

CONFIG = Path(__file__).parent / "schemathesis.toml"
TOO_GENERAL = ("invalid_request", "malformed_request", "not_found")
FRAMING = ("content-length", "transfer-encoding")
KEYS_IN_USE: dict[str, str] = {}


@schemathesis.check
def refusals_are_specific(_ctx, response, case) -> None:
    """A request that matches the schema is refused for a reason that no schema can tell."""
    if case.meta is None or case.meta.generation.mode is not GenerationMode.POSITIVE:
        return
    if response.status_code in (400, 404, 422) and not has_float(case.body):
        code = json.loads(response.content)["code"]
        assert code not in TOO_GENERAL, f"{code} for a request that matches the schema"


def has_float(value: Any) -> bool:
    """`1.0` is an integer to JSON Schema; we want it written as one."""
    if isinstance(value, dict):
        return any(has_float(part) for part in value.values())
    if isinstance(value, list):
        return any(has_float(part) for part in value)
    return isinstance(value, float)


@schemathesis.hook
def before_call(_ctx, case, _kwargs) -> None:
    """A run that revokes its own key would see nothing but 401 from then on, and a made-up length
    of the body is no HTTP: the server below the contract refuses it."""
    for name in [name for name in case.headers or () if name.lower() in FRAMING]:
        del case.headers[name]
    if case.path_parameters.get("api_key_id") in KEYS_IN_USE:
        case.path_parameters["api_key_id"] = KEYS_IN_USE[case.path_parameters["api_key_id"]]


@attrs.define
class Outcome:
    statuses: dict[str, Counter[int]] = attrs.field(factory=lambda: defaultdict(Counter))
    failures: list[str] = attrs.field(factory=list)
    phases: set[str] = attrs.field(factory=set)

    def note(self, event: events.EngineEvent) -> None:
        if isinstance(event, events.ScenarioFinished):
            self.phases.add(event.phase.value)
            self._note_scenario(event.recorder)
        elif isinstance(event, events.NonFatalError | events.FatalError):
            self.failures.append(str(event))

    def _note_scenario(self, recorder: Any) -> None:
        for case_id, interaction in recorder.interactions.items():
            if interaction.response is not None:
                label = recorder.cases[case_id].value.operation.label
                self.statuses[label][interaction.response.status_code] += 1
        for case_id, checks in recorder.checks.items():
            label = recorder.cases[case_id].value.operation.label
            self.failures += [
                f"{label}: {check.name}: {check.failure_info.failure}"
                for check in checks
                if check.failure_info is not None
            ]


def configured(seeded: Seeded) -> SchemathesisConfig:
    text = CONFIG.read_text()
    for name, value in attrs.asdict(seeded).items():
        text = text.replace(f"<{name}>", value)
    return SchemathesisConfig.from_str(text)


def import_all() -> None:
    """Hypothesis draws constants of the modules that are there, and the server, which runs in this
    process, imports some of its own at the first need: no two runs would be alike."""
    for package in (aragora, aragora_server):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.rpartition(".")[2] not in ("__main__", "env"):
                import_module(module.name)


def run(folder: Path, database_url: str | None) -> Outcome:
    outcome = Outcome()
    import_all()
    # How many are under way at a time is a matter of speed.
    exporting.MOST_UNDER_WAY = 1_000
    with server(folder, database_url) as seeded:
        KEYS_IN_USE[seeded.own_api_key_id] = seeded.api_key_id
        document = httpx2.get(f"{seeded.url}/v1/openapi.json").json()
        schema = schemathesis.openapi.from_dict(document, config=configured(seeded))
        for event in from_schema(schema).execute():
            outcome.note(event)
    return outcome


if __name__ == "__main__":
    seen = run(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
    told = {"statuses": seen.statuses, "failures": seen.failures, "phases": sorted(seen.phases)}
    sys.stdout.write(json.dumps(told))
