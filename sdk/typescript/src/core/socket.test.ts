import assert from "node:assert/strict";
import { test } from "node:test";
import { WebSocket as PackageSocket } from "ws";

import type { Event } from "../testing/server.js";
import type { Session } from "../testing/sockets.js";
import { serveSockets } from "../testing/sockets.js";
import { vectors } from "../testing/vectors.js";
import type { ClientOptions } from "./client.js";
import { Client } from "./client.js";
import * as errors from "./errors.js";
import type { WebSocketClass } from "./socket.js";
import { closed, socketClass } from "./socket.js";
import type { ReconnectInfo, StreamOp, StreamOptions } from "./stream.js";
import { stream } from "./stream.js";
import { Broken } from "./transport.js";

const FOLLOW: StreamOp = {
  id: "streamEvents",
  method: "GET",
  path: "/v1/debates/{debate_id}/events/stream",
  query: ["after", "deltas"],
  accept: "text/event-stream",
  seq: "seq",
  resume: "after",
  heartbeatMs: 15_000,
  terminal: ["debate.concluded"],
  ephemeral: ["token.delta", "heartbeat"],
  known: ["argument.added", "debate.concluded", "token.delta", "heartbeat"],
  socket: "/v1/debates/{debate_id}/events/socket",
};
const LOG = Array.from({ length: 6 }, (_, n) => ({
  seq: n + 1,
  type: n === 5 ? "debate.concluded" : "argument.added",
}));
const GIVEN = PackageSocket as unknown as WebSocketClass;

function follow(baseUrl: string, options: StreamOptions = {}, client: ClientOptions = {}) {
  const given = { baseUrl, apiKey: "ara_test", retry: { baseMs: 0 }, ...client };
  const { transport } = new Client(given, { version: "0", errors: {}, retry: {} });
  const args = { debate_id: "d1", after: 0, deltas: false };
  const whole = { transport: "websocket", WebSocket: GIVEN, ...options } as const;
  return stream<Event>(transport, FOLLOW, args, whole);
}

async function collect(events: AsyncIterable<Event>): Promise<(number | undefined)[]> {
  const seen = [];
  for await (const event of events) seen.push(event.seq);
  return seen;
}

const send = (list: readonly object[], code?: number, reason?: string): Session => (socket) => {
  for (const event of list) socket.send(JSON.stringify(event));
  if (code !== undefined) socket.close(code, reason);
};

