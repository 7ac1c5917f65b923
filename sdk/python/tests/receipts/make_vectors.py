"""Writes openapi/vectors/receipts from fixed keys; `--check` only compares.

Each vector is `{name, input, expect}`. Python and TypeScript run all of them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import bundle_vectors
import erasure_vectors
import forged_vectors
import key_vectors
import log_vectors
import merkle_vectors
import part_vectors

ROOT = Path(__file__).parents[4] / "openapi" / "vectors" / "receipts"


def files() -> Iterator[tuple[str, object]]:
    yield from bundle_vectors.files()
    yield from forged_vectors.files()
    yield from part_vectors.files()
    yield from log_vectors.files()
    yield from erasure_vectors.files()
    yield from key_vectors.files()
    yield from merkle_vectors.files()


def rendered() -> dict[str, str]:
    return {
        path: json.dumps(content, indent=1, ensure_ascii=True) + "\n" for path, content in files()
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    only_check = parser.parse_args().check
    wanted = rendered()
    found = {path.relative_to(ROOT).as_posix(): path.read_text() for path in ROOT.rglob("*.json")}
    wrong = sorted(
        path for path in wanted.keys() | found.keys() if wanted.get(path) != found.get(path)
    )
    if only_check:
        sys.stdout.write("".join(f"differs: {path}\n" for path in wrong))
        return 1 if wrong else 0
    for path in wrong:
        if path not in wanted:
            (ROOT / path).unlink()
            continue
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(wanted[path])
    sys.stdout.write(f"{len(wanted)} files, {len(wrong)} written\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
