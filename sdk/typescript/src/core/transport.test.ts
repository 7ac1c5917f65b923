import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";

import type { Answer } from "../testing/server.js";
import { json, problem, reset, serve } from "../testing/server.js";
import type { Op } from "./call.js";
import type { ClientOptions } from "./client.js";
import { Client } from "./client.js";
import * as errors from "./errors.js";
import type { BinaryResponse } from "./promise.js";
import type { RetryInfo } from "./options.js";

const GET: Op = { id: "getNote", method: "GET", path: "/v1/notes/{note_id}" };
const CREATE: Op = {
  id: "createNote",
  method: "POST",
  path: "/v1/notes",
  sends: "application/json",
  takesKey: true,
};
const RUN: Op = { id: "runNote", method: "POST", path: "/v1/run" };

class BudgetExceeded extends errors.PaymentRequired {
  override readonly name = "BudgetExceeded";
  declare readonly remaining_usd: string;
}
const CONTRACT = {
  version: "3.0.0",
  errors: { budget_exceeded: BudgetExceeded },
  retry: { idempotency_in_progress: "safe" },
} as const;

const clientOf = (baseUrl: string, options: ClientOptions = {}) =>
  new Client({ baseUrl, apiKey: "ara_secret", retry: { baseMs: 0 }, ...options }, CONTRACT);
const get = (url: string) =>
  clientOf(url).transport.call<{ id: string }>(GET, { note_id: "n1" });
const create = (url: string) =>
  clientOf(url).transport.call<{ id: string }>(CREATE, { text: "hi" });

test("a call gives the parsed answer", async () => {
  await using server = await serve(json(200, { id: "n1" }));

  assert.deepEqual(await get(server.url), { id: "n1" });
  assert.equal(server.asked[0]?.url, "/v1/notes/n1");
  assert.equal(server.asked[0].headers.authorization, "Bearer ara_secret");
  assert.equal(server.asked[0].headers["user-agent"], "aragora-typescript/3.0.0");
});

test("withResponse gives the facts around the answer", async () => {
  const answer = json(200, { id: "n1" }, { "aragora-request-id": "req_1" });
  await using server = await serve(problem(503, "unavailable"), answer);

  const found = await get(server.url).withResponse();

  assert.deepEqual([found.data, found.status, found.requestId, found.attempts], [
    { id: "n1" },
    200,
    "req_1",
    2,
  ]);
  assert.deepEqual(await found.raw.json(), { id: "n1" });
});

test("asResponse gives the answer unparsed, even what is no JSON", async () => {
  await using server = await serve((response) => response.writeHead(200).end("plain"));

  const response = await get(server.url).asResponse();

  assert.equal(await response.text(), "plain");
});

test("an empty answer is undefined, and its response has no body", async () => {
  await using server = await serve((response) => response.writeHead(204).end());
  const call = clientOf(server.url).transport.call<undefined>({ ...RUN, reads: "empty" }, {});

  await call;
  assert.equal((await call.asResponse()).status, 204);
});

test("one Idempotency-Key serves all attempts, and each call has its own", async () => {
  await using server = await serve(
    reset,
    problem(409, "idempotency_in_progress", {}, { "retry-after": "0" }),
    json(201, { id: "n1" }),
  );

  await create(server.url);
  await create(server.url);

  const keys = server.asked.map(({ headers }) => headers["idempotency-key"]);
  assert.equal(keys.length, 4);
  assert.match(String(keys[0]), /^idk_[0-9a-f]{32}$/);
  assert.deepEqual(new Set(keys.slice(0, 3)).size, 1);
  assert.notEqual(keys[3], keys[0]);
  assert.equal(new Set(server.asked.map(({ body }) => body)).size, 1);
});

test("a POST without a key is never repeated after bytes were sent", async () => {
  await using server = await serve(reset);

  await assert.rejects(clientOf(server.url).transport.call(RUN, {}), errors.ConnectionFailed);
  assert.equal(server.asked.length, 1);
});

test("a connection that was refused is tried again, whatever the method", async () => {
  const told: RetryInfo[] = [];
  const retry = { maxRetries: 2, baseMs: 0, onRetry: (info: RetryInfo) => told.push(info) };

  const server = await serve();
  await server[Symbol.asyncDispose]();

  const call = clientOf(server.url, { retry }).transport.call(RUN, {});

  await assert.rejects(call, /POST http:\/\/127.0.0.1:\d+\/v1\/run: fetch failed: connect ECONNREFUSED/);
  assert.deepEqual(told.map(({ attempt, operationId }) => [attempt, operationId]), [
    [1, "runNote"],
    [2, "runNote"],
  ]);
});

