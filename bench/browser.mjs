// What docs/verify.html takes in headless Chromium, from the choice of a file to its verdict:
//   node bench/browser.mjs < {"bundle": "<base64>", "keys": {...}}  prints milliseconds, or null.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildSync } from "esbuild";

const { bundle, keys } = JSON.parse(readFileSync(0, "utf8"));
const built = join(import.meta.dirname, "..", "build", "bench-browser.mjs");
buildSync({
  entryPoints: ["sdk/typescript/src/testing/chromium.ts"],
  outfile: built,
  bundle: true,
  packages: "external",
  format: "esm",
  platform: "node",
});
const { Browser, findChromium } = await import(pathToFileURL(built).href);
rmSync(built);

const chosen = `
  const verdict = document.getElementById("verdict"), field = document.getElementById("file");
  document.getElementById("keys").value = ${JSON.stringify(JSON.stringify(keys))};
  const bytes = Uint8Array.from(atob(${JSON.stringify(bundle)}), (c) => c.charCodeAt(0));
  const chosen = new DataTransfer();
  chosen.items.add(new File([bytes], "receipt.json"));
  field.files = chosen.files;
  const judged = () => new Promise((done) => {
    verdict.dataset.verdict = "none";
    const seen = new MutationObserver(() => {
      if (verdict.dataset.verdict === "none") return;
      seen.disconnect();
      done();
    });
    seen.observe(verdict, { attributes: true });
    field.dispatchEvent(new Event("change"));
  });
  const rounds = async (times) => {
    const begin = performance.now();
    for (let round = 0; round < times; round++) await judged();
    return (performance.now() - begin) / times;
  };`;

const executable = findChromium();
if (executable === undefined) {
  console.error("Chromium is not on this machine: the page is not measured");
  console.log("null");
} else {
  const browser = new Browser(executable);
  try {
    await browser.open(pathToFileURL("docs/verify.html").href);
    const [verdict, ms] = await browser.evaluate(`(async () => { ${chosen}
      await rounds(20);
      const ms = await rounds(100);
      return [verdict.dataset.verdict, ms];
    })()`);
    if (verdict !== "verified") throw new Error(`the page says ${verdict}`);
    console.log(JSON.stringify(ms));
  } finally {
    await browser.close();
  }
}
