/** The public proofs, mostly negative, when they lie beside the project; none of them is committed. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { projectRoot } from "../testing/receipt-vectors.js";
import { extendsTree, includes } from "./merkle.js";

const folder = join(projectRoot(), "..", "shared", "vectors", "ct_merkle");
const skip = !existsSync(folder) && "the public vectors are not beside the project";

interface Stated {
  proof: string[] | null;
  wantErr: boolean;
}
interface Inclusion extends Stated {
  leafIdx: number;
  treeSize: number;
  root: string | null;
  leafHash: string | null;
}
interface Consistency extends Stated {
  size1: number;
  size2: number;
  root1: string | null;
  root2: string | null;
}

function bytes(text: string | null): Uint8Array {
  return Uint8Array.from(Buffer.from(text ?? "", "base64"));
}

function held(given: Inclusion | Consistency): Promise<boolean> {
  const proof = (given.proof ?? []).map(bytes);
  if ("leafIdx" in given) {
    return includes(bytes(given.root), proof, bytes(given.leafHash), given.leafIdx, given.treeSize);
  }
  return extendsTree(proof, given.size1, bytes(given.root1), given.size2, bytes(given.root2));
}

test("the public proofs hold or not as they state", { skip }, async () => {
  let holding = 0;
  for (const kind of ["inclusion", "consistency"]) {
    for (const name of readdirSync(join(folder, kind), { recursive: true, encoding: "utf8" })) {
      if (!name.endsWith(".json")) continue;
      const given = JSON.parse(readFileSync(join(folder, kind, name), "utf8")) as Inclusion | Consistency;
      assert.equal(await held(given), !given.wantErr, join(kind, name));
      holding += given.wantErr ? 0 : 1;
    }
  }
  assert.equal(holding, 6);
});
