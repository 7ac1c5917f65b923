/** Every generated method and class does what its record says. */
import assert from "node:assert/strict";
import { test } from "node:test";

import type { Problem } from "./index.js";
import { Aragora, BY_CODE, StatusError } from "./index.js";
import { Aragora as Lean } from "./client.js";
import { events, json, problem, serve } from "./testing/server.js";

type Method = (...args: unknown[]) => PromiseLike<unknown>;

/** `resource.method` and the function, of every resource of a client. */
function methodsOf(client: object): [string, Method][] {
  const found: [string, Method][] = [];
  for (const [name, resource] of Object.entries(client) as [string, object][]) {
    for (let at = resource; at !== Object.prototype; at = Object.getPrototypeOf(at) as object) {
      if (!/Resource$/.test(at.constructor.name) || at.constructor.name === "Resource") continue;
      for (const method of Object.getOwnPropertyNames(at)) {
        const value = Reflect.get(at, method) as unknown;
        if (method === "constructor" || typeof value !== "function") continue;
        found.push([`${name}.${method}`, value.bind(resource) as Method]);
      }
    }
  }
  return found;
}

const LIVE = ["debates.attach", "debates.events", "debates.run", "debates.start"];

test("every method sends one request of its own, the same through both clients", async () => {
  await using server = await serve(json(200, { items: [], next_cursor: null }));
  const options = { baseUrl: server.url, apiKey: "ara_test" };
  const sent: string[][] = [];

  for (const client of [new Aragora(options), new Lean(options)]) {
    server.asked.length = 0;
    for (const [name, call] of methodsOf(client)) if (!LIVE.includes(name)) await call("id-1", {});
    sent.push(server.asked.map(({ method, url }) => `${method} ${url}`));
  }

  const [whole, lean] = sent;
  assert.ok(whole && whole.length >= 26);
  assert.deepEqual(lean, whole);
  assert.equal(new Set(whole).size, whole.length);
  assert.ok(whole.includes("POST /v1/debates/id-1/cancel"));
});

test("the whole client adds streams and jobs, the lean one has none", () => {
  const options = { baseUrl: "http://127.0.0.1:9", apiKey: "ara_test" };
  const names = (client: object) => methodsOf(client).map(([name]) => name);

  const added = names(new Aragora(options)).filter((name) => !names(new Lean(options)).includes(name));

  assert.deepEqual(added.sort(), LIVE);
});

test("start gives a handle, run the finished debate, attach a handle without a request", async () => {
  const debate = { id: "d1", status: "concluded", receipt_id: "r1" };
  await using server = await serve((response, asked) => {
    if (asked.url.includes("/stream")) {
      return events([{ seq: 1, type: "debate.concluded" }])(response, asked);
    }
    return json(asked.method === "POST" ? 202 : 200, debate)(response, asked);
  });
  const client = new Aragora({ baseUrl: server.url, apiKey: "ara_test" });

  const run = await client.debates.start({ question: "?" });
  const finished = await client.debates.run({ question: "?" }, { timeoutMs: 10_000 });
  const asked = server.asked.length;
  const attached = client.debates.attach("d1");

  assert.deepEqual([run.id, run.debate?.status], ["d1", "concluded"]);
  assert.equal(finished.id, "d1");
  assert.equal(server.asked.length, asked);
  assert.equal((await attached.events().next()).value?.type, "debate.concluded");
});

test("every code has a class with its name, below the class of its status", async () => {
  for (const [code, type] of Object.entries(BY_CODE)) {
    const facts = { status: 400, code, title: null, detail: null, errors: [], docUrl: null };
    const rest = { requestId: null, retryAfterMs: null, headers: new Headers(), members: {} };
    const error = new type({ ...facts, ...rest, body: new Uint8Array() } satisfies Problem);

    assert.ok(error instanceof StatusError);
    assert.equal(error.name, type.name);
    assert.equal(error.code, code);
  }
  await using server = await serve(problem(404, "debate_not_found"));
  const client = new Aragora({ baseUrl: server.url, apiKey: "ara_test" });
  await assert.rejects(client.debates.get("x"), { name: "DebateNotFound", status: 404 });
});

test("the lean client knows the status, the code and the members of an error", async () => {
  await using server = await serve(problem(402, "budget_exceeded", { remaining_usd: "0.10" }));
  const client = new Lean({ baseUrl: server.url, apiKey: "ara_test" });

  await assert.rejects(client.debates.create({ question: "?" }), {
    name: "PaymentRequired",
    code: "budget_exceeded",
    remaining_usd: "0.10",
  });
});

test("an extra field, a new value and a new event type go through unharmed", async () => {
  const debate = { id: "d1", status: "hibernating", mood: { colour: "blue" } };
  await using server = await serve(json(200, debate));
  const client = new Aragora({ baseUrl: server.url, apiKey: "ara_test" });

  assert.deepEqual(await client.debates.get("d1"), debate);
});
