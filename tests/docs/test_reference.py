"""Every program of the reference is run, in its language, on ids that exist."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import httpx2
import pytest

from tests import backlog
from tests.docs.snippets import TSC
from tests.serving import Server, wait_for_end, wait_for_log

ROOT = Path(__file__).parents[2]
BUNDLE = ROOT / "server/src/aragora_server/contract/bundle.json"
DEBATE = {"question": "Ship on Friday?", "protocol": "independent_vote"}
SLOW = {**DEBATE, "agents": [{"model": "scripted:slow", "name": f"slow-{n}"} for n in range(3)]}
# `debate_id = "..."`, `DEBATE_ID=...`, `const debateId = "..."`: each id has a line of its own.
ID_LINE = re.compile(
    r'^(?:const )?(\w+_?id|\w+Id|[A-Z_]+_ID|token|TOKEN) ?= ?"?([^";\n]+)"?;?$', re.MULTILINE
)


OF_PRICES = ("endWorkspacePrice", "repriceLedger")
HOLD_OF_BODY = "01943f73-0a1b-7c2d-9e3f-4a5b6c7d8e90"


def programs() -> dict[str, tuple[str, str, str]]:
    """`createDebate (Python)` -> operation id, language, program."""
    document = json.loads(BUNDLE.read_text())
    return {
        f"{node['operationId']} ({sample['label']})": (
            node["operationId"],
            sample["lang"],
            sample["source"],
        )
        for item in document["paths"].values()
        for node in item.values()
        for sample in node["x-codeSamples"]
    }


PROGRAMS = programs()


@attrs.frozen
class World:
    """A server with one concluded debate, and what a program needs made on demand."""

    api: httpx2.Client
    environment: dict[str, str]
    database_url: str
    debate_id: str
    receipt_id: str
    bundle: bytes

    def ids(self, operation: str) -> dict[str, str]:
        """Ids for a program of `operation`, of things that it may use up."""
        debate = self.create("/v1/debates", SLOW)["id"] if operation == "cancelDebate" else None
        self.without_budgets()
        budget = None
        if operation != "createBudget":
            budget = self.create("/v1/budgets", {"limit_usd": "9", "period": "total", "name": "x"})
        key = self.create("/v1/api-keys", {"name": "reader", "scopes": ["debates:read"]})
        asked = {"matter": "m", "reason": "r", "debate_id": key["api_key"]["id"]}
        hold = self.create("/v1/legal-holds", asked)
        asked = {"participant": "Nobody", "legal_basis": "gdpr_art_17"}
        erasure = self.create("/v1/participant-erasures", asked)
        export = self.export() if "ReceiptExport" in operation else ""
        token, link_id = self.usage_link() if "Usage" in operation else self.share_link()
        is_granted = budget and operation == "revokeBudgetOverride"
        override = self.override(budget["id"]) if budget and is_granted else ""
        return {
            "debate_id": debate or self.debate_id,
            "receipt_id": self.receipt_id,
            "legal_hold_id": hold["id"],
            "participant_erasure_id": erasure["id"],
            "export_id": export,
            "webhook_id": self.webhook() if "Webhook" in operation else "",
            "link_id": link_id,
            "token": token,
            "budget_id": budget["id"] if budget else "",
            "override_id": override,
            "workspace_price_id": self.price() if operation in OF_PRICES else "",
            "hold_id": self.hold() if operation == "adjustLedger" else "",
            "api_key_id": key["api_key"]["id"],
            "job_id": asyncio.run(backlog.bury(self.database_url)),
        }

    def share_link(self) -> tuple[str, str]:
        terms = {"disclose": ["question"], "max_uses": 1}
        made = self.create(f"/v1/receipts/{self.receipt_id}/share-links", terms)
        return made["token"], made["share_link"]["id"]

    def usage_link(self) -> tuple[str, str]:
        made = self.create("/v1/usage/share-links", {})
        return made["token"], made["usage_link"]["id"]

    def webhook(self) -> str:
        """An endpoint that nobody hears at, alone: a workspace has room for few."""
        for one in self.api.get("/v1/webhooks").json()["items"]:
            self.api.delete(f"/v1/webhooks/{one['id']}")
        made = self.create("/v1/webhooks", {"url": "https://hooks.invalid/"})
        return str(made["webhook"]["id"])

    def override(self, budget_id: str) -> str:
        asked = {"amount_usd": "1", "expires_at": "2099-12-31T00:00:00Z", "reason": "r"}
        return str(self.create(f"/v1/budgets/{budget_id}/overrides", asked)["id"])

    def price(self) -> str:
        tier = {"over_tokens": 0, "input_usd": "1", "output_usd": "2"}
        asked = {"provider": "mistral", "match": "exact", "model": "m", "tiers": [tier]}
        return str(self.create("/v1/workspace-prices", asked)["id"])

    def hold(self) -> str:
        """That of a call which cost enough to give something of it back."""
        cost = self.api.get(f"/v1/debates/{self.debate_id}/cost").json()
        hold_id = str(cost["by_call"][0]["hold_id"])
        asked = {"hold_id": hold_id, "amount_usd": "1", "reason": "r"}
        return str(self.create("/v1/ledger/adjustments", asked)["hold_id"])

    def export(self) -> str:
        """A file that is whole."""
        made = self.create("/v1/receipt-exports", {"format": "ndjson"})
        while made["state"] != "done":
            time.sleep(0.05)
            made = self.api.get(f"/v1/receipt-exports/{made['id']}").json()
        return str(made["id"])

    def create(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self.api.post(path, json=body)
        assert answer.is_success, answer.text
        created: dict[str, Any] = answer.json()
        return created

    def without_budgets(self) -> None:
        for budget in self.api.get("/v1/budgets").json()["items"]:
            self.api.delete(f"/v1/budgets/{budget['id']}")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    server = Server(tmp_path_factory.mktemp("reference")).start()
    try:
        with server.client() as api:
            opened = api.post("/v1/debates", json=DEBATE).json()
            debate = wait_for_end(api, opened["id"])
            receipt_id = wait_for_log(api, debate["receipt_id"])["id"]
            key = str(api.headers["authorization"]).removeprefix("Bearer ")
            yield World(
                api=api,
                environment={
                    **os.environ,
                    "ARAGORA_BASE_URL": server.url,
                    "ARAGORA_API_KEY": key,
                },
                database_url=f"sqlite:///{server.home}/data/aragora.db",
                debate_id=debate["id"],
                receipt_id=receipt_id,
                bundle=api.get(f"/v1/receipts/{receipt_id}/bundle").content,
            )
    finally:
        server.stop()


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All TypeScript programs, compiled strictly in one go."""
    folder = tmp_path_factory.mktemp("programs")
    # A copy, so that a build meanwhile cannot take the client away from a running program.
    package = folder / "node_modules" / "@aragora" / "sdk"
    dist = ROOT / "sdk/typescript/dist"
    if not dist.is_dir():
        subprocess.run(["npm", "run", "build", "--silent"], cwd=ROOT, check=True)
    shutil.copytree(dist, package / "dist")
    shutil.copy(ROOT / "sdk/typescript/package.json", package)
    for operation, language, source in PROGRAMS.values():
        if language == "typescript":
            (folder / f"{operation}.mts").write_text(source)
    options = (
        "--strict --exactOptionalPropertyTypes --module nodenext --target es2022 --skipLibCheck"
    )
    types = ["--types", "node", "--typeRoots", str(ROOT / "node_modules/@types")]
    done = subprocess.run(
        ["node", TSC, *options.split(), *types, *sorted(map(str, folder.glob("*.mts")))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return folder


def with_ids(source: str, ids: dict[str, str]) -> str:
    """The program with ids that exist in place of the example's."""

    def put(found: re.Match[str]) -> str:
        name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", found[1]).lower()
        return found[0].replace(found[2], ids[name])

    return ID_LINE.sub(put, source).replace(HOLD_OF_BODY, ids["hold_id"] or HOLD_OF_BODY)


def run(command: list[str], world: World, folder: Path) -> None:
    (folder / "receipt.json").write_bytes(world.bundle)
    done = subprocess.run(
        command,
        cwd=folder,
        env=world.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert b"payload" in (folder / "receipt.json").read_bytes()
    for made in folder.glob("*.pdf"):
        assert made.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_of_the_reference_runs(
    name: str,
    world: World,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    operation, language, source = PROGRAMS[name]
    program = with_ids(source, world.ids(operation))

    if language == "shell":
        run(["bash", "-euc", program], world, tmp_path)
    elif language == "python":
        (tmp_path / "receipt.json").write_bytes(world.bundle)
        monkeypatch.chdir(tmp_path)
        for variable in ("ARAGORA_BASE_URL", "ARAGORA_API_KEY"):
            monkeypatch.setenv(variable, world.environment[variable])
        exec(compile(program, name, "exec"), {})
    else:
        folder: Path = request.getfixturevalue("compiled")
        script = folder / f"{operation}.run.mjs"
        script.write_text(with_ids((folder / f"{operation}.mjs").read_text(), world.ids(operation)))
        run(["node", str(script)], world, tmp_path)


def test_every_operation_has_a_program_in_three_languages() -> None:
    operations = {operation for operation, _, _ in PROGRAMS.values()}

    assert len(PROGRAMS) == 3 * len(operations) > 60


def test_the_pages_show_exactly_these_programs() -> None:
    pages = "\n".join(page.read_text() for page in sorted((ROOT / "docs/reference").glob("*.md")))

    missing = [name for name, (_, _, source) in PROGRAMS.items() if f"\n{source}```" not in pages]

    assert missing == []


def test_the_links_of_the_reference_lead_somewhere() -> None:
    broken = []
    for page in sorted((ROOT / "docs/reference").glob("*.md")):
        for target, anchor in re.findall(r"\]\(([^)#:]*)#?([^)]*)\)", page.read_text()):
            other = page.parent / target if target else page
            if not other.exists() or (anchor and not has_anchor(other.read_text(), anchor)):
                broken.append(f"{page.name} -> {target}#{anchor}")

    assert broken == []


def has_anchor(text: str, anchor: str) -> bool:
    headings = {
        re.sub(r"[^a-z0-9_ -]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    }
    return anchor in headings or f'<a id="{anchor}"></a>' in text
