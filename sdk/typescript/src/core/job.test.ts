import assert from "node:assert/strict";
import { test } from "node:test";

import type { Answer, Server } from "../testing/server.js";
import { events, json, problem, serve } from "../testing/server.js";
import { Client } from "./client.js";
import * as errors from "./errors.js";
import type { JobOp, WaitOptions } from "./job.js";
import { Run, runFor } from "./job.js";

interface Debate {
  id: string;
  status: string;
  receipt_id?: string | null;
}

const JOB: JobOp = {
  get: { id: "get", method: "GET", path: "/d/{debate_id}" },
  cancel: { id: "cancel", method: "POST", path: "/d/{debate_id}/cancel" },
  result: { id: "bundle", method: "GET", path: "/r/{receipt_id}", reads: "binary" },
  events: {
    id: "events",
    method: "GET",
    path: "/d/{debate_id}/events",
    query: ["after", "deltas"],
    accept: "text/event-stream",
    seq: "seq",
    resume: "after",
    heartbeatMs: 15_000,
    terminal: ["debate.concluded"],
    ephemeral: ["token.delta", "heartbeat"],
    known: ["debate.concluded", "token.delta", "heartbeat"],
  },
  idParam: "debate_id",
  resultParam: "receipt_id",
  statusField: "status",
  terminal: ["concluded", "cancelled", "failed"],
};

const OVER = events([{ seq: 1, type: "debate.concluded" }]);
const concluded = json(200, { id: "d1", status: "concluded", receipt_id: "r1" });

function attach(server: Server): Run<Debate, unknown> {
  const options = { baseUrl: server.url, apiKey: "k", retry: { baseMs: 0 } };
  const { transport } = new Client(options, { version: "0", errors: {}, retry: {} });
  return new Run<Debate, unknown>(transport, JOB, "d1");
}

/** One answer for each path, whatever the order. */
function byPath(paths: Record<string, Answer>): Answer {
  return (response, asked) => paths[asked.url.split("?")[0] ?? ""]?.(response, asked);
}

const waited = async (answers: Answer[], options?: WaitOptions) => {
  await using server = await serve(...answers);
  return await attach(server).wait(options);
};

test("wait follows the stream and returns the finished debate", async () => {
  const debate = await waited([OVER, concluded]);

  assert.equal(debate.status, "concluded");
});

test("wait polls when the stream fails twice", async () => {
  await using server = await serve(
    problem(502, "x"),
    problem(502, "x"),
    json(200, { id: "d1", status: "running" }),
    concluded,
  );
  const run = attach(server);

  assert.equal((await run.wait()).status, "concluded");
  assert.equal(run.debate?.status, "concluded");
  assert.deepEqual(
    server.asked.map(({ url }) => url.split("?")[0]),
    ["/d/d1/events", "/d/d1/events", "/d/d1", "/d/d1"],
  );
});

test("a debate that failed or was cancelled is an error with its last state", async () => {
  const cases = [
    ["failed", errors.DebateFailed],
    ["cancelled", errors.DebateCancelled],
  ] as const;
  for (const [status, type] of cases) {
    await assert.rejects(waited([OVER, json(200, { id: "d1", status, stop_reason: "x" })]), (error) => {
      assert.ok(error instanceof type && error instanceof errors.JobError);
      assert.equal((error.debate as Debate).status, status);
      assert.match(error.message, new RegExp(`debate d1 ${status}: x`));
      return true;
    });
  }
});

test("a refusal of the stream is not disguised by polling", async () => {
  await assert.rejects(waited([problem(404, "debate_not_found")]), errors.NotFound);
});

test("the time to wait is over for the stream and for the polls; the debate goes on", async () => {
  const silent = events([], "hang");
  const running = json(200, { id: "d1", status: "running" });
  for (const answers of [[silent], [problem(502, "x"), problem(502, "x"), running]]) {
    await assert.rejects(waited(answers, { timeoutMs: 120 }), (error) => {
      assert.ok(error instanceof errors.DeadlineExceeded);
      assert.match(error.message, /debate d1 is not over after 120 ms; it goes on/);
      return true;
    });
  }
});

test("aborting the wait throws the signal's reason", async () => {
  const controller = new AbortController();
  setTimeout(() => {
    controller.abort(new Error("enough"));
  }, 40);

  await assert.rejects(waited([events([], "hang")], { signal: controller.signal }), /enough/);
});

test("cancel asks the server and remembers the debate", async () => {
  await using server = await serve(json(202, { id: "d1", status: "cancelled" }));
  const run = attach(server);

  assert.equal((await run.cancel()).status, "cancelled");
  assert.equal(run.debate?.status, "cancelled");
  assert.deepEqual([server.asked[0]?.method, server.asked[0]?.url], ["POST", "/d/d1/cancel"]);
});

test("receipt waits for the end and gives the bundle's bytes", async () => {
  await using server = await serve(
    byPath({ "/d/d1/events": OVER, "/d/d1": concluded, "/r/r1": json(200, { v: 1 }) }),
  );
  const run = attach(server);

  const bundle = await run.receipt();
  await run.receipt();

  assert.equal(new TextDecoder().decode(bundle.read()), '{"v":1}');
  assert.deepEqual(
    server.asked.map(({ url }) => url.split("?")[0]),
    ["/d/d1/events", "/d/d1", "/r/r1", "/r/r1"],
  );
});

test("a debate without a receipt says so, or why it ended", async () => {
  const ended = async (debate: object) => {
    await using server = await serve(byPath({ "/d/d1/events": OVER, "/d/d1": json(200, debate) }));
    return await attach(server).receipt();
  };

  await assert.rejects(ended({ id: "d1", status: "concluded", receipt_id: null }), errors.JobError);
  await assert.rejects(ended({ id: "d1", status: "failed", receipt_id: null }), errors.DebateFailed);
});

test("run starts and waits, both within its time", async () => {
  await using server = await serve(OVER, concluded);
  let given: object = {};

  const debate = await runFor((options) => {
    given = options;
    return Promise.resolve(attach(server));
  }, { timeoutMs: 5_000, idempotencyKey: "mine" });

  assert.equal(debate.status, "concluded");
  assert.deepEqual(given, { deadlineMs: 5_000, idempotencyKey: "mine" });
});
