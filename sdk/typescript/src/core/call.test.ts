import assert from "node:assert/strict";
import { test } from "node:test";

import type { Defaults, Op } from "./call.js";
import { encodeQuery, plan } from "./call.js";
import { ConfigurationError } from "./errors.js";
import type { RequestOptions } from "./options.js";
import { RETRY } from "./options.js";

const DEFAULTS: Defaults = {
  baseUrl: "https://api.example.org/prefix",
  headers: { authorization: "Bearer k", "user-agent": "test" },
  hasToken: false,
  retry: RETRY,
  timeouts: {},
};
const GET: Op = { id: "getNote", method: "GET", path: "/v1/notes/{note_id}" };
const LIST: Op = { id: "listNotes", method: "GET", path: "/v1/notes", query: ["b", "a"] };
const CREATE: Op = {
  id: "createNote",
  method: "POST",
  path: "/v1/notes",
  sends: "application/json",
  takesKey: true,
};

const planned = (op: Op, args: object, options: RequestOptions = {}, defaults = DEFAULTS) =>
  plan(op, args, options, defaults, () => "idk_0");

test("a path prefix of the base URL is kept", () => {
  assert.equal(planned(GET, { note_id: "n1" }).url, "https://api.example.org/prefix/v1/notes/n1");
});

test("path values are percent-encoded once", () => {
  const { url } = planned(GET, { note_id: "a/b c%20ü'()*!" });

  assert.ok(url.endsWith("/a%2Fb%20c%2520%C3%BC%27%28%29%2A%21"));
});

for (const id of ["", ".", ".."]) {
  test(`${JSON.stringify(id)} is no id: it would reach another operation`, () => {
    assert.throws(() => planned(GET, { note_id: id }), ConfigurationError);
  });
}

test("half a surrogate pair is refused with words", () => {
  assert.throws(() => planned(GET, { note_id: "\ud800" }), ConfigurationError);
});

test("query parameters keep the order of the document, and absent ones are not sent", () => {
  const { url } = planned(LIST, { a: 1, b: undefined });
  const { url: both } = planned(LIST, { a: 1, b: "x y" });

  assert.ok(url.endsWith("/v1/notes?a=1"));
  assert.ok(both.endsWith("/v1/notes?b=x%20y&a=1"));
});

test("lists repeat their key, booleans are words, times are UTC, null is not sent", () => {
  const query = encodeQuery([
    ["tag", ["a b", "c&d"]],
    ["on", true],
    ["at", new Date(0)],
    ["none", null],
    ["~-._", "~-._"],
  ]);

  assert.equal(query, "?tag=a%20b&tag=c%26d&on=true&at=1970-01-01T00%3A00%3A00.000Z&~-._=~-._");
});

test("options.query comes last", () => {
  assert.ok(planned(LIST, { a: 1 }, { query: { debug: true } }).url.endsWith("?a=1&debug=true"));
});

test("a body holds what is given, null included, and options.body wins", () => {
  const { body } = planned(
    CREATE,
    { text: "hi", title: undefined, color: null },
    { body: { text: "ho", extra: 1 } },
  );

  assert.equal(body, '{"text":"ho","color":null,"extra":1}');
});

test("a raw body is sent byte for byte; an object becomes JSON", () => {
  const raw: Op = { ...CREATE, sends: "application/x+json", raw: true };
  const bytes = new Uint8Array([1, 2, 3]);

  assert.equal(planned(raw, { body: bytes }).body, bytes);
  assert.equal(planned(raw, { body: '{"a": 1}' }).body, '{"a": 1}');
  assert.equal(planned(raw, { body: { a: 1 } }).body, '{"a":1}');
  assert.equal(planned(raw, { body: bytes }).headers["content-type"], "application/x+json");
});

test("an Idempotency-Key is made where it is taken, and the caller's wins", () => {
  assert.equal(planned(CREATE, {}).headers["idempotency-key"], "idk_0");
  assert.equal(
    planned(CREATE, {}, { idempotencyKey: "mine" }).headers["idempotency-key"],
    "mine",
  );
  assert.equal(planned(LIST, {}).headers["idempotency-key"], undefined);
});

test("a call is repeatable by its method or by its key", () => {
  const post: Op = { id: "x", method: "POST", path: "/x" };

  assert.equal(planned(GET, { note_id: "n" }).repeatable, true);
  assert.equal(planned(CREATE, {}).repeatable, true);
  assert.equal(planned(post, {}).repeatable, false);
  assert.equal(planned(post, {}, { idempotencyKey: "mine" }).repeatable, true);
});

test("without a key nothing is sent, unless the operation is public", () => {
  const nobody = { ...DEFAULTS, headers: {} };

  assert.throws(() => planned(GET, { note_id: "n" }, {}, nobody), /no API key/);
  assert.ok(planned({ ...GET, public: true }, { note_id: "n" }, {}, nobody));
  assert.ok(planned(GET, { note_id: "n" }, {}, { ...nobody, hasToken: true }));
  assert.ok(planned(GET, { note_id: "n" }, { headers: { Authorization: "Bearer x" } }, nobody));
});

test("timeoutMs is another name for idleMs, and idleMs wins", () => {
  assert.equal(planned(LIST, {}).idleMs, 30_000);
  assert.equal(planned(LIST, {}, { timeoutMs: 5 }).idleMs, 5);
  assert.equal(planned(LIST, {}, { timeoutMs: 5, idleMs: 6 }).idleMs, 6);
});

test("maxRetries changes one member of the policy", () => {
  const { policy } = planned(LIST, {}, { maxRetries: 7, retry: { baseMs: 1 } });

  assert.deepEqual(policy, { ...RETRY, maxRetries: 7, baseMs: 1 });
});
