/** The page behind the code of a print, as a real server sends it, in a real browser. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, suite, test } from "node:test";

import { Aragora } from "../index.js";
import { type Running, startAragora, unavailable } from "../testing/aragora.js";
import { Browser, findChromium } from "../testing/chromium.js";

const executable = findChromium();
const skip = unavailable || (executable === undefined && "no Chromium: set ARAGORA_TEST_CHROMIUM");

interface Seen {
  verdict: string;
  text: string;
  requested: string[];
}

suite("the page of printed receipts", { skip, timeout: 120_000 }, () => {
  let server: Running;
  let client: Aragora;
  let browser: Browser;
  before(async () => {
    server = await startAragora();
    const { api_key } = JSON.parse(readFileSync(server.credentials, "utf8")) as { api_key: string };
    client = new Aragora({ baseUrl: server.url, apiKey: api_key });
    browser = new Browser(executable ?? "");
  });
  after(async () => {
    await browser.close();
    await server[Symbol.asyncDispose]();
  });

  /** A receipt's bundle, and the address in its print. */
  async function printed(question: string): Promise<{ address: string; bundle: string }> {
    const { receipt_id } = await client.debates.run({ question, seed: 7 });
    const page = await client.receipts.html(receipt_id ?? "");
    const address = /http[^<"\s]+\/v\/[0-9a-f-]{36}#sha256=[0-9a-f]{64}/.exec(page)?.[0];
    assert.ok(address, "the print names an address");
    const { content } = await client.receipts.bundle(receipt_id ?? "");
    return { address, bundle: new TextDecoder().decode(content) };
  }

  async function compared(address: string, file: string): Promise<Seen> {
    await browser.open("about:blank");
    await browser.open(address);
    const seen = await browser.evaluate(`(async () => {
      const verdict = document.getElementById("verdict");
      while (!document.getElementById("keys").value) await new Promise((done) => setTimeout(done, 5));
      const chosen = new DataTransfer();
      chosen.items.add(new File([${JSON.stringify(file)}], "receipt.json"));
      verdict.dataset.verdict = "none";
      const field = document.getElementById("file");
      field.files = chosen.files;
      field.dispatchEvent(new Event("change"));
      while (verdict.dataset.verdict === "none") await new Promise((done) => setTimeout(done, 5));
      return { ...verdict.dataset, text: document.body.innerText };
    })()`);
    return { ...(seen as Seen), requested: browser.requested };
  }

  test("verifies the receipt that was printed, and sends neither it nor its digest", async () => {
    const { address, bundle } = await printed("Print it?");

    const seen = await compared(address, bundle);

    assert.equal(seen.verdict, "verified", seen.text);
    for (const asked of seen.requested.filter((url) => url !== "about:blank")) {
      assert.ok(["/.well-known/aragora-keys.json", new URL(address).pathname].includes(new URL(asked).pathname), asked);
      assert.equal(new URL(asked).origin, server.url);
    }
  });

  test("refuses a true receipt that is another one, and a file that is none", async () => {
    const [first, second] = [await printed("Print it?"), await printed("Print the other?")];

    const other = await compared(first.address, second.bundle);
    const none = await compared(first.address, "%PDF-1.7");
    const bare = await compared(new URL(first.address).href.split("#")[0] ?? "", first.bundle);

    assert.deepEqual([other.verdict, none.verdict, bare.verdict], ["other", "other", "other"]);
    assert.match(other.text, /another receipt than the one that was printed/);
    assert.match(bare.text, /names no digest/);
  });

  test("forbids itself all but its script, its style and its own server", async () => {
    const answer = await fetch(`${server.url}/v/01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e`);

    const policy = answer.headers.get("content-security-policy") ?? "";
    assert.match(policy, /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; connect-src 'self';/);
    assert.match(policy, /frame-ancestors 'none'$/);
    assert.equal((await fetch(`${server.url}/v/no-id`)).status, 404);
  });
});
