"""The contract changes and nothing else does: everything that is now missing is named."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
COPIED = ("openapi", "codegen", "docs/reference", "sdk/python", "sdk/typescript/src", "server")
PATH, OPERATION, HANDLER = "/v1/weather", "getWeather", "get_weather"


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A copy of the project with one more operation, and what codegen said to it."""
    root = tmp_path_factory.mktemp("drift")
    for folder in COPIED:
        ignored = shutil.ignore_patterns("__pycache__", "node_modules", "build", "dist")
        shutil.copytree(ROOT / folder, root / folder, ignore=ignored)
    for name in ("pyproject.toml", "package.json", "package-lock.json", "VERSION"):
        shutil.copy(ROOT / name, root)
    (root / "node_modules").symlink_to(ROOT / "node_modules")
    add_operation(root / "openapi")
    return root, run(root, "-m", "codegen")


def add_operation(openapi: Path) -> None:
    document = yaml.safe_load((openapi / "openapi.yaml").read_text())
    document["paths"][PATH] = {"$ref": "paths/system.yaml#/weather"}
    (openapi / "openapi.yaml").write_text(yaml.safe_dump(document, sort_keys=False))
    paths = yaml.safe_load((openapi / "paths/system.yaml").read_text())
    operation = dict(paths["health"]["get"])
    operation |= {"operationId": OPERATION, "x-sdk": {"resource": "system", "method": "weather"}}
    paths["weather"] = {"get": operation}
    (openapi / "paths/system.yaml").write_text(yaml.safe_dump(paths, sort_keys=False))


def run(root: Path, *arguments: str, code: int = 0, **extra: str) -> str:
    sources = os.pathsep.join(str(root / part) for part in ("", "sdk/python/src", "server/src"))
    environment = {**os.environ, "PYTHONPATH": sources, "MYPYPATH": sources, **extra}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=root, env=environment,
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_an_added_operation_changes_all_four_targets(changed):
    _, told = changed

    for folder in ("docs/reference/", "sdk/python/src/", "sdk/typescript/src/", "server/src/"):
        assert folder in told, told


def test_the_type_checker_names_the_missing_handler(changed):
    told = run(changed[0], "-m", "mypy", "-p", "aragora_server.app", code=1)

    assert HANDLER in told, told


@pytest.mark.parametrize("command", [["routes", "--json"], ["serve", "--port", "0"]])
def test_the_server_refuses_to_start_and_names_the_missing_handler(changed, command, tmp_path):
    told = run(changed[0], "-m", "aragora_server", *command, code=2, HOME=str(tmp_path))

    assert HANDLER in told, told
    assert "Traceback" not in told


def test_a_generated_file_that_was_edited_is_named(changed):
    root, _ = changed
    edited = root / "server/src/aragora_server/contract/handlers.py"
    kept = edited.read_text()
    edited.write_text(kept + "# by hand\n")

    told = run(root, "-m", "codegen", "--check", code=1)
    edited.write_text(kept)

    assert "contract/handlers.py" in told


def test_a_route_that_is_made_by_hand_is_refused(changed):
    """By the linter: nobody but `kernel/bind.py` may import routing."""
    root, _ = changed
    by_hand = root / "server/src/aragora_server/system/by_hand.py"
    by_hand.write_text(
        '"""A route beside the contract."""\n\nfrom starlette.routing import Route\n\n'
        'ROUTES = [Route("/v1/secret", print)]\n'
    )

    told = run(root, "-m", "ruff", "check", str(by_hand), code=1)
    by_hand.unlink()

    assert "starlette.routing" in told
