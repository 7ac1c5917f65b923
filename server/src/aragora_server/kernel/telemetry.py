"""Every metric of the server, by name: imported and moved where the thing happens.

Labels are bounded: operations and statuses of the contract, close codes, fixed words; never an id.
What the database knows better than this process (debates, jobs) is set when somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

import anyio
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    start_http_server,
)
from prometheus_client.process_collector import ProcessCollector

# Not the library's own: that one is shared with whatever else lives in the process.
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)

_SOON = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

REQUESTS = Histogram(
    "aragora_request_duration_seconds",
    "Requests from their first byte to the last byte of the answer, streams excepted.",
    ("operation", "status"),
    buckets=_SOON,
    registry=REGISTRY,
)
"""`status` is the class: `2xx`. `operation` is `none` for a path that is nobody's."""

UNITS = Histogram(
    "aragora_unit_of_work_duration_seconds",
    "Units of work on the database, from asking for one to its end, by kind (read, write).",
    ("kind",),
    buckets=_SOON,
    registry=REGISTRY,
)
GROUP_SIZE = Histogram(
    "aragora_commit_group_size",
    "Units of work that one commit carried on SQLite.",
    buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256),
    registry=REGISTRY,
)
WRITER_QUEUE = Gauge(
    "aragora_writer_queue",
    "Writing units of work that wait for their turn on SQLite.",
    registry=REGISTRY,
)
DEBATES = Gauge(
    "aragora_debates", "Debates, by status; the same in every process.", ("status",),
    registry=REGISTRY,
)  # fmt: skip
DEBATES_UNOWNED = Gauge(
    "aragora_debates_unowned",
    "Debates that run nowhere, or wait where nobody is; the same in every process.",
    registry=REGISTRY,
)
ADOPTIONS = Counter(
    "aragora_adoptions", "Debates that this process took over to run.", registry=REGISTRY
)
FENCED = Counter(
    "aragora_fenced",
    "Writes that came too late, because another process had taken over the debate or the job.",
    registry=REGISTRY,
)
CALLS_REPEATED = Counter(
    "aragora_calls_repeated",
    "Calls asked again because the process that had asked them died before writing the answer.",
    registry=REGISTRY,
)
OLDEST_DUE_JOB = Gauge(
    "aragora_oldest_due_job_age_seconds",
    "How long the oldest job that is due has waited; the same in every process.",
    registry=REGISTRY,
)
JOBS_DEAD = Gauge(
    "aragora_jobs_dead", "Jobs that were given up; the same in every process.", registry=REGISTRY
)
LOG_WAITING = Gauge(
    "aragora_log_waiting",
    "Leaves that wait for their place in the log; the same in every process.",
    registry=REGISTRY,
)
LOG_STANDS_STILL = Gauge(
    "aragora_log_stands_still",
    "1 when what is stored of the log is not what was signed, so that nothing is signed any more;"
    " the same in every process.",
    registry=REGISTRY,
)
STREAMS_OPEN = Gauge(
    "aragora_streams_open", "Streams open now, by transport (sse, websocket).", ("transport",),
    registry=REGISTRY,
)  # fmt: skip
STREAMS_CUT = Counter(
    "aragora_streams_cut",
    "Streams that the server ended before the debate's end, by WebSocket close code.",
    ("code",),
    registry=REGISTRY,
)
"""An SSE stream counts under the code that a WebSocket would have been given."""

REFUSED = Counter(
    "aragora_refused",
    "What was refused for want of room, by what there was too much of: requests, connections, files"
    " (connections cut without an answer), streams, streams_of_key.",
    ("of",),
    registry=REGISTRY,
)
WAKE_UPS = Counter(
    "aragora_wake_ups",
    "How news reached this process: by a wake-up (used) or only by looking (polled).",
    ("how",),
    registry=REGISTRY,
)
LOOP_LAG = Histogram(
    "aragora_loop_lag_seconds",
    "How much later than asked the event loop woke up, sampled.",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0),
    registry=REGISTRY,
)
DISK_FREE = Gauge(
    "aragora_disk_free_ratio",
    "Free part of the file system that holds the data directory.",
    registry=REGISTRY,
)

LAG_EVERY_S = 0.25


async def sample_loop_lag() -> None:
    """For ever: a loop that is held up by one task keeps all others waiting as long."""
    while True:
        asked = perf_counter()
        await anyio.sleep(LAG_EVERY_S)
        LOOP_LAG.observe(max(0.0, perf_counter() - asked - LAG_EVERY_S))


@contextmanager
def told_on(port: int | None) -> Iterator[None]:
    """For a process without a server of its own: on this machine alone, in a thread."""
    if port is None:
        yield
        return
    server, thread = start_http_server(port, addr="127.0.0.1", registry=REGISTRY)
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def exposition() -> bytes:
    """All of it, in the text format of Prometheus."""
    return generate_latest(REGISTRY)
