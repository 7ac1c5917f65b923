"""What agents exist, read from catalogue.json: providers, families, styles, presets."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from importlib.resources import files

import attrs


@attrs.frozen(kw_only=True)
class ProviderEntry:
    """`setting` holds its key or address; `package` is what the extra [llm] brings for it."""

    id: str
    title: str
    setting: str | None = None
    package: str | None = None


@attrs.frozen(kw_only=True)
class PresetEntry:
    id: str
    title: str
    description: str
    model: str


@attrs.frozen(kw_only=True)
class Catalogue:
    providers: Mapping[str, ProviderEntry]
    families: tuple[tuple[str, str], ...]
    styles: Mapping[str, str]
    team: tuple[str, ...]
    presets: tuple[PresetEntry, ...]

    def family(self, provider: str, model: str) -> str:
        """Models of one family err alike, whoever serves them. Unknown ones stand alone."""
        if provider == "scripted":
            return self.styles[model]
        name = model.lower().rpartition("/")[2]
        known = (family for prefix, family in self.families if name.startswith(prefix))
        return next(known, name if provider != "recorded" else f"recorded-{name}")


@functools.cache
def load() -> Catalogue:
    content = json.loads((files(__package__) / "catalogue.json").read_text(encoding="utf-8"))
    return Catalogue(
        providers={entry["id"]: ProviderEntry(**entry) for entry in content["providers"]},
        families=tuple((prefix, family) for prefix, family in content["families"]),
        styles=content["styles"],
        team=tuple(content["team"]),
        presets=tuple(PresetEntry(**entry) for entry in content["presets"]),
    )
