/** The whole package in a real browser: bundled, loaded from a page, against a server on loopback. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

import { Browser, findChromium } from "./testing/chromium.js";
import type { Answer, Server } from "./testing/server.js";
import { events, json, problem, serve } from "./testing/server.js";
import { vectors } from "./testing/vectors.js";

const executable = findChromium();
const skip =
  executable === undefined && "no Chromium: set ARAGORA_TEST_CHROMIUM or put chromium on the path";

const LOG = [1, 2, 3, 4].map((seq) => ({
  seq,
  type: seq === 4 ? "debate.concluded" : "argument.added",
}));

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents:
        'import * as sdk from "@aragora/sdk"; import * as receipts from "@aragora/sdk/receipts";' +
        "Object.assign(globalThis, { sdk, receipts });",
      resolveDir: fileURLToPath(new URL("../", import.meta.url)),
    },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}

/** The page, its script, and an API beside them: one origin. */
function site(script: string): Answer {
  let connections = 0;
  return (response, asked) => {
    const path = asked.url.split("?")[0] ?? "";
    const text = (type: string, body: string) =>
      response.writeHead(200, { "content-type": type }).end(body);
    if (path === "/") return text("text/html", '<script type="module" src="/sdk.js"></script>');
    if (path === "/sdk.js") return text("text/javascript", script);
    if (path === "/v1/meta") return json(200, { name: "aragora" })(response, asked);
    if (path.endsWith("/stream")) {
      const after = Number(/after=(\d+)/.exec(asked.url)?.[1]);
      const isCut = connections++ === 0;
      const part = LOG.slice(after, isCut ? 2 : undefined);
      return events(part, isCut ? "break" : "close")(response, asked);
    }
    return problem(402, "budget_exceeded", { remaining_usd: "0.10" })(response, asked);
  };
}

suite("in a browser", { skip, timeout: 120_000 }, () => {
  let server: Server;
  let browser: Browser;
  const run = (body: string) =>
    browser.evaluate(`(async () => {
      const client = new sdk.Aragora({ baseUrl: origin, token: async () => "t1", retry: { baseMs: 0 } });
      ${body}
    })()`);

  before(async () => {
    server = await serve(site(await bundle()));
    browser = new Browser(executable ?? "");
    await browser.open(server.url);
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    await browser.close();
  });

  test("a call carries the token of the callback", async () => {
    assert.equal(await run("return (await client.system.meta()).name;"), "aragora");
    const asked = server.asked.find(({ url }) => url === "/v1/meta");
    assert.equal(asked?.headers.authorization, "Bearer t1");
  });

  test("an API key is refused until it is allowed", async () => {
    const name = await run(`
      new sdk.Aragora({ baseUrl: origin, apiKey: "k", allowBrowserKey: true });
      try { new sdk.Aragora({ baseUrl: origin, apiKey: "k" }); } catch (error) { return error.name; }`);

    assert.equal(name, "ConfigurationError");
  });

  test("a stream that is cut resumes", async () => {
    const seen = await run(`
      const seen = [];
      for await (const event of client.debates.events("d1")) seen.push(event.seq);
      return seen;`);

    assert.deepEqual(seen, [1, 2, 3, 4]);
  });

  test("a WebSocket is refused: it could carry the key only in its URL", async () => {
    const name = await run(`
      try { client.debates.events("d1", {}, { transport: "websocket" }); }
      catch (error) { return error.name; }`);

    assert.equal(name, "ConfigurationError");
  });

  test("errors have their class and members", async () => {
    const found = await run(`
      try { await client.debates.create({ question: "?" }); }
      catch (error) { return [error instanceof sdk.BudgetExceeded, error.remaining_usd]; }`);

    assert.deepEqual(found, [true, "0.10"]);
  });

  test("a receipt is verified by the browser's own WebCrypto", async () => {
    const { input } = vectors("receipts/valid/decided.json") as {
      input: { bundle: string; keys: unknown };
    };

    const verdict = await run(`
      const keys = await receipts.pinKeys(${JSON.stringify(input.keys)});
      return (await receipts.verify(${JSON.stringify(input.bundle)}, { keys })).verdict;`);

    assert.equal(verdict, "verified");
  });
});
