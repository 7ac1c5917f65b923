"""What is written of a call: its hold, and the entries of the ledger about it. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from .calls import Bound
from .model import EntryKind, Hold, LedgerEntry
from .prices import Price, bound_at

HOLD_LIFETIME = timedelta(seconds=900)


def hold_of(  # noqa: PLR0913 - whose, for which call, at which price
    bound: Bound, price: Price, *, hold_id: str, workspace_id: str, debate_id: str, at: datetime
) -> Hold:
    return Hold(
        id=hold_id,
        workspace_id=workspace_id,
        debate_id=debate_id,
        agent=bound.agent,
        provider=bound.provider,
        model=bound.model,
        round=bound.round,
        call_no=bound.call_no,
        attempt=bound.attempt,
        amount_micro_usd=bound_at(price, bound),
        price_terms=price.terms(),
        price_version=price.version,
        created_at=at,
        expires_at=at + HOLD_LIFETIME,
    )


def entry_of(
    hold: Hold, kind: EntryKind, amount: int, *, entry_id: str, at: datetime
) -> LedgerEntry:
    return LedgerEntry(
        id=entry_id,
        at=at,
        workspace_id=hold.workspace_id,
        debate_id=hold.debate_id,
        hold_id=hold.id,
        agent=hold.agent,
        provider=hold.provider,
        model=hold.model,
        kind=kind,
        amount_micro_usd=amount,
        usage=None,
        usage_source=None,
        price_version=hold.price_version,
    )
