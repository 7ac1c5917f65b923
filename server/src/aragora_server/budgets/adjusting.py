"""Corrections: what was booked too much is given back, what was booked too little is added."""

from __future__ import annotations

import attrs

from aragora_server.kernel.db import Tx
from aragora_server.kernel.errors import Invalid
from aragora_server.kernel.money import MICRO, InvalidAmount, format_usd

from . import books, store
from .alerting import Alerts
from .model import Hold, LedgerEntry
from .settling import Said

MOST_A_CALL = 10_000 * MICRO
"""What a call may be corrected to. With a few digits too many, sums would pass every amount that an
answer can tell."""


class AdjustmentInvalid(Invalid):
    code = "adjustment_invalid"


@attrs.frozen(kw_only=True)
class Adjustment:
    """A correction of one call as it is asked for."""

    hold_id: str
    amount_micro_usd: int
    reason: str

    def check(self, hold: Hold, cost_micro_usd: int) -> None:
        """AdjustmentInvalid or InvalidAmount where it would make no sense of the call."""
        if self.amount_micro_usd == 0:
            raise InvalidAmount("an adjustment of nothing changes nothing")
        if hold.state == "held":
            raise AdjustmentInvalid("the call is under way: it can be adjusted when it is settled")
        cost = cost_micro_usd + self.amount_micro_usd
        if cost < 0:
            raise AdjustmentInvalid(
                f"the call cost {format_usd(cost_micro_usd)} USD: no more can be given back"
            )
        if cost > MOST_A_CALL and self.amount_micro_usd > 0:
            most = format_usd(MOST_A_CALL)
            raise InvalidAmount(f"the call would cost more than {most} USD; add less")


def overage_of(amount_micro_usd: int, overage_micro_usd: int) -> int:
    """The part of an adjustment that counts as overage.

    All of what is added: no bound foresaw it, and spend alone may not pass the ceiling. What is
    given back takes off the overage first.
    """
    if amount_micro_usd > 0:
        return amount_micro_usd
    return -min(overage_micro_usd, -amount_micro_usd)


async def correct(
    tx: Tx, alerts: Alerts, hold: Hold, entry: LedgerEntry
) -> tuple[LedgerEntry, tuple[Said, ...]]:
    """Book an adjustment in every period that the hold, which is locked, counts in; and what its
    budgets said to it."""
    booked = await books.booked_for(tx, hold.id)
    over = overage_of(entry.amount_micro_usd, booked.overage_micro_usd)
    reached = await store.move(
        tx,
        await books.period_ids(tx, hold.id),
        amount=0,
        booked=entry.amount_micro_usd - over,
        overage=over,
    )
    said = await alerts.moved(tx, reached, hold, max(0, over), entry.at)
    entry = attrs.evolve(entry, overage_micro_usd=over)
    await books.append(tx, [entry])
    return entry, said
