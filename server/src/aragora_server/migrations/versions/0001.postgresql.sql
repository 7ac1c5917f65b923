CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% are append-only: % refused', TG_TABLE_NAME, TG_OP; END $$
-- next
CREATE TABLE budgets (
  id VARCHAR(36) NOT NULL,
  workspace_id VARCHAR(36) NOT NULL,
  name TEXT NOT NULL,
  scope VARCHAR(16) NOT NULL,
  scope_id VARCHAR(64),
  period VARCHAR(16) NOT NULL,
  anchor_day INTEGER NOT NULL,
  timezone VARCHAR(64) NOT NULL,
  limit_micro_usd BIGINT NOT NULL,
  warn_at_percent JSONB NOT NULL,
  block_at_percent INTEGER,
  unpriced VARCHAR(8) NOT NULL,
  limit_version INTEGER NOT NULL,
  paused_at TIMESTAMP WITH TIME ZONE,
  notify JSONB NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
  closed_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_budgets PRIMARY KEY (id),
  CONSTRAINT ck_budgets_block_at_percent CHECK (block_at_percent BETWEEN 1 AND 1000),
  CONSTRAINT ck_budgets_limit CHECK (limit_micro_usd BETWEEN 0 AND 9000000000000000),
  CONSTRAINT ck_budgets_scope CHECK (scope IN ('workspace', 'api_key', 'tag', 'debate')),
  CONSTRAINT ck_budgets_period CHECK (period IN ('month', 'week', 'total')),
  CONSTRAINT ck_budgets_unpriced CHECK (unpriced IN ('refuse', 'allow')),
  CONSTRAINT ck_budgets_anchor_day CHECK (anchor_day BETWEEN 1 AND 28),
  CONSTRAINT ck_budgets_scope_id CHECK ((scope = 'workspace') = (scope_id IS NULL))
)
-- next
CREATE INDEX ix_budgets_workspace_id_id ON budgets (workspace_id, id)
-- next
CREATE UNIQUE INDEX uq_budgets_open_scope ON budgets (workspace_id, scope, scope_id, period) WHERE closed_at IS NULL AND scope <> 'workspace'
-- next
CREATE UNIQUE INDEX uq_budgets_open_workspace ON budgets (workspace_id, period) WHERE closed_at IS NULL AND scope = 'workspace'
-- next
CREATE TABLE holds (
  id VARCHAR(36) NOT NULL,
  workspace_id VARCHAR(36) NOT NULL,
  debate_id VARCHAR(36) NOT NULL,
  agent TEXT NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  round INTEGER NOT NULL,
  call_no INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  amount_micro_usd BIGINT NOT NULL,
  price_terms JSONB NOT NULL,
  price_version TEXT NOT NULL,
  state VARCHAR(16) NOT NULL,
  cost_micro_usd BIGINT DEFAULT '0' NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  sent_at TIMESTAMP WITH TIME ZONE,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_holds PRIMARY KEY (id),
  CONSTRAINT ck_holds_state CHECK (state IN ('held', 'settled', 'released')),
  CONSTRAINT ck_holds_not_negative CHECK (amount_micro_usd >= 0 AND cost_micro_usd >= 0)
)
-- next
CREATE INDEX ix_holds_debate_id_state ON holds (debate_id, state)
-- next
CREATE INDEX ix_holds_state_expires_at ON holds (state, expires_at)
-- next
CREATE TABLE debates (
  id VARCHAR(36) NOT NULL,
  workspace_id VARCHAR(36) NOT NULL,
  created_by VARCHAR(36) NOT NULL,
  question TEXT NOT NULL,
  context TEXT,
  options JSONB NOT NULL,
  answer_kind VARCHAR(16) NOT NULL,
  protocol_id VARCHAR(64) NOT NULL,
  protocol_version INTEGER NOT NULL,
  protocol_sha256 VARCHAR(64) NOT NULL,
  agents JSONB NOT NULL,
  tags JSONB NOT NULL,
  seed BIGINT NOT NULL,
  max_cost_micro_usd BIGINT,
  cost_bound_micro_usd BIGINT NOT NULL,
  deadline_at TIMESTAMP WITH TIME ZONE NOT NULL,
  status VARCHAR(16) NOT NULL,
  stop_reason VARCHAR(32),
  verdict JSONB,
  dissents JSONB NOT NULL,
  changed_answers INTEGER DEFAULT '0' NOT NULL,
  warnings JSONB NOT NULL,
  receipt_id VARCHAR(36),
  cancelled_by VARCHAR(36),
  last_seq BIGINT NOT NULL,
  epoch INTEGER DEFAULT '0' NOT NULL,
  runner_id VARCHAR(36),
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
  started_at TIMESTAMP WITH TIME ZONE,
  ended_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_debates PRIMARY KEY (id),
  CONSTRAINT ck_debates_last_seq CHECK (last_seq >= 0)
)
-- next
CREATE INDEX ix_debates_status ON debates (status)
-- next
CREATE INDEX ix_debates_workspace_id_created_at_id ON debates (workspace_id, created_at, id)
-- next
CREATE INDEX ix_debates_workspace_id_ended_at ON debates (workspace_id, ended_at, status, stop_reason)
-- next
CREATE TABLE idempotency_records (
  id VARCHAR(64) NOT NULL,
  request_sha256 VARCHAR(64) NOT NULL,
  owner VARCHAR(36) NOT NULL,
  lease_ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
  made_id VARCHAR(36) NOT NULL,
  sealed BYTEA,
  CONSTRAINT pk_idempotency_records PRIMARY KEY (id)
)
-- next
CREATE INDEX ix_idempotency_records_expires_at ON idempotency_records (expires_at)
-- next
CREATE TABLE jobs (
  id VARCHAR(36) NOT NULL,
  workspace_id VARCHAR(36),
  kind VARCHAR(64) NOT NULL,
  subject TEXT,
  payload JSONB NOT NULL,
  unique_key VARCHAR(200),
  state VARCHAR(8) NOT NULL,
  due_at TIMESTAMP WITH TIME ZONE NOT NULL,
  attempts INTEGER DEFAULT '0' NOT NULL,
  runner_id VARCHAR(36),
  epoch INTEGER DEFAULT '0' NOT NULL,
  last_error TEXT,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
  done_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_jobs PRIMARY KEY (id),
  CONSTRAINT ck_jobs_state CHECK (state IN ('due', 'running', 'done', 'dead')),
  CONSTRAINT ck_jobs_runner CHECK ((state = 'running') = (runner_id IS NOT NULL)),
  CONSTRAINT ck_jobs_done CHECK ((state = 'done') = (done_at IS NOT NULL)),
  CONSTRAINT uq_jobs_unique_key UNIQUE (unique_key)
)
-- next
CREATE INDEX ix_jobs_state_due_at ON jobs (state, due_at)
-- next
CREATE INDEX ix_jobs_workspace_id_id ON jobs (workspace_id, id)
-- next
CREATE TABLE runners (
  id VARCHAR(36) NOT NULL,
  host TEXT NOT NULL,
  pid INTEGER NOT NULL,
  beat_at TIMESTAMP WITH TIME ZONE NOT NULL,
  draining BOOLEAN NOT NULL,
  CONSTRAINT pk_runners PRIMARY KEY (id)
)
-- next
CREATE TABLE workspace_prices (
  id VARCHAR(36) NOT NULL,
  workspace_id VARCHAR(36) NOT NULL,
  provider TEXT NOT NULL,
  match VARCHAR(8) NOT NULL,
  model TEXT NOT NULL,
  valid_from TIMESTAMP WITH TIME ZONE NOT NULL,
  valid_to TIMESTAMP WITH TIME ZONE,
  terms JSONB NOT NULL,
  note TEXT,
  created_by VARCHAR(36) NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_workspace_prices PRIMARY KEY (id),
  CONSTRAINT ck_workspace_prices_match CHECK (match IN ('exact', 'prefix')),
  CONSTRAINT ck_workspace_prices_range CHECK (valid_to IS NULL OR valid_to >= valid_from)
)
-- next
CREATE INDEX ix_workspace_prices_workspace_id_id ON workspace_prices (workspace_id, id)
-- next
CREATE UNIQUE INDEX uq_workspace_prices_open ON workspace_prices (workspace_id, provider, match, model) WHERE valid_to IS NULL
-- next
CREATE FUNCTION workspace_prices_stay() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'a price is never changed'; END $$
-- next
CREATE TRIGGER workspace_prices_no_change BEFORE UPDATE OF id, workspace_id, provider, match, model, valid_from, terms, note, created_by, created_at OR DELETE OR
            TRUNCATE ON workspace_prices EXECUTE FUNCTION workspace_prices_stay()
