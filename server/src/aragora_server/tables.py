"""Every table of every slice, on the one MetaData: for migrations, and for tests."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

HOMES = ("store", "tables")


def load() -> None:
    """Import the modules where slices keep their tables; a foreign key needs its target."""
    here = Path(__file__).parent
    for slice_ in sorted(path.name for path in here.iterdir() if (path / "__init__.py").exists()):
        for module in pkgutil.iter_modules([str(here / slice_)]):
            if module.name in HOMES:
                importlib.import_module(f"aragora_server.{slice_}.{module.name}")
