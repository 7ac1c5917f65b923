/** The client against the real server: create, stream, resume, verify. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, suite, test } from "node:test";
import { WebSocket as PackageSocket } from "ws";

import type { WebSocketClass } from "./index.js";
import { Aragora, DebateNotFound, InvalidRequest, Unauthenticated } from "./index.js";
import { pinKeys, verify } from "./receipts/index.js";
import type { Running } from "./testing/aragora.js";
import { cutting, startAragora, unavailable } from "./testing/aragora.js";

const ASK = {
  question: "Ship on Friday?",
  options: [
    { id: "ship", label: "Ship on Friday" },
    { id: "wait", label: "Wait for Monday" },
  ],
  seed: 7,
};
const NOBODY = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e";

suite("with a real server", { skip: unavailable }, () => {
  let server: Running;
  let stored: { api_key: string; receipt_keys: unknown };
  let client: Aragora;
  before(async () => {
    server = await startAragora();
    stored = JSON.parse(readFileSync(server.credentials, "utf8")) as typeof stored;
    client = new Aragora({ baseUrl: server.url, apiKey: stored.api_key });
  });
  after(() => server[Symbol.asyncDispose]());

  test("the credentials file that the server wrote is all a client needs", async () => {
    process.env["ARAGORA_CREDENTIALS"] = server.credentials;
    try {
      const account = await new Aragora().account.get();
      assert.ok(account.workspace.id);
    } finally {
      delete process.env["ARAGORA_CREDENTIALS"];
    }
  });

  test("a question becomes a receipt that verifies offline, and not when a byte is changed", async () => {
    const run = await client.debates.start(ASK);
    const seen: number[] = [];
    for await (const event of run.events()) if ("seq" in event) seen.push(event.seq ?? 0);
    const debate = await run.wait({ timeoutMs: 60_000 });
    const bundle = (await run.receipt()).read();

    const keys = await pinKeys(stored.receipt_keys);
    const verdict = await verify(bundle, { keys });
    const text = new TextDecoder().decode(bundle);
    const forged = await verify(text.replace(/"sig":"(.)/, (_, c) => `"sig":"${c === "A" ? "B" : "A"}`), { keys });

    assert.deepEqual(seen, Array.from(seen, (_, n) => n + 1));
    assert.equal(debate.status, "concluded");
    assert.equal(seen.length, debate.last_seq);
    assert.equal(verdict.verdict, "verified");
    const found = new Map<string, string>(verdict.checks.map((check) => [check.name, check.result]));
    assert.deepEqual(["leaf", "inclusion", "checkpoint"].map((name) => found.get(name)), ["pass", "pass", "pass"]);
    assert.equal(forged.verdict, "failed");
    assert.equal((await client.receipts.verify(bundle)).verdict, "verified");
  });

  test("a stream that is cut again and again still brings every event once, in order", async () => {
    const { id, last_seq } = await client.debates.run({ ...ASK, seed: 8 }, { timeoutMs: 60_000 });
    await using relay = await cutting(server.url, [900, 2_500, 4_000, 6_000]);
    const cut = new Aragora({ baseUrl: relay.url, apiKey: stored.api_key, retry: { baseMs: 0 } });

    const seen: (number | null)[] = [];
    for await (const event of cut.debates.events(id)) if ("seq" in event) seen.push(event.seq);

    assert.deepEqual(seen, Array.from({ length: last_seq }, (_, n) => n + 1));
    assert.ok(relay.connections() > 3);
  });

  test("the WebSocket brings the same events as the stream", async () => {
    const { id } = await client.debates.run({ ...ASK, seed: 9 }, { timeoutMs: 60_000 });
    const options = { transport: "websocket", WebSocket: PackageSocket as unknown as WebSocketClass } as const;

    const [streamed, socketed]: unknown[][] = [[], []];
    for await (const event of client.debates.events(id)) streamed?.push(event);
    for await (const event of client.debates.events(id, {}, options)) socketed?.push(event);

    assert.ok(streamed && streamed.length > 5);
    assert.deepEqual(socketed, streamed);
  });

  test("over a WebSocket too, what is not there and who is not known are typed errors", async () => {
    const options = { transport: "websocket", WebSocket: PackageSocket as unknown as WebSocketClass } as const;
    const stranger = new Aragora({ baseUrl: server.url, apiKey: "ara_nobody" });

    await assert.rejects(client.debates.events(NOBODY, {}, options).next(), DebateNotFound);
    await assert.rejects(stranger.debates.events(NOBODY, {}, options).next(), Unauthenticated);
  });

  test("a stream from beyond the end is refused", async () => {
    const { id, last_seq } = await client.debates.run({ ...ASK, seed: 10 }, { timeoutMs: 60_000 });

    const reading = client.debates.events(id, { after: last_seq + 5 }).next();

    await assert.rejects(reading, InvalidRequest);
  });

  test("the same key and body give the same debate", async () => {
    const options = { idempotencyKey: "the-same-key" };

    const [one, other] = await Promise.all([
      client.debates.create({ ...ASK, seed: 11 }, options),
      client.debates.create({ ...ASK, seed: 11 }, options),
    ]);

    assert.equal(one.id, other.id);
  });

  test("a list walks all its pages", async () => {
    const names = ["one", "two", "three"];
    const created = await Promise.all(
      names.map((name) => client.apiKeys.create({ name, scopes: ["debates:read"] })),
    );

    const listed: string[] = [];
    for await (const { name } of client.apiKeys.list({ limit: 2 })) listed.push(name);
    const [first] = created;
    const { status } = await client.apiKeys.revoke(first?.api_key.id ?? "").asResponse();

    assert.deepEqual(names.filter((name) => !listed.includes(name)), []);
    assert.equal(status, 204);
  });

  test("what is missing is a typed error with the request's id", async () => {
    await assert.rejects(client.debates.get(NOBODY), (error) => {
      assert.ok(error instanceof DebateNotFound);
      assert.match(String(error.requestId), /^req_/);
      return true;
    });
  });
});
