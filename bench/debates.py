"""A hundred debates at once, each of nine calls one after the other, each call of one second.

The server runs from a copy of its sources with one protocol more: no built-in one asks nine times
in a row.
"""

from __future__ import annotations

import json
import shutil
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2
import yaml

from bench import serving

DEBATES, CALLS, CALL_S = 100, 9, 1.0
SOURCES = Path(__file__).parents[1] / "server" / "src"
PROTOCOLS = "aragora_server/debates/rules/protocols"
ENDED = ("concluded", "failed", "cancelled")
ASK: dict[str, Any] = {
    "question": "Ship on Friday or wait for Monday?",
    "options": [{"id": "ship", "label": "Ship on Friday"}, {"id": "wait", "label": "Wait"}],
    "agents": [{"model": "scripted:steady", "name": f"agent-{no}"} for no in range(3)],
    "protocol": "nine",
}


def measure() -> dict[str, object]:
    """Seconds from each debate's start to its end; the calls alone take nine."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving.aragora(
            Path(folder) / "home",
            PYTHONPATH=str(with_nine(Path(folder))),
            ARAGORA_SCRIPTED_PACE_S=str(CALL_S),
            ARAGORA_MAX_DEBATES=str(DEBATES),
        ) as (url, credentials, _),
    ):
        headers = {"authorization": f"Bearer {credentials['api_key']}"}
        with httpx2.Client(base_url=url, headers=headers, timeout=60) as client:
            return _told([_seconds(debate) for debate in _run(client)])


def with_nine(folder: Path) -> Path:
    """A copy of the sources with a protocol of nine steps, each for one agent."""
    copy = folder / "sources"
    shutil.copytree(SOURCES, copy, ignore=shutil.ignore_patterns("__pycache__"))
    protocols = copy / PROTOCOLS
    schema = protocols / "schema.json"
    schema.write_text(schema.read_text().replace('"maxItems": 8', f'"maxItems": {CALLS}'))
    content = yaml.safe_load((protocols / "independent_vote.yaml").read_text())
    step = content["steps"][0]
    content |= {"id": "nine", "agents": {"min": 3, "max": 3, "min_families": 0}}
    content["steps"] = [{**step, "id": f"step_{no}", "who": "rest"} for no in range(CALLS)]
    content["decision"]["quorum"] = {"min_ballots": 1, "share": {"num": 0, "den": 1}}
    (protocols / "nine.yaml").write_text(json.dumps(content))
    return copy


def _run(client: httpx2.Client) -> list[dict[str, Any]]:
    with ThreadPoolExecutor(10) as pool:
        opened = list(pool.map(lambda no: _open(client, no), range(DEBATES)))
    time.sleep(CALLS * CALL_S)
    debates = []
    for answer in opened:
        debate_id = answer.json()["id"]
        while (debate := client.get(f"/v1/debates/{debate_id}").json())["status"] not in ENDED:
            time.sleep(0.05)
        debates.append(debate)
    return debates


def _open(client: httpx2.Client, no: int) -> httpx2.Response:
    return client.post("/v1/debates", json={**ASK, "seed": no}).raise_for_status()


def _seconds(debate: dict[str, Any]) -> float:
    if debate["status"] != "concluded" or debate["usage"]["calls"] != CALLS:
        raise RuntimeError(f"{debate['status']} after {debate['usage']['calls']} calls")
    started, ended = (datetime.fromisoformat(debate[name]) for name in ("started_at", "ended_at"))
    return (ended - started).total_seconds()


def _told(took: list[float]) -> dict[str, object]:
    calls_s = CALLS * CALL_S
    return {
        "debates at once": DEBATES,
        "p50 (s)": round(statistics.median(took), 3),
        "slowest (s)": round(max(took), 3),
        "slowest / its calls": round(max(took) / calls_s, 3),
        "target / its calls": 1.1,
    }
