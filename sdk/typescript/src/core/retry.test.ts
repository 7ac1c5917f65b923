import assert from "node:assert/strict";
import { test } from "node:test";

import { vectors } from "../testing/vectors.js";
import type { Call } from "./call.js";
import { plan } from "./call.js";
import * as errors from "./errors.js";
import { RETRY } from "./options.js";
import type { Outcome } from "./retry.js";
import { backoff, decide, readProblem, retryAfterMs } from "./retry.js";

interface WirePolicy {
  max_retries: number;
  base_s: number;
  cap_s: number;
  max_retry_after_s: number;
}
interface Case {
  name: string;
  repeatable: boolean;
  attempt: number;
  chance: number;
  left_s: number | null;
  policy: WirePolicy;
  outcome: {
    kind: "answer" | "connect" | "lost" | "idle" | "deadline";
    status: number;
    headers: Record<string, string>;
    code: string | null;
    hint: "never" | "safe" | null;
  };
  expect: { action: string; delay_s?: number; error?: string; retry_after_s?: number };
}
interface Vectors {
  decisions: Case[];
  retry_after: { value: string; now_epoch_s: number; expect_s: number | null }[];
  backoff: {
    name: string;
    attempt: number;
    policy: WirePolicy;
    floor_s: number;
    ceiling_s: number;
  }[];
}

const all = vectors("retry/decisions.json") as Vectors;

const policyOf = (wire: WirePolicy) => ({
  maxRetries: wire.max_retries,
  baseMs: wire.base_s * 1000,
  capMs: wire.cap_s * 1000,
  maxRetryAfterMs: wire.max_retry_after_s * 1000,
});

function callOf(repeatable: boolean, policy: WirePolicy): Call {
  const op = { id: "x", method: repeatable ? "GET" : "POST", path: "/x" };
  const defaults = {
    baseUrl: "http://test",
    headers: { authorization: "Bearer k" },
    hasToken: false,
    retry: policyOf(policy),
    timeouts: {},
  };
  return plan(op, {}, {}, defaults, () => "idk_1");
}

function outcomeOf({ kind, status, headers, code }: Case["outcome"]): Outcome {
  if (kind !== "answer") return { how: kind, cause: new Error("planted") };
  const body = new TextEncoder().encode(JSON.stringify(code === null ? {} : { code }));
  return { status, headers: new Headers(headers), body };
}

for (const vector of all.decisions) {
  test(`retry: ${vector.name}`, () => {
    const { hint, code } = vector.outcome;
    const retry = hint && code ? { [code]: hint } : {};
    const moment = {
      attempt: vector.attempt,
      leftMs: vector.left_s === null ? undefined : vector.left_s * 1000,
      nowMs: 0,
      chance: vector.chance,
    };

    const call = callOf(vector.repeatable, vector.policy);
    const decision = decide(call, moment, outcomeOf(vector.outcome), { errors: {}, retry });

    assert.equal(decision.kind, vector.expect.action);
    if (decision.kind === "retry") {
      assert.ok(Math.abs(decision.delayMs - (vector.expect.delay_s ?? NaN) * 1000) < 1e-6);
    }
    if (decision.kind === "fail") {
      assert.equal(decision.error.name, vector.expect.error);
      const after = decision.error instanceof errors.StatusError && decision.error.retryAfterMs;
      if (vector.expect.retry_after_s !== undefined) {
        assert.equal(after, vector.expect.retry_after_s * 1000);
      }
    }
  });
}

for (const { value, now_epoch_s, expect_s } of all.retry_after) {
  test(`Retry-After ${JSON.stringify(value)} is ${String(expect_s)} s`, () => {
    const found = retryAfterMs(value, now_epoch_s * 1000);

    assert.equal(found, expect_s === null ? null : expect_s * 1000);
  });
}

for (const { name, attempt, policy, floor_s, ceiling_s } of all.backoff) {
  test(`backoff of ${name} lies between its bounds`, () => {
    const waits = [0, 0.25, 0.5, 0.999].map((chance) => backoff(policyOf(policy), attempt, chance));

    assert.ok(waits.every((ms) => ms >= floor_s * 1000 && ms < ceiling_s * 1000));
  });
}

test("a page of a proxy becomes the detail, 2 KiB of it at most", () => {
  const body = new TextEncoder().encode(`<h1>502</h1>${"x".repeat(5000)}`);

  const problem = readProblem({ status: 502, headers: new Headers(), body }, 0);

  assert.equal(problem.code, null);
  assert.equal(problem.detail?.length, 2048);
});

test("a member of a problem cannot hide what the error itself says", () => {
  const body = new TextEncoder().encode(
    JSON.stringify({ code: "budget_exceeded", message: "gone", remaining_usd: "2.1", toString: 1 }),
  );

  const error = new errors.PaymentRequired(
    readProblem({ status: 402, headers: new Headers(), body }, 0),
  );

  assert.match(error.message, /^budget_exceeded \(402\)/);
  assert.equal((error as unknown as { remaining_usd: string }).remaining_usd, "2.1");
  assert.equal(typeof error.toString, "function");
});

test("the sentence of an error names the code, the places and the request", () => {
  const body = new TextEncoder().encode(
    JSON.stringify({
      code: "invalid_request",
      detail: "the body breaks the contract",
      request_id: "req_1",
      doc_url: "https://example.org/invalid_request",
      errors: [{ location: "body", pointer: "/question", code: "minLength", message: "too short" }],
    }),
  );

  const { message } = new errors.InvalidRequest(
    readProblem({ status: 422, headers: new Headers(), body }, 0),
  );

  assert.equal(
    message,
    "invalid_request (422): the body breaks the contract; body /question: too short [req_1] " +
      "https://example.org/invalid_request",
  );
});

test("every status class is below the root, and has its own name", () => {
  const classes = [errors.InvalidRequest, errors.Gone, errors.TooLarge, errors.Unavailable];
  const problem = readProblem({ status: 418, headers: new Headers(), body: new Uint8Array() }, 0);

  for (const type of classes) {
    const error = new type(problem);
    assert.ok(error instanceof errors.AragoraError);
    assert.equal(error.name, type.name);
  }
  assert.equal(RETRY.maxRetries, 2);
});
