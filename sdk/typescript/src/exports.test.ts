/** Exports into a file: whole or not there, against a real server and one that lies. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";

import type { ReceiptExport } from "./index.js";
import { Aragora, DeadlineExceeded, ExportFailed, exportReceipts } from "./index.js";
import { startAragora, unavailable } from "./testing/aragora.js";

const ID = "01943f90-1a2b-7c3d-8e4f-5a6b7c8d9e0f";
const PARTS = ["id,answer\n", "1,yes\n"];
const WHOLE = createHash("sha256").update(PARTS.join("")).digest("hex");

suite("exports", () => {
  const folder = mkdtempSync(join(tmpdir(), "aragora-exports-"));
  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** A client whose server shows these states, one after the other. */
  function scripted(states: string[], parts = PARTS): Aragora {
    const told = (state: string): object => ({
      id: ID, format: "csv", state, done: 1, total: 2, parts: 2, bytes: 16, last_error: null,
      sha256: state === "done" ? WHOLE : null,
    });
    const answer = (path: string, method: string): Response => {
      if (method === "DELETE") return new Response(null, { status: 204 });
      const part = /parts\/(\d)$/.exec(path)?.[1];
      if (part) return new Response(parts[Number(part)]);
      return Response.json(told(method === "POST" ? "due" : (states.shift() ?? "running")));
    };
    const fetch = (input: string | Request, init?: RequestInit): Promise<Response> =>
      Promise.resolve(answer(new URL(input instanceof Request ? input.url : input).pathname, init?.method ?? "GET"));
    return new Aragora({ baseUrl: "http://aragora.test", apiKey: "ara_x", fetch });
  }

  test("the file is there when it is whole", async () => {
    const seen: string[] = [];
    const onProgress = (now: ReceiptExport): void => void seen.push(now.state);
    const path = join(folder, "all.csv");

    await exportReceipts(scripted(["running", "done"]), path, { format: "csv" }, { onProgress });

    assert.equal(readFileSync(path, "utf8"), PARTS.join(""));
    assert.deepEqual(seen, ["due", "running", "done"]);
  });

  test("what is not the whole file replaces none", async () => {
    const path = join(folder, "kept.csv");
    writeFileSync(path, "before");
    const lies = [scripted(["failed"]), scripted(["withdrawn"]), scripted(["done"], ["id\n", "2,no\n"])];

    for (const client of lies) {
      await assert.rejects(exportReceipts(client, path, { format: "csv" }), ExportFailed);
    }
    await assert.rejects(
      exportReceipts(scripted([]), path, { format: "csv" }, { timeoutMs: 150 }),
      DeadlineExceeded,
    );

    assert.equal(readFileSync(path, "utf8"), "before");
    assert.deepEqual(readdirSync(folder).filter((name) => name.endsWith(".part")), []);
  });

  test("a real server makes an archive", { skip: unavailable }, async () => {
    await using server = await startAragora();
    const stored = JSON.parse(readFileSync(server.credentials, "utf8")) as { api_key: string };
    const client = new Aragora({ baseUrl: server.url, apiKey: stored.api_key });
    const path = join(folder, "all.ndjson");

    await client.debates.run({ question: "Ship on Friday?", seed: 7 }, { timeoutMs: 60_000 });
    await exportReceipts(client, path, { format: "ndjson" });

    const lines = readFileSync(path, "utf8").trim().split("\n");
    assert.ok(lines[0]?.startsWith('{"header":'));
    assert.ok(lines.at(-1)?.startsWith('{"end":'));
    assert.ok(lines.some((line) => line.startsWith('{"bundle":')));
  });
});
