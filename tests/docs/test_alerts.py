"""Alerts speak of metrics that exist, and fire when they should."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from aragora_server.kernel import telemetry

HOME = Path(__file__).parents[2] / "deploy/observability"


def test_every_alert_is_about_a_metric_that_the_server_has():
    known = {family.name for family in telemetry.REGISTRY.collect()}

    named = set(re.findall(r"\baragora_[a-z_]+\b", (HOME / "alerts.yaml").read_text()))

    assert named
    assert {re.sub(r"_(bucket|total)$", "", name) for name in named} <= known


def test_alerts_fire_when_they_should():
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("no promtool on this machine: the expressions of the alerts were not tried")

    done = subprocess.run(
        [promtool, "test", "rules", "alerts.test.yaml"],
        cwd=HOME,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
