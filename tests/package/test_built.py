"""What a user installs: the built wheels and the npm package, each in a fresh place."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UV = str(Path(sys.executable).with_name("uv"))
# httpx2 and pydantic alone are eleven packages; ours is the twelfth.
SDK_PACKAGES = 12
SDK_MEGABYTES = 12


def run(*command: str | Path, cwd: Path = ROOT, code: int = 0, **environment: str) -> str:
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env={**os.environ, **environment},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == code, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout or done.stderr


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    out = tmp_path_factory.mktemp("wheels")
    for project in ("sdk/python", "server"):
        run(
            sys.executable,
            "-m",
            "build",
            "--wheel",
            "--no-isolation",
            "--outdir",
            out,
            ROOT / project,
        )
    return {wheel.name.split("-")[0]: wheel for wheel in out.glob("*.whl")}


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory):
    """Makes an empty environment with the given wheels in it, at the versions of the lock."""

    def install(*requirements: str) -> Path:
        folder = tmp_path_factory.mktemp("fresh")
        run(UV, "venv", "--quiet", "--python", sys.executable, folder)
        lock = ROOT / "requirements" / "dev.txt"
        run(
            UV,
            "pip",
            "install",
            "--quiet",
            "--python",
            folder / "bin/python",
            "-c",
            lock,
            *requirements,
        )
        return folder

    return install


def test_wheels_hold_their_data_and_none_of_our_tests(wheels):
    names = {package: zipfile.ZipFile(wheel).namelist() for package, wheel in wheels.items()}

    assert "aragora/py.typed" in names["aragora"]
    assert "aragora_server/contract/bundle.json" in names["aragora_server"]
    assert "aragora_server/pricing/prices.json" in names["aragora_server"]
    assert any(name.endswith("protocols/escalate.yaml") for name in names["aragora_server"])
    assert not [name for package in names.values() for name in package if "test_" in name]


def test_the_sdk_alone_stays_small(wheels, fresh):
    folder = fresh(str(wheels["aragora"]))

    installed = json.loads(
        run(UV, "pip", "list", "--format", "json", "--python", folder / "bin/python")
    )
    site = next((folder / "lib").glob("python*/site-packages"))
    size = sum(
        path.stat().st_size for path in site.rglob("*") if path.suffix != ".pyc" and path.is_file()
    )

    assert len(installed) <= SDK_PACKAGES, [package["name"] for package in installed]
    assert size / 1e6 <= SDK_MEGABYTES


def test_what_is_missing_is_named(wheels, fresh, tmp_path):
    python = fresh(str(wheels["aragora"])) / "bin" / "python"
    vector = ROOT / "openapi/vectors/receipts/valid/rule_plurality.json"
    given = json.loads(vector.read_text())["input"]
    bundle, keys = tmp_path / "receipt.json", tmp_path / "keys.json"
    bundle.write_text(given["bundle"])
    keys.write_text(json.dumps(given["keys"]))

    command_line = run(python.with_name("aragora"), "receipts", "list", code=2)
    verification = run(python, "-m", "aragora", "verify", bundle, "--keys", keys, code=3)

    assert "aragora[cli]" in command_line
    assert "aragora[verify]" in verification


def test_two_wheels_give_a_running_server(wheels, fresh, tmp_path):
    folder = fresh(f"{wheels['aragora']}[cli]", str(wheels["aragora_server"]))

    routes = json.loads(
        run(folder / "bin" / "python", "-m", "aragora_server", "routes", "--json", cwd=tmp_path)
    )

    assert len(routes) > 20
    assert "serve" in run(folder / "bin" / "aragora", "--help", cwd=tmp_path)


def test_the_npm_package_holds_what_it_exports_and_needs_nothing(tmp_path):
    package = ROOT / "sdk" / "typescript"
    run("npm", "run", "build", "--silent", cwd=package)
    packed = json.loads(run("npm", "pack", "--json", "--pack-destination", tmp_path, cwd=package))
    described = json.loads((package / "package.json").read_text())

    files = {entry["path"] for entry in packed[0]["files"]}
    exported = {
        target.removeprefix("./")
        for entry in described["exports"].values()
        if isinstance(entry, dict)
        for target in entry.values()
    }

    assert described.get("dependencies", {}) == {}
    assert exported <= files
    assert not [name for name in files if name.endswith((".map", ".test.js", ".test.ts"))]
