/** Silence, trickles and broken connections, from a real server on loopback. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

import type { Answer } from "../testing/server.js";
import { json, problem, serve } from "../testing/server.js";
import { Client } from "./client.js";
import * as errors from "./errors.js";
import type { RequestOptions } from "./options.js";

function get(baseUrl: string, options?: RequestOptions) {
  const op = { id: "getNote", method: "GET", path: "/v1/notes/{note_id}" };
  const contract = { version: "3.0.0", errors: {}, retry: {} };
  const client = new Client({ baseUrl, apiKey: "ara_secret", retry: { baseMs: 0 } }, contract);
  return client.transport.call<{ id: string }>(op, { note_id: "n1" }, options);
}

test("gzip is read", async () => {
  await using server = await serve((response) => {
    response.writeHead(200, { "content-encoding": "gzip" });
    response.end(gzipSync('{"id":"n1"}'));
  });

  assert.deepEqual(await get(server.url), { id: "n1" });
});

test("a redirect is not followed: the key belongs to one server", async () => {
  await using other = await serve(json(200, { id: "theirs" }));
  await using server = await serve((response) => {
    response.writeHead(307, { location: `${other.url}/v1/notes/n1` }).end();
  });

  await assert.rejects(get(server.url), errors.StatusError);
  assert.equal(other.asked.length, 0);
});

test("a silent server is an idle timeout, before and within the body", async () => {
  const half: Answer = (response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("{");
  };
  for (const answer of [() => undefined, half]) {
    await using server = await serve(answer);

    await assert.rejects(get(server.url, { idleMs: 50, maxRetries: 0 }), errors.IdleTimeout);
  }
});

test("a body that trickles is not idle", async () => {
  await using server = await serve(async (response) => {
    response.writeHead(200);
    for (const part of ['{"id"', ":", '"n1"', "}"]) {
      response.write(part);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    response.end();
  });

  assert.deepEqual(await get(server.url, { idleMs: 100 }), { id: "n1" });
});

test("a connection lost within the body is repeated when the call may be", async () => {
  const half: Answer = async (response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("{");
    await new Promise((resolve) => setTimeout(resolve, 20));
    response.socket?.resetAndDestroy();
  };
  await using server = await serve(half, json(200, { id: "n1" }));

  assert.deepEqual(await get(server.url), { id: "n1" });
  assert.equal(server.asked.length, 2);
});

test("the deadline is the total over all attempts, trickling bodies included", async () => {
  await using server = await serve((response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write(" "), 20);
    response.on("close", () => {
      clearInterval(timer);
    });
  });
  const started = Date.now();

  await assert.rejects(get(server.url, { deadlineMs: 150 }), errors.DeadlineExceeded);
  assert.ok(Date.now() - started < 1000);
  assert.equal(server.asked.length, 1);
});

test("a Retry-After beyond the deadline is raised at once, and says how long", async () => {
  await using server = await serve(problem(429, "rate_limited", {}, { "retry-after": "30" }));
  const started = Date.now();

  await assert.rejects(get(server.url, { deadlineMs: 5_000 }), (error) => {
    assert.ok(error instanceof errors.RateLimited);
    assert.equal(error.retryAfterMs, 30_000);
    return true;
  });
  assert.ok(Date.now() - started < 1000);
});

test("an aborted call throws the reason, during the wait for a retry too", async () => {
  await using silent = await serve(() => undefined);
  await using busy = await serve(problem(503, "unavailable", {}, { "retry-after": "20" }));
  for (const { url, asked } of [silent, busy]) {
    const controller = new AbortController();
    const watching = setInterval(() => {
      if (asked.length === 0) return; // a slow machine has not even asked yet
      clearInterval(watching);
      setTimeout(() => {
        controller.abort(new Error("enough"));
      }, 40);
    }, 5);

    await assert.rejects(get(url, { signal: controller.signal }), /enough/);
    assert.equal(asked.length, 1);
  }
});

test("a signal that is aborted already sends nothing", async () => {
  await using server = await serve(json(200, {}));

  await assert.rejects(get(server.url, { signal: AbortSignal.abort() }), { name: "AbortError" });
  assert.equal(server.asked.length, 0);
});
