"""The page of metrics says what the server counts: names, labels, meaning."""

from __future__ import annotations

from pathlib import Path

from aragora_server.kernel import telemetry
from prometheus_client.metrics import MetricWrapperBase

PAGE = Path(__file__).parents[2] / "docs/operate/metrics.md"


def test_every_metric_is_on_the_page_and_every_row_is_a_metric():
    rows = {line for line in PAGE.read_text().splitlines() if line.startswith("| `aragora_")}

    assert rows == {
        row(one) for one in vars(telemetry).values() if isinstance(one, MetricWrapperBase)
    }


def row(metric: MetricWrapperBase) -> str:
    (family,) = metric.describe()
    name = f"{family.name}_total" if family.type == "counter" else family.name
    labels = ", ".join(f"`{label}`" for label in metric._labelnames) or " "
    return f"| `{name}` | {labels} | {family.documentation} |"
