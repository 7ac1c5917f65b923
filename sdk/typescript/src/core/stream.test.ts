import assert from "node:assert/strict";
import { test } from "node:test";

import type { Answer, Event } from "../testing/server.js";
import { events, json, problem, serve } from "../testing/server.js";
import { vectors } from "../testing/vectors.js";
import { Client } from "./client.js";
import * as errors from "./errors.js";
import type { ReconnectInfo, StreamOp } from "./stream.js";
import { stream, UnknownEvent } from "./stream.js";

interface Vectors {
  terminal: string[];
  ephemeral: string[];
  max_retries: number;
  follow: {
    name: string;
    after: number;
    connections: {
      events?: (Event & { problem?: unknown })[];
      close?: "end" | "lost";
      status?: number;
      code?: string | null;
    }[];
    delivered: (number | string)[];
    connects_after: number[];
    end: { outcome: string; error?: string; expected?: number; got?: number };
  }[];
}

const all = vectors("sse/follow.json") as Vectors;

const FOLLOW: StreamOp = {
  id: "streamEvents",
  method: "GET",
  path: "/v1/debates/{debate_id}/events/stream",
  query: ["after", "deltas"],
  accept: "text/event-stream",
  seq: "seq",
  resume: "after",
  heartbeatMs: 15_000,
  terminal: all.terminal,
  ephemeral: all.ephemeral,
  known: ["argument.added", "receipt.issued", ...all.terminal, ...all.ephemeral],
  socket: "/v1/debates/{debate_id}/events/socket",
};

function follow(url: string, after = 0, options: object = {}) {
  const client = new Client(
    { baseUrl: url, apiKey: "ara_test", retry: { baseMs: 0 } },
    { version: "0", errors: {}, retry: {} },
  );
  const args = { debate_id: "d1", after, deltas: false };
  return stream<Event | UnknownEvent>(client.transport, FOLLOW, args, options);
}

async function drain(stream: AsyncIterator<unknown>): Promise<void> {
  while (!(await stream.next()).done);
}

function answerOf(connection: Vectors["follow"][number]["connections"][number]): Answer {
  if (connection.status) return problem(connection.status, connection.code ?? "none");
  return events(connection.events ?? [], connection.close === "lost" ? "break" : "close");
}

for (const vector of all.follow) {
  test(`follow: ${vector.name}`, async () => {
    await using server = await serve(...vector.connections.map(answerOf));
    const delivered: (number | string)[] = [];
    let failure: unknown;

    try {
      for await (const event of follow(server.url, vector.after)) {
        delivered.push(event.seq ?? event.type);
      }
    } catch (error) {
      failure = error;
    }

    assert.deepEqual(delivered, vector.delivered);
    const asked = server.asked.map(({ url }) => Number(new URL(url, server.url).searchParams.get("after")));
    assert.deepEqual(asked, vector.connects_after);
    assert.equal((failure as Error | undefined)?.name, vector.end.error);
    if (failure instanceof errors.EventGap) {
      assert.deepEqual([failure.expected, failure.got], [vector.end.expected, vector.end.got]);
    }
  });
}

const LOG = Array.from({ length: 12 }, (_, n) => ({
  seq: n + 1,
  type: n === 11 ? "debate.concluded" : "argument.added",
}));

test("whatever the cuts and the repeats, the log arrives once and in order", async () => {
  // A fixed linear congruence instead of chance: the same cuts at every run.
  let state = 7;
  const next = (below: number) => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) % below;
  for (let round = 0; round < 12; round++) {
    const answers: Answer[] = [];
    for (let sent = 0; sent < LOG.length; ) {
      const from = Math.max(0, sent - next(3));
      sent = Math.min(LOG.length, sent + 1 + next(5));
      const noise = { type: next(2) ? "heartbeat" : "token.delta" };
      answers.push(events([...LOG.slice(from, sent), noise], sent < LOG.length ? "break" : "close"));
    }
    await using server = await serve(...answers);

    const seen: number[] = [];
    for await (const event of follow(server.url)) if (event.seq) seen.push(event.seq);

    assert.deepEqual(seen, LOG.map(({ seq }) => seq));
  }
});

test("a reconnect says where it stands, in the query and in Last-Event-ID", async () => {
  await using server = await serve(events(LOG.slice(0, 4), "break"), events(LOG.slice(4)));
  const told: ReconnectInfo[] = [];

  const stream = follow(server.url, 0, { onReconnect: (info: ReconnectInfo) => told.push(info) });
  await drain(stream);

  assert.equal(stream.lastSeq, 12);
  assert.deepEqual(
    server.asked.map(({ url, headers }) => [url.split("?")[1], headers["last-event-id"]]),
    [
      ["after=0&deltas=false", undefined],
      ["after=4&deltas=false", "4"],
    ],
  );
  assert.deepEqual(told.map(({ after, attempt }) => [after, attempt]), [[4, 1]]);
  assert.equal(told[0]?.error.name, "ConnectionFailed");
});

