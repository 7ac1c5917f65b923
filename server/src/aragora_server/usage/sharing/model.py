"""A link to a report: what it shows is fixed, the figures are not. Pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime

import attrs

from aragora_server.kernel import shares
from aragora_server.kernel.zones import zone
from aragora_server.usage.calendar import Days
from aragora_server.usage.report import Asked, GroupBy


@attrs.frozen(kw_only=True)
class Terms:
    """What a link shows, and how long."""

    title: str | None = None
    first_day: str | None = None
    last_day: str | None = None
    timezone: str
    group_by: GroupBy
    top: int
    expires_at: datetime | None = None

    def days(self, now: datetime) -> Days:
        """To the end of this month, where nothing else is said: more is booked until then."""
        today = now.astimezone(zone(self.timezone)).date()
        last = today.replace(day=monthrange(today.year, today.month)[1])
        return Days.asked(self.first_day, self.last_day or last.isoformat(), self.timezone, now=now)

    def end(self, now: datetime) -> datetime:
        return shares.end(self.expires_at, now, default=shares.LONGEST_LIFE)


@attrs.frozen(kw_only=True)
class UsageLink:
    id: str
    workspace_id: str
    title: str | None
    first_day: str
    last_day: str
    timezone: str
    group_by: GroupBy
    top: int
    uses: int
    created_by: str
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None

    @property
    def asked(self) -> Asked:
        first, last = date.fromisoformat(self.first_day), date.fromisoformat(self.last_day)
        days = Days(first=first, last=last, timezone=self.timezone)
        return Asked(days=days, group_by=self.group_by, top=self.top)
