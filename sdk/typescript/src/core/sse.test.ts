import assert from "node:assert/strict";
import { test } from "node:test";

import { vectors } from "../testing/vectors.js";
import { StreamError } from "./errors.js";
import type { ServerEvent } from "./sse.js";
import { MAX_EVENT_BYTES, SseDecoder } from "./sse.js";

interface Vectors {
  max_event_bytes: number;
  decode: {
    name: string;
    chunks_base64: string[];
    expect: { event: string; data: string; id: string | null; retry_ms: number | null }[];
  }[];
}

const all = vectors("sse/decode.json") as Vectors;

const shown = (events: ServerEvent[]) =>
  events.map(({ event, data, id, retryMs }) => ({ event, data, id, retry_ms: retryMs }));

for (const { name, chunks_base64, expect } of all.decode) {
  test(`sse: ${name}`, () => {
    const decoder = new SseDecoder();

    const events = chunks_base64.flatMap((chunk) => decoder.push(Buffer.from(chunk, "base64")));

    assert.deepEqual(shown(events), expect);
  });

  test(`sse, cut anywhere: ${name}`, () => {
    const whole = Buffer.concat(chunks_base64.map((chunk) => Buffer.from(chunk, "base64")));

    for (let cut = 0; cut <= whole.length; cut++) {
      const decoder = new SseDecoder();
      const events = [whole.subarray(0, cut), whole.subarray(cut)].flatMap((c) => decoder.push(c));
      assert.deepEqual(shown(events), expect);
    }
  });
}

test("an event of 1 MiB passes, one byte more is an error, in one chunk or many", () => {
  assert.equal(MAX_EVENT_BYTES, all.max_event_bytes);
  const event = (bytes: number) => Buffer.from(`data:${"x".repeat(bytes - 5)}\n\n`);

  assert.equal(new SseDecoder().push(event(MAX_EVENT_BYTES)).length, 1);
  assert.throws(() => new SseDecoder().push(event(MAX_EVENT_BYTES + 1)), StreamError);
  const slow = new SseDecoder();
  const bytes = event(MAX_EVENT_BYTES + 1);
  assert.throws(() => {
    for (let at = 0; at < bytes.length; at += 4096) slow.push(bytes.subarray(at, at + 4096));
  }, StreamError);
});

test("many events in a row never add up to a large one", () => {
  const decoder = new SseDecoder();
  const part = Buffer.from(`data: ${"x".repeat(300_000)}\n\n`);

  for (let n = 0; n < 5; n++) assert.equal(decoder.push(part).length, 1);
});
