import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";

import { json, problem, serve } from "../testing/server.js";
import type { ClientOptions } from "./client.js";
import { Client } from "./client.js";
import * as errors from "./errors.js";
import { credentialsFile, isBrowser } from "./node.js";
import { BinaryResponse } from "./promise.js";

const CONTRACT = { version: "3.0.0", errors: {}, retry: {}, stored: credentialsFile };
const NAMES = ["ARAGORA_API_KEY", "ARAGORA_BASE_URL", "ARAGORA_CREDENTIALS"];

const kept = { ...process.env };
const folder = mkdtempSync(join(tmpdir(), "aragora-"));
beforeEach(() => {
  for (const name of NAMES) Reflect.deleteProperty(process.env, name);
  process.env["ARAGORA_CREDENTIALS"] = join(folder, "absent.json");
});
afterEach(() => {
  process.env = { ...kept };
});

const clientOf = (options: ClientOptions = {}) => new Client(options, CONTRACT);

function credentials(stored: object | string): void {
  const path = join(folder, "credentials.json");
  writeFileSync(path, typeof stored === "string" ? stored : JSON.stringify(stored));
  process.env["ARAGORA_CREDENTIALS"] = path;
}

async function asked(options: ClientOptions, url: string) {
  await using server = await serve(json(200, {}));
  const client = clientOf({ ...options, ...(url === "mine" ? { baseUrl: server.url } : {}) });
  await client.request("GET", "/v1/x");
  return server.asked[0]?.headers.authorization;
}

test("arguments win over the environment, the environment over the file", async () => {
  await using server = await serve(json(200, {}));
  credentials({ base_url: server.url, api_key: "file" });

  await clientOf().request("GET", "/v1/x");
  process.env["ARAGORA_API_KEY"] = "environment";
  process.env["ARAGORA_BASE_URL"] = server.url;
  await clientOf().request("GET", "/v1/x");
  await clientOf({ apiKey: "argument" }).request("GET", "/v1/x");

  assert.deepEqual(
    server.asked.map(({ headers }) => headers.authorization),
    ["Bearer file", "Bearer environment", "Bearer argument"],
  );
});

test("a key from the file goes to the file's server only", async () => {
  credentials({ base_url: "http://127.0.0.1:1/", api_key: "file" });

  await assert.rejects(asked({}, "mine"), errors.ConfigurationError);
});

test("a slash at the end does not make another server", async () => {
  await using server = await serve(json(200, {}));
  credentials({ base_url: `${server.url}/`, api_key: "file" });

  await clientOf({ baseUrl: server.url }).request("GET", "/v1/x");

  assert.equal(server.asked[0]?.headers.authorization, "Bearer file");
});

test("a broken credentials file is an error that names it", () => {
  credentials("{");

  assert.throws(() => clientOf(), /cannot read the credentials file .*credentials.json/);
});

test("no key is no error before a call needs one", async () => {
  const client = clientOf();

  await assert.rejects(client.request("GET", "/v1/x"), /no API key/);
});

for (const baseUrl of ["example.org", "ftp://example.org", "http://u:p@x", "http://x/?a=1"]) {
  test(`${baseUrl} is no base URL`, () => {
    assert.throws(() => clientOf({ baseUrl }), errors.ConfigurationError);
  });
}

test("a key that no header can carry is refused without showing it", () => {
  assert.throws(
    () => clientOf({ apiKey: "ara_\nsecret" }),
    (error) => {
      assert.ok(error instanceof errors.ConfigurationError);
      assert.doesNotMatch(error.message, /secret/);
      return true;
    },
  );
});

test("withOptions gives a copy with other defaults; a call's own options win", async () => {
  await using server = await serve(problem(503, "unavailable"));
  const client = clientOf({ baseUrl: server.url, apiKey: "k", retry: { baseMs: 0 } });

  await assert.rejects(client.withOptions({ maxRetries: 0 }).request("GET", "/v1/x"));
  assert.equal(server.asked.length, 1);
  await assert.rejects(
    client.withOptions({ maxRetries: 0 }).request("GET", "/v1/x", { maxRetries: 1 }),
  );
  assert.equal(server.asked.length, 3);
  await assert.rejects(client.request("GET", "/v1/x"));
  assert.equal(server.asked.length, 6);
});

test("request sends what no method describes: any body, a list too", async () => {
  await using server = await serve(json(200, { ok: true }));
  const client = clientOf({ baseUrl: `${server.url}/prefix/`, apiKey: "k" });

  const answer = await client.request("POST", "/v1/{x}", { body: [1, 2], query: { a: "b c" } });

  assert.deepEqual(answer, { ok: true });
  assert.equal(server.asked[0]?.url, "/prefix/v1/%7Bx%7D?a=b%20c");
  assert.equal(server.asked[0].body, "[1,2]");
});

test("headers of the client and of the call are sent, in lower case, the call's last", async () => {
  await using server = await serve(json(200, {}));
  const client = clientOf({ baseUrl: server.url, apiKey: "k", headers: { "X-A": "1", "X-B": "1" } });

  await client.request("GET", "/v1/x", { headers: { "x-b": "2" } });

  const { "x-a": a, "x-b": b } = server.asked[0]?.headers ?? {};
  assert.deepEqual([a, b], ["1", "2"]);
});

test("in a browser an API key needs a word of intent, a token callback does not", () => {
  const versions = Object.getOwnPropertyDescriptor(process, "versions");
  const navigator = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  Object.defineProperty(process, "versions", { value: {}, configurable: true });
  Object.defineProperty(globalThis, "navigator", {
    value: { userAgent: "Mozilla/5.0" },
    configurable: true,
  });
  try {
    assert.equal(isBrowser(), true);
    assert.throws(() => clientOf({ apiKey: "k" }), /allowBrowserKey: true/);
    assert.ok(clientOf({ apiKey: "k", allowBrowserKey: true }));
    assert.ok(clientOf({ token: () => Promise.resolve("t") }));
  } finally {
    Object.defineProperty(process, "versions", versions ?? {});
    if (navigator) Object.defineProperty(globalThis, "navigator", navigator);
    else Reflect.deleteProperty(globalThis, "navigator");
  }
});

test("a file can be saved", async () => {
  const response = new Response();
  const file = new BinaryResponse({ response, attempts: 1, body: Buffer.from("bytes") });
  const path = join(folder, "saved");

  assert.equal(await file.save(path), path);
  assert.equal(readFileSync(path, "utf8"), "bytes");
});

test("no path of a free call can take the key to another host", () => {
  for (const path of ["@elsewhere.example/x", ".elsewhere.example/x", "v1/x", ""]) {
    assert.throws(() => clientOf({ apiKey: "ara_x" }).request("GET", path), /slash/);
  }
});
