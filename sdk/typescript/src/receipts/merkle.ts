/** The RFC 9162 tree hash (section 2.1.1). */
import { type Bytes, join, sha256 } from "./digest.js";

/** The tree head over the leaves, in order. */
export async function root(leaves: readonly Uint8Array[]): Promise<Bytes> {
  if (leaves.length === 0) return sha256(new Uint8Array());
  let level = await Promise.all(leaves.map((leaf) => sha256(join(Uint8Array.of(0), leaf))));
  while (level.length > 1) {
    const above: Promise<Bytes>[] = [];
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = level.slice(at, at + 2);
      // A last node without a partner rises as it is: the same split as the RFC's largest power
      // of two, read from below.
      if (left && right) above.push(sha256(join(Uint8Array.of(1), left, right)));
      else if (left) above.push(Promise.resolve(left));
    }
    level = await Promise.all(above);
  }
  return level[0] ?? new Uint8Array();
}
