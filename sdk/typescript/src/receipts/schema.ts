/** The payload's shape, version 1. It is closed: a member nobody defined is refused. */
import type { Value } from "./canonical.js";

export const PREDICATE_TYPE = "urn:aragora:decision-receipt:v1";

/** The payload is not a decision receipt of version 1. */
export class SchemaError extends Error {
  override readonly name = "SchemaError";
}

type Shape = (value: Value | undefined, path: string) => void;
type Shapes = Record<string, Shape>;

function require(holds: boolean, fault: () => string): void {
  if (!holds) throw new SchemaError(fault());
}

function text(pattern: RegExp): Shape {
  const whole = new RegExp(`^(?:${pattern.source})$`);
  return (value, path) => {
    require(typeof value === "string" && whole.test(value), () => `${path}: unexpected text`);
  };
}

function integer(low = 0, high = Number.MAX_SAFE_INTEGER): Shape {
  return (value, path) => {
    const fits = typeof value === "number" && value >= low && value <= high;
    require(fits, () => `${path}: not an integer from ${low} to ${high}`);
  };
}

const truth: Shape = (value, path) => {
  require(typeof value === "boolean", () => `${path}: not true or false`);
};

function each(item: Shape, least = 0, most = 4096): Shape {
  return (value, path) => {
    if (!Array.isArray(value) || value.length < least || value.length > most) {
      throw new SchemaError(`${path}: not a list of ${least} to ${most}`);
    }
    value.forEach((member, index) => { item(member, `${path}[${index}]`); });
  };
}

function record(required: Shapes, optional: Shapes = {}): Shape {
  const shapes = new Map(Object.entries({ ...required, ...optional }));
  return (value, path) => {
    if (typeof value !== "object" || Array.isArray(value)) throw new SchemaError(`${path}: not an object`);
    for (const name of Object.keys(required)) require(name in value, () => `${path}.${name} is missing`);
    for (const [name, member] of Object.entries(value)) {
      const shape = shapes.get(name);
      if (!shape) throw new SchemaError(`${path}.${name} is not known`);
      shape(member, `${path}.${name}`);
    }
  };
}

