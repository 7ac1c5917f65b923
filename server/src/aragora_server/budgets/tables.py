"""The tables of money. Two locks guard a limit: the UPDATE that reserves, and the CHECK here."""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
    text,
)

from aragora_server.kernel.db import Big, Json, Timestamp, metadata, partial_index

ID = String(36)
MAX_MICRO_USD = 9_000_000_000_000_000

budgets = Table(
    "budgets",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", ID, nullable=False),
    Column("name", Text, nullable=False),
    Column("scope", String(16), nullable=False),
    Column("scope_id", String(64)),
    Column("period", String(16), nullable=False),
    Column("anchor_day", Integer, nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("limit_micro_usd", Big, nullable=False),
    Column("warn_at_percent", Json, nullable=False),
    Column("block_at_percent", Integer),  # none: never blocks
    Column("unpriced", String(8), nullable=False),
    Column("limit_version", Integer, nullable=False),
    Column("paused_at", Timestamp),
    Column("notify", Json, nullable=False),
    Column("created_at", Timestamp, nullable=False),
    Column("updated_at", Timestamp, nullable=False),
    Column("closed_at", Timestamp),
    CheckConstraint("block_at_percent BETWEEN 1 AND 1000", name="block_at_percent"),
    CheckConstraint(f"limit_micro_usd BETWEEN 0 AND {MAX_MICRO_USD}", name="limit"),
    CheckConstraint("scope IN ('workspace', 'api_key', 'tag', 'debate')", name="scope"),
    CheckConstraint("period IN ('month', 'week', 'total')", name="period"),
    CheckConstraint("unpriced IN ('refuse', 'allow')", name="unpriced"),
    CheckConstraint("anchor_day BETWEEN 1 AND 28", name="anchor_day"),
    CheckConstraint("(scope = 'workspace') = (scope_id IS NULL)", name="scope_id"),
    Index("ix_budgets_workspace_id_id", "workspace_id", "id"),
)

OF_WORKSPACE, OF_SCOPE = "scope = 'workspace'", "scope <> 'workspace'"

# NULLs are distinct in a unique index, and a workspace budget has no scope_id.
for _name, _columns, _scope in (
    ("uq_budgets_open_workspace", ("workspace_id", "period"), OF_WORKSPACE),
    (
        "uq_budgets_open_scope",
        ("workspace_id", "scope", "scope_id", "period"),
        "scope <> 'workspace'",
    ),
):
    partial_index(
        _name,
        *(budgets.c[column] for column in _columns),
        where=text(f"closed_at IS NULL AND {_scope}"),
    )

periods = Table(
    "budget_periods",
    metadata,
    Column("id", ID, primary_key=True),
    Column("budget_id", ForeignKey("budgets.id"), nullable=False),
    Column("starts_at", Timestamp, nullable=False),
    Column("ends_at", Timestamp),
    Column("limit_micro_usd", Big, nullable=False),
    Column("limit_version", Integer, nullable=False),
    Column("ceiling_micro_usd", Big),  # none: never blocks
    Column("grandfathered_micro_usd", Big, nullable=False, server_default="0"),
    Column("spent_micro_usd", Big, nullable=False, server_default="0"),
    Column("held_micro_usd", Big, nullable=False, server_default="0"),
    Column("overage_micro_usd", Big, nullable=False, server_default="0"),
    Column("override_micro_usd", Big, nullable=False, server_default="0"),  # in the ceiling
    Column("override_ends_at", Timestamp),  # the first of them that ends
    Column("next_fires_at_micro_usd", Big),
    Column("exhausted_version", Integer),  # of the limit that first said no
    UniqueConstraint("budget_id", "starts_at"),
    CheckConstraint(
        "spent_micro_usd >= 0 AND held_micro_usd >= 0 AND overage_micro_usd >= 0"
        " AND grandfathered_micro_usd >= 0 AND override_micro_usd >= 0",
        name="not_negative",
    ),
    CheckConstraint(
        "ceiling_micro_usd IS NULL"
        " OR spent_micro_usd + held_micro_usd <= ceiling_micro_usd + grandfathered_micro_usd",
        name="within_ceiling",
    ),
    Index("ix_budget_periods_override_ends_at", "override_ends_at"),
)

overrides = Table(
    "budget_overrides",
    metadata,
    Column("id", ID, primary_key=True),
    Column("budget_id", ForeignKey("budgets.id"), nullable=False),
    Column("period_id", ForeignKey("budget_periods.id"), nullable=False),
    Column("amount_micro_usd", Big, nullable=False),
    Column("expires_at", Timestamp, nullable=False),
    Column("reason", Text, nullable=False),
    Column("created_by", ID, nullable=False),
    Column("created_at", Timestamp, nullable=False),
    Column("revoked_by", ID),
    Column("revoked_at", Timestamp),
    CheckConstraint(f"amount_micro_usd BETWEEN 1 AND {MAX_MICRO_USD}", name="amount"),
    CheckConstraint("(revoked_by IS NULL) = (revoked_at IS NULL)", name="revoked"),
    Index("ix_budget_overrides_budget_id_id", "budget_id", "id"),
    Index("ix_budget_overrides_period_id", "period_id"),
)

# Which debates an override let go on.
override_debates = Table(
    "budget_override_debates",
    metadata,
    Column("debate_id", ID, primary_key=True),
    Column("override_id", ForeignKey("budget_overrides.id"), primary_key=True),
)

alerts = Table(
    "budget_alerts",
    metadata,
    Column("id", ID, primary_key=True),
    Column("budget_id", ForeignKey("budgets.id"), nullable=False),
    Column("period_id", ForeignKey("budget_periods.id"), nullable=False),
    Column("limit_version", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("percent", Integer, nullable=False),
    Column("limit_micro_usd", Big, nullable=False),
    Column("used_micro_usd", Big, nullable=False),
    Column("at", Timestamp, nullable=False),
    UniqueConstraint("period_id", "limit_version", "kind", "percent"),
    CheckConstraint("kind IN ('threshold', 'exhausted', 'overage')", name="kind"),
    Index("ix_budget_alerts_budget_id_id", "budget_id", "id"),
)

holds = Table(
    "holds",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", ID, nullable=False),
    Column("debate_id", ID, nullable=False),
    Column("agent", Text, nullable=False),
    Column("provider", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("round", Integer, nullable=False),
    Column("call_no", Integer, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("amount_micro_usd", Big, nullable=False),
    Column("price_terms", Json, nullable=False),
    Column("price_version", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("cost_micro_usd", Big, nullable=False, server_default="0"),
    Column("created_at", Timestamp, nullable=False),
    Column("sent_at", Timestamp),
    Column("expires_at", Timestamp, nullable=False),
    CheckConstraint("state IN ('held', 'settled', 'released')", name="state"),
    CheckConstraint("amount_micro_usd >= 0 AND cost_micro_usd >= 0", name="not_negative"),
    Index("ix_holds_state_expires_at", "state", "expires_at"),
    Index("ix_holds_debate_id_state", "debate_id", "state"),
)

hold_periods = Table(
    "hold_periods",
    metadata,
    Column("hold_id", ForeignKey("holds.id"), primary_key=True),
    Column("period_id", ForeignKey("budget_periods.id"), primary_key=True),
    Index("ix_hold_periods_period_id", "period_id"),
)

# `seq` is the order in which entries were written, whatever the clocks of servers say.
ledger = Table(
    "ledger_entries",
    metadata,
    Column("seq", Big, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    Column("at", Timestamp, nullable=False),
    Column("workspace_id", ID, nullable=False),
    Column("debate_id", ID, nullable=False),
    Column("hold_id", ForeignKey("holds.id"), nullable=False),
    Column("agent", Text, nullable=False),
    Column("provider", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("amount_micro_usd", Big, nullable=False),
    Column("overage_micro_usd", Big, nullable=False, server_default="0"),  # in the amount
    Column("usage", Json),
    Column("usage_source", String(16)),
    Column("price_version", Text, nullable=False),
    Column("repriced_from", Text),  # the version before, where it was priced anew
    Column("actor", ID),
    Column("reason", Text),
    CheckConstraint("(actor IS NULL) = (reason IS NULL)", name="reasoned"),
    CheckConstraint("kind IN ('reserve', 'settle', 'release', 'overage', 'adjust')", name="kind"),
    CheckConstraint("amount_micro_usd >= 0 OR kind = 'adjust'", name="not_negative"),
    Index("ix_ledger_entries_debate_id_id", "debate_id", "id"),
    Index("ix_ledger_entries_workspace_id_id", "workspace_id", "id"),
    implicit_returning=False,
)

# A call is booked once and its late answer once; people may correct it as often as they must.
partial_index(
    "uq_ledger_entries_hold_id_kind",
    ledger.c.hold_id,
    ledger.c.kind,
    where=text("kind <> 'adjust'"),
)
partial_index(
    "uq_ledger_entries_late",
    ledger.c.hold_id,
    where=text("kind = 'adjust' AND usage IS NOT NULL"),
)
partial_index(
    "uq_ledger_entries_repriced",
    ledger.c.hold_id,
    ledger.c.price_version,
    where=text("repriced_from IS NOT NULL"),
)

# Nothing about money is ever changed; an agent may get another name, for a name may have to go.
_REFUSED = "the ledger is append-only"
_MONEY = ", ".join(column.name for column in ledger.c if column.name != "agent")
_NO_CHANGE = "CREATE TRIGGER ledger_entries_no_{0} BEFORE {1} ON ledger_entries"
_CHANGES = (("update", f"UPDATE OF {_MONEY}"), ("delete", "DELETE"))
APPEND_ONLY = {
    "sqlite": tuple(
        f"{_NO_CHANGE.format(*change)} BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
        for change in _CHANGES
    ),
    "postgresql": (
        f"""CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$""",
        f"""CREATE TRIGGER ledger_entries_no_change BEFORE UPDATE OF {_MONEY} OR DELETE OR TRUNCATE
        ON ledger_entries EXECUTE FUNCTION ledger_is_append_only()""",
    ),
}

for _dialect, _statements in APPEND_ONLY.items():
    for _statement in _statements:
        _trigger = DDL(_statement)  # type: ignore[no-untyped-call]
        event.listen(ledger, "after_create", _trigger.execute_if(dialect=_dialect))
