// Writes four pages, each one file that needs nothing else: docs/verify.html, which opens no connection,
// and those of shared and of printed receipts and of shared usage reports, which open some to their own server. `--check` only compares, so
// that no page can lag behind the verifier.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { buildSync } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..", "..");
const PAGES = [
  {
    target: "docs/verify.html",
    entry: "page.ts",
    connect: "",
    title: "Verify a decision receipt",
    intro: "Everything happens in this page. It opens no connection and keeps nothing.",
    keys: "paste the key file of the server that issued the receipt",
  },
  {
    target: "server/src/aragora_server/receipts/sharing/page.html",
    entry: "shared.ts",
    connect: " connect-src 'self';",
    title: "A shared decision receipt",
    intro:
      "This page opens the receipt that its link names and verifies it here, in your browser, with the keys that " +
      "this server publishes. To trust the server with nothing, put in keys that you had before. Texts that the " +
      "link does not disclose are withheld; they are signed all the same.",
    keys: "as this server publishes them, or yours",
  },
  {
    target: "server/src/aragora_server/receipts/prints/printed.html",
    entry: "printed.ts",
    connect: " connect-src 'self';",
    title: "A printed decision receipt",
    intro:
      "A print is not the evidence: the file receipt.json is, which a PDF carries as an attachment. Put it in, and this " +
      "page compares it with the digest in the address, which stands in the print too, and verifies it, here in your " +
      "browser. The file is sent to nobody. To trust the server with nothing, put in keys that you had before.",
    keys: "as this server publishes them, or yours",
  },
  {
    target: "server/src/aragora_server/usage/sharing/page.html",
    entry: "usage.ts",
    frame: "usage",
    connect: " connect-src 'self';",
    title: "A shared usage report",
  },
];

// The policy names this script and this style; everything else is refused.
const pin = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

function built({ entry, frame = "page", connect, title, intro, keys }) {
  const style = `\n${readFileSync(join(here, `${frame}.css`), "utf8")}`;
  const { outputFiles } = buildSync({
    entryPoints: [join(here, entry)],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    absWorkingDir: here,
  });
  const script = `\n${outputFiles[0].text}`;
  if (script.includes("</script")) throw new Error("the script would end its own element");
  const policy = `default-src 'none'; script-src ${pin(script)}; style-src ${pin(style)};${connect} base-uri 'none'; form-action 'none'`;
  const parts = { policy, style, script, title, intro, keys };
  return readFileSync(join(here, `${frame}.html`), "utf8").replace(/{{(\w+)}}/g, (_, name) => parts[name]);
}

for (const page of PAGES) {
  const text = built(page);
  const target = join(root, page.target);
  if (!process.argv.includes("--check")) {
    writeFileSync(target, text);
  } else if (readFileSync(target, "utf8") !== text) {
    console.error(`${page.target} is not what sdk/typescript/verify/build.mjs writes`);
    process.exitCode = 1;
  }
}
