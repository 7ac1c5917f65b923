/** The static page in a real browser, opened from the disk, by the same vectors. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { pathToFileURL } from "node:url";

import { Browser, findChromium } from "../testing/chromium.js";
import { type BundleExpect, type BundleInput, BUNDLES, load, projectRoot } from "../testing/receipt-vectors.js";

const executable = findChromium();
const skip = executable === undefined && "no Chromium: set ARAGORA_TEST_CHROMIUM or put chromium on the path";
const page = pathToFileURL(join(projectRoot(), "docs", "verify.html")).href;

interface Seen {
  verdict: string;
  exitCode: string | undefined;
  failed: string[];
  text: string;
}

/** What a reader does: paste the keys, choose the file, read the verdict. */
async function handIn(browser: Browser, input: BundleInput): Promise<Seen> {
  const encoded = input.bundle_base64 ?? Buffer.from(input.bundle ?? "").toString("base64");
  const keys = input.keys ? JSON.stringify(input.keys) : "";
  const seen = await browser.evaluate(`(async () => {
    const verdict = document.getElementById("verdict");
    verdict.dataset.verdict = "none";
    document.getElementById("keys").value = ${JSON.stringify(keys)};
    const bytes = Uint8Array.from(atob(${JSON.stringify(encoded)}), (c) => c.charCodeAt(0));
    const chosen = new DataTransfer();
    chosen.items.add(new File([bytes], "receipt.json"));
    const field = document.getElementById("file");
    field.files = chosen.files;
    field.dispatchEvent(new Event("change"));
    while (verdict.dataset.verdict === "none") await new Promise((done) => setTimeout(done, 1));
    const failed = [...document.querySelectorAll("tr[data-result=fail]")].map((row) => row.dataset.check);
    return { ...verdict.dataset, failed, text: document.body.innerText };
  })()`);
  return seen as Seen;
}

test("the page is built from these sources", () => {
  const build = join(projectRoot(), "sdk", "typescript", "verify", "build.mjs");

  const { status, stderr } = spawnSync(process.execPath, [build, "--check"], { encoding: "utf8" });

  assert.equal(status, 0, stderr);
});

suite("the verification page", { skip, timeout: 120_000 }, () => {
  let browser: Browser;

  before(async () => {
    browser = new Browser(executable ?? "");
    await browser.open(page);
  });
  after(() => browser.close());

  for (const folder of BUNDLES) {
    test(`gives every bundle of ${folder} its verdict`, async () => {
      for (const { name, input, expect } of load<BundleInput, BundleExpect>(folder)) {
        const seen = await handIn(browser, input);

        assert.deepEqual([seen.verdict, seen.exitCode], [expect.verdict, String(expect.exit_code)], name);
        if (expect.failed) assert.deepEqual(seen.failed, expect.failed, name);
      }
    });
  }

  test("shows what a verified receipt says", async () => {
    const [decided] = load<BundleInput, BundleExpect>("valid").filter(({ name }) => name === "decided");

    const { text } = await handIn(browser, decided?.input ?? {});

    assert.match(text, /Verified/);
    assert.match(text, /Adopt it, and measure the cost\./);
    assert.match(text, /The cost is not proven\./);
  });

  test("says so when the keys cannot be used", async () => {
    const [decided] = load<BundleInput, BundleExpect>("valid");

    const { verdict, text } = await handIn(browser, { ...decided?.input, keys: { keys: [{}] } });

    assert.equal(verdict, "unreadable");
    assert.match(text, /key file cannot be used/);
  });

  test("asks the network for nothing", () => {
    assert.deepEqual(browser.requested.filter((url) => url !== page), []);
  });
});
