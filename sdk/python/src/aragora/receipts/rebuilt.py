"""Logs made anew from their entries, and what their checkpoints say of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .audit import AuditFailed, LogUnknown, kind_of, signed
from .digest import from_base64
from .keys import LogKey, SupportMissing
from .merkle import Edge, leaf_hash
from .note import Note, NoteError
from .proof import Checkpoint, ProofError
from .result import Check, Outcome
from .schema import COUNT, SchemaError, each, record, text

# One a year.
MOST_LOGS = 256
TEXT = text(r"(?s:.*)")
_ORIGIN = text(r"[\x21-\x7e]{1,255}")
_LOGS = each(record({"origin": _ORIGIN, "size": COUNT}), most=MOST_LOGS)
_ENTRY = record({"origin": _ORIGIN, "index": COUNT, "leaf": TEXT})


@dataclass(slots=True)
class Notes:
    """What was found by each check: its first fault, and how many more there were."""

    faults: dict[str, str] = field(default_factory=dict)
    more: Counter[str] = field(default_factory=Counter)
    lacking: dict[str, str] = field(default_factory=dict)

    def fail(self, name: str, detail: str) -> None:
        if name in self.faults:
            self.more[name] += 1
        self.faults.setdefault(name, detail)

    def lack(self, name: str, detail: str) -> None:
        self.lacking.setdefault(name, detail)

    def check(self, name: str, passed: str) -> Check:
        result: Outcome = "pass"
        if name in self.faults:
            more = f", and {self.more[name]} more" if self.more[name] else ""
            result, passed = "fail", self.faults[name] + more
        elif name in self.lacking:
            result, passed = "absent", self.lacking[name]
        return Check(name, result, passed)


@dataclass(slots=True)
class Tree:
    """One log: what its checkpoints say and its entries make. `size` is what was announced."""

    size: int
    edge: Edge = field(default_factory=Edge)
    said: dict[int, bytes] = field(default_factory=dict)
    next: int = 0


@dataclass(slots=True)
class Logs:
    """All logs of an archive. Of an entry 16 bytes are kept, to see that none stands twice."""

    keys: tuple[LogKey, ...]
    notes: Notes
    trees: dict[str, Tree] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)
    leaves: set[bytes] = field(default_factory=set)

    def announce(self, logs: list[Any]) -> None:
        try:
            _LOGS(logs)
        except SchemaError as error:
            self.notes.fail("lines", f"the header's logs: {error}")
            return
        for one in logs:
            match one:
                case {"origin": str(origin), "size": int(size)} if origin not in self.trees:
                    self.trees[origin] = Tree(size)
                case _:
                    self.notes.fail("lines", "the header names a log twice, or not at all")

    def checkpoint(self, line: int, content: Any) -> None:
        note = content if isinstance(content, str) else ""
        try:
            said = Checkpoint.parse(Note.parse(note).text)
            signed(note, self.keys)
        except (LogUnknown, SupportMissing) as missing:
            self.notes.lack("checkpoints", str(missing))
        except (NoteError, ProofError, AuditFailed) as error:
            self.notes.fail("checkpoints", f"line {line}: {error}")
            return
        tree = self.trees.get(said.origin)
        if tree is None or said.size > tree.size:
            self.notes.fail("checkpoints", f"line {line} is of a log that is not in here")
        elif tree.said and said.size <= next(reversed(tree.said)):
            self.notes.fail("checkpoints", f"line {line} does not follow the one before")
        else:
            tree.said[said.size] = said.root

    def entry(self, line: int, content: Any) -> None:
        try:
            _ENTRY(content)
            leaf, tree = from_base64(content["leaf"]), self.trees[content["origin"]]
        except (SchemaError, ValueError, KeyError):
            self.notes.fail("entries", f"line {line} is no entry of a log in here")
            return
        index = content["index"]
        if index > tree.next:
            self.notes.fail("entries", f"leaves {tree.next} to {index - 1} are missing")
        elif index < tree.next:
            self.notes.fail("entries", f"leaf {index} stands twice, or too late")
        tree.next = max(tree.next, index + 1)
        try:
            self.kinds[kind_of(leaf, self.leaves)] += 1
        except AuditFailed as error:
            self.notes.fail("entries", f"leaf {index}: {error}")
        tree.edge.add(leaf_hash(leaf))
        said = tree.said.get(tree.edge.size)
        if said is not None and said != tree.edge.root:
            self.notes.fail("checkpoints", f"the first {index + 1} leaves do not make its root")

    def made(self, said: Checkpoint) -> bool:
        """Whether a checkpoint of this archive says the same."""
        tree = self.trees.get(said.origin)
        return tree is not None and tree.said.get(said.size) == said.root

    def conclude(self) -> Iterator[tuple[str, int, bytes]]:
        """Origin, size and root of each log."""
        for origin, tree in self.trees.items():
            if tree.next < tree.size:
                self.notes.fail("entries", f"leaves {tree.next} to {tree.size - 1} are missing")
            elif tree.next > tree.size:
                self.notes.fail("entries", f"{origin} has more leaves than its header says")
            if tree.size not in tree.said:
                self.notes.fail("checkpoints", f"none speaks for all {tree.size} leaves")
            yield origin, tree.edge.size, tree.edge.root
