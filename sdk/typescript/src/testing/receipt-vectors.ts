/** Reads the shared receipt vectors from where the specification keeps them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Vector<Input, Expect> {
  name: string;
  input: Input;
  expect: Expect;
}
export interface BundleInput {
  bundle?: string;
  bundle_base64?: string;
  keys?: unknown;
}
export interface BundleExpect {
  verdict: string;
  exit_code: number;
  results?: Record<string, string>;
  failed?: string[];
  receipt_id?: string;
}

export const BUNDLES = ["valid", "not_verified", "must_fail", "unreadable"] as const;

/** The project's root, from wherever this file was compiled to. */
export function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "openapi", "vectors"))) folder = dirname(folder);
  return folder;
}

/** The vectors of a folder, or of one file. */
export function load<Input, Expect>(place: string): Vector<Input, Expect>[] {
  const path = join(projectRoot(), "openapi", "vectors", "receipts", place);
  const files = place.endsWith(".json") ? [path] : filesOf(path);
  return files.flatMap((file) => {
    const content = JSON.parse(readFileSync(file, "utf8")) as unknown;
    return (Array.isArray(content) ? content : [content]) as Vector<Input, Expect>[];
  });
}

function filesOf(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return names.sort().map((name) => join(folder, name));
}
