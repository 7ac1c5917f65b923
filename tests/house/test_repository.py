"""What the repository as a whole promises."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.version import Version

ROOT = Path(__file__).parents[2]
VERSION = (ROOT / "VERSION").read_text().strip()


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def texts() -> dict[str, str]:
    found = {}
    for path in tracked():
        try:
            found[path.relative_to(ROOT).as_posix()] = path.read_text()
        except UnicodeDecodeError:
            continue
    return found


@pytest.mark.parametrize("project", ["sdk/python", "server"])
def test_python_packages_carry_the_one_version(project):
    declared = tomllib.loads((ROOT / project / "pyproject.toml").read_text())["project"]["version"]

    assert Version(declared) == Version(VERSION)


def test_the_server_needs_the_sdk_of_its_own_version():
    project = tomllib.loads((ROOT / "server/pyproject.toml").read_text())["project"]

    assert f"aragora[verify]=={project['version']}" in project["dependencies"]


def test_the_npm_package_and_the_contract_carry_the_one_version():
    package = json.loads((ROOT / "sdk/typescript/package.json").read_text())
    contract = yaml.safe_load((ROOT / "openapi/openapi.yaml").read_text())

    assert package["version"] == contract["info"]["version"] == VERSION


def test_the_packages_have_the_three_names_and_no_others():
    python = {
        tomllib.loads((ROOT / project / "pyproject.toml").read_text())["project"]["name"]
        for project in ("sdk/python", "server")
    }
    npm = json.loads((ROOT / "sdk/typescript/package.json").read_text())["name"]

    assert python | {npm} == {"aragora", "aragora-server", "@aragora/sdk"}


def test_no_file_names_a_registry_or_a_place_on_a_machine():
    registry = re.compile(r"(pypi|npmjs|pythonhosted|debian)\.org|(?<![\w.])/(root|home/\w+)/")
    here = Path(__file__).relative_to(ROOT).as_posix()

    named = {
        name: found.group()
        for name, text in texts().items()
        if name != here and (found := registry.search(text))
    }

    assert named == {}


def test_no_file_holds_a_private_key_or_a_live_credential():
    secret = re.compile(
        r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bara_[A-Za-z0-9_-]{40,}|\bsk-[A-Za-z0-9]{32,}"
    )

    assert {name for name, text in texts().items() if secret.search(text)} == set()


def test_no_test_is_switched_off_without_a_reason():
    bare = re.compile(r"@pytest\.mark\.(skip|xfail)\s*$", re.MULTILINE)

    assert {
        name for name, text in texts().items() if name.endswith(".py") and bare.search(text)
    } == set()


def test_decisions_are_numbered_once():
    numbers = [path.name[:4] for path in (ROOT / "docs/decisions").glob("*.md")]

    assert len(numbers) == len(set(numbers))
