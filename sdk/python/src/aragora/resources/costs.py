# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""Methods of `client.costs`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aragora._core.call import Op
from aragora._core.options import RequestOptions
from aragora._core.resource import AsyncResource, Resource

if TYPE_CHECKING:
    from aragora.types.usage import DebateCost


def _DebateCost() -> type[DebateCost]:
    from aragora.types import DebateCost

    return DebateCost


_GET: Op[DebateCost] = Op(
    id="getDebateCost",
    method="GET",
    path="/v1/debates/{debate_id}/cost",
    returns=_DebateCost,
    repeatable=True,
)


class CostsResource(Resource):
    """Operations on costs."""

    def get(self, debate_id: str, *, request_options: RequestOptions | None = None) -> DebateCost:
        """Read what a debate cost.

        Summed from the ledger: in total, by agent, by round and by attempt at each call. While the
        debate runs, what it holds is shown beside. Of a debate that is over, the sum is the cost in
        its receipt, unless an answer was booked after the receipt was issued.

        Args:
            debate_id: The debate.

        Raises:
            DebateNotFound, InternalError, InvalidRequest, NotFound, RateLimited, ScopeMissing,
            Unauthenticated

        Example:
            from aragora import Aragora

            debate_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                debate_cost = client.costs.get(debate_id)
                print(debate_cost)
        """
        return self._call(
            _GET,
            {
                "debate_id": debate_id,
            },
            request_options,
        )


class AsyncCostsResource(AsyncResource):
    """Operations on costs."""

    async def get(
        self, debate_id: str, *, request_options: RequestOptions | None = None
    ) -> DebateCost:
        """Read what a debate cost.

        Summed from the ledger: in total, by agent, by round and by attempt at each call. While the
        debate runs, what it holds is shown beside. Of a debate that is over, the sum is the cost in
        its receipt, unless an answer was booked after the receipt was issued.

        Args:
            debate_id: The debate.

        Raises:
            DebateNotFound, InternalError, InvalidRequest, NotFound, RateLimited, ScopeMissing,
            Unauthenticated

        Example:
            from aragora import Aragora

            debate_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                debate_cost = client.costs.get(debate_id)
                print(debate_cost)
        """
        return await self._call(
            _GET,
            {
                "debate_id": debate_id,
            },
            request_options,
        )
