"""What became of a hold, and what budgets have to say of it."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from .model import HoldState


@attrs.frozen
class Said:
    """An alert, as far as the readers of the debate that caused it may know it."""

    type: str
    data: Mapping[str, object]


@attrs.frozen(kw_only=True)
class Settlement:
    """What a hold came to. `overage` is the part of the cost that its bound did not foresee.

    What was `said` on the way is said once: a repetition is equal, and silent.
    """

    hold_id: str
    state: HoldState
    cost_micro_usd: int
    overage_micro_usd: int
    said: tuple[Said, ...] = attrs.field(default=(), eq=False)
