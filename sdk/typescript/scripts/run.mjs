// What the scripts share: running a tool of this workspace with the Node that runs the script.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const require = createRequire(import.meta.url);

export function run(command, options = {}) {
  const done = spawnSync(process.execPath, command, { cwd: root, stdio: "inherit", ...options });
  if (done.error) throw done.error;
  return done;
}

export function orExit(done) {
  if (done.status !== 0) process.exit(done.status ?? 1);
  return done;
}

export function tsc(...args) {
  return run([join(dirname(require.resolve("typescript/package.json")), "bin", "tsc"), ...args]);
}
