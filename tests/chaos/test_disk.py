"""A disk that fails a COMMIT now and then, and one that is full."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from tests.chaos import start
from tests.chaos.conftest import assert_flawless
from tests.chaos.run import ASK, Run

MODULE = "tests.chaos.start"


def test_a_commit_that_fails_fails_its_own_requests_and_no_others(
    embedded: Run, tell: Callable[..., None]
) -> None:
    embedded.server.start()
    embedded.open_budget()
    embedded.server.stop()
    embedded.server.module = MODULE
    embedded.server.settings[start.FAIL_COMMIT] = "10"
    embedded.server.start()
    client = embedded.server.client()

    with ThreadPoolExecutor(8) as pool:
        names = [f"unit {no}" for no in range(400)]
        answers = list(pool.map(lambda name: post_debate(client, name), names))

    accepted = [one.json()["id"] for one in answers if one.status_code == 202]
    (stored,) = embedded.store.ask("SELECT id FROM debates")
    tell(embedded, accepted=len(accepted), refused=len(answers) - len(accepted))
    assert {one.status_code for one in answers} <= {202, 503, 507}
    assert len(accepted) < len(answers), "no COMMIT failed"
    assert set(accepted) <= {row["id"] for row in stored}
    assert httpx2.get(f"{embedded.server.url}/readyz").status_code == 200
    assert embedded.store.is_whole()


def test_debates_survive_commits_that_fail(embedded: Run, tell: Callable[..., None]) -> None:
    embedded.server.start()
    embedded.open_budget()
    embedded.server.stop()
    embedded.server.module = MODULE
    embedded.server.settings[start.FAIL_COMMIT] = "40"
    embedded.server.start()
    embedded.watch()
    embedded.open(20)

    seen = embedded.finish()

    tell(embedded)
    assert_flawless(embedded, seen)
    assert embedded.store.is_whole()


@pytest.fixture
def small_disk(embedded: Run) -> Iterator[Path]:
    """The data directory on a file system of 16 MiB."""
    folder = embedded.server.home / "data"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m,mode=0700", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if made.returncode != 0:
        pytest.skip("only root can mount a small file system")
    yield folder
    embedded.server.stop()
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_stops_writing_before_a_model_is_asked_and_heals_without_a_restart(
    embedded: Run, small_disk: Path, tell: Callable[..., None]
) -> None:
    embedded.server.settings["ARAGORA_SCRIPTED_PACE_S"] = "0.5"
    client = embedded.server.start().client()
    embedded.open_budget()
    embedded.watch()
    embedded.open(8)
    embedded.wait_for_share(0.2)

    ballast = fill(small_disk)
    time.sleep(2)  # calls under way come home, to a disk that takes nothing
    begun = len([line for line in embedded.log() if line.event == "START"])
    refused = post_debate(client, "while the disk is full")
    read = client.get(f"/v1/debates/{embedded.opened[0]}")
    time.sleep(2)
    begun_later = len([line for line in embedded.log() if line.event == "START"])
    ballast.unlink()

    seen = embedded.finish()
    tell(embedded)
    assert refused.status_code == 507, refused.text
    assert read.status_code == 200
    assert begun_later == begun
    assert_flawless(embedded, seen)
    assert embedded.store.is_whole()


def post_debate(client: httpx2.Client, question: str) -> httpx2.Response:
    return client.post("/v1/debates", json={**ASK, "question": question})


def fill(folder: Path) -> Path:
    """Take all the room that is left, to the last byte."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65_536, 4_096, 512, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    return ballast