test("an event of a newer type is kept whole", async () => {
  const strange = { seq: 1, type: "moon.rose", data: { phase: "full" } };
  await using server = await serve(events([strange, { seq: 2, type: "debate.failed" }]));

  const { value } = await follow(server.url).next();

  assert.ok(value instanceof UnknownEvent);
  assert.deepEqual([value.type, value.wireType, value.seq], ["unknown", "moon.rose", 1]);
  assert.deepEqual(value.raw, strange);
});

test("leaving the loop closes the connection and asks for nothing more", async () => {
  let close = (): void => undefined;
  const closed = new Promise<void>((resolve) => (close = resolve));
  await using server = await serve((response, asked) => {
    response.on("close", close);
    return events(LOG.slice(0, 3), "hang")(response, asked);
  });

  for await (const event of follow(server.url)) if (event.seq === 2) break;

  await closed;
  assert.equal(server.asked.length, 1);
});

test("return() wakes a reader that waits", async () => {
  await using server = await serve(events([], "hang"));
  const stream = follow(server.url);

  const waiting = stream.next();
  setTimeout(() => void stream.close(), 30);

  assert.deepEqual(await waiting, { done: true, value: undefined });
});

test("an aborted signal throws its reason and does not reconnect", async () => {
  await using server = await serve(events(LOG.slice(0, 1), "hang"));
  const controller = new AbortController();
  const stream = follow(server.url, 0, { signal: controller.signal });
  await stream.next();

  const waiting = stream.next();
  setTimeout(() => {
    controller.abort(new Error("enough"));
  }, 30);

  await assert.rejects(waiting, /enough/);
  assert.equal(server.asked.length, 1);
});

test("a silent stream is an idle timeout, and is resumed", async () => {
  await using server = await serve(events(LOG.slice(0, 2), "hang"), events(LOG.slice(2)));
  const told: ReconnectInfo[] = [];

  const options = { idleMs: 60, onReconnect: (info: ReconnectInfo) => told.push(info) };
  await drain(follow(server.url, 0, options));

  assert.deepEqual(told.map(({ error, after }) => [error.name, after]), [["IdleTimeout", 2]]);
});

test("a slow reader is not a silent server", async () => {
  await using server = await serve(events(LOG));
  const stream = follow(server.url, 0, { idleMs: 40 });

  await stream.next();
  await new Promise((resolve) => setTimeout(resolve, 120));
  await drain(stream);

  assert.equal(server.asked.length, 1);
  assert.equal(stream.lastSeq, 12);
});

test("the deadline covers all connections of a stream", async () => {
  await using server = await serve(events(LOG.slice(0, 1), "break"), events([], "hang"));

  const stream = follow(server.url, 0, { deadlineMs: 80, idleMs: 30, maxRetries: 99 });
  await assert.rejects(async () => {
    await drain(stream);
  }, /IdleTimeout|DeadlineExceeded/);
});

test("the server's reconnection time is a lower bound of the wait", async () => {
  await using server = await serve((response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(`retry: 80\ndata: ${JSON.stringify(LOG[0])}\n\n`);
  }, events(LOG.slice(1)));
  const told: ReconnectInfo[] = [];

  const options = { onReconnect: (info: ReconnectInfo) => told.push(info) };
  await drain(follow(server.url, 0, options));

  assert.equal(told[0]?.delayMs, 80);
});

const WRONG: [string, Answer, RegExp][] = [
  ["an answer that is no stream", json(200, {}), /no event stream/],
  ["an event without a type", events([{} as Event]), /without a type/],
  ["a stored event without a number", events([{ type: "argument.added" }]), /sequence number/],
  ["a delta with a number", events([{ seq: 1, type: "token.delta" }]), /sequence number/],
  ["a number that is none", events([{ seq: "1", type: "argument.added" } as never]), /sequence/],
  [
    "an event that is no JSON",
    (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" }).end("data: {\n\n");
    },
    /not JSON/,
  ],
];
for (const [name, answer, message] of WRONG) {
  test(`${name} is a StreamError`, async () => {
    await using server = await serve(answer);

    const reading = follow(server.url).next();

    await assert.rejects(reading, (error) => {
      assert.ok(error instanceof errors.StreamError);
      assert.match(error.message, message);
      return true;
    });
  });
}

test("events_trimmed carries the server's refusal as its cause", async () => {
  await using server = await serve(problem(410, "events_trimmed", { detail: "kept for a year" }));

  const reading = follow(server.url, 5).next();

  await assert.rejects(reading, (error) => {
    assert.ok(error instanceof errors.EventsTrimmed);
    assert.ok(error.cause instanceof errors.Gone);
    return true;
  });
});