-- next
CREATE TABLE price_lists (
  version TEXT NOT NULL,
  loaded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  document BYTEA NOT NULL,
  CONSTRAINT pk_price_lists PRIMARY KEY (version)
)
-- next
CREATE FUNCTION price_lists_stay() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'a price is never changed'; END $$
-- next
CREATE TRIGGER price_lists_no_change BEFORE UPDATE OF version, loaded_at, document OR DELETE OR
            TRUNCATE ON price_lists EXECUTE FUNCTION price_lists_stay()
-- next
CREATE TABLE signing_keys (
  key_id VARCHAR(64) NOT NULL,
  status VARCHAR(8) NOT NULL,
  added_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_signing_keys PRIMARY KEY (key_id)
)
-- next
CREATE TABLE key_events (
  id VARCHAR(36) NOT NULL,
  key_id VARCHAR(64) NOT NULL,
  body BYTEA NOT NULL,
  CONSTRAINT pk_key_events PRIMARY KEY (id)
)
-- next
CREATE TRIGGER key_events_refuse_update BEFORE UPDATE ON key_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TRIGGER key_events_refuse_delete BEFORE DELETE ON key_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TRIGGER key_events_refuse_truncate BEFORE TRUNCATE ON key_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TABLE receipt_exports (
  id VARCHAR(36) NOT NULL,
  workspace_id VARCHAR(36) NOT NULL,
  format VARCHAR(8) NOT NULL,
  wanted JSONB,
  job_id VARCHAR(36),
  scope JSONB,
  cursor JSONB,
  counts JSONB NOT NULL,
  total BIGINT,
  parts INTEGER NOT NULL,
  bytes BIGINT NOT NULL,
  sha256 VARCHAR(64),
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  finished_at TIMESTAMP WITH TIME ZONE,
  withdrawn_at TIMESTAMP WITH TIME ZONE,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_receipt_exports PRIMARY KEY (id)
)
-- next
CREATE INDEX ix_receipt_exports_expires_at ON receipt_exports (expires_at)
-- next
CREATE INDEX ix_receipt_exports_workspace_id_id ON receipt_exports (workspace_id, id)
-- next
CREATE TABLE erasures (
  id VARCHAR(36) NOT NULL,
  receipt_id VARCHAR(36) NOT NULL,
  body BYTEA NOT NULL,
  CONSTRAINT pk_erasures PRIMARY KEY (id)
)
-- next
CREATE INDEX ix_erasures_receipt_id ON erasures (receipt_id)
-- next
CREATE TRIGGER erasures_refuse_update BEFORE UPDATE ON erasures FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TRIGGER erasures_refuse_delete BEFORE DELETE ON erasures FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TRIGGER erasures_refuse_truncate BEFORE TRUNCATE ON erasures FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TABLE legal_holds (
  id VARCHAR(36) NOT NULL,
  workspace_id VARCHAR(36) NOT NULL,
  matter TEXT NOT NULL,
  reason TEXT NOT NULL,
  receipt_ids JSONB,
  debate_id VARCHAR(36),
  participant TEXT,
  issued_from TIMESTAMP WITH TIME ZONE,
  issued_to TIMESTAMP WITH TIME ZONE,
  placed_by VARCHAR(36) NOT NULL,
  placed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  released_by VARCHAR(36),
  released_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_legal_holds PRIMARY KEY (id)
)
-- next
CREATE INDEX ix_legal_holds_workspace_id_id ON legal_holds (workspace_id, id)
-- next
CREATE TABLE legal_hold_events (
  id VARCHAR(36) NOT NULL,
  legal_hold_id VARCHAR(36) NOT NULL,
  body BYTEA NOT NULL,
  CONSTRAINT pk_legal_hold_events PRIMARY KEY (id)
)
-- next
CREATE TRIGGER legal_hold_events_refuse_update BEFORE UPDATE ON legal_hold_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TRIGGER legal_hold_events_refuse_delete BEFORE DELETE ON legal_hold_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TRIGGER legal_hold_events_refuse_truncate BEFORE TRUNCATE ON legal_hold_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TABLE retention_policies (
  id VARCHAR(36) NOT NULL,
  workspace_id VARCHAR(36) NOT NULL,
  period VARCHAR(8) NOT NULL,
  debates VARCHAR(8),
  apply_to_existing BOOLEAN NOT NULL,
  set_by VARCHAR(36) NOT NULL,
  set_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_retention_policies PRIMARY KEY (id)
)
-- next
CREATE INDEX ix_retention_policies_workspace_id ON retention_policies (workspace_id)
-- next
CREATE TRIGGER retention_policies_refuse_update BEFORE UPDATE ON retention_policies FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TRIGGER retention_policies_refuse_delete BEFORE DELETE ON retention_policies FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TRIGGER retention_policies_refuse_truncate BEFORE TRUNCATE ON retention_policies FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TABLE participant_erasures (
  id VARCHAR(36) NOT NULL,
  workspace_id VARCHAR(36) NOT NULL,
  legal_basis VARCHAR(64) NOT NULL,
  actor VARCHAR(36) NOT NULL,
  asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
  salt BYTEA,
  name_hmac VARCHAR(64),
  done_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_participant_erasures PRIMARY KEY (id)
)
-- next
CREATE TABLE log_pending (
  seq BIGSERIAL NOT NULL,
  shard VARCHAR(16) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  leaf_id VARCHAR(64) NOT NULL,
  entry BYTEA NOT NULL,
  CONSTRAINT pk_log_pending PRIMARY KEY (seq),
  CONSTRAINT uq_log_pending_kind_leaf_id UNIQUE (kind, leaf_id)
)
-- next
CREATE TABLE entries (
  shard VARCHAR(16) NOT NULL,
  idx BIGINT NOT NULL,
  kind VARCHAR(16) NOT NULL,
  leaf_id VARCHAR(64) NOT NULL,
  entry BYTEA NOT NULL,
  hash BYTEA NOT NULL,
  CONSTRAINT pk_entries PRIMARY KEY (shard, idx),
  CONSTRAINT uq_entries_kind_leaf_id UNIQUE (kind, leaf_id)
)
-- next
CREATE TRIGGER entries_refuse_update BEFORE UPDATE ON entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TRIGGER entries_refuse_delete BEFORE DELETE ON entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TRIGGER entries_refuse_truncate BEFORE TRUNCATE ON entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TABLE tiles (
  shard VARCHAR(16) NOT NULL,
  level INTEGER NOT NULL,
  n BIGINT NOT NULL,
  root BYTEA NOT NULL,
  hashes BYTEA NOT NULL,
  CONSTRAINT pk_tiles PRIMARY KEY (shard, level, n)
)
-- next
CREATE TRIGGER tiles_refuse_update BEFORE UPDATE ON tiles FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TRIGGER tiles_refuse_delete BEFORE DELETE ON tiles FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TRIGGER tiles_refuse_truncate BEFORE TRUNCATE ON tiles FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TABLE checkpoints (
  shard VARCHAR(16) NOT NULL,
  size BIGINT NOT NULL,
  note TEXT NOT NULL,
  CONSTRAINT pk_checkpoints PRIMARY KEY (shard, size)
)
-- next
CREATE TRIGGER checkpoints_refuse_update BEFORE UPDATE ON checkpoints FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TRIGGER checkpoints_refuse_delete BEFORE DELETE ON checkpoints FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TRIGGER checkpoints_refuse_truncate BEFORE TRUNCATE ON checkpoints FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TABLE receipts (
  id VARCHAR(36) NOT NULL,
  workspace_id VARCHAR(36) NOT NULL,
  debate_id VARCHAR(36) NOT NULL,
  issued_at TIMESTAMP WITH TIME ZONE NOT NULL,
  outcome VARCHAR(16) NOT NULL,
  cost_micro_usd BIGINT NOT NULL,
  amends_id VARCHAR(36),
  key_id VARCHAR(64) NOT NULL,
  payload BYTEA NOT NULL,
  signature BYTEA NOT NULL,
  hmac_key_id VARCHAR(64) NOT NULL,
  hmac_tag VARCHAR(64) NOT NULL,
  workspace_salt BYTEA NOT NULL,
  digest VARCHAR(64) NOT NULL,
  CONSTRAINT pk_receipts PRIMARY KEY (id),
  CONSTRAINT fk_receipts_amends_id FOREIGN KEY(amends_id) REFERENCES receipts (id)
)
-- next
CREATE INDEX ix_receipts_workspace_id_issued_at_id ON receipts (workspace_id, issued_at, id)
-- next
CREATE UNIQUE INDEX uq_receipts_debate_id ON receipts (debate_id) WHERE amends_id IS NULL
-- next
CREATE TRIGGER receipts_refuse_update BEFORE UPDATE ON receipts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TRIGGER receipts_refuse_truncate BEFORE TRUNCATE ON receipts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE FUNCTION receipts_refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT EXISTS (SELECT 1 FROM tombstones WHERE id = OLD.id) THEN RAISE EXCEPTION 'receipts are append-only: DELETE refused'; END IF; RETURN OLD; END $$
-- next
CREATE TRIGGER receipts_refuse_delete BEFORE DELETE ON receipts FOR EACH ROW EXECUTE FUNCTION receipts_refuse_delete()
-- next
CREATE TABLE tombstones (
  id VARCHAR(36) NOT NULL,
  workspace_id VARCHAR(36) NOT NULL,
  shard VARCHAR(16) NOT NULL,
  idx BIGINT NOT NULL,
  entry BYTEA NOT NULL,
  leaf_id VARCHAR(36) NOT NULL,
  reason VARCHAR(32) NOT NULL,
  operator VARCHAR(64) NOT NULL,
  deleted_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_tombstones PRIMARY KEY (id)
)
-- next
CREATE TRIGGER tombstones_refuse_update BEFORE UPDATE ON tombstones FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TRIGGER tombstones_refuse_delete BEFORE DELETE ON tombstones FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TRIGGER tombstones_refuse_truncate BEFORE TRUNCATE ON tombstones FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TABLE usage_dimensions (
  id VARCHAR(64) NOT NULL,
  workspace_id VARCHAR(36) NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  api_key_id VARCHAR(36) NOT NULL,
  protocol VARCHAR(64) NOT NULL,
  tags JSONB NOT NULL,
  budgets JSONB NOT NULL,
  CONSTRAINT pk_usage_dimensions PRIMARY KEY (id)
)
-- next
CREATE INDEX ix_usage_dimensions_workspace_id ON usage_dimensions (workspace_id)
-- next
CREATE TABLE usage_quarters (
  workspace_id VARCHAR(36) NOT NULL,
  quarter INTEGER NOT NULL,
  dimension_id VARCHAR(64) NOT NULL,
  calls BIGINT NOT NULL,
  counted BIGINT NOT NULL,
  estimated BIGINT NOT NULL,
  unpriced BIGINT NOT NULL,
  cost_micro_usd BIGINT NOT NULL,
  overage_micro_usd BIGINT NOT NULL,
  input BIGINT NOT NULL,
  cache_read BIGINT NOT NULL,
  cache_write_5m BIGINT NOT NULL,
  cache_write_1h BIGINT NOT NULL,
  output BIGINT NOT NULL,
  reasoning BIGINT NOT NULL,
  audio_in BIGINT NOT NULL,
  audio_out BIGINT NOT NULL,
  CONSTRAINT pk_usage_quarters PRIMARY KEY (workspace_id, quarter, dimension_id)
)
-- next
CREATE TABLE usage_debates (
  workspace_id VARCHAR(36) NOT NULL,
  quarter INTEGER NOT NULL,
  debate_id VARCHAR(36) NOT NULL,
  agent TEXT NOT NULL,
  calls BIGINT NOT NULL,
  counted BIGINT NOT NULL,
  estimated BIGINT NOT NULL,
  unpriced BIGINT NOT NULL,
  cost_micro_usd BIGINT NOT NULL,
  overage_micro_usd BIGINT NOT NULL,
  input BIGINT NOT NULL,
  cache_read BIGINT NOT NULL,
  cache_write_5m BIGINT NOT NULL,
  cache_write_1h BIGINT NOT NULL,
  output BIGINT NOT NULL,
  reasoning BIGINT NOT NULL,
  audio_in BIGINT NOT NULL,
  audio_out BIGINT NOT NULL,
  CONSTRAINT pk_usage_debates PRIMARY KEY (workspace_id, quarter, debate_id, agent)
)
-- next
CREATE INDEX ix_usage_debates_debate_id ON usage_debates (debate_id)
-- next
CREATE TABLE usage_agents (
  workspace_id VARCHAR(36) NOT NULL,
  quarter INTEGER NOT NULL,
  agent TEXT NOT NULL,
  calls BIGINT NOT NULL,
  counted BIGINT NOT NULL,
  estimated BIGINT NOT NULL,
  unpriced BIGINT NOT NULL,
  cost_micro_usd BIGINT NOT NULL,
  overage_micro_usd BIGINT NOT NULL,
  input BIGINT NOT NULL,
  cache_read BIGINT NOT NULL,
  cache_write_5m BIGINT NOT NULL,
  cache_write_1h BIGINT NOT NULL,
  output BIGINT NOT NULL,
  reasoning BIGINT NOT NULL,
  audio_in BIGINT NOT NULL,
  audio_out BIGINT NOT NULL,
  CONSTRAINT pk_usage_agents PRIMARY KEY (workspace_id, quarter, agent)
)
-- next
CREATE TABLE usage_progress (
  id INTEGER NOT NULL,
  seq BIGINT NOT NULL,
  CONSTRAINT pk_usage_progress PRIMARY KEY (id)
)
-- next
CREATE TABLE usage_links (
  id VARCHAR(36) NOT NULL,
  workspace_id VARCHAR(36) NOT NULL,
  token_sha256 VARCHAR(64) NOT NULL,
  title TEXT,
  first_day VARCHAR(10) NOT NULL,
  last_day VARCHAR(10) NOT NULL,
  timezone VARCHAR(64) NOT NULL,
  group_by VARCHAR(16) NOT NULL,
  top INTEGER NOT NULL,
  uses BIGINT NOT NULL,
  created_by VARCHAR(36) NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
  last_used_at TIMESTAMP WITH TIME ZONE,
  revoked_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_usage_links PRIMARY KEY (id),
  CONSTRAINT uq_usage_links_token_sha256 UNIQUE (token_sha256)
)
-- next
CREATE INDEX ix_usage_links_workspace_id_id ON usage_links (workspace_id, id)
-- next
CREATE TABLE webhooks (
  id VARCHAR(36) NOT NULL,
  workspace_id VARCHAR(36) NOT NULL,
  url TEXT NOT NULL,
  description TEXT NOT NULL,
  events JSONB NOT NULL,
  state VARCHAR(8) NOT NULL,
  disabled_because TEXT,
  secret BYTEA NOT NULL,
  secret_id VARCHAR(36) NOT NULL,
  previous BYTEA,
  previous_ends_at TIMESTAMP WITH TIME ZONE,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_webhooks PRIMARY KEY (id),
  CONSTRAINT ck_webhooks_state CHECK (state IN ('enabled', 'disabled')),
  CONSTRAINT ck_webhooks_previous CHECK ((previous IS NULL) = (previous_ends_at IS NULL))
)
-- next
CREATE INDEX ix_webhooks_workspace_id_id ON webhooks (workspace_id, id)
-- next
CREATE TABLE workspaces (
  id VARCHAR(36) NOT NULL,
  name VARCHAR(200) NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_workspaces PRIMARY KEY (id),
  CONSTRAINT uq_workspaces_name UNIQUE (name)
)
-- next
CREATE TABLE budget_periods (
  id VARCHAR(36) NOT NULL,
  budget_id VARCHAR(36) NOT NULL,
  starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
  ends_at TIMESTAMP WITH TIME ZONE,
  limit_micro_usd BIGINT NOT NULL,
  limit_version INTEGER NOT NULL,
  ceiling_micro_usd BIGINT,
  grandfathered_micro_usd BIGINT DEFAULT '0' NOT NULL,
  spent_micro_usd BIGINT DEFAULT '0' NOT NULL,
  held_micro_usd BIGINT DEFAULT '0' NOT NULL,
  overage_micro_usd BIGINT DEFAULT '0' NOT NULL,
  override_micro_usd BIGINT DEFAULT '0' NOT NULL,
  override_ends_at TIMESTAMP WITH TIME ZONE,
  next_fires_at_micro_usd BIGINT,
  exhausted_version INTEGER,
  CONSTRAINT pk_budget_periods PRIMARY KEY (id),
  CONSTRAINT uq_budget_periods_budget_id_starts_at UNIQUE (budget_id, starts_at),
  CONSTRAINT ck_budget_periods_not_negative CHECK (spent_micro_usd >= 0 AND held_micro_usd >= 0 AND overage_micro_usd >= 0 AND grandfathered_micro_usd >= 0 AND override_micro_usd >= 0),
  CONSTRAINT ck_budget_periods_within_ceiling CHECK (ceiling_micro_usd IS NULL OR spent_micro_usd + held_micro_usd <= ceiling_micro_usd + grandfathered_micro_usd),
  CONSTRAINT fk_budget_periods_budget_id FOREIGN KEY(budget_id) REFERENCES budgets (id)
)
-- next
CREATE INDEX ix_budget_periods_override_ends_at ON budget_periods (override_ends_at)
-- next
CREATE TABLE ledger_entries (
  seq BIGSERIAL NOT NULL,
  id VARCHAR(36) NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  workspace_id VARCHAR(36) NOT NULL,
  debate_id VARCHAR(36) NOT NULL,
  hold_id VARCHAR(36) NOT NULL,
  agent TEXT NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  kind VARCHAR(16) NOT NULL,
  amount_micro_usd BIGINT NOT NULL,
  overage_micro_usd BIGINT DEFAULT '0' NOT NULL,
  usage JSONB,
  usage_source VARCHAR(16),
  price_version TEXT NOT NULL,
  repriced_from TEXT,
  actor VARCHAR(36),
  reason TEXT,
  CONSTRAINT pk_ledger_entries PRIMARY KEY (seq),
  CONSTRAINT ck_ledger_entries_reasoned CHECK ((actor IS NULL) = (reason IS NULL)),
  CONSTRAINT ck_ledger_entries_kind CHECK (kind IN ('reserve', 'settle', 'release', 'overage', 'adjust')),
  CONSTRAINT ck_ledger_entries_not_negative CHECK (amount_micro_usd >= 0 OR kind = 'adjust'),
  CONSTRAINT uq_ledger_entries_id UNIQUE (id),
  CONSTRAINT fk_ledger_entries_hold_id FOREIGN KEY(hold_id) REFERENCES holds (id)
)
-- next
CREATE INDEX ix_ledger_entries_debate_id_id ON ledger_entries (debate_id, id)
-- next
CREATE INDEX ix_ledger_entries_workspace_id_id ON ledger_entries (workspace_id, id)
-- next
CREATE UNIQUE INDEX uq_ledger_entries_hold_id_kind ON ledger_entries (hold_id, kind) WHERE kind <> 'adjust'
-- next
CREATE UNIQUE INDEX uq_ledger_entries_late ON ledger_entries (hold_id) WHERE kind = 'adjust' AND usage IS NOT NULL
-- next
CREATE UNIQUE INDEX uq_ledger_entries_repriced ON ledger_entries (hold_id, price_version) WHERE repriced_from IS NOT NULL
-- next
CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$
-- next
CREATE TRIGGER ledger_entries_no_change BEFORE UPDATE OF seq, id, at, workspace_id, debate_id, hold_id, provider, model, kind, amount_micro_usd, overage_micro_usd, usage, usage_source, price_version, repriced_from, actor, reason OR DELETE OR TRUNCATE
        ON ledger_entries EXECUTE FUNCTION ledger_is_append_only()
