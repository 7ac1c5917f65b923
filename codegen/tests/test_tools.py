from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from codegen import tools
from codegen.tools import ToolFailed


def test_the_installed_tools_are_the_pinned_ones() -> None:
    assert tools.wrong_versions() == []


def test_a_tool_of_another_version_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools, "PYTHON_PINS", {"ruff": "0.0.1"})

    (line,) = tools.wrong_versions()

    assert line == f"ruff is {tools.versions()['ruff']}, the pin is 0.0.1"


def test_a_failing_tool_says_what_it_said() -> None:
    with pytest.raises(ToolFailed, match=r"ruff exited \d+:"):
        tools.run([tools.ruff(), "no-such-command"])


def test_a_package_that_is_not_installed_is_named() -> None:
    with pytest.raises(ToolFailed, match="run `npm ci`"):
        tools.npm_tool("no-such-package")


def test_an_old_node_on_the_path_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "node"
    old.write_text("#!/bin/sh\necho v18.0.0\n", "utf-8")
    old.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(old))
    tools.node.cache_clear()
    try:
        assert tools.node() != old
    finally:
        tools.node.cache_clear()


def test_python_text_is_formatted_and_unused_imports_go() -> None:
    assert tools.ruff_format("import os\nimport sys\nprint( sys.path )\n") == (
        "import sys\n\nprint(sys.path)\n"
    )
