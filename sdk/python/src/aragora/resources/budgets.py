# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""Methods of `client.budgets`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from aragora._core.call import Op
from aragora._core.options import OMIT, Omit, RequestOptions
from aragora._core.resource import AsyncResource, Resource

if TYPE_CHECKING:
    from aragora._core.page import AsyncPage, Page
    from aragora.types.budgets import (
        Budget,
        BudgetAlert,
        BudgetAlertPage,
        BudgetAudit,
        BudgetCheck,
        BudgetNotifyInput,
        BudgetNotifyInputParam,
        BudgetOverride,
        BudgetOverridePage,
        BudgetPage,
        BudgetPeriod,
        BudgetPeriodPage,
        LedgerEntry,
        LedgerEntryPage,
    )


def _Budget() -> type[Budget]:
    from aragora.types import Budget

    return Budget


def _BudgetAlertPage() -> type[BudgetAlertPage]:
    from aragora.types import BudgetAlertPage

    return BudgetAlertPage


def _BudgetAudit() -> type[BudgetAudit]:
    from aragora.types import BudgetAudit

    return BudgetAudit


def _BudgetCheck() -> type[BudgetCheck]:
    from aragora.types import BudgetCheck

    return BudgetCheck


def _BudgetOverride() -> type[BudgetOverride]:
    from aragora.types import BudgetOverride

    return BudgetOverride


def _BudgetOverridePage() -> type[BudgetOverridePage]:
    from aragora.types import BudgetOverridePage

    return BudgetOverridePage


def _BudgetPage() -> type[BudgetPage]:
    from aragora.types import BudgetPage

    return BudgetPage


def _BudgetPeriodPage() -> type[BudgetPeriodPage]:
    from aragora.types import BudgetPeriodPage

    return BudgetPeriodPage


def _LedgerEntry() -> type[LedgerEntry]:
    from aragora.types import LedgerEntry

    return LedgerEntry


def _LedgerEntryPage() -> type[LedgerEntryPage]:
    from aragora.types import LedgerEntryPage

    return LedgerEntryPage


_LIST: Op[BudgetPage] = Op(
    id="listBudgets",
    method="GET",
    path="/v1/budgets",
    returns=_BudgetPage,
    query=(
        "cursor",
        "limit",
    ),
    repeatable=True,
)
_CREATE: Op[Budget] = Op(
    id="createBudget",
    method="POST",
    path="/v1/budgets",
    returns=_Budget,
    sends="application/json",
    repeatable=True,
    takes_key=True,
)
_AUDIT: Op[BudgetAudit] = Op(
    id="auditBudgets",
    method="GET",
    path="/v1/budgets/audit",
    returns=_BudgetAudit,
    repeatable=True,
)
_CHECK: Op[BudgetCheck] = Op(
    id="checkBudget",
    method="POST",
    path="/v1/budgets/check",
    returns=_BudgetCheck,
    sends="application/json",
)
_GET: Op[Budget] = Op(
    id="getBudget",
    method="GET",
    path="/v1/budgets/{budget_id}",
    returns=_Budget,
    repeatable=True,
)
_UPDATE: Op[Budget] = Op(
    id="updateBudget",
    method="PATCH",
    path="/v1/budgets/{budget_id}",
    returns=_Budget,
    sends="application/json",
)
_DELETE: Op[None] = Op(
    id="deleteBudget",
    method="DELETE",
    path="/v1/budgets/{budget_id}",
    reads="empty",
    repeatable=True,
)
_ALERTS: Op[BudgetAlertPage] = Op(
    id="listBudgetAlerts",
    method="GET",
    path="/v1/budgets/{budget_id}/alerts",
    returns=_BudgetAlertPage,
    query=(
        "cursor",
        "limit",
    ),
    repeatable=True,
)
_LEDGER: Op[LedgerEntryPage] = Op(
    id="listLedgerEntries",
    method="GET",
    path="/v1/budgets/{budget_id}/ledger",
    returns=_LedgerEntryPage,
    query=(
        "cursor",
        "limit",
    ),
    repeatable=True,
)
_LIST_OVERRIDES: Op[BudgetOverridePage] = Op(
    id="listBudgetOverrides",
    method="GET",
    path="/v1/budgets/{budget_id}/overrides",
    returns=_BudgetOverridePage,
    query=(
        "cursor",
        "limit",
    ),
    repeatable=True,
)
_OVERRIDE: Op[BudgetOverride] = Op(
    id="createBudgetOverride",
    method="POST",
    path="/v1/budgets/{budget_id}/overrides",
    returns=_BudgetOverride,
    sends="application/json",
    repeatable=True,
    takes_key=True,
)
_REVOKE_OVERRIDE: Op[None] = Op(
    id="revokeBudgetOverride",
    method="DELETE",
    path="/v1/budgets/{budget_id}/overrides/{override_id}",
    reads="empty",
    repeatable=True,
)
_PERIODS: Op[BudgetPeriodPage] = Op(
    id="listBudgetPeriods",
    method="GET",
    path="/v1/budgets/{budget_id}/periods",
    returns=_BudgetPeriodPage,
    query=(
        "cursor",
        "limit",
    ),
    repeatable=True,
)
_ADJUST: Op[LedgerEntry] = Op(
    id="adjustLedger",
    method="POST",
    path="/v1/ledger/adjustments",
    returns=_LedgerEntry,
    sends="application/json",
    repeatable=True,
    takes_key=True,
)


