# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""Models of the contract. A module is imported when one of its names is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aragora.types.common import Id as Id
    from aragora.types.common import Money as Money
    from aragora.types.common import PageInfo as PageInfo
    from aragora.types.common import Timestamp as Timestamp
    from aragora.types.events import HeartbeatEvent as HeartbeatEvent
    from aragora.types.events import NoteDoneEvent as NoteDoneEvent
    from aragora.types.events import NoteEvent as NoteEvent
    from aragora.types.events import NoteWrittenEvent as NoteWrittenEvent
    from aragora.types.events import WrittenData as WrittenData
    from aragora.types.notes import Author as Author
    from aragora.types.notes import AuthorParam as AuthorParam
    from aragora.types.notes import CheckReport as CheckReport
    from aragora.types.notes import LabelsAdditionalProperty as LabelsAdditionalProperty
    from aragora.types.notes import Note as Note
    from aragora.types.notes import NoteCreate as NoteCreate
    from aragora.types.notes import NoteFile as NoteFile
    from aragora.types.notes import NotePage as NotePage
    from aragora.types.notes import NoteUpdate as NoteUpdate
    from aragora.types.system import Health as Health
    from aragora.types.system import Metrics as Metrics

_HOMES = {
    "common": "Id Money PageInfo Timestamp",
    "events": "HeartbeatEvent NoteDoneEvent NoteEvent NoteWrittenEvent WrittenData",
    "notes": "Author AuthorParam CheckReport LabelsAdditionalProperty Note NoteCreate NoteFile NotePage NoteUpdate",
    "system": "Health Metrics",
}
_NAMES = {name: home for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    if name not in _NAMES:
        raise AttributeError(f"module 'aragora.types' has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(f"aragora.types.{_NAMES[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted(_NAMES)
