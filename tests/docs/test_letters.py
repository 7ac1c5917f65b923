"""The letter that the guide shows is the one that is sent."""

from __future__ import annotations

import importlib.util
from types import ModuleType

from tests.docs.snippets import ROOT, snippets

GUIDE = ROOT / "docs/guides/alerts.md"


def picture() -> ModuleType:
    """What takes the picture of the guide."""
    path = ROOT / "docs/images/letter.py"
    spec = importlib.util.spec_from_file_location("letter", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_guide_shows_the_text_of_a_letter() -> None:
    shown = next(one.text for one in snippets(GUIDE) if one.text.startswith("Budget “"))

    text = picture().part("plain").replace("\r\n", "\n")

    assert text.startswith(shown)
    assert text.removeprefix(shown).strip().startswith("See where it stands:")
