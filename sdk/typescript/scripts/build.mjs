// The package as published: ES modules and one set of declarations, no source maps.
import { rmSync } from "node:fs";
import { join } from "node:path";

import { orExit, root, tsc } from "./run.mjs";

rmSync(join(root, "dist"), { recursive: true, force: true });
orExit(tsc("-p", "tsconfig.build.json"));
