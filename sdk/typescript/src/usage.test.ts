/** The page of shared usage reports, as a real server sends it, in a real browser. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, suite, test } from "node:test";

import { Aragora } from "./index.js";
import { type Running, startAragora, unavailable } from "./testing/aragora.js";
import { Browser, findChromium } from "./testing/chromium.js";

const executable = findChromium();
const skip = unavailable || (executable === undefined && "no Chromium: set ARAGORA_TEST_CHROMIUM");

suite("the page of shared usage reports", { skip, timeout: 120_000 }, () => {
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

  async function seenAt(url: string): Promise<{ told: string; text: string; title: string; requested: string[] }> {
    const browser = new Browser(executable ?? "");
    try {
      await browser.open(url);
      const seen = await browser.evaluate(`(async () => {
        const { dataset } = document.getElementById("told");
        while (dataset.told === "none") await new Promise((done) => setTimeout(done, 5));
        return { told: dataset.told, text: document.body.innerText, title: document.title };
      })()`);
      return { ...(seen as { told: string; text: string; title: string }), requested: browser.requested };
    } finally {
      await browser.close();
    }
  }

  test("shows the figures, what people named as text, and asks its own server alone", async () => {
    const debate = await client.debates.run({ question: "Is it dear?", seed: 7, tags: ["release"] });
    const title = `<img src=x onerror="document.title='caught'"> & sons`;
    const made = await client.usageLinks.create({ title, group_by: "budget" });
    await client.budgets.create({ name: "<script>document.title='caught'</script>", limit_usd: "9" });
    await client.debates.run({ question: "And now?", seed: 7 });

    const seen = await seenAt(made.url);

    const report = await client.usageLinks.open(made.token);
    assert.equal(seen.told, "opened", seen.text);
    assert.equal(seen.title, title);
    assert.ok(seen.text.includes(title), seen.text);
    assert.ok(seen.text.includes("<script>document.title='caught'</script>"), seen.text);
    assert.ok(seen.text.includes(report.total.cost_usd), seen.text);
    assert.notEqual(report.total.cost_usd, debate.usage.cost_usd);
    for (const asked of seen.requested) assert.equal(new URL(asked).origin, server.url);
    await client.usageLinks.revoke(made.usage_link.id);
    assert.match((await seenAt(made.url)).text, /opens nothing/);
  });

  test("says so when the address has no token", async () => {
    const { told, text } = await seenAt(`${server.url}/v1/shared-usage`);

    assert.equal(told, "unopened");
    assert.match(text, /no token/);
  });
});
