/**
 * The RFC 9162 Merkle tree (section 2.1): heads, and both kinds of proof. A last node without a
 * partner rises as it is: the same split as the RFC's largest power of two, read from below.
 */
import { type Bytes, hex, join, sha256 } from "./digest.js";

type Hash = Uint8Array;

export function leafHash(entry: Uint8Array): Promise<Bytes> {
  return sha256(join(Uint8Array.of(0), entry));
}

/** The tree head over the leaves, in order. */
export async function root(leaves: readonly Uint8Array[]): Promise<Bytes> {
  let level = await Promise.all(leaves.map(leafHash));
  while (level.length > 1) {
    const above: Promise<Bytes>[] = [];
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = level.slice(at, at + 2);
      if (left) above.push(right ? nodeHash(left, right) : Promise.resolve(left));
    }
    level = await Promise.all(above);
  }
  return level[0] ?? sha256(new Uint8Array());
}

/** Whether the proof leads from this leaf hash to the head of that size. */
export async function includes(
  head: Hash, proof: readonly Hash[], leaf: Hash, index: number, size: number,
): Promise<boolean> {
  if (!isAmong(0, index, size - 1) || !areHashes(head, leaf, ...proof)) return false;
  return (await climb(leaf, leaf, proof, index, size - 1))?.whole === hex(head);
}

/** Whether the tree with the head `to` begins with the tree with the head `from`. */
export async function extendsTree(
  proof: readonly Hash[], first: number, from: Hash, second: number, to: Hash,
): Promise<boolean> {
  if (!isAmong(1, first, second) || !areHashes(from, to, ...proof)) return false;
  if (first === second) return proof.length === 0 && hex(from) === hex(to);
  let node = first - 1;
  let last = second - 1;
  for (; node % 2 === 1; node = half(node)) last = half(last);
  // A perfect first tree is its own root, which no proof repeats.
  const [start, ...steps] = node === 0 ? [from, ...proof] : proof;
  const found = start && (await climb(start, start, steps, node, last));
  return found?.whole === hex(to) && found.beginning === hex(from);
}

/** Nodes left of the way stand in both trees, nodes right of it only in the whole one. */
async function climb(
  whole: Hash, beginning: Hash, proof: readonly Hash[], node: number, last: number,
): Promise<{ whole: string; beginning: string } | undefined> {
  for (const step of proof) {
    if (last === 0) return undefined;
    if (node % 2 === 1 || node === last) {
      [whole, beginning] = await Promise.all([nodeHash(step, whole), nodeHash(step, beginning)]);
      for (; node > 0 && node % 2 === 0; node = half(node)) last = half(last);
    } else {
      whole = await nodeHash(whole, step);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 ? { whole: hex(whole), beginning: hex(beginning) } : undefined;
}

function nodeHash(left: Hash, right: Hash): Promise<Bytes> {
  return sha256(join(Uint8Array.of(1), left, right));
}

function areHashes(...values: readonly Hash[]): boolean {
  return values.every((value) => value.length === 32);
}

function isAmong(least: number, value: number, most: number): boolean {
  return Number.isSafeInteger(most) && Number.isSafeInteger(value) && least <= value && value <= most;
}

/** Not a shift: sizes exceed 32 bits. */
function half(value: number): number {
  return Math.floor(value / 2);
}
