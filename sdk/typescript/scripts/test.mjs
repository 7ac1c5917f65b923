// Compiles everything, builds dist, and runs each *.test.js with this Node and with every other
// version of Node on the PATH. `npm test -- retry` runs the files whose name holds `retry`.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

import { orExit, root, run, tsc } from "./run.mjs";

const wanted = process.argv.slice(2);
const OLDEST = 20;
// Node 20 measures, but knows no threshold.
const COVERED = 22;
// Most files wait for a server or a browser; by itself Node leaves one core of two idle.
const CONCURRENCY = "--test-concurrency=3";
// What hangs is killed: a test, a file that Node 20 gives up on, and a whole run that nothing ends.
const TIMEOUT = "--test-timeout=180000";
const LONGEST_MS = 600_000;
const COVERAGE = [
  "--experimental-test-coverage",
  "--test-coverage-branches=90",
  "--test-coverage-include=build/**/*.js",
  "--test-coverage-exclude=build/**/*.test.js",
  "--test-coverage-exclude=build/testing/**",
];

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

/** One executable a version, this one first. */
function nodes() {
  const found = new Map([[process.versions.node, process.execPath]]);
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const path = join(folder, process.platform === "win32" ? "node.exe" : "node");
    if (!existsSync(path)) continue;
    const version = spawnSync(path, ["--version"], { encoding: "utf8" }).stdout?.trim().slice(1);
    if (version && !found.has(version)) found.set(version, path);
  }
  return [...found].filter(([version]) => Number(version.split(".")[0]) >= OLDEST);
}

function tested([version, path]) {
  const isWhole = wanted.length === 0 && Number(version.split(".")[0]) >= COVERED;
  const measure = isWhole ? COVERAGE : [];
  const done = spawnSync(path, ["--test", CONCURRENCY, TIMEOUT, "--test-reporter=spec", ...measure, ...files], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
    maxBuffer: 1 << 26,
    timeout: LONGEST_MS,
    killSignal: "SIGKILL",
  });
  process.stdout.write(done.stdout);
  const count = (name) => Number(new RegExp(`^. ${name} (\\d+)$`, "m").exec(done.stdout)?.[1] ?? 0);
  const [tests, pass, skipped] = [count("tests"), count("pass"), count("skipped")];
  const line = `typescript: ${pass} of ${tests} tests passed, ${skipped} skipped, on Node ${version}`;
  return { line, tests, output: done.stdout, isGood: done.status === 0 && tests > 0 };
}

const results = nodes().map(tested);
const report = process.env.ARAGORA_TEST_REPORT;
if (report) writeFileSync(report, results.map(({ output }) => output).join("\n"));
for (const { line } of results) console.log(line);
const isSame = new Set(results.map(({ tests }) => tests)).size === 1;
if (!isSame) console.error("typescript: not every Node ran the same tests");
process.exit(isSame && results.every(({ isGood }) => isGood) ? 0 : 1);
