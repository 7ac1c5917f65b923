"""Everything that a page shows is run, in the order of the page."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.snippets import ROOT, TSC, Snippet, pages, snippets

# Commands that a page shows and another place runs.
RUN_ELSEWHERE = {
    r"make demo": "tests/acceptance/test_demo.py",
    r"make test": "CI runs it",
    r"pip install .*|npm install .*": "nox -s package installs the built packages",
    r"aragora serve.*": "the fixture `newcomer`",
    r"aragora worker.*": "server/tests/serve/test_worker.py",
    r"\.venv/bin/nox .*|nox .*": "CI runs nox",
}
# A page may show a tool that is not ours; where it is not installed, the test says so.
FOREIGN = ("openssl", "curl")
SHOWN_ONLY = {"json", "yaml", "text", "mermaid"}


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_can_be_followed_from_top_to_bottom(page, newcomer, tmp_path):
    for tool in FOREIGN:
        if f"$ {tool} " in page.read_text() and shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    for snippet in snippets(page):
        if snippet.language == "python":
            run(snippet, [sys.executable, "-c", snippet.text], newcomer, tmp_path)
        elif snippet.language == "ts":
            run_typescript(snippet, newcomer)
        elif snippet.language == "console":
            for command in commands(snippet):
                run(snippet, ["bash", "-euc", command], newcomer, tmp_path)
        else:
            assert snippet.language in SHOWN_ONLY, f"{snippet}: nobody runs this language"


def commands(snippet: Snippet) -> list[str]:
    lines = [line.removeprefix("$ ") for line in snippet.text.splitlines() if line.startswith("$ ")]
    assert lines, f"{snippet}: a console block without a command"
    return [line for line in lines if not any(re.fullmatch(known, line) for known in RUN_ELSEWHERE)]


def run(snippet: Snippet, command: list[str], environment: dict[str, str], folder: Path) -> None:
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{snippet}: {shlex.join(command)}\n{done.stdout}\n{done.stderr}"


def run_typescript(snippet: Snippet, environment: dict[str, str]) -> None:
    """Compile strictly, then run: both are what a reader would do."""
    folder = ROOT / "build" / "docs"
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / f"{snippet.page.stem}-{snippet.line}.mts"
    source.write_text(snippet.text)
    options = (
        "--strict --exactOptionalPropertyTypes --module nodenext --target es2022 --skipLibCheck"
    )
    run(snippet, ["node", TSC, *options.split(), "--types", "node", str(source)], environment, ROOT)
    run(snippet, ["node", str(source.with_suffix(".mjs"))], environment, ROOT)


def test_the_readme_shows_both_languages_and_the_command_line():
    shown = {snippet.language for snippet in snippets(ROOT / "README.md")}

    assert {"python", "ts", "console"} <= shown


def test_links_between_pages_lead_somewhere():
    broken = []
    for page in pages():
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text()):
            if not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)} -> {target}")

    assert broken == []
