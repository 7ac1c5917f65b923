"""The metrics: what they are called, and that nothing in them grows without bound."""

from __future__ import annotations

import time

import anyio
import httpx2
import pytest
from aragora_server.kernel import telemetry
from prometheus_client import REGISTRY as SHARED
from prometheus_client.parser import text_string_to_metric_families

from tests.serving import free_port

BOUNDED_LABELS = {"of", "operation", "status", "kind", "transport", "code", "how", "le"}


def test_every_metric_is_ours_or_of_the_process() -> None:
    names = {family.name for family in telemetry.REGISTRY.collect()}

    assert all(name.startswith(("aragora_", "process_")) for name in names)


def test_the_exposition_is_what_prometheus_reads() -> None:
    telemetry.FENCED.inc()

    text = telemetry.exposition().decode()

    families = {family.name: family for family in text_string_to_metric_families(text)}
    assert families["aragora_fenced"].samples[0].value >= 1


def test_no_metric_has_a_label_without_a_bound() -> None:
    labels = {
        label
        for family in telemetry.REGISTRY.collect()
        for sample in family.samples
        for label in sample.labels
    }

    assert labels <= BOUNDED_LABELS


def test_the_librarys_own_registry_stays_untouched() -> None:
    assert not [family for family in SHARED.collect() if family.name.startswith("aragora_")]


@pytest.mark.anyio
async def test_a_loop_that_is_held_up_shows() -> None:
    name = "aragora_loop_lag_seconds_sum"
    before = telemetry.REGISTRY.get_sample_value(name) or 0

    async with anyio.create_task_group() as group:
        group.start_soon(telemetry.sample_loop_lag)
        await anyio.sleep(0.05)
        time.sleep(telemetry.LAG_EVERY_S + 0.2)
        await anyio.sleep(0.01)
        group.cancel_scope.cancel()

    assert (telemetry.REGISTRY.get_sample_value(name) or 0) - before >= 0.2


def test_a_process_without_a_server_tells_its_metrics_on_this_machine_alone() -> None:
    port = free_port()

    with telemetry.told_on(port):
        answer = httpx2.get(f"http://127.0.0.1:{port}/metrics")
    with telemetry.told_on(None), pytest.raises(httpx2.ConnectError):
        httpx2.get(f"http://127.0.0.1:{port}/metrics")

    assert "aragora_fenced_total" in answer.text
