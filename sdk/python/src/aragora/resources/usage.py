# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""Methods of `client.usage`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from aragora._core.call import Op
from aragora._core.options import OMIT, Omit, RequestOptions
from aragora._core.resource import AsyncResource, Resource

if TYPE_CHECKING:
    from aragora.types.usage import UsageForecast, UsageReport, UsageRoi


def _UsageForecast() -> type[UsageForecast]:
    from aragora.types import UsageForecast

    return UsageForecast


def _UsageReport() -> type[UsageReport]:
    from aragora.types import UsageReport

    return UsageReport


def _UsageRoi() -> type[UsageRoi]:
    from aragora.types import UsageRoi

    return UsageRoi


_GET: Op[UsageReport] = Op(
    id="getUsage",
    method="GET",
    path="/v1/usage",
    returns=_UsageReport,
    query=(
        "first_day",
        "last_day",
        "timezone",
        "group_by",
        "top",
    ),
    repeatable=True,
)
_CSV: Op[str] = Op(
    id="exportUsageCsv",
    method="GET",
    path="/v1/usage/export/csv",
    reads="text",
    accept="text/csv; charset=utf-8",
    query=(
        "first_day",
        "last_day",
        "timezone",
        "group_by",
        "top",
    ),
    repeatable=True,
)
_FORECAST: Op[UsageForecast] = Op(
    id="getForecast",
    method="GET",
    path="/v1/usage/forecast",
    returns=_UsageForecast,
    repeatable=True,
)
_ROI: Op[UsageRoi] = Op(
    id="getRoi",
    method="GET",
    path="/v1/usage/roi",
    returns=_UsageRoi,
    query=(
        "minutes_per_decision",
        "people",
        "hourly_rate_usd",
        "first_day",
        "last_day",
        "timezone",
    ),
    repeatable=True,
)