test("an error has the class of its code, with its members", async () => {
  await using server = await serve(
    problem(402, "budget_exceeded", { remaining_usd: "2.100000", detail: "asked 5" }),
  );

  await assert.rejects(create(server.url), (error) => {
    assert.ok(error instanceof BudgetExceeded && error instanceof errors.PaymentRequired);
    assert.equal(error.remaining_usd, "2.100000");
    assert.equal(error.code, "budget_exceeded");
    assert.equal(error.message, "budget_exceeded (402): asked 5");
    return true;
  });
  assert.equal(server.asked.length, 1);
});

test("an HTML page of a proxy still has the class of its status", async () => {
  await using server = await serve((response) => response.writeHead(502).end("<h1>Bad</h1>"));

  await assert.rejects(get(server.url), (error) => {
    assert.ok(error instanceof errors.ServerError);
    assert.deepEqual([error.code, error.detail, error.status], [null, "<h1>Bad</h1>", 502]);
    return true;
  });
  assert.equal(server.asked.length, 3);
});

const UNREADABLE: [string, Answer][] = [
  ["no JSON", (response) => response.writeHead(200).end("<html>")],
  ["a bare number", json(200, 7)],
  ["null", json(200, null)],
  ["broken UTF-8", (response) => response.writeHead(200).end(Buffer.from([0x7b, 0xff, 0x7d]))],
];
for (const [name, answer] of UNREADABLE) {
  test(`a success that is ${name} is ResponseInvalid, and is not repeated`, async () => {
    await using server = await serve(answer);

    await assert.rejects(get(server.url), (error) => {
      assert.ok(error instanceof errors.ResponseInvalid);
      assert.equal(error.status, 200);
      assert.ok(error.body.length > 0);
      return true;
    });
    assert.equal(server.asked.length, 1);
  });
}

test("a token is asked for at each attempt, and its error is the caller's own", async () => {
  await using server = await serve(problem(503, "unavailable"), json(200, { id: "n1" }));
  let asked = 0;
  const token = () => Promise.resolve(`t${++asked}`);
  const options = { baseUrl: server.url, token, retry: { baseMs: 0 } };

  await new Client(options, CONTRACT).transport.call(GET, { note_id: "n1" });

  const sent = server.asked.map(({ headers }) => headers.authorization);
  assert.deepEqual(sent, ["Bearer t1", "Bearer t2"]);
  const broken = { ...options, token: () => Promise.reject(new RangeError("no session")) };
  const call = new Client(broken, CONTRACT).transport.call(GET, { note_id: "n1" });
  await assert.rejects(call, RangeError);
});

test("middleware runs once an attempt and may change the request", async () => {
  await using server = await serve(problem(503, "unavailable"), json(200, { id: "n1" }));
  const order: string[] = [];
  const client = clientOf(server.url, {
    middleware: [
      (request, next) => {
        order.push("outer");
        request.headers.set("x-trace", "1");
        return next(request);
      },
      (request, next) => {
        order.push("inner");
        return next(request);
      },
    ],
  });

  await client.transport.call(CREATE, { text: "hi" });

  assert.deepEqual(order, ["outer", "inner", "outer", "inner"]);
  assert.deepEqual(server.asked.map(({ headers }) => headers["x-trace"]), ["1", "1"]);
  assert.equal(server.asked[1]?.body, '{"text":"hi"}');
});

test("the API key shows in no inspection, message or stack", async () => {
  await using server = await serve(problem(500, "internal_error"));
  const client = clientOf(server.url);
  const failure = await client.transport.call(GET, { note_id: "n1" }).catch((e: unknown) => e);

  const shown = [client, client.transport, failure].map((it) => inspect(it, { depth: 9, showHidden: true }));

  assert.ok(shown.every((text) => !text.includes("ara_secret")));
});

test("a fetch that answers with a failure of its own is not disguised", async () => {
  const fetch = () => Promise.reject(new SyntaxError("a bug"));

  const call = clientOf("http://x", { fetch }).transport.call(GET, { note_id: "n1" });

  await assert.rejects(call, SyntaxError);
});

test("a text is a string", async () => {
  await using server = await serve((response) => {
    response.writeHead(200, { "content-type": "text/plain; charset=utf-8" });
    response.end("größe 3\n");
  });

  const op: Op = { ...GET, reads: "text" };
  const text = await clientOf(server.url).transport.call<string>(op, { note_id: "n1" });

  assert.equal(text, "größe 3\n");
});

test("a file keeps its bytes, its type and its request id", async () => {
  const bytes = Buffer.from([0, 255, 10, 13]);
  await using server = await serve((response) => {
    response.writeHead(200, { "content-type": "application/x+json", "aragora-request-id": "req_1" });
    response.end(bytes);
  });

  const op: Op = { ...GET, reads: "binary" };
  const file = await clientOf(server.url).transport.call<BinaryResponse>(op, { note_id: "n1" });

  assert.deepEqual(Buffer.from(file.read()), bytes);
  assert.deepEqual([...file.iterBytes(3)].map((part) => part.length), [3, 1]);
  assert.deepEqual([file.mediaType, file.requestId], ["application/x+json", "req_1"]);
});
