"""Where prices meet the ledger. Used by `app.py` alone."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from .budgets.repricing import Repriced, RepricingService, Wanted
from .pricing.own import OwnPrice


@attrs.frozen
class PriceBooks:
    """The ledger, for prices that are set for calls of the past."""

    repricing: RepricingService

    async def reprice(
        self, price: OwnPrice, others: Sequence[OwnPrice], *, by: str, is_dry_run: bool
    ) -> Repriced:
        wanted = Wanted(
            workspace_id=price.workspace_id,
            provider=price.provider,
            reach=price,
            others=others,
            price=price.price,
        )
        if is_dry_run:
            return await self.repricing.foresee(wanted)
        return await self.repricing.reprice(wanted, by=by)
