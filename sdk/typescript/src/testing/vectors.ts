/** The JSON vectors that every client runs. */
import { readFileSync } from "node:fs";

const FOLDER = new URL("../../../../openapi/vectors/", import.meta.url);

export function vectors(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"));
}
