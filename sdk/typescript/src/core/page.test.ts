import assert from "node:assert/strict";
import { test } from "node:test";

import type { Server } from "../testing/server.js";
import { json, problem, serve } from "../testing/server.js";
import { Client } from "./client.js";
import * as errors from "./errors.js";
import { Page, page } from "./page.js";

const LIST = {
  id: "listNotes",
  method: "GET",
  path: "/v1/notes",
  query: ["tag", "cursor", "limit"],
};
const NAMES = { param: "cursor", items: "items", next: "next_cursor" };

const list = (server: Server, args: object = {}) => {
  const options = { baseUrl: server.url, apiKey: "ara_test", retry: { baseMs: 0 } };
  const { transport } = new Client(options, { version: "0", errors: {}, retry: {} });
  return page<number>(transport, LIST, NAMES, args);
};
const PAGES = [
  json(200, { items: [1, 2], next_cursor: "a b" }, { "aragora-request-id": "req_1" }),
  json(200, { items: [], next_cursor: "c" }),
  json(200, { items: [3], next_cursor: null }),
];

test("for await walks all items across pages, empty ones too", async () => {
  await using server = await serve(...PAGES);

  const items = [];
  for await (const item of list(server, { tag: "x", limit: 2 })) items.push(item);

  assert.deepEqual(items, [1, 2, 3]);
  assert.deepEqual(
    server.asked.map(({ url }) => url),
    [
      "/v1/notes?tag=x&limit=2",
      "/v1/notes?tag=x&cursor=a%20b&limit=2",
      "/v1/notes?tag=x&cursor=c&limit=2",
    ],
  );
});

test("await gives the first page, which walks on by itself", async () => {
  await using server = await serve(...PAGES);

  const first = await list(server);

  assert.ok(first instanceof Page);
  assert.deepEqual([first.items, first.nextCursor, first.hasNext], [[1, 2], "a b", true]);
  assert.equal(first.requestId, "req_1");
  assert.equal(server.asked.length, 1);
  const sizes = [];
  for await (const each of first.pages()) sizes.push(each.items.length);
  assert.deepEqual(sizes, [2, 0, 1]);
});

test("leaving the loop early asks for no further page", async () => {
  await using server = await serve(...PAGES);

  for await (const item of list(server)) if (item === 1) break;

  assert.equal(server.asked.length, 1);
});

test("the last page has none after it", async () => {
  await using server = await serve(json(200, { items: [3], next_cursor: null }));

  const last = await list(server);

  assert.equal(last.hasNext, false);
  assert.equal(await last.nextPage(), null);
});

test("a repeated cursor is an error, not an endless list", async () => {
  await using server = await serve(json(200, { items: [1], next_cursor: "same" }));

  await assert.rejects(async () => {
    const seen = [];
    for await (const item of list(server)) seen.push(item);
  }, errors.ResponseInvalid);
  assert.equal(server.asked.length, 2);
});

test("a page without its items is ResponseInvalid", async () => {
  await using server = await serve(json(200, { data: [1] }));

  await assert.rejects(list(server), /a page without items/);
});

test("an error of a later page reaches the loop", async () => {
  await using server = await serve(
    json(200, { items: [1], next_cursor: "c" }),
    problem(400, "invalid_cursor"),
  );

  await assert.rejects(async () => {
    const seen = [];
    for await (const item of list(server)) seen.push(item);
  }, errors.InvalidRequest);
});

test("a page has its response too", async () => {
  await using server = await serve(...PAGES);

  const { data, requestId } = await list(server).withResponse();

  assert.deepEqual([data.items, requestId], [[1, 2], "req_1"]);
});
