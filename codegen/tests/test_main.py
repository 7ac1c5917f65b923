"""`python -m codegen`: what it writes, and everything that `--check` refuses."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from codegen import __main__ as command
from codegen import outputs, tools

MINI = Path(__file__).parent / "mini"
PAGE = "docs/reference/notes.md"


def run(root: Path, *options: str, openapi: Path = MINI) -> int:
    where = ["--openapi", str(openapi), "--root", str(root)]
    return command.main([*where, "--only", "reference", *options])


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("written")
    assert run(root) == 0
    return root


@pytest.fixture
def root(written: Path, tmp_path: Path) -> Path:
    return shutil.copytree(written, tmp_path / "tree")


def test_what_was_just_written_is_up_to_date(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(root, "--check") == 0
    assert "up to date" in capsys.readouterr().out


def test_the_manifest_knows_contract_tools_and_files(root: Path) -> None:
    manifest = json.loads((root / outputs.MANIFEST).read_text("utf-8"))

    assert list(manifest) == ["spec", "tools", "operations", "schemas", "files"]
    assert manifest["spec"]["version"] == "1.2.0"
    assert manifest["tools"] == tools.versions()
    assert manifest["operations"] == 11
    assert manifest["files"][PAGE] == outputs.sha256((root / PAGE).read_text("utf-8"))


def edit(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace("Short texts.", "Short text."), "utf-8")


def unsign(path: Path) -> None:
    path.write_text(path.read_text("utf-8").partition("\n")[2], "utf-8")


def with_windows_endings(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (edit, "-Short text.\n+Short texts."),
        (unsign, f"no @generated line: {PAGE}"),
        (Path.unlink, f"missing: {PAGE}"),
        (with_windows_endings, f"line endings differ: {PAGE}"),
        (
            lambda path: shutil.copy(path, path.with_name("extra.md")),
            "extra file in a generated directory: docs/reference/extra.md",
        ),
    ],
)
def test_check_refuses_a_tree_that_was_touched(
    damage: Callable[[Path], object], said: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damage(root / PAGE)

    assert run(root, "--check") == 1
    output = capsys.readouterr()
    assert said in output.out
    assert "stale" in output.err


def test_check_refuses_an_edited_manifest(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = root / outputs.MANIFEST
    path.write_text(path.read_text("utf-8").replace('"operations": 11', '"operations": 12'))

    assert run(root, "--check") == 1
    assert '-  "operations": 12' in capsys.readouterr().out


def test_check_writes_nothing(root: Path) -> None:
    edit(root / PAGE)
    before = (root / PAGE).read_bytes()

    run(root, "--check")

    assert (root / PAGE).read_bytes() == before


@pytest.mark.parametrize("options", [(), ("--check",)])
def test_a_tool_of_another_version_stops_everything(
    options: tuple[str, ...],
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(tools, "PYTHON_PINS", {"ruff": "0.0.1"})

    assert run(root, *options) == 1
    assert "the pin is 0.0.1" in capsys.readouterr().err


def test_writing_again_repairs_the_tree(root: Path) -> None:
    edit(root / PAGE)

    assert run(root) == 0
    assert run(root, "--check") == 0


def test_a_page_that_is_no_longer_made_is_deleted(root: Path) -> None:
    old = root / "docs/reference/poems.md"
    old.write_text("old", "utf-8")
    path = root / outputs.MANIFEST
    manifest = json.loads(path.read_text("utf-8"))
    manifest["files"]["docs/reference/poems.md"] = "0" * 64
    path.write_text(json.dumps(manifest), "utf-8")

    assert run(root) == 0
    assert not old.exists()


def test_a_file_of_somebody_else_is_named_and_kept(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stranger = root / "docs/reference/mine.md"
    stranger.write_text("mine", "utf-8")

    assert run(root) == 1
    assert stranger.read_text("utf-8") == "mine"
    assert "docs/reference/mine.md" in capsys.readouterr().err


def test_other_targets_keep_their_entries(root: Path) -> None:
    path = root / outputs.MANIFEST
    manifest = json.loads(path.read_text("utf-8"))
    manifest["files"]["sdk/typescript/src/generated/types.ts"] = "0" * 64
    path.write_text(json.dumps(manifest), "utf-8")

    run(root)

    assert "sdk/typescript/src/generated/types.ts" in json.loads(path.read_text("utf-8"))["files"]


def test_a_faulty_contract_is_named_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    contract = shutil.copytree(MINI, tmp_path / "openapi")
    (contract / "paths/notes.yaml").write_text(
        (MINI / "paths/notes.yaml").read_text("utf-8").replace("method: create", "method: import"),
        "utf-8",
    )

    assert run(tmp_path / "tree", openapi=contract) == 1
    assert "paths/notes.yaml at /notes/post/x-sdk" in capsys.readouterr().err
    assert not (tmp_path / "tree").exists()


def test_an_emitter_stays_in_its_directories() -> None:
    with pytest.raises(outputs.Misplaced, match="not in its directories"):
        outputs.judge("reference", {"docs/quickstart.md": tools.MARKDOWN_HEADER})


def test_an_emitter_signs_what_it_writes() -> None:
    with pytest.raises(outputs.Misplaced, match="without the @generated line"):
        outputs.judge("reference", {"docs/reference/x.md": "# X\n"})