class BudgetsResource(Resource):
    """Operations on budgets."""

    def list(
        self,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Page[Budget]:
        """List budgets.

        Budgets of the workspace, newest first.

        Args:
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidCursor, InvalidRequest, MalformedRequest, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for budget in client.budgets.list(limit=20):
                    print(budget)
        """
        return self._page(
            _LIST,
            {
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    def create(
        self,
        *,
        name: str,
        limit_usd: str,
        anchor_day: int | Omit = OMIT,
        block_at_percent: int | None | Omit = OMIT,
        notify: BudgetNotifyInputParam | BudgetNotifyInput | Omit = OMIT,
        period: Literal["month", "week", "total"] | Omit = OMIT,
        scope: Literal["workspace", "api_key", "tag"] | Omit = OMIT,
        scope_id: str | Omit = OMIT,
        timezone: str | Omit = OMIT,
        unpriced: Literal["refuse", "allow"] | Omit = OMIT,
        warn_at_percent: Sequence[int] | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Budget:
        """Create a budget.

        From now on every call of its scope must be admitted by this budget before it is made. Calls
        under way are not counted in.

        Args:
            name: What the budget is for.
            limit_usd: The most that may be spent in a period.
            anchor_day: The day on which a month begins; default 1. For `month` alone.
            block_at_percent: At which percent of the limit nothing more is admitted; default
                100; null never refuses, and still counts and warns.
            notify: Who is told of its alerts; default: the webhook endpoints of the workspace.
            period: `month`: each month; `week`: each week from its Monday; `total`: once;
                default `month`.
            scope: Whose spending counts: that of everybody, of one API key, or of all debates
                with a tag; default `workspace`.
            scope_id: The id of the API key, or the tag; without it when the scope is
                `workspace`.
            timezone: The IANA time zone in whose midnight a month or a week begins, such as
                `Europe/Berlin`; default `UTC`. Where the clock is changed at that midnight, the
                period begins at its first instant.
            unpriced: What becomes of calls to models whose price nobody knows. `refuse`: they
                are refused (`model_unpriced`) if this budget blocks at all; `allow`: they are
                booked with 0 and flagged, unless another budget refuses them; default `refuse`.
            warn_at_percent: At which percent of the limit somebody is told; default 80.

        Raises:
            BodyTooLarge, BudgetConflict, BudgetScopeInvalid, IdempotencyInProgress,
            IdempotencyKeyReused, InternalError, InvalidAmount, InvalidPeriod, InvalidRequest,
            MalformedRequest, RateLimited, RequestTimeout, ScopeMissing, StorageFull,
            TooManyAddresses, TooManyBudgets, Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            with Aragora() as client:
                budget = client.budgets.create(
                    name="Team budget",
                    limit_usd="25",
                    period="month",
                )
                print(budget)
        """
        return self._call(
            _CREATE,
            {
                "name": name,
                "limit_usd": limit_usd,
                "anchor_day": anchor_day,
                "block_at_percent": block_at_percent,
                "notify": notify,
                "period": period,
                "scope": scope,
                "scope_id": scope_id,
                "timezone": timezone,
                "unpriced": unpriced,
                "warn_at_percent": warn_at_percent,
            },
            request_options,
        )

    def audit(self, *, request_options: RequestOptions | None = None) -> BudgetAudit:
        """Prove that the books agree.

        Computes anew, from the ledger alone, what every period of every budget has spent, holds and
        went over, and what every receipt says that its debate cost, and compares. Closed budgets
        and the limits of single debates are looked at too.

        Raises:
            InternalError, RateLimited, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                budget_audit = client.budgets.audit()
                print(budget_audit)
        """
        return self._call(_AUDIT, {}, request_options)

    def check(
        self,
        *,
        amount_usd: str,
        tags: Sequence[str] | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> BudgetCheck:
        """Ask whether budgets would admit an amount.

        Looks at every budget that a debate of this key with these tags would fall under, and holds
        nothing: advice, and no promise. Only a debate that is opened has its money.

        Args:
            amount_usd: How much.
            tags: The tags of the debate; default none.

        Raises:
            BodyTooLarge, InternalError, InvalidAmount, InvalidRequest, MalformedRequest,
            RateLimited, RequestTimeout, ScopeMissing, Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            with Aragora() as client:
                budget_check = client.budgets.check(amount_usd="10", tags=["team-checkout"])
                print(budget_check)
        """
        return self._call(
            _CHECK,
            {
                "amount_usd": amount_usd,
                "tags": tags,
            },
            request_options,
        )

    def get(self, budget_id: str, *, request_options: RequestOptions | None = None) -> Budget:
        """Read a budget.

        The budget with the state of its current period.

        Args:
            budget_id: The budget.

        Raises:
            BudgetNotFound, InternalError, InvalidRequest, NotFound, RateLimited, ScopeMissing,
            Unauthenticated

        Example:
            from aragora import Aragora

            budget_id = "01943f70-5d1e-7c44-a3b2-90fe12ab34cd"

            with Aragora() as client:
                budget = client.budgets.get(budget_id)
                print(budget)
        """
        return self._call(
            _GET,
            {
                "budget_id": budget_id,
            },
            request_options,
        )

    def update(
        self,
        budget_id: str,
        *,
        block_at_percent: int | None | Omit = OMIT,
        limit_usd: str | Omit = OMIT,
        name: str | Omit = OMIT,
        notify: BudgetNotifyInputParam | BudgetNotifyInput | Omit = OMIT,
        paused: bool | Omit = OMIT,
        unpriced: Literal["refuse", "allow"] | Omit = OMIT,
        warn_at_percent: Sequence[int] | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Budget:
        """Change a budget.

        Changes its name, its terms, or whether it is paused. A limit below what is spent admits
        nothing more; calls under way are still paid. With other terms its thresholds count anew:
        those that are not reached yet. Of `notify`, too, what is left out stays.

        Args:
            budget_id: The budget.
            block_at_percent: At which percent of the limit nothing more is admitted; null never
                refuses, and still counts and warns.
            limit_usd: The new limit; it may lie below what is spent, then nothing more is
                admitted.
            name: What the budget is for.
            notify: Who is told of its alerts; default: the webhook endpoints of the workspace.
            paused: While it is true, nothing under this budget is admitted; calls under way are
                paid.
            unpriced: What becomes of calls to models whose price nobody knows. `refuse`: they
                are refused (`model_unpriced`) if this budget blocks at all; `allow`: they are
                booked with 0 and flagged, unless another budget refuses them.
            warn_at_percent: At which percent of the limit somebody is told.

        Raises:
            BodyTooLarge, BudgetNotFound, InternalError, InvalidAmount, InvalidRequest,
            MalformedRequest, NotFound, RateLimited, RequestTimeout, ScopeMissing, StorageFull,
            TooManyAddresses, Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            budget_id = "01943f70-5d1e-7c44-a3b2-90fe12ab34cd"

            with Aragora() as client:
                budget = client.budgets.update(budget_id, limit_usd="40")
                print(budget)
        """
        return self._call(
            _UPDATE,
            {
                "budget_id": budget_id,
                "block_at_percent": block_at_percent,
                "limit_usd": limit_usd,
                "name": name,
                "notify": notify,
                "paused": paused,
                "unpriced": unpriced,
                "warn_at_percent": warn_at_percent,
            },
            request_options,
        )

    def delete(self, budget_id: str, *, request_options: RequestOptions | None = None) -> None:
        """Delete a budget.

        Closes the budget: it no longer limits anything and is no longer shown. Its bookings stay in
        the books.

        Args:
            budget_id: The budget.

        Raises:
            BudgetNotFound, InternalError, InvalidRequest, NotFound, RateLimited, ScopeMissing,
            StorageFull, Unauthenticated

        Example:
            from aragora import Aragora

            budget_id = "01943f70-5d1e-7c44-a3b2-90fe12ab34cd"

            with Aragora() as client:
                client.budgets.delete(budget_id)
        """
        return self._call(
            _DELETE,
            {
                "budget_id": budget_id,
            },
            request_options,
        )

    def alerts(
        self,
        budget_id: str,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Page[BudgetAlert]:
        """List a budget's alerts.

        What was told of it, newest first.

        Args:
            budget_id: The budget.
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            BudgetNotFound, InternalError, InvalidCursor, InvalidRequest, MalformedRequest,
            NotFound, RateLimited, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            budget_id = "01943f70-5d1e-7c44-a3b2-90fe12ab34cd"

            with Aragora() as client:
                for budget_alert in client.budgets.alerts(budget_id, limit=20):
                    print(budget_alert)
        """
        return self._page(
            _ALERTS,
            {
                "budget_id": budget_id,
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    def ledger(
        self,
        budget_id: str,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Page[LedgerEntry]:
        """List a budget's bookings.

        Each reservation, settlement, release, overage and adjustment, newest first.

        Args:
            budget_id: The budget.
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            BudgetNotFound, InternalError, InvalidCursor, InvalidRequest, MalformedRequest,
            NotFound, RateLimited, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            budget_id = "01943f70-5d1e-7c44-a3b2-90fe12ab34cd"

            with Aragora() as client:
                for ledger_entry in client.budgets.ledger(budget_id, limit=20):
                    print(ledger_entry)
        """
        return self._page(
            _LEDGER,
            {
                "budget_id": budget_id,
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    def list_overrides(
        self,
        budget_id: str,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Page[BudgetOverride]:
        """List a budget's overrides.

        Each that was granted, newest first, also those that have ended.

        Args:
            budget_id: The budget.
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            BudgetNotFound, InternalError, InvalidCursor, InvalidRequest, MalformedRequest,
            NotFound, RateLimited, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            budget_id = "01943f70-5d1e-7c44-a3b2-90fe12ab34cd"

            with Aragora() as client:
                for budget_override in client.budgets.list_overrides(budget_id, limit=20):
                    print(budget_override)
        """
        return self._page(
            _LIST_OVERRIDES,
            {
                "budget_id": budget_id,
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    def override(
        self,
        budget_id: str,
        *,
        amount_usd: str,
        expires_at: datetime | str,
        reason: str,
        request_options: RequestOptions | None = None,
    ) -> BudgetOverride:
        """Grant an override.

        The current period of the budget admits this much more than its limit, until the override
        ends, is revoked, or the period is over. Who granted it, why and until when is kept.

        Args:
            budget_id: The budget.
            amount_usd: How much more than the limit may be spent.
            expires_at: When it ends; within the current period of the budget.
            reason: Why.

        Raises:
            BodyTooLarge, BudgetNotFound, IdempotencyInProgress, IdempotencyKeyReused,
            InternalError, InvalidAmount, InvalidRequest, MalformedRequest, NotFound,
            OverrideInvalid, RateLimited, RequestTimeout, ScopeMissing, StorageFull,
            Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            budget_id = "01943f70-5d1e-7c44-a3b2-90fe12ab34cd"

            with Aragora() as client:
                budget_override = client.budgets.override(
                    budget_id,
                    amount_usd="10",
                    expires_at="2099-12-31T00:00:00.000Z",
                    reason="The audit must be done this week.",
                )
                print(budget_override)
        """
        return self._call(
            _OVERRIDE,
            {
                "budget_id": budget_id,
                "amount_usd": amount_usd,
                "expires_at": expires_at,
                "reason": reason,
            },
            request_options,
        )

    def revoke_override(
        self, budget_id: str, override_id: str, *, request_options: RequestOptions | None = None
    ) -> None:
        """Revoke an override.

        It ends now and stays in the list as revoked. What was spent under it stays spent. Repeating
        it changes nothing.

        Args:
            budget_id: The budget.
            override_id: The override.

        Raises:
            BudgetNotFound, InternalError, InvalidRequest, NotFound, OverrideNotFound, RateLimited,
            ScopeMissing, StorageFull, Unauthenticated

        Example:
            from aragora import Aragora

            budget_id = "01943f70-5d1e-7c44-a3b2-90fe12ab34cd"
            override_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                client.budgets.revoke_override(budget_id, override_id)
        """
        return self._call(
            _REVOKE_OVERRIDE,
            {
                "budget_id": budget_id,
                "override_id": override_id,
            },
            request_options,
        )

    def periods(
        self,
        budget_id: str,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Page[BudgetPeriod]:
        """List a budget's periods.

        Every period in which something was reserved, newest first.

        Args:
            budget_id: The budget.
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            BudgetNotFound, InternalError, InvalidCursor, InvalidRequest, MalformedRequest,
            NotFound, RateLimited, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            budget_id = "01943f70-5d1e-7c44-a3b2-90fe12ab34cd"

            with Aragora() as client:
                for budget_period in client.budgets.periods(budget_id, limit=20):
                    print(budget_period)
        """
        return self._page(
            _PERIODS,
            {
                "budget_id": budget_id,
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    def adjust(
        self,
        *,
        hold_id: str,
        amount_usd: str,
        reason: str,
        request_options: RequestOptions | None = None,
    ) -> LedgerEntry:
        """Adjust what was booked.

        Corrects what one call cost, in every budget that it counts in: a negative amount gives
        something back, at most what the call cost; a positive one is added as overage, until the
        call comes to 10,000 USD. The ledger keeps both, with who adjusted it and why; nothing that
        was booked is changed, and nothing is ever taken out, so name no person in the reason.

        Args:
            hold_id: The reservation of the call.
            amount_usd: What to add to its cost; negative to give something back.
            reason: Why. It stays in the ledger for ever, so name no person.

        Raises:
            AdjustmentInvalid, BodyTooLarge, HoldNotFound, IdempotencyInProgress,
            IdempotencyKeyReused, InternalError, InvalidAmount, InvalidRequest, MalformedRequest,
            NotFound, RateLimited, RequestTimeout, ScopeMissing, StorageFull, Unauthenticated,
            UnsupportedMediaType

        Example:
            from aragora import Aragora

            with Aragora() as client:
                ledger_entry = client.budgets.adjust(
                    hold_id="01943f73-0a1b-7c2d-9e3f-4a5b6c7d8e90",
                    amount_usd="-0.0005",
                    reason="The price had a typo.",
                )
                print(ledger_entry)
        """
        return self._call(
            _ADJUST,
            {
                "hold_id": hold_id,
                "amount_usd": amount_usd,
                "reason": reason,
            },
            request_options,
        )


class AsyncBudgetsResource(AsyncResource):
    """Operations on budgets."""

    async def list(
        self,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> AsyncPage[Budget]:
        """List budgets.

        Budgets of the workspace, newest first.

        Args:
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidCursor, InvalidRequest, MalformedRequest, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for budget in client.budgets.list(limit=20):
                    print(budget)
        """
        return await self._page(
            _LIST,
            {
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    async def create(
        self,
        *,
        name: str,
        limit_usd: str,
        anchor_day: int | Omit = OMIT,
        block_at_percent: int | None | Omit = OMIT,
        notify: BudgetNotifyInputParam | BudgetNotifyInput | Omit = OMIT,
        period: Literal["month", "week", "total"] | Omit = OMIT,
        scope: Literal["workspace", "api_key", "tag"] | Omit = OMIT,
        scope_id: str | Omit = OMIT,
        timezone: str | Omit = OMIT,
        unpriced: Literal["refuse", "allow"] | Omit = OMIT,
        warn_at_percent: Sequence[int] | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Budget:
        """Create a budget.

        From now on every call of its scope must be admitted by this budget before it is made. Calls
        under way are not counted in.

        Args:
            name: What the budget is for.
            limit_usd: The most that may be spent in a period.
            anchor_day: The day on which a month begins; default 1. For `month` alone.
            block_at_percent: At which percent of the limit nothing more is admitted; default
                100; null never refuses, and still counts and warns.
            notify: Who is told of its alerts; default: the webhook endpoints of the workspace.
            period: `month`: each month; `week`: each week from its Monday; `total`: once;
                default `month`.
            scope: Whose spending counts: that of everybody, of one API key, or of all debates
                with a tag; default `workspace`.
            scope_id: The id of the API key, or the tag; without it when the scope is
                `workspace`.
            timezone: The IANA time zone in whose midnight a month or a week begins, such as
                `Europe/Berlin`; default `UTC`. Where the clock is changed at that midnight, the
                period begins at its first instant.
            unpriced: What becomes of calls to models whose price nobody knows. `refuse`: they
                are refused (`model_unpriced`) if this budget blocks at all; `allow`: they are
                booked with 0 and flagged, unless another budget refuses them; default `refuse`.
            warn_at_percent: At which percent of the limit somebody is told; default 80.

        Raises:
            BodyTooLarge, BudgetConflict, BudgetScopeInvalid, IdempotencyInProgress,
            IdempotencyKeyReused, InternalError, InvalidAmount, InvalidPeriod, InvalidRequest,
            MalformedRequest, RateLimited, RequestTimeout, ScopeMissing, StorageFull,
            TooManyAddresses, TooManyBudgets, Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            with Aragora() as client:
                budget = client.budgets.create(
                    name="Team budget",
                    limit_usd="25",
                    period="month",
                )
                print(budget)
        """
        return await self._call(
            _CREATE,
            {
                "name": name,
                "limit_usd": limit_usd,
                "anchor_day": anchor_day,
                "block_at_percent": block_at_percent,
                "notify": notify,
                "period": period,
                "scope": scope,
                "scope_id": scope_id,
                "timezone": timezone,
                "unpriced": unpriced,
                "warn_at_percent": warn_at_percent,
            },
            request_options,
        )

    async def audit(self, *, request_options: RequestOptions | None = None) -> BudgetAudit:
        """Prove that the books agree.

        Computes anew, from the ledger alone, what every period of every budget has spent, holds and
        went over, and what every receipt says that its debate cost, and compares. Closed budgets
        and the limits of single debates are looked at too.

        Raises:
            InternalError, RateLimited, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                budget_audit = client.budgets.audit()
                print(budget_audit)
        """
        return await self._call(_AUDIT, {}, request_options)

    async def check(
        self,
        *,
        amount_usd: str,
        tags: Sequence[str] | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> BudgetCheck:
        """Ask whether budgets would admit an amount.

        Looks at every budget that a debate of this key with these tags would fall under, and holds
        nothing: advice, and no promise. Only a debate that is opened has its money.

        Args:
            amount_usd: How much.
            tags: The tags of the debate; default none.

        Raises:
            BodyTooLarge, InternalError, InvalidAmount, InvalidRequest, MalformedRequest,
            RateLimited, RequestTimeout, ScopeMissing, Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            with Aragora() as client:
                budget_check = client.budgets.check(amount_usd="10", tags=["team-checkout"])
                print(budget_check)
        """
        return await self._call(
            _CHECK,
            {
                "amount_usd": amount_usd,
                "tags": tags,
            },
            request_options,
        )

    async def get(self, budget_id: str, *, request_options: RequestOptions | None = None) -> Budget:
        """Read a budget.

        The budget with the state of its current period.

        Args:
            budget_id: The budget.

        Raises:
            BudgetNotFound, InternalError, InvalidRequest, NotFound, RateLimited, ScopeMissing,
            Unauthenticated

        Example:
            from aragora import Aragora

            budget_id = "01943f70-5d1e-7c44-a3b2-90fe12ab34cd"

            with Aragora() as client:
                budget = client.budgets.get(budget_id)
                print(budget)
        """
        return await self._call(
            _GET,
            {
                "budget_id": budget_id,
            },
            request_options,
        )

    async def update(
        self,
        budget_id: str,
        *,
        block_at_percent: int | None | Omit = OMIT,
        limit_usd: str | Omit = OMIT,
        name: str | Omit = OMIT,
        notify: BudgetNotifyInputParam | BudgetNotifyInput | Omit = OMIT,
        paused: bool | Omit = OMIT,
        unpriced: Literal["refuse", "allow"] | Omit = OMIT,
        warn_at_percent: Sequence[int] | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Budget:
        """Change a budget.

        Changes its name, its terms, or whether it is paused. A limit below what is spent admits
        nothing more; calls under way are still paid. With other terms its thresholds count anew:
        those that are not reached yet. Of `notify`, too, what is left out stays.

        Args:
            budget_id: The budget.
            block_at_percent: At which percent of the limit nothing more is admitted; null never
                refuses, and still counts and warns.
            limit_usd: The new limit; it may lie below what is spent, then nothing more is
                admitted.
            name: What the budget is for.
            notify: Who is told of its alerts; default: the webhook endpoints of the workspace.
            paused: While it is true, nothing under this budget is admitted; calls under way are
                paid.
            unpriced: What becomes of calls to models whose price nobody knows. `refuse`: they
                are refused (`model_unpriced`) if this budget blocks at all; `allow`: they are
                booked with 0 and flagged, unless another budget refuses them.
            warn_at_percent: At which percent of the limit somebody is told.

        Raises:
            BodyTooLarge, BudgetNotFound, InternalError, InvalidAmount, InvalidRequest,
            MalformedRequest, NotFound, RateLimited, RequestTimeout, ScopeMissing, StorageFull,
            TooManyAddresses, Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            budget_id = "01943f70-5d1e-7c44-a3b2-90fe12ab34cd"

            with Aragora() as client:
                budget = client.budgets.update(budget_id, limit_usd="40")
                print(budget)
        """
        return await self._call(
            _UPDATE,
            {
                "budget_id": budget_id,
                "block_at_percent": block_at_percent,
                "limit_usd": limit_usd,
                "name": name,
                "notify": notify,
                "paused": paused,
                "unpriced": unpriced,
                "warn_at_percent": warn_at_percent,
            },
            request_options,
        )

    async def delete(
        self, budget_id: str, *, request_options: RequestOptions | None = None
    ) -> None:
        """Delete a budget.

        Closes the budget: it no longer limits anything and is no longer shown. Its bookings stay in
        the books.

        Args:
            budget_id: The budget.

        Raises:
            BudgetNotFound, InternalError, InvalidRequest, NotFound, RateLimited, ScopeMissing,
            StorageFull, Unauthenticated

        Example:
            from aragora import Aragora

            budget_id = "01943f70-5d1e-7c44-a3b2-90fe12ab34cd"

            with Aragora() as client:
                client.budgets.delete(budget_id)
        """
        return await self._call(
            _DELETE,
            {
                "budget_id": budget_id,
            },
            request_options,
        )

    async def alerts(
        self,
        budget_id: str,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> AsyncPage[BudgetAlert]:
        """List a budget's alerts.

        What was told of it, newest first.

        Args:
            budget_id: The budget.
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            BudgetNotFound, InternalError, InvalidCursor, InvalidRequest, MalformedRequest,
            NotFound, RateLimited, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            budget_id = "01943f70-5d1e-7c44-a3b2-90fe12ab34cd"

            with Aragora() as client:
                for budget_alert in client.budgets.alerts(budget_id, limit=20):
                    print(budget_alert)
        """
        return await self._page(
            _ALERTS,
            {
                "budget_id": budget_id,
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    async def ledger(
        self,
        budget_id: str,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> AsyncPage[LedgerEntry]:
        """List a budget's bookings.

        Each reservation, settlement, release, overage and adjustment, newest first.

        Args:
            budget_id: The budget.
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            BudgetNotFound, InternalError, InvalidCursor, InvalidRequest, MalformedRequest,
            NotFound, RateLimited, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            budget_id = "01943f70-5d1e-7c44-a3b2-90fe12ab34cd"

            with Aragora() as client:
                for ledger_entry in client.budgets.ledger(budget_id, limit=20):
                    print(ledger_entry)
        """
        return await self._page(
            _LEDGER,
            {
                "budget_id": budget_id,
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    async def list_overrides(
        self,
        budget_id: str,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> AsyncPage[BudgetOverride]:
        """List a budget's overrides.

        Each that was granted, newest first, also those that have ended.

        Args:
            budget_id: The budget.
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            BudgetNotFound, InternalError, InvalidCursor, InvalidRequest, MalformedRequest,
            NotFound, RateLimited, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            budget_id = "01943f70-5d1e-7c44-a3b2-90fe12ab34cd"

            with Aragora() as client:
                for budget_override in client.budgets.list_overrides(budget_id, limit=20):
                    print(budget_override)
        """
        return await self._page(
            _LIST_OVERRIDES,
            {
                "budget_id": budget_id,
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    async def override(
        self,
        budget_id: str,
        *,
        amount_usd: str,
        expires_at: datetime | str,
        reason: str,
        request_options: RequestOptions | None = None,
    ) -> BudgetOverride:
        """Grant an override.

        The current period of the budget admits this much more than its limit, until the override
        ends, is revoked, or the period is over. Who granted it, why and until when is kept.

        Args:
            budget_id: The budget.
            amount_usd: How much more than the limit may be spent.
            expires_at: When it ends; within the current period of the budget.
            reason: Why.

        Raises:
            BodyTooLarge, BudgetNotFound, IdempotencyInProgress, IdempotencyKeyReused,
            InternalError, InvalidAmount, InvalidRequest, MalformedRequest, NotFound,
            OverrideInvalid, RateLimited, RequestTimeout, ScopeMissing, StorageFull,
            Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            budget_id = "01943f70-5d1e-7c44-a3b2-90fe12ab34cd"

            with Aragora() as client:
                budget_override = client.budgets.override(
                    budget_id,
                    amount_usd="10",
                    expires_at="2099-12-31T00:00:00.000Z",
                    reason="The audit must be done this week.",
                )
                print(budget_override)
        """
        return await self._call(
            _OVERRIDE,
            {
                "budget_id": budget_id,
                "amount_usd": amount_usd,
                "expires_at": expires_at,
                "reason": reason,
            },
            request_options,
        )

    async def revoke_override(
        self, budget_id: str, override_id: str, *, request_options: RequestOptions | None = None
    ) -> None:
        """Revoke an override.

        It ends now and stays in the list as revoked. What was spent under it stays spent. Repeating
        it changes nothing.

        Args:
            budget_id: The budget.
            override_id: The override.

        Raises:
            BudgetNotFound, InternalError, InvalidRequest, NotFound, OverrideNotFound, RateLimited,
            ScopeMissing, StorageFull, Unauthenticated

        Example:
            from aragora import Aragora

            budget_id = "01943f70-5d1e-7c44-a3b2-90fe12ab34cd"
            override_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                client.budgets.revoke_override(budget_id, override_id)
        """
        return await self._call(
            _REVOKE_OVERRIDE,
            {
                "budget_id": budget_id,
                "override_id": override_id,
            },
            request_options,
        )

    async def periods(
        self,
        budget_id: str,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> AsyncPage[BudgetPeriod]:
        """List a budget's periods.

        Every period in which something was reserved, newest first.

        Args:
            budget_id: The budget.
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            BudgetNotFound, InternalError, InvalidCursor, InvalidRequest, MalformedRequest,
            NotFound, RateLimited, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            budget_id = "01943f70-5d1e-7c44-a3b2-90fe12ab34cd"

            with Aragora() as client:
                for budget_period in client.budgets.periods(budget_id, limit=20):
                    print(budget_period)
        """
        return await self._page(
            _PERIODS,
            {
                "budget_id": budget_id,
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    async def adjust(
        self,
        *,
        hold_id: str,
        amount_usd: str,
        reason: str,
        request_options: RequestOptions | None = None,
    ) -> LedgerEntry:
        """Adjust what was booked.

        Corrects what one call cost, in every budget that it counts in: a negative amount gives
        something back, at most what the call cost; a positive one is added as overage, until the
        call comes to 10,000 USD. The ledger keeps both, with who adjusted it and why; nothing that
        was booked is changed, and nothing is ever taken out, so name no person in the reason.

        Args:
            hold_id: The reservation of the call.
            amount_usd: What to add to its cost; negative to give something back.
            reason: Why. It stays in the ledger for ever, so name no person.

        Raises:
            AdjustmentInvalid, BodyTooLarge, HoldNotFound, IdempotencyInProgress,
            IdempotencyKeyReused, InternalError, InvalidAmount, InvalidRequest, MalformedRequest,
            NotFound, RateLimited, RequestTimeout, ScopeMissing, StorageFull, Unauthenticated,
            UnsupportedMediaType

        Example:
            from aragora import Aragora

            with Aragora() as client:
                ledger_entry = client.budgets.adjust(
                    hold_id="01943f73-0a1b-7c2d-9e3f-4a5b6c7d8e90",
                    amount_usd="-0.0005",
                    reason="The price had a typo.",
                )
                print(ledger_entry)
        """
        return await self._call(
            _ADJUST,
            {
                "hold_id": hold_id,
                "amount_usd": amount_usd,
                "reason": reason,
            },
            request_options,
        )
