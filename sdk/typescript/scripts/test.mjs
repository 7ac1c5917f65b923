// Compiles everything, packs dist, and runs each *.test.js with the Node that runs this script.
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { orExit, root, run, tsc } from "./run.mjs";

const wanted = process.argv.slice(2);

rmSync(join(root, "build"), { recursive: true, force: true });
orExit(tsc("-p", "tsconfig.json"));
orExit(run(["scripts/build.mjs"]));

const files = readdirSync(join(root, "build"), { recursive: true })
  .filter((name) => name.endsWith(".test.js"))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .map((name) => join("build", name))
  .sort();
if (files.length === 0) {
  console.error("no test file was found");
  process.exit(1);
}
const done = run(["--test", "--test-reporter=spec", ...files], {
  stdio: ["ignore", "pipe", "inherit"],
  encoding: "utf8",
  maxBuffer: 1 << 26,
});
process.stdout.write(done.stdout);
const count = (name) => Number(new RegExp(`^. ${name} (\\d+)$`, "m").exec(done.stdout)?.[1] ?? 0);
console.log(
  `typescript: ${count("pass")} of ${count("tests")} tests passed, ` +
    `${count("skipped")} skipped, on Node ${process.versions.node}`,
);
process.exit(count("tests") === 0 ? 1 : (done.status ?? 1));
