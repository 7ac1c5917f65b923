"""Watching and sharing a report by command, against a real server."""

from __future__ import annotations

import json
from types import SimpleNamespace

import aragora
import pytest
from aragora.cli import exits, main
from aragora.cli.usage import bars

NOBODY = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"
pytestmark = pytest.mark.usefixtures("signed_in")


def test_a_report_is_shared_listed_and_unshared(capsys: pytest.CaptureFixture[str]) -> None:
    days = ["--from=2026-11-01", "--to=2026-11-30"]
    asked = ["usage", "share", "--title=Ours", *days, "--by=tag", "--timezone=Asia/Tokyo"]

    assert main([*asked, "--expires=7d"]) == exits.OK
    url, shows = capsys.readouterr().out.splitlines()

    token = url.partition("/v1/shared-usage#")[2]
    with aragora.Aragora() as client:
        told = client.usage_links.open(token)
    assert (told.title, told.first_day, told.group_by) == ("Ours", "2026-11-01", "tag")
    assert shows.startswith("shows 2026-11-01 to 2026-11-30 (Asia/Tokyo) by tag until ")
    assert main([*asked, "--json"]) == exits.OK
    link_id = json.loads(capsys.readouterr().out)["usage_link"]["id"]
    assert main(["usage", "unshare", link_id]) == exits.OK
    assert capsys.readouterr().out == f"{link_id}: revoked\n"
    assert main(["usage", "shares", "--json", "--limit=2"]) == exits.OK
    revoked, used = json.loads(capsys.readouterr().out)["items"]
    assert (revoked["id"], revoked["revoked_at"] is None) == (link_id, False)
    assert (used["uses"], used["revoked_at"]) == (1, None)
    assert main(["usage", "shares", "--limit=1"]) == exits.OK
    assert "more: aragora usage shares --cursor " in capsys.readouterr().out


def test_what_cannot_be_shared_is_wrong_usage() -> None:
    assert main(["usage", "share", "--by=debate"]) == exits.USAGE
    assert main(["usage", "share", "--expires=soon"]) == exits.USAGE
    assert main(["usage", "share", "--to=2026-02-30"]) == exits.USAGE
    assert main(["usage", "unshare", NOBODY]) == exits.NOT_FOUND


def test_who_watches_sees_a_report_when_a_figure_has_changed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 2:
            with aragora.Aragora() as client:
                client.debates.run(question="Is it dear?", seed=7, tags=["dear"])
        if len(slept) == 4:
            raise KeyboardInterrupt

    monkeypatch.setattr("aragora.cli.usage.time", SimpleNamespace(sleep=sleep))

    assert main(["usage", "--by=tag", "--top=10", "--watch=5"]) == exits.INTERRUPTED

    shown = capsys.readouterr().out
    assert slept == [5] * 4
    assert shown.count("TAG ") == 2
    assert "\ndear " in shown.rpartition("TAG ")[2]


@pytest.mark.parametrize(
    ("costs", "drawn"),
    [
        ([], []),
        (["0"], [""]),
        (["-1"], [""]),
        (["8", "4", "1", "0.000001", "0"], ["█" * 10, "█" * 5, "█▎", "▏", ""]),
    ],
)
def test_a_bar_is_a_part_of_the_dearest(costs: list[str], drawn: list[str]) -> None:
    assert bars(costs) == drawn