test("events arrive over a WebSocket, with the key in a header and never in the URL", async () => {
  await using server = await serveSockets(send(LOG, 1000));

  assert.deepEqual(await collect(follow(server.url)), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(server.asked, [
    { url: "/v1/debates/d1/events/socket?after=0&deltas=false", authorization: "Bearer ara_test" },
  ]);
});

test("a cut socket is resumed after the last event", async () => {
  await using server = await serveSockets(
    send(LOG.slice(0, 2), 1012),
    (socket) => {
      socket.send(JSON.stringify(LOG[1]));
      socket.send(JSON.stringify(LOG[2]), () => {
        socket.terminate();
      });
    },
    send(LOG.slice(3), 1000),
  );

  assert.deepEqual(await collect(follow(server.url)), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(
    server.asked.map(({ url }) => /after=(\d+)/.exec(url)?.[1]),
    ["0", "2", "3"],
  );
});

test("a token is asked for at each connection", async () => {
  await using server = await serveSockets(send(LOG.slice(0, 3), 1012), send(LOG.slice(3), 1000));
  let count = 0;
  const { url } = server;
  const { transport } = new Client(
    { baseUrl: url, token: () => Promise.resolve(`t${++count}`), retry: { baseMs: 0 } },
    { version: "0", errors: {}, retry: {} },
  );

  const args = { debate_id: "d1", after: 0, deltas: false };
  const options = { transport: "websocket", WebSocket: GIVEN } as const;
  await collect(stream<Event>(transport, FOLLOW, args, options));

  const sent = server.asked.map(({ authorization }) => authorization);
  assert.deepEqual(sent, ["Bearer t1", "Bearer t2"]);
});

test("a refusal is the typed error of its code", async () => {
  await using server = await serveSockets(send([], 4404, "debate_not_found"));

  await assert.rejects(collect(follow(server.url)), (error) => {
    assert.ok(error instanceof errors.NotFound);
    assert.deepEqual([error.code, error.status], ["debate_not_found", 404]);
    return true;
  });
  assert.equal(server.asked.length, 1);
});

test("a silent socket is an idle timeout, and is resumed", async () => {
  await using server = await serveSockets(send(LOG.slice(0, 2)), send(LOG.slice(2), 1000));
  const told: ReconnectInfo[] = [];

  const options = { idleMs: 60, onReconnect: (info: ReconnectInfo) => told.push(info) };
  await collect(follow(server.url, options));

  assert.deepEqual(told.map(({ error, after }) => [error.name, after]), [["IdleTimeout", 2]]);
});

test("a server that nobody runs is ConnectionFailed", async () => {
  const server = await serveSockets();
  await server[Symbol.asyncDispose]();

  await assert.rejects(collect(follow(server.url)), errors.ConnectionFailed);
});

test("more events than the reader takes are read again later, none is lost", async () => {
  const many = Array.from({ length: 2500 }, (_, n) => ({
    seq: n + 1,
    type: n === 2499 ? "debate.concluded" : "argument.added",
  }));
  const rest: Session = (socket, request) => {
    send(many.slice(Number(/after=(\d+)/.exec(request.url ?? "")?.[1])), 1000)(socket, request);
  };
  await using server = await serveSockets(rest);

  const seen = await collect(follow(server.url));

  assert.deepEqual(seen, many.map(({ seq }) => seq));
  assert.ok(server.asked.length > 1);
});

test("a binary message is no event", async () => {
  await using server = await serveSockets((socket) => {
    socket.send(new Uint8Array([1, 2]));
  });

  await assert.rejects(collect(follow(server.url)), errors.StreamError);
});

test("an abort throws its reason, return() ends quietly, both close the socket", async () => {
  await using server = await serveSockets(send(LOG.slice(0, 1)));
  const controller = new AbortController();
  const aborted = follow(server.url, { signal: controller.signal });
  const left = follow(server.url);
  await Promise.all([aborted.next(), left.next()]);

  const waiting = aborted.next();
  controller.abort(new Error("enough"));

  await assert.rejects(waiting, /enough/);
  assert.equal((await left.return()).done, true);
});

test("without a WebSocket the error says what to do", () => {
  const host = globalThis as { WebSocket?: unknown };
  const found = host.WebSocket;
  host.WebSocket = undefined;
  try {
    assert.throws(() => socketClass(undefined), (error) => {
      assert.ok(error instanceof errors.ConfigurationError);
      assert.match(error.message, /Node has one since 22.*transport: "sse"/);
      return true;
    });
    assert.equal(socketClass(GIVEN), GIVEN);
  } finally {
    host.WebSocket = found;
  }
});

test("the platform's own WebSocket sends the key too", { skip: "WebSocket" in globalThis ? false : "this Node has no WebSocket" }, async () => {
  await using server = await serveSockets(send(LOG, 1000));
  const own = globalThis.WebSocket as unknown as WebSocketClass;

  assert.equal((await collect(follow(server.url, { WebSocket: own }))).length, 6);
  assert.equal(server.asked[0]?.authorization, "Bearer ara_test");
});

const { closes } = vectors("sse/closes.json") as {
  closes: { code: number; action: string; error?: string }[];
};
for (const { code, action, error } of closes) {
  test(`close code ${code}: ${action} ${error ?? ""}`, () => {
    const found = closed(code, "", {});

    const told = found === null ? "end" : found instanceof Broken ? "reconnect" : "raise";
    assert.equal(told, action);
    if (error) assert.equal(found?.name, error);
  });
}
