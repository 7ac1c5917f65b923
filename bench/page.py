"""Writes the figures of a run into the page that explains them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

PAGE = Path("docs/operate/performance.md")
CAPACITY_PAGE = Path("docs/operate/running.md")
CAPACITY = (
    ("G", "answers to `GET /v1/debates/{id}` a second", "requests", "GET debate (requests/s)"),
    ("C", "debates created a second", "creates", "closed loop, no target (requests/s)"),
    ("D", "events delivered to watchers a second", "watchers", "SSE: delivered (events/s)"),
    ("W", "calls of debates a second, by one worker", "workers", "1 worker (calls/s)"),
    ("B", "MiB of a process at rest", "start", "resident memory when ready (MiB)"),
    ("S", "KiB of a stream (WebSocket)", "watchers", "WebSocket: memory of each (KiB)"),
)
"""Each by one process, which is one core."""
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
Results = Mapping[str, Any]


@attrs.frozen
class Target:
    """`least` or `most` is what a figure must reach; `met` is worked out from it."""

    id: str
    what: str
    bench: str
    figure: str
    least: float | None = None
    most: float | None = None

    def row(self, results: Results) -> str:
        found = results.get(self.bench, {}).get(self.figure)
        bound = f"≥ {self.least:g}" if self.least is not None else f"≤ {self.most:g}"
        if found is None:
            return f"| {self.id} | {self.what} | {bound} | not in this run | |"
        met = found >= self.least if self.least is not None else found <= (self.most or 0)
        return f"| {self.id} | {self.what} | {bound} | {found:g} | {'yes' if met else '**no**'} |"


TARGETS = (
    Target("L1", "`GET /v1/debates/{id}` as a share of bare ASGI, 100 connections",
           "requests", "GET debate / bare ASGI", least=0.3),
    Target("L1", "the same as a multiple of what the original's list was recorded with",
           "requests", "GET debate / the original's list, recorded", least=10),
    Target("L2", "first start to ready, s", "start", "first start to ready (s)", most=1.0),
    Target("L2", "second start to ready, s", "start", "second start to ready (s)", most=1.0),
    Target("L2", "resident memory when ready, MiB",
           "start", "resident memory when ready (MiB)", most=90),
    Target("L3", "`createDebate`, 200/s at random moments, SQLite: p50, ms",
           "creates", "SQLite: p50 (ms)", most=5),
    Target("L3", "the same, p99, ms", "creates", "SQLite: p99 (ms)", most=25),
    Target("L3", "the same on PostgreSQL, p50, ms", "creates", "PostgreSQL: p50 (ms)", most=5),
    Target("L3", "the same, p99, ms", "creates", "PostgreSQL: p99 (ms)", most=25),
    Target("L4", "a hundred debates at once: the slowest, as a share of its calls",
           "debates", "slowest / its calls", most=1.1),
    Target("L5", "1,000 connections for 30 s, 80 % read, 15 % list, 5 % create: errors",
           "mixed", "errors", most=0),
    Target("L5", "the same: resets", "mixed", "resets", most=0),
    *(
        target
        for kind in ("WebSocket", "SSE")
        for target in (
            Target("L6", f"1,000 watchers of one debate, {kind}: memory of each, KiB",
                   "watchers", f"{kind}: memory of each (KiB)", most=30),
            Target("L6", f"the same, {kind}: events delivered a second, in order and complete",
                   "watchers", f"{kind}: delivered (events/s)", least=20_000),
            Target("L7", f"5 events/s to them, {kind}: from commit to client, p99, ms",
                   "watchers", f"{kind}: commit to client, p99 (ms)", most=100),
        )
    ),
    Target("L8", "600 calls race for 142 places, SQLite: granted", "money",
           "SQLite: granted", least=142),
    Target("L8", "answered a second, SQLite", "money",
           "SQLite: answered (reservations/s)", least=1500),
    Target("L8", "600 calls race for 142 places, PostgreSQL: granted", "money",
           "PostgreSQL: granted", least=142),
    Target("L8", "answered a second, PostgreSQL", "money",
           "PostgreSQL: answered (reservations/s)", least=1500),
    *(
        target
        for kind, most in (("SQLite", 25), ("PostgreSQL", 10))
        for target in (
            Target("M1", f"200 workers, a twentieth of a limit left, {kind}: overspent, %",
                   "money", f"{kind}: overspent, reserve then settle (%)", most=0),
            Target("M2", f"200 calls of a second under way, {kind}: a reservation, p99, ms",
                   "money", f"{kind}: 200 calls of a second under way, reserve: p99 (ms)",
                   most=most),
        )
    ),
    Target("L9", "events appended a second, ten in a transaction, SQLite", "appends",
           "SQLite: appended (events/s)", least=10_000),
    Target("L9", "the same, PostgreSQL", "appends", "PostgreSQL: appended (events/s)",
           least=10_000),
    Target("L10", "two workers against one, with two cores free",
           "workers", "2 workers / 1 worker", least=1.7),
    *(
        Target("R1", f"receipts of {size} issued a second, a hundred at once, {db}",
               "receipts", f"{db}: {size}, 100 at once (receipts/s)", least=least)
        for db in ("SQLite", "PostgreSQL") for size, least in (("2 kB", 3000), ("20 kB", 1000))
    ),
    Target("R2", "one receipt of 20 kB, SQLite: p50, ms", "receipts", "SQLite: 20 kB: p50 (ms)",
           most=6),
    Target("R2", "the same, p99, ms", "receipts", "SQLite: 20 kB: p99 (ms)", most=25),
    Target("R3", "proof among a million leaves: any, µs",
           "receipts", "proof among 1,000,000 leaves, any (µs)", most=300),
    Target("R3", "the same: of the newest, µs",
           "receipts", "proof among 1,000,000 leaves, fresh (µs)", most=20),
    Target("R4", "20 kB verified offline, with its proof, Python, µs",
           "receipts", "20 kB: verified offline (µs)", most=500),
    Target("R4", "the same on the page, in headless Chromium, ms",
           "receipts", "20 kB: verified on the page, Chromium (ms)", most=5),
    Target("R5", "20 kB: canonical form, HMAC and Ed25519, µs",
           "receipts", "20 kB: canonical form, HMAC and Ed25519 (µs)", most=150),
    Target("R6", "the root of the whole log from nothing, leaves a second",
           "receipts", "log audited, root from nothing (leaves/s)", least=300_000),
    Target("R7", "20 kB as PDF, by a press that is warm, ms of CPU",
           "receipts", "20 kB: PDF, warm (ms of CPU)", most=15),
)  # fmt: skip


def write(results: Results) -> None:
    _replace(PAGE, _figures(results))
    _replace(CAPACITY_PAGE, _capacity(results))


def _replace(page: Path, told: str) -> None:
    before, _, rest = page.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n\n{told}\n\n{END}{after}", "utf-8")


def _capacity(results: Results) -> str:
    rows = []
    for name, what, bench, figure in CAPACITY:
        found = results.get(bench, {}).get(figure)
        rows.append(f"| {name} | {what} | {'not in this run' if found is None else f'{found:g}'} |")
    return "\n".join(["| | what | measured |", "|---|---|---|", *rows])


def _figures(results: Results) -> str:
    machine = results["machine"]
    told = "{cores} cores, Python {python}, load {load} before the run; generator and server share"
    parts = [told.format(**machine) + " the cores.", _targets(results)]
    if creates := results.get("creates"):
        parts.append(
            f"The median fsync of that disk took {creates['median fsync (ms)']} ms. In a closed"
            " loop, which has no target, the same 100 connections created"
            f" {creates['closed loop, no target (requests/s)']} debates a second. With"
            f" {creates['scheduled while debates run (requests/s)']:g} a second, and the debates"
            " run at full speed by the same process, creating one took"
            f" {creates['SQLite, while debates run: p50 (ms)']:g} ms (p50) and"
            f" {creates['SQLite, while debates run: p99 (ms)']:g} ms (p99)."
        )
    if mixed := results.get("mixed"):
        parts.append(
            f"The thousand connections of L5 had {mixed['answered (requests/s)']} answers a second;"
            f" the slowest of a hundred took {mixed['p99, get (ms)']:g} ms to read a debate,"
            f" {mixed['p99, list (ms)']:g} ms to list them and {mixed['p99, create (ms)']:g} ms to"
            " create one."
        )
    if money := results.get("money"):
        parts += ["### What it costs that nobody overspends", _money(money)]
    if layers := results.get("layers"):
        parts += ["### What each layer costs", _layers(layers)]
    return "\n\n".join(parts)


def _targets(results: Results) -> str:
    rows = [target.row(results) for target in TARGETS]
    return "\n".join(["| | what | target | figure | met |", "|---|---|---|---|---|", *rows])


def _money(money: Mapping[str, float]) -> str:
    steps = ("reserve", "settle", "check", "write")
    rows = []
    for kind in ("SQLite", "PostgreSQL"):
        for workers in (1, 64, 200):
            named = [f"{kind}: {workers} workers, {step}" for step in steps]
            cells = [f"{money[f'{n}: p50 (ms)']:g} / {money[f'{n}: p99 (ms)']:g}" for n in named]
            rows.append(f"| {kind}, {workers} at once | {' | '.join(cells)} |")
    over = " and ".join(
        f"{money[f'{kind}: overspent, check then write (%)']:g} % on {kind}"
        for kind in ("SQLite", "PostgreSQL")
    )
    head = [
        "| p50 / p99, ms | reserve | settle | others: check | others: write |",
        "|---|---|---|---|---|",
    ]
    told = f"Who checks first and writes later passed the same limit by {over}."
    return "\n".join([*head, *rows]) + f"\n\n{told}"


def _layers(layers: Mapping[str, float]) -> str:
    rows, before = [], 0.0
    for name, total in layers.items():
        rows.append(f"| {name.removesuffix(' (us)')} | {total - before:.1f} | {total:.1f} |")
        before = total
    head = ["| layer | adds, µs of CPU | together |", "|---|---|---|"]
    return "\n".join([*head, *rows])
