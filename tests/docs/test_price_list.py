"""The page that lists prices is what the committed snapshot says."""

from __future__ import annotations

import importlib.util
from types import ModuleType

from aragora_server.pricing.snapshot import load

from tests.docs.snippets import ROOT


def tool() -> ModuleType:
    path = ROOT / "server/tools/price_list.py"
    spec = importlib.util.spec_from_file_location("price_list", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_made_from_the_snapshot() -> None:
    written = (ROOT / "docs/price-list.md").read_text()

    assert written == tool().page(load()), "make it anew with `nox -s prices`"


def test_the_page_says_which_prices_they_are_and_how_true() -> None:
    written = (ROOT / "docs/price-list.md").read_text()

    assert load().version in written
    assert load().generated_at.date().isoformat() in written
    assert "not 100 % accurate" in written
