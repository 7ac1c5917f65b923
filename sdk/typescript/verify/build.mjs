// Writes docs/verify.html: one file, built from the sources of the SDK, that needs nothing else.
// `--check` only compares, so that the page can never lag behind the verifier.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { buildSync } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "..", "..", "docs", "verify.html");

const built = buildSync({
  entryPoints: [join(here, "page.ts")],
  bundle: true,
  write: false,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  absWorkingDir: here,
});
const script = `\n${built.outputFiles[0].text}`;
const style = `\n${readFileSync(join(here, "page.css"), "utf8")}`;
if (script.includes("</script")) throw new Error("the script would end its own element");

// The policy names this script and this style; everything else, every connection too, is refused.
const pin = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const policy = `default-src 'none'; script-src ${pin(script)}; style-src ${pin(style)}; base-uri 'none'; form-action 'none'`;

const page = readFileSync(join(here, "page.html"), "utf8")
  .replace("{{policy}}", () => policy)
  .replace("{{style}}", () => style)
  .replace("{{script}}", () => script);

if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== page) {
    console.error("docs/verify.html is not what sdk/typescript/verify/build.mjs writes");
    process.exit(1);
  }
} else {
  writeFileSync(target, page);
}
