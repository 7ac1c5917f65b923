"""The product with one of its guards taken out: what a chaos test must notice.

A mutant is a copy of the sources with a few lines changed; a process that starts from it has it
before the installed product. A change that matches no line, or several, is an error: a guard that
moved must be found again.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import attrs

SOURCES = Path(__file__).parents[2] / "server" / "src"


@attrs.frozen
class Change:
    """In one file of the package: these lines, and what stands there instead."""

    file: str
    old: str
    new: str


@attrs.frozen
class Mutant:
    name: str
    changes: tuple[Change, ...]

    def grow(self, folder: Path) -> Path:
        """Write the copy; answers what to put first on the path."""
        copy = folder / "sources"
        shutil.copytree(SOURCES, copy, ignore=shutil.ignore_patterns("__pycache__"))
        for change in self.changes:
            path = copy / "aragora_server" / change.file
            text = path.read_text()
            count = text.count(change.old)
            if count != 1:
                raise LookupError(f"{self.name}: {change.file} has {count} times {change.old!r}")
            path.write_text(text.replace(change.old, change.new))
        return copy


WITHOUT_LOCK = Mutant(
    "without the directory lock",
    (Change("datadir.py", "if not _try_lock(file):", "if False:"),),
)

JOURNAL = "debates/running/journal.py"
FENCE = """_FENCE = (
    update(debates)
    .where(debates.c.id == _ID, debates.c.epoch {} _EPOCH)"""
GUARD = """calls.c.epoch == _EPOCH,
            calls.c.hold_id.is_not_distinct_from(call.hold_id),"""
WITHOUT_EPOCH = Mutant(
    "without the epoch test",
    (
        Change(JOURNAL, FENCE.format("=="), FENCE.format(">=")),
        Change(JOURNAL, GUARD, "calls.c.epoch >= _EPOCH,"),
        Change("debates/running/sitting.py", "standing.epoch != sitting.tenure.epoch", "False"),
        Change("debates/running/proceedings.py", "if found.epoch != tenure.epoch:", "if False:"),
    ),
)
"""An epoch only grows, so `>=` lets everybody pass who was ever the owner."""

WITHOUT_RECONCILER = Mutant(
    "without the reconciler",
    (
        Change(
            "debates/running/process.py",
            "                chores.start_soon(self._reconcile_for_ever)\n",
            "",
        ),
    ),
)

KEY = "  CONSTRAINT uq_calls_debate_id_call_no UNIQUE (debate_id, call_no),\n"
WITHOUT_KEY = Mutant(
    "without the unique key",
    (
        Change("debates/tables.py", '    UniqueConstraint("debate_id", "call_no"),\n', ""),
        Change("migrations/versions/0001.sqlite.sql", KEY, ""),
        Change("migrations/versions/0001.postgresql.sql", KEY, ""),
    ),
)

ADMIT = "periods.c.ceiling_micro_usd >= _TAKEN + _ASKED"
WITHOUT_GUARD = Mutant(
    "without the guard",
    (Change("budgets/store.py", ADMIT, "_ASKED >= 0"),),
)

WITHIN = """    CheckConstraint(
        "ceiling_micro_usd IS NULL"
        " OR spent_micro_usd + held_micro_usd <= ceiling_micro_usd + grandfathered_micro_usd",
        name="within_ceiling",
    ),
"""
WITHIN_SQL = """  CONSTRAINT ck_budget_periods_within_ceiling CHECK (ceiling_micro_usd IS NULL OR \
spent_micro_usd + held_micro_usd <= ceiling_micro_usd + grandfathered_micro_usd),
"""
WITHOUT_GUARD_AND_CHECK = Mutant(
    "without the guard and the CHECK",
    (
        *WITHOUT_GUARD.changes,
        Change("budgets/tables.py", WITHIN, ""),
        Change("migrations/versions/0001.sqlite.sql", WITHIN_SQL, ""),
    ),
)
