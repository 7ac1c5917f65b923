"""What everybody pays one provider: its models, how they are named, and their prices over time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal

import attrs

from .model import Price

Form = Literal["exact", "dated", "prefix"]
"""How a name is met: as it is, with a date after it, or as a beginning."""
Source = Literal["workspace", "operator", "snapshot"]
EVERY_MODEL = "*"
DATED = re.compile(r"(?P<name>.+?)[-@](?:\d{8}|\d{4}-\d{2}-\d{2})")


@attrs.frozen(kw_only=True)
class Span:
    """A price in `[starts_at, ends_at)`; None is as early, or as late, as can be."""

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    price: Price

    def holds_at(self, at: datetime) -> bool:
        if self.starts_at is not None and at < self.starts_at:
            return False
        return self.ends_at is None or at < self.ends_at


@attrs.frozen(kw_only=True)
class Applied:
    """A price, who says so, and the name by which it was found."""

    source: Source
    form: Form
    name: str
    span: Span
    workspace_price_id: str | None = None

    @property
    def price(self) -> Price:
        return self.span.price


@attrs.frozen(kw_only=True)
class Model:
    """One entry of a list. Its spans follow each other."""

    id: str
    names: tuple[tuple[Form, str], ...]
    spans: tuple[Span, ...]

    def span_at(self, at: datetime) -> Span | None:
        return next((span for span in self.spans if span.holds_at(at)), None)

    def is_named_like(self, beginning: str) -> bool:
        return any(name.startswith(beginning) for name in (self.id, *(n for _, n in self.names)))


@attrs.frozen(kw_only=True)
class Listed:
    """What an entry of a list costs at an instant."""

    provider: str
    model: Model
    source: Source
    span: Span


@attrs.frozen(kw_only=True)
class Catalogue:
    """The models of one provider, and the three ways they may be named, tried in this order."""

    models: tuple[Model, ...]
    exact: Mapping[str, Model]
    dated: Mapping[str, Model]
    prefixes: tuple[tuple[str, Model], ...]  # the longest first

    @classmethod
    def of(cls, models: Iterable[Model]) -> Catalogue:
        found = tuple(models)
        by_form: dict[Form, dict[str, Model]] = {"exact": {}, "dated": {}, "prefix": {}}
        for model in found:
            for form, name in model.names:
                by_form[form][name] = model
        longest_first = sorted(by_form["prefix"].items(), key=lambda item: -len(item[0]))
        return cls(
            models=found,
            exact=by_form["exact"],
            dated=by_form["dated"],
            prefixes=tuple(longest_first),
        )

    def look(self, model: str, at: datetime) -> Applied | None:
        met = self._meet(model.lower())
        if met is None:
            return None
        form, name, entry = met
        if (span := entry.span_at(at)) is None:
            return None
        return Applied(source="snapshot", form=form, name=name, span=span)

    def _meet(self, model: str) -> tuple[Form, str, Model] | None:
        if model in self.exact:
            return "exact", model, self.exact[model]
        dated = DATED.fullmatch(model)
        if dated and dated["name"] in self.dated:
            return "dated", dated["name"], self.dated[dated["name"]]
        for prefix, entry in self.prefixes:
            if model.startswith(prefix):
                return "prefix", prefix, entry
        return None
