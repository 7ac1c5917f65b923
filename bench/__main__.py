"""`python -m bench [NAME ...]`: run the benchmarks and write `build/bench/results.json`, and the
figures into `docs/operate/performance.md`.

Absolute figures depend on the machine; ratios of one run travel. `bench/results.json` holds the
last committed run, to be compared by hand or by a later gate.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from pathlib import Path

from bench import (
    appends,
    creates,
    debates,
    imports,
    layers,
    mixed,
    money,
    overhead,
    page,
    requests,
    start,
    watchers,
    workers,
)

BENCHES = {
    "appends": appends.measure,
    "creates": creates.measure,
    "debates": debates.measure,
    "imports": imports.measure,
    "layers": layers.measure,
    "mixed": mixed.measure,
    "money": money.measure,
    "overhead": overhead.measure,
    "requests": requests.measure,
    "start": start.measure,
    "watchers": watchers.measure,
    "workers": workers.measure,
}
RESULTS = Path("build/bench/results.json")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("names", nargs="*", help="default: all")
    names = arguments.parse_args().names or list(BENCHES)
    machine = {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 2),
    }
    # A run of some keeps the figures that an earlier run took of the others.
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    results["machine"] = machine
    for name in names:
        results[name] = BENCHES[name]()
        print(json.dumps({name: results[name]}, indent=2), flush=True)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=2) + "\n")
    page.write(results)


main()
