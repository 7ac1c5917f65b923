from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from codegen import bundle
from codegen.load import load
from codegen.model import Spec
from codegen.source import Source, read

MINI = Path(__file__).parent / "mini"
Change = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="session")
def mini() -> Source:
    """A small contract with one of everything."""
    return read(MINI)


@pytest.fixture(scope="session")
def mini_bundle() -> dict[str, Any]:
    return bundle.build(MINI)


@pytest.fixture(scope="session")
def spec(mini_bundle: dict[str, Any]) -> Spec:
    return load(mini_bundle)


@pytest.fixture
def changed(mini: Source) -> Callable[[Change], Source]:
    """The small contract after a change to its files."""

    def apply(change: Change) -> Source:
        files = copy.deepcopy(dict(mini.files))
        change(files)
        return Source(root=mini.root, files=files)

    return apply
