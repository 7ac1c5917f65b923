"""The metrics: what they are called, and that nothing in them grows without bound."""

from __future__ import annotations

from aragora_server.kernel import telemetry
from prometheus_client import REGISTRY as SHARED
from prometheus_client.parser import text_string_to_metric_families

BOUNDED_LABELS = {"operation", "status", "kind", "transport", "code", "how", "le"}


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
