/** The page of shared receipts, as a real server sends it, in a real browser. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, suite, test } from "node:test";

import { Aragora } from "../index.js";
import { type Running, startAragora, unavailable } from "../testing/aragora.js";
import { Browser, findChromium } from "../testing/chromium.js";

const executable = findChromium();
const skip = unavailable || (executable === undefined && "no Chromium: set ARAGORA_TEST_CHROMIUM");

suite("the page of shared receipts", { skip, timeout: 120_000 }, () => {
  let server: Running;
  let client: Aragora;
  before(async () => {
    server = await startAragora();
    const { api_key } = JSON.parse(readFileSync(server.credentials, "utf8")) as { api_key: string };
    client = new Aragora({ baseUrl: server.url, apiKey: api_key });
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
  });

  async function seenAt(url: string): Promise<{ verdict: string; text: string; requested: string[] }> {
    const browser = new Browser(executable ?? "");
    try {
      await browser.open(url);
      const seen = await browser.evaluate(`(async () => {
        const { dataset } = document.getElementById("verdict");
        while (dataset.verdict === "none") await new Promise((done) => setTimeout(done, 5));
        while (dataset.verdict === "verified" && document.getElementById("content").hidden)
          await new Promise((done) => setTimeout(done, 5));
        return { verdict: dataset.verdict, text: document.body.innerText };
      })()`);
      return { ...(seen as { verdict: string; text: string }), requested: browser.requested };
    } finally {
      await browser.close();
    }
  }

  test("opens, verifies and shows what the link discloses, once", async () => {
    const debate = await client.debates.run({ question: "Share it <b>boldly</b>?", seed: 7 });
    const { url } = await client.shareLinks.create(debate.receipt_id ?? "", { disclose: ["question"], max_uses: 1 });

    const seen = await seenAt(url);
    const again = await seenAt(url);

    assert.equal(seen.verdict, "verified", seen.text);
    assert.match(seen.text, /Share it <b>boldly<\/b>\?/);
    assert.match(seen.text, /withheld/);
    assert.equal(again.verdict, "unopened", again.text);
    for (const asked of seen.requested) assert.equal(new URL(asked).origin, server.url);
  });

  test("says so when the address has no token", async () => {
    const { verdict, text } = await seenAt(`${server.url}/v1/shared-receipts`);

    assert.equal(verdict, "unopened");
    assert.match(text, /no token/);
  });
});
