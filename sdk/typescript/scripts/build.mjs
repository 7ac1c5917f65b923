// The package as published: one file an entry and one for what the entries share, because each file
// costs a millisecond to load; one set of declarations; no source maps.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

import { orExit, root, tsc } from "./run.mjs";

rmSync(join(root, "dist"), { recursive: true, force: true });
orExit(tsc("-p", "tsconfig.build.json"));
await build({
  absWorkingDir: root,
  entryPoints: ["src/index.ts", "src/client.ts", "src/receipts/index.ts", "src/webhooks.ts"],
  outdir: "dist",
  outbase: "src",
  chunkNames: "shared/[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  platform: "neutral",
  charset: "utf8",
});
