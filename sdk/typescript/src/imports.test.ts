/** The rule that keeps the layers: it must bite, or the layers are a wish. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { Linter } from "eslint";

const { imports } = (await import(new URL("../scripts/imports.mjs", import.meta.url).href)) as {
  imports: never;
};
const LAYERS = [{ in: "^core/", not: "^(?!core/)", why: "the core knows nothing of the API" }];

/** What the rule says of the first of these files. */
function judged(files: Record<string, string>): string[] {
  const root = mkdtempSync(join(tmpdir(), "aragora-imports-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const [name, text] = Object.entries(files)[0] ?? ["", ""];
  const config = {
    files: ["**/*.ts"],
    plugins: { house: { rules: { imports } } },
    rules: { "house/imports": ["error", { root, layers: LAYERS }] },
  } as const;
  const linter = new Linter({ cwd: root });
  return linter.verify(text, config as never, join(root, name)).map(({ message }) => message);
}

test("what the layers allow passes", () => {
  const files = { "core/a.ts": 'import "./b.js";', "core/b.ts": "", "client.ts": 'import "./core/a.js";' };

  assert.deepEqual(judged(files), []);
});

const REFUSED: [string, Record<string, string>, RegExp][] = [
  ["an import against the layers", { "core/a.ts": 'import "../client.js";', "client.ts": "" }, /may not import client.ts: the core/],
  ["an export against the layers", { "core/a.ts": 'export * from "../client.js";', "client.ts": "" }, /may not import client.ts/],
  ["a cycle", { "a.ts": 'import "./b.js";', "b.ts": 'import "./c.js";', "c.ts": 'import type { A } from "./a.js";' }, /a cycle: a.ts -> b.ts -> c.ts -> a.ts/],
  ["a module of Node", { "a.ts": 'import "node:fs";' }, /node:fs: the package depends on nothing/],
  ["a dependency", { "a.ts": 'import "zod";' }, /zod: the package depends on nothing/],
  ["a file that is not there", { "a.ts": 'import "./b.js";' }, /does not exist/],
  ["a default export", { "a.ts": "export default 1;" }, /default export/],
];
for (const [name, files, message] of REFUSED) {
  test(`${name} is refused`, () => {
    const said = judged(files);

    assert.equal(said.length, 1, said.join("; "));
    assert.match(said[0] ?? "", message);
  });
}