const UUID = text(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/);
const TIME = text(
  /[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z/,
);
const HEX = text(/[0-9a-f]{64}/);
const TOKEN = text(/[a-z0-9_]{1,64}/);
// Names of models and hosts: printable ASCII without spaces at the ends.
const NAME = text(/[\x21-\x7e](?:[\x20-\x7e]{0,254}[\x21-\x7e])?/);
const OPTION = text(/[A-Za-z0-9._+-]{1,64}/);
const PARTICIPANT = text(/p[1-9][0-9]{0,3}/);
const COUNT = integer();
const PPM = integer(0, 1_000_000);
// 32 bytes in 43 characters leave two bits that must be zero.
const DIGEST = text(/[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]/);
const SD = each(DIGEST, 1);

const participant = record(
  { id: PARTICIPANT, kind: text(/agent|person/), _sd: SD },
  { provider: NAME, model: NAME, model_version: NAME },
);
const ballot = record(
  { participant: PARTICIPANT, round: COUNT, weight_ppm: COUNT },
  { option: OPTION, confidence_ppm: PPM, _sd: SD },
);
const verdict = record(
  {
    outcome: text(/decided|no_consensus|no_decision/),
    rule: TOKEN,
    tally: each(record({ option: OPTION, count: COUNT, weight_ppm: COUNT })),
    quorum: record({ cast: COUNT, eligible: COUNT, met: truth }),
    abstentions: COUNT,
  },
  {
    option: OPTION,
    share: record({ num: integer(1), den: integer(1) }),
    tie_rule_used: TOKEN,
    confidence_ppm: PPM,
    _sd: SD,
  },
);
const message = record({
  seq: integer(1), round: COUNT, phase: TOKEN, participant: PARTICIPANT, at: TIME, bytes: COUNT,
  _sd: each(DIGEST, 1, 1),
});
const agentCost = record({
  participant: PARTICIPANT, calls: COUNT, input_tokens: COUNT, cache_read_tokens: COUNT,
  cache_write_tokens: COUNT, output_tokens: COUNT, reasoning_tokens: COUNT, estimated: truth,
  cost_micro_usd: COUNT,
});
const predicate = record(
  {
    v: integer(1, 1),
    receipt_id: UUID,
    issued_at: TIME,
    debate_id: UUID,
    workspace_digest: HEX,
    issuer: record({ origin: NAME, key_id: HEX, hmac_key_id: HEX }),
    protocol: record({ name: TOKEN, version: COUNT, sha256: HEX }),
    seed: COUNT,
    rounds: COUNT,
    stop_reason: TOKEN,
    question: record({ _sd: SD }),
    participants: each(participant, 1),
    options: each(record({ id: OPTION }, { _sd: SD })),
    ballots: each(ballot),
    verdict,
    dissent: each(record({ participant: PARTICIPANT, round: COUNT }, { option: OPTION, _sd: SD })),
    transcript: record({ count: COUNT, root: HEX, sha256: HEX, messages: each(message) }),
    cost: record({
      total_micro_usd: COUNT, overage_micro_usd: COUNT, price_versions: each(NAME),
      agents: each(agentCost),
    }),
    budget: record({ overrides: each(UUID) }),
    evidence: each(record({ sha256: HEX, bytes: COUNT, media_type: NAME }, { _sd: SD }), 0, 256),
  },
  { amends: record({ receipt_id: UUID, reason: TOKEN }) },
);
const statement = record({
  _type: text(/https:\/\/in-toto\.io\/Statement\/v1/),
  subject: each(record({ name: text(/debate\/[0-9a-f-]{36}/), digest: record({ sha256: HEX }) }), 1, 1),
  predicateType: text(/urn:aragora:decision-receipt:v1/),
  predicate,
});

/** The body of an erasure: `paths` are JSON pointers to the digests, in the payload. */
const erasure = record({
  v: integer(1, 1), id: UUID, receipt_id: UUID, paths: each(text(/(?:\/[A-Za-z0-9_]{1,64}){1,16}/), 1),
  legal_basis: TOKEN, actor: UUID, at: TIME,
});

/** The body of an event of a key. From `compromised_since` on nothing counts that it signed. */
const keyEvent = record(
  { v: integer(1, 1), id: UUID, key_id: HEX, event: text(/add|retire|revoke/), at: TIME },
  { reason: TOKEN, compromised_since: record({ origin: NAME, index: COUNT }) },
);

export interface KeyEvent {
  readonly id: string;
  readonly key_id: string;
  readonly event: "add" | "retire" | "revoke";
  readonly compromised_since?: { readonly origin: string; readonly index: number };
}

export interface Erasure {
  readonly id: string;
  readonly receipt_id: string;
  readonly paths: readonly string[];
}

export interface Ballot {
  readonly participant: string;
  readonly round: number;
  readonly weight_ppm: number;
  readonly option?: string;
}

/** What the verifier reads of the signed content; the schema has checked all of it. */
export interface Predicate {
  readonly receipt_id: string;
  readonly issued_at: string;
  readonly debate_id: string;
  readonly issuer: { origin: string; key_id: string; hmac_key_id: string };
  readonly participants: readonly { id: string }[];
  readonly options: readonly { id: string }[];
  readonly ballots: readonly Ballot[];
  readonly verdict: {
    outcome: string;
    rule: string;
    option?: string;
    share?: { num: number; den: number };
    tie_rule_used?: string;
    tally: readonly { option: string; count: number; weight_ppm: number }[];
    quorum: { cast: number; eligible: number; met: boolean };
    abstentions: number;
  };
  readonly dissent: readonly { participant: string; option?: string }[];
  readonly transcript: {
    count: number;
    root: string;
    sha256: string;
    messages: readonly { seq: number; participant: string; _sd: readonly [string] }[];
  };
  readonly cost: {
    total_micro_usd: number;
    agents: readonly { participant: string; cost_micro_usd: number }[];
  };
}

export interface Statement {
  readonly subject: readonly [{ name: string; digest: { sha256: string } }];
  readonly predicate: Predicate;
}

/** Refuse a payload of another shape, naming the place. */
export function checkShape(value: Value): Statement {
  statement(value, "$");
  return value as unknown as Statement;
}

/** Refuse the body of an erasure of another shape. */
export function checkErasure(value: Value): Erasure {
  erasure(value, "$");
  return value as unknown as Erasure;
}

/** Refuse the body of an event of a key of another shape. */
export function checkKeyEvent(value: Value): KeyEvent {
  keyEvent(value, "$");
  return value as unknown as KeyEvent;
}
