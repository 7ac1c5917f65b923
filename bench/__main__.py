"""`python -m bench [NAME ...]`: run the benchmarks and write `bench/results.json`, and the figures
into the pages that tell them (`page.py`).

Absolute figures depend on the machine; ratios of one run travel. A benchmark that fails is told at
the end, and the others are run.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
import traceback
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
    receipts,
    requests,
    start,
    usage,
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
    "receipts": receipts.measure,
    "requests": requests.measure,
    "start": start.measure,
    "usage": usage.measure,
    "watchers": watchers.measure,
    "workers": workers.measure,
}
RESULTS = Path("bench/results.json")


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
    failed = [name for name in names if not _run(name, results)]
    RESULTS.write_text(json.dumps(results, indent=2) + "\n")
    page.write(results)
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


def _run(name: str, results: dict[str, object]) -> bool:
    begin = time.monotonic()
    try:
        results[name] = BENCHES[name]()
    except Exception:  # noqa: BLE001 - told, and the others are run
        traceback.print_exc()
        return False
    took = {"took (s)": round(time.monotonic() - begin)}
    print(json.dumps({name: results[name], **took}, indent=2), flush=True)
    return True


main()