class UsageResource(Resource):
    """Operations on usage."""

    def get(
        self,
        *,
        first_day: str | Omit = OMIT,
        last_day: str | Omit = OMIT,
        timezone: str | Omit = OMIT,
        group_by: Literal[
            "day",
            "week",
            "month",
            "agent",
            "provider",
            "model",
            "debate",
            "protocol",
            "tag",
            "api_key",
            "budget",
        ]
        | Omit = OMIT,
        top: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> UsageReport:
        """Report what was used.

        What was booked in these days, summed from the ledger as it is at this moment: by day unless
        something else is asked for. A call counts when it was booked. Budgets are shown in their
        current period.

        Args:
            first_day: The first day of the report; without it the first of the last day's
                month.
            last_day: The last day of the report, and the whole of it; today when absent.
            timezone: The IANA time zone in which a day begins, such as `Europe/Berlin`; default
                `UTC`.
            group_by: What to add up by; default `day`. A model is named `provider:model`. A
                call may carry several tags and count in several budgets, or in none: these groups
                overlap, and have no rest.
            top: How many groups to show, the dearest first; default 100. What the others sum up
                to is `rest`. Days, weeks and months are shown all, in order.

        Raises:
            InternalError, InvalidPeriod, InvalidRange, InvalidRequest, RateLimited, ScopeMissing,
            Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                usage_report = client.usage.get()
                print(usage_report)
        """
        return self._call(
            _GET,
            {
                "first_day": first_day,
                "last_day": last_day,
                "timezone": timezone,
                "group_by": group_by,
                "top": top,
            },
            request_options,
        )

    def csv(
        self,
        *,
        first_day: str | Omit = OMIT,
        last_day: str | Omit = OMIT,
        timezone: str | Omit = OMIT,
        group_by: Literal[
            "day",
            "week",
            "month",
            "agent",
            "provider",
            "model",
            "debate",
            "protocol",
            "tag",
            "api_key",
            "budget",
        ]
        | Omit = OMIT,
        top: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> str:
        """Report what was used, as a table.

        The same figures as CSV: one row a group, then the rest, then the total. A cell that would
        begin like a formula has an apostrophe before it.

        Args:
            first_day: The first day of the report; without it the first of the last day's
                month.
            last_day: The last day of the report, and the whole of it; today when absent.
            timezone: The IANA time zone in which a day begins, such as `Europe/Berlin`; default
                `UTC`.
            group_by: What to add up by; default `day`. A model is named `provider:model`. A
                call may carry several tags and count in several budgets, or in none: these groups
                overlap, and have no rest.
            top: How many groups to show, the dearest first; default 100. What the others sum up
                to is `rest`. Days, weeks and months are shown all, in order.

        Raises:
            InternalError, InvalidPeriod, InvalidRange, InvalidRequest, RateLimited, ScopeMissing,
            Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                print(client.usage.csv())
        """
        return self._call(
            _CSV,
            {
                "first_day": first_day,
                "last_day": last_day,
                "timezone": timezone,
                "group_by": group_by,
                "top": top,
            },
            request_options,
        )

    def forecast(self, *, request_options: RequestOptions | None = None) -> UsageForecast:
        """Forecast the budgets.

        A straight line through what each budget has spent in its current period so far. It is a
        forecast, not a promise, and there is none from fewer than three days.

        Raises:
            InternalError, InvalidRequest, RateLimited, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                usage_forecast = client.usage.forecast()
                print(usage_forecast)
        """
        return self._call(_FORECAST, {}, request_options)

    def roi(
        self,
        *,
        minutes_per_decision: int,
        people: int,
        hourly_rate_usd: str,
        first_day: str | Omit = OMIT,
        last_day: str | Omit = OMIT,
        timezone: str | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> UsageRoi:
        """Compute what decisions saved.

        From your own assumptions, which the answer repeats with the formula: what the debates that
        concluded in these days would have cost in people's time, less what was booked in these
        days. Beside it stand counts of what is on record: answers that changed, and feedback on
        receipts issued in these days.

        Args:
            minutes_per_decision: How long a decision takes you without debates.
            people: How many people it takes.
            hourly_rate_usd: What an hour of one of them costs.
            first_day: The first day of the report; without it the first of the last day's
                month.
            last_day: The last day of the report, and the whole of it; today when absent.
            timezone: The IANA time zone in which a day begins, such as `Europe/Berlin`; default
                `UTC`.

        Raises:
            InternalError, InvalidAmount, InvalidPeriod, InvalidRange, InvalidRequest, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                usage_roi = client.usage.roi(
                    minutes_per_decision=30,
                    people=4,
                    hourly_rate_usd="60",
                )
                print(usage_roi)
        """
        return self._call(
            _ROI,
            {
                "minutes_per_decision": minutes_per_decision,
                "people": people,
                "hourly_rate_usd": hourly_rate_usd,
                "first_day": first_day,
                "last_day": last_day,
                "timezone": timezone,
            },
            request_options,
        )


class AsyncUsageResource(AsyncResource):
    """Operations on usage."""

    async def get(
        self,
        *,
        first_day: str | Omit = OMIT,
        last_day: str | Omit = OMIT,
        timezone: str | Omit = OMIT,
        group_by: Literal[
            "day",
            "week",
            "month",
            "agent",
            "provider",
            "model",
            "debate",
            "protocol",
            "tag",
            "api_key",
            "budget",
        ]
        | Omit = OMIT,
        top: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> UsageReport:
        """Report what was used.

        What was booked in these days, summed from the ledger as it is at this moment: by day unless
        something else is asked for. A call counts when it was booked. Budgets are shown in their
        current period.

        Args:
            first_day: The first day of the report; without it the first of the last day's
                month.
            last_day: The last day of the report, and the whole of it; today when absent.
            timezone: The IANA time zone in which a day begins, such as `Europe/Berlin`; default
                `UTC`.
            group_by: What to add up by; default `day`. A model is named `provider:model`. A
                call may carry several tags and count in several budgets, or in none: these groups
                overlap, and have no rest.
            top: How many groups to show, the dearest first; default 100. What the others sum up
                to is `rest`. Days, weeks and months are shown all, in order.

        Raises:
            InternalError, InvalidPeriod, InvalidRange, InvalidRequest, RateLimited, ScopeMissing,
            Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                usage_report = client.usage.get()
                print(usage_report)
        """
        return await self._call(
            _GET,
            {
                "first_day": first_day,
                "last_day": last_day,
                "timezone": timezone,
                "group_by": group_by,
                "top": top,
            },
            request_options,
        )

    async def csv(
        self,
        *,
        first_day: str | Omit = OMIT,
        last_day: str | Omit = OMIT,
        timezone: str | Omit = OMIT,
        group_by: Literal[
            "day",
            "week",
            "month",
            "agent",
            "provider",
            "model",
            "debate",
            "protocol",
            "tag",
            "api_key",
            "budget",
        ]
        | Omit = OMIT,
        top: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> str:
        """Report what was used, as a table.

        The same figures as CSV: one row a group, then the rest, then the total. A cell that would
        begin like a formula has an apostrophe before it.

        Args:
            first_day: The first day of the report; without it the first of the last day's
                month.
            last_day: The last day of the report, and the whole of it; today when absent.
            timezone: The IANA time zone in which a day begins, such as `Europe/Berlin`; default
                `UTC`.
            group_by: What to add up by; default `day`. A model is named `provider:model`. A
                call may carry several tags and count in several budgets, or in none: these groups
                overlap, and have no rest.
            top: How many groups to show, the dearest first; default 100. What the others sum up
                to is `rest`. Days, weeks and months are shown all, in order.

        Raises:
            InternalError, InvalidPeriod, InvalidRange, InvalidRequest, RateLimited, ScopeMissing,
            Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                print(client.usage.csv())
        """
        return await self._call(
            _CSV,
            {
                "first_day": first_day,
                "last_day": last_day,
                "timezone": timezone,
                "group_by": group_by,
                "top": top,
            },
            request_options,
        )

    async def forecast(self, *, request_options: RequestOptions | None = None) -> UsageForecast:
        """Forecast the budgets.

        A straight line through what each budget has spent in its current period so far. It is a
        forecast, not a promise, and there is none from fewer than three days.

        Raises:
            InternalError, InvalidRequest, RateLimited, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                usage_forecast = client.usage.forecast()
                print(usage_forecast)
        """
        return await self._call(_FORECAST, {}, request_options)

    async def roi(
        self,
        *,
        minutes_per_decision: int,
        people: int,
        hourly_rate_usd: str,
        first_day: str | Omit = OMIT,
        last_day: str | Omit = OMIT,
        timezone: str | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> UsageRoi:
        """Compute what decisions saved.

        From your own assumptions, which the answer repeats with the formula: what the debates that
        concluded in these days would have cost in people's time, less what was booked in these
        days. Beside it stand counts of what is on record: answers that changed, and feedback on
        receipts issued in these days.

        Args:
            minutes_per_decision: How long a decision takes you without debates.
            people: How many people it takes.
            hourly_rate_usd: What an hour of one of them costs.
            first_day: The first day of the report; without it the first of the last day's
                month.
            last_day: The last day of the report, and the whole of it; today when absent.
            timezone: The IANA time zone in which a day begins, such as `Europe/Berlin`; default
                `UTC`.

        Raises:
            InternalError, InvalidAmount, InvalidPeriod, InvalidRange, InvalidRequest, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                usage_roi = client.usage.roi(
                    minutes_per_decision=30,
                    people=4,
                    hourly_rate_usd="60",
                )
                print(usage_roi)
        """
        return await self._call(
            _ROI,
            {
                "minutes_per_decision": minutes_per_decision,
                "people": people,
                "hourly_rate_usd": hourly_rate_usd,
                "first_day": first_day,
                "last_day": last_day,
                "timezone": timezone,
            },
            request_options,
        )
