"""What an override is, and when one makes sense. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import attrs

from aragora_server.kernel.clock import wire_time
from aragora_server.kernel.errors import Invalid, NotFound
from aragora_server.kernel.money import MAX_MICRO_USD, InvalidAmount, format_usd

from .model import Budget

Status = Literal["live", "expired", "revoked"]


class OverrideNotFound(NotFound):
    code = "override_not_found"


class OverrideInvalid(Invalid):
    code = "override_invalid"


@attrs.frozen(kw_only=True)
class Override:
    """More than the limit, in one period of a budget, until it ends or is revoked."""

    id: str
    budget_id: str
    period_id: str
    amount_micro_usd: int
    expires_at: datetime
    reason: str
    created_by: str
    created_at: datetime
    revoked_by: str | None = None
    revoked_at: datetime | None = None

    def status(self, at: datetime) -> Status:
        if self.revoked_at is not None:
            return "revoked"
        return "live" if self.expires_at > at else "expired"


@attrs.frozen(kw_only=True)
class Grant:
    """An override as it is asked for."""

    amount_micro_usd: int
    expires_at: datetime
    reason: str

    def check(self, budget: Budget, ceiling_micro_usd: int | None, at: datetime) -> None:
        """OverrideInvalid or InvalidAmount where it would not do what it says."""
        if self.amount_micro_usd == 0:
            raise InvalidAmount("an override of nothing changes nothing")
        if ceiling_micro_usd is None:
            raise OverrideInvalid(f"the budget {budget.name!r} never refuses")
        if ceiling_micro_usd + self.amount_micro_usd > MAX_MICRO_USD:
            raise InvalidAmount(f"the budget would admit more than {format_usd(MAX_MICRO_USD)}")
        if self.expires_at <= at:
            raise OverrideInvalid("expires_at is over")
        ends_at = budget.window(at).ends_at
        if ends_at is not None and self.expires_at > ends_at:
            raise OverrideInvalid(
                f"it would outlive the period, which ends at {wire_time(ends_at)}: an override"
                " belongs to one period"
            )
