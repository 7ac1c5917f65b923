import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";

import { ConfigurationError } from "./core/errors.js";
import { vectors } from "./testing/vectors.js";
import type { WebhookReason } from "./webhooks.js";
import { unwrap, verifySignature, WebhookInvalid } from "./webhooks.js";

interface Case {
  name: string;
  body: string;
  headers: Record<string, string>;
  secrets: string[];
  now: number;
  tolerance_s: number;
  expect: "ok" | WebhookReason;
}

const { signatures } = vectors("webhooks/signatures.json") as { signatures: Case[] };
const KEY = Uint8Array.from({ length: 32 }, (_, at) => at);
const SECRET = `whsec_${Buffer.from(KEY).toString("base64")}`;

const refused = (reason: WebhookReason) => (error: unknown) =>
  error instanceof WebhookInvalid && error.reason === reason;

function signed(body: string): Record<string, string> {
  const now = Math.floor(Date.now() / 1000);
  const tag = createHmac("sha256", KEY).update(`msg_1.${now}.${body}`).digest("base64");
  return {
    "Webhook-Id": "msg_1",
    "Webhook-Timestamp": String(now),
    "Webhook-Signature": `v1,${tag}`,
  };
}

for (const { name, body, headers, secrets, now, tolerance_s, expect } of signatures) {
  test(`a webhook signature is judged as the vectors say: ${name}`, async () => {
    const options = { now, toleranceS: tolerance_s };
    const judged = verifySignature(new TextEncoder().encode(body), headers, secrets, options);

    if (expect === "ok") await judged;
    else await assert.rejects(judged, refused(expect));
  });
}

test("a true event is told by its type", async () => {
  const body = signatures.find(({ name }) => name === "one secret, one signature")?.body ?? "";

  const event = await unwrap(body, new Headers(signed(body)), SECRET);

  assert.ok(event.type === "budget.exhausted");
  assert.equal(event.data.budget.spent_usd, "24.99");
});

test("an event of a newer kind is kept whole", async () => {
  for (const type of ["budget.renamed", "toString", "__proto__"]) {
    const body = JSON.stringify({ type, data: 1 });

    const event = await unwrap(body, signed(body), [SECRET]);

    assert.deepEqual(event, { type: "unknown", wireType: type, raw: { type, data: 1 } });
  }
});

for (const body of ["", "[]", '"x"', "{}", '{"type": 1}', '{"type": "budget.exhausted"}', "{"]) {
  test(`what is signed and no event is refused: ${body}`, async () => {
    await assert.rejects(unwrap(body, signed(body), SECRET), refused("malformed_body"));
  });
}

test("a secret that is none is a mistake of the caller", async () => {
  for (const secret of ["", "whsec_", "whsec_%%", [], ["whsec_", SECRET]]) {
    await assert.rejects(verifySignature("{}", signed("{}"), secret), ConfigurationError);
  }
});