-- next
CREATE TABLE debate_tags (
  debate_id VARCHAR(36) NOT NULL,
  tag VARCHAR(64) NOT NULL,
  workspace_id VARCHAR(36) NOT NULL,
  CONSTRAINT pk_debate_tags PRIMARY KEY (debate_id, tag),
  CONSTRAINT fk_debate_tags_debate_id FOREIGN KEY(debate_id) REFERENCES debates (id)
)
-- next
CREATE INDEX ix_debate_tags_workspace_id_tag_debate_id ON debate_tags (workspace_id, tag, debate_id)
-- next
CREATE TABLE documents (
  debate_id VARCHAR(36) NOT NULL,
  no INTEGER NOT NULL,
  name TEXT NOT NULL,
  media_type VARCHAR(64) NOT NULL,
  text TEXT NOT NULL,
  extractor VARCHAR(32) NOT NULL,
  byte_count INTEGER NOT NULL,
  sha256 VARCHAR(64) NOT NULL,
  text_sha256 VARCHAR(64) NOT NULL,
  CONSTRAINT pk_documents PRIMARY KEY (debate_id, no),
  CONSTRAINT fk_documents_debate_id FOREIGN KEY(debate_id) REFERENCES debates (id)
)
-- next
CREATE TABLE rounds (
  debate_id VARCHAR(36) NOT NULL,
  no INTEGER NOT NULL,
  kind VARCHAR(32) NOT NULL,
  label TEXT NOT NULL,
  participants JSONB NOT NULL,
  opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
  closed_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_rounds PRIMARY KEY (debate_id, no),
  CONSTRAINT fk_rounds_debate_id FOREIGN KEY(debate_id) REFERENCES debates (id)
)
-- next
CREATE TABLE calls (
  debate_id VARCHAR(36) NOT NULL,
  call_no INTEGER NOT NULL,
  round INTEGER NOT NULL,
  agent VARCHAR(64) NOT NULL,
  state VARCHAR(16) NOT NULL,
  attempt INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  hold_id VARCHAR(36),
  reply TEXT,
  said JSONB,
  model_version TEXT,
  done_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT uq_calls_debate_id_call_no UNIQUE (debate_id, call_no),
  CONSTRAINT ck_calls_state CHECK (state IN ('claimed', 'done', 'failed', 'dropped')),
  CONSTRAINT fk_calls_debate_id FOREIGN KEY(debate_id) REFERENCES debates (id)
)
-- next
CREATE TABLE attempts (
  debate_id VARCHAR(36) NOT NULL,
  call_no INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  hold_id VARCHAR(36),
  outcome VARCHAR(64),
  ended_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT uq_attempts_debate_id_call_no_attempt UNIQUE (debate_id, call_no, attempt),
  CONSTRAINT fk_attempts_debate_id FOREIGN KEY(debate_id) REFERENCES debates (id)
)
-- next
CREATE TABLE events (
  debate_id VARCHAR(36) NOT NULL,
  seq BIGINT NOT NULL,
  type VARCHAR(32) NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  data TEXT NOT NULL,
  CONSTRAINT pk_events PRIMARY KEY (debate_id, seq),
  CONSTRAINT fk_events_debate_id FOREIGN KEY(debate_id) REFERENCES debates (id)
)
-- next
CREATE TABLE receipt_export_parts (
  export_id VARCHAR(36) NOT NULL,
  n INTEGER NOT NULL,
  content BYTEA NOT NULL,
  CONSTRAINT pk_receipt_export_parts PRIMARY KEY (export_id, n),
  CONSTRAINT fk_receipt_export_parts_export_id FOREIGN KEY(export_id) REFERENCES receipt_exports (id)
)
-- next
CREATE TRIGGER receipt_export_parts_refuse_update BEFORE UPDATE ON receipt_export_parts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TABLE participant_erasure_receipts (
  erasure_id VARCHAR(36) NOT NULL,
  receipt_id VARCHAR(36) NOT NULL,
  state VARCHAR(8) NOT NULL,
  texts INTEGER NOT NULL,
  legal_hold_id VARCHAR(36),
  CONSTRAINT pk_participant_erasure_receipts PRIMARY KEY (erasure_id, receipt_id),
  CONSTRAINT fk_participant_erasure_receipts_erasure_id FOREIGN KEY(erasure_id) REFERENCES participant_erasures (id)
)
-- next
CREATE TABLE disclosures (
  receipt_id VARCHAR(36) NOT NULL,
  place INTEGER NOT NULL,
  encoded TEXT NOT NULL,
  CONSTRAINT pk_disclosures PRIMARY KEY (receipt_id, place),
  CONSTRAINT fk_disclosures_receipt_id FOREIGN KEY(receipt_id) REFERENCES receipts (id)
)
-- next
CREATE TRIGGER disclosures_refuse_update BEFORE UPDATE ON disclosures FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TABLE receipt_terms (
  workspace_id VARCHAR(36) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  term BYTEA NOT NULL,
  receipt_id VARCHAR(36) NOT NULL,
  CONSTRAINT pk_receipt_terms PRIMARY KEY (workspace_id, kind, term, receipt_id),
  CONSTRAINT fk_receipt_terms_receipt_id FOREIGN KEY(receipt_id) REFERENCES receipts (id)
)
-- next
CREATE INDEX ix_receipt_terms_receipt_id ON receipt_terms (receipt_id)
-- next
CREATE TABLE share_links (
  id VARCHAR(36) NOT NULL,
  workspace_id VARCHAR(36) NOT NULL,
  receipt_id VARCHAR(36) NOT NULL,
  token_sha256 VARCHAR(64) NOT NULL,
  disclose JSONB NOT NULL,
  max_uses INTEGER NOT NULL,
  uses INTEGER NOT NULL,
  created_by VARCHAR(36) NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
  last_used_at TIMESTAMP WITH TIME ZONE,
  revoked_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_share_links PRIMARY KEY (id),
  CONSTRAINT fk_share_links_receipt_id FOREIGN KEY(receipt_id) REFERENCES receipts (id),
  CONSTRAINT uq_share_links_token_sha256 UNIQUE (token_sha256)
)
-- next
CREATE INDEX ix_share_links_receipt_id_id ON share_links (receipt_id, id)
-- next
CREATE TABLE receipt_feedback (
  id VARCHAR(36) NOT NULL,
  workspace_id VARCHAR(36) NOT NULL,
  receipt_id VARCHAR(36) NOT NULL,
  useful BOOLEAN NOT NULL,
  outcome VARCHAR(32),
  comment TEXT,
  given_by VARCHAR(36) NOT NULL,
  given_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_receipt_feedback PRIMARY KEY (id),
  CONSTRAINT fk_receipt_feedback_receipt_id FOREIGN KEY(receipt_id) REFERENCES receipts (id)
)
-- next
CREATE INDEX ix_receipt_feedback_receipt_id_id ON receipt_feedback (receipt_id, id)
-- next
CREATE INDEX ix_receipt_feedback_workspace_id_receipt_id ON receipt_feedback (workspace_id, receipt_id, id)
-- next
CREATE TABLE api_keys (
  id VARCHAR(36) NOT NULL,
  workspace_id VARCHAR(36) NOT NULL,
  name VARCHAR(200) NOT NULL,
  scopes JSONB NOT NULL,
  prefix VARCHAR(16) NOT NULL,
  secret_sha256 VARCHAR(64) NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  last_used_at TIMESTAMP WITH TIME ZONE,
  revoked_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_api_keys PRIMARY KEY (id),
  CONSTRAINT fk_api_keys_workspace_id FOREIGN KEY(workspace_id) REFERENCES workspaces (id),
  CONSTRAINT uq_api_keys_secret_sha256 UNIQUE (secret_sha256)
)
-- next
CREATE INDEX ix_api_keys_workspace_id_api_keys_id ON api_keys (workspace_id, id)
-- next
CREATE TABLE budget_overrides (
  id VARCHAR(36) NOT NULL,
  budget_id VARCHAR(36) NOT NULL,
  period_id VARCHAR(36) NOT NULL,
  amount_micro_usd BIGINT NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
  reason TEXT NOT NULL,
  created_by VARCHAR(36) NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  revoked_by VARCHAR(36),
  revoked_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_budget_overrides PRIMARY KEY (id),
  CONSTRAINT ck_budget_overrides_amount CHECK (amount_micro_usd BETWEEN 1 AND 9000000000000000),
  CONSTRAINT ck_budget_overrides_revoked CHECK ((revoked_by IS NULL) = (revoked_at IS NULL)),
  CONSTRAINT fk_budget_overrides_budget_id FOREIGN KEY(budget_id) REFERENCES budgets (id),
  CONSTRAINT fk_budget_overrides_period_id FOREIGN KEY(period_id) REFERENCES budget_periods (id)
)
-- next
CREATE INDEX ix_budget_overrides_budget_id_id ON budget_overrides (budget_id, id)
-- next
CREATE INDEX ix_budget_overrides_period_id ON budget_overrides (period_id)
-- next
CREATE TABLE budget_alerts (
  id VARCHAR(36) NOT NULL,
  budget_id VARCHAR(36) NOT NULL,
  period_id VARCHAR(36) NOT NULL,
  limit_version INTEGER NOT NULL,
  kind VARCHAR(16) NOT NULL,
  percent INTEGER NOT NULL,
  limit_micro_usd BIGINT NOT NULL,
  used_micro_usd BIGINT NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_budget_alerts PRIMARY KEY (id),
  CONSTRAINT uq_budget_alerts_period_id_limit_version_kind_percent UNIQUE (period_id, limit_version, kind, percent),
  CONSTRAINT ck_budget_alerts_kind CHECK (kind IN ('threshold', 'exhausted', 'overage')),
  CONSTRAINT fk_budget_alerts_budget_id FOREIGN KEY(budget_id) REFERENCES budgets (id),
  CONSTRAINT fk_budget_alerts_period_id FOREIGN KEY(period_id) REFERENCES budget_periods (id)
)
-- next
CREATE INDEX ix_budget_alerts_budget_id_id ON budget_alerts (budget_id, id)
-- next
CREATE TABLE hold_periods (
  hold_id VARCHAR(36) NOT NULL,
  period_id VARCHAR(36) NOT NULL,
  CONSTRAINT pk_hold_periods PRIMARY KEY (hold_id, period_id),
  CONSTRAINT fk_hold_periods_hold_id FOREIGN KEY(hold_id) REFERENCES holds (id),
  CONSTRAINT fk_hold_periods_period_id FOREIGN KEY(period_id) REFERENCES budget_periods (id)
)
-- next
CREATE INDEX ix_hold_periods_period_id ON hold_periods (period_id)
-- next
CREATE TABLE share_link_uses (
  link_id VARCHAR(36) NOT NULL,
  number INTEGER NOT NULL,
  used_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_share_link_uses PRIMARY KEY (link_id, number),
  CONSTRAINT fk_share_link_uses_link_id FOREIGN KEY(link_id) REFERENCES share_links (id)
)
-- next
CREATE TRIGGER share_link_uses_refuse_update BEFORE UPDATE ON share_link_uses FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TABLE budget_override_debates (
  debate_id VARCHAR(36) NOT NULL,
  override_id VARCHAR(36) NOT NULL,
  CONSTRAINT pk_budget_override_debates PRIMARY KEY (debate_id, override_id),
  CONSTRAINT fk_budget_override_debates_override_id FOREIGN KEY(override_id) REFERENCES budget_overrides (id)
)
