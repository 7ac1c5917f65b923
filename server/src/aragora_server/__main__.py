"""`python -m aragora_server serve`, `worker`, `keys`, `index` and `routes [--json]`."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence

USAGE = (
    "usage: python -m aragora_server serve [...] | worker [...] | keys [...] | index [...]"
    " | routes [--json]\n"
)


def main(argv: Sequence[str] | None = None) -> int:
    given = list(sys.argv[1:] if argv is None else argv)
    command, rest = (given[0], given[1:]) if given else ("", [])
    if command == "serve":
        from .cli import serve

        return serve(rest)
    if command == "worker":
        from .worker import work

        return work(rest)
    if command == "keys":
        from .keys_command import keys

        return keys(rest)
    if command == "index":
        from .index_command import index

        return index(rest)
    if command == "routes":
        return routes(rest)
    sys.stderr.write(USAGE)
    return 2


def routes(argv: Sequence[str]) -> int:
    """What is served: each operation that bind found a handler for, or its refusal."""
    from .app import handlers
    from .contract.operations import OPERATIONS
    from .kernel.bind import ContractNotServed, match
    from .services import build_services
    from .settings import Settings

    with tempfile.TemporaryDirectory() as folder:
        services = build_services(Settings.from_env({"ARAGORA_DATA_DIR": folder, "HOME": folder}))
        try:
            served = [OPERATIONS[operation] for operation in match(handlers(services), OPERATIONS)]
        except ContractNotServed as fault:
            sys.stderr.write(f"aragora-server: {fault}\n")
            return 2
    listed = [
        {
            "operation": one.id,
            "method": one.method,
            "path": one.path,
            "scopes": sorted(one.scopes),
            "errors": sorted(one.errors),
            "websocket": one.stream.websocket_path if one.stream else None,
        }
        for one in sorted(served, key=lambda one: (one.path, one.method))
    ]
    if "--json" in argv:
        sys.stdout.write(json.dumps(listed, indent=2) + "\n")
    else:
        for one in listed:
            sys.stdout.write(f"{one['method']:<7}{one['path']:<50}{one['operation']}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
