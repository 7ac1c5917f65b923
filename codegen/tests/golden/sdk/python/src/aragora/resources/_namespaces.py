# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""The resources of the two clients; each is imported when it is first used."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aragora._core.resource import AsyncSender, Sender
    from aragora.resources.notes import AsyncNotesResource, NotesResource
    from aragora.resources.system import AsyncSystemResource, SystemResource


class Namespaces:
    """`client.debates` and its siblings."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    @cached_property
    def notes(self) -> NotesResource:
        """Operations on notes."""
        from aragora.resources.notes import NotesResource

        return NotesResource(self._sender)

    @cached_property
    def system(self) -> SystemResource:
        """Operations on system."""
        from aragora.resources.system import SystemResource

        return SystemResource(self._sender)


class AsyncNamespaces:
    """`client.debates` and its siblings, to be awaited."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    @cached_property
    def notes(self) -> AsyncNotesResource:
        """Operations on notes."""
        from aragora.resources.notes import AsyncNotesResource

        return AsyncNotesResource(self._sender)

    @cached_property
    def system(self) -> AsyncSystemResource:
        """Operations on system."""
        from aragora.resources.system import AsyncSystemResource

        return AsyncSystemResource(self._sender)
