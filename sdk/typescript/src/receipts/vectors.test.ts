/** The shared vectors, as every language runs them. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { type BundleExpect, type BundleInput, BUNDLES, load } from "../testing/receipt-vectors.js";
import { decode, encode, ProfileError } from "./canonical.js";
import { fromBase64, hex, utf8 } from "./digest.js";
import { parseDisclosure } from "./disclosure.js";
import { pae } from "./dsse.js";
import { KeyFileError, pinKeys } from "./keys.js";
import { extendsTree, includes, root } from "./merkle.js";
import { NoteError, readNote, signersOf } from "./note.js";
import { verify } from "./verify.js";

function unhex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, "hex"));
}

interface Refusable {
  refused?: true;
}

for (const folder of BUNDLES) {
  for (const { name, input, expect } of load<BundleInput, BundleExpect>(folder)) {
    test(`a bundle gets the verdict that its vector states: ${folder}/${name}`, async () => {
      const keys = input.keys ? await pinKeys(input.keys) : [];
      const data = input.bundle ?? fromBase64(input.bundle_base64 ?? "") ?? "";

      const result = await verify(data, { keys });

      const found = Object.fromEntries(result.checks.map((check) => [check.name, check.result]));
      assert.deepEqual([result.verdict, result.exit_code], [expect.verdict, expect.exit_code], result.detail);
      assert.deepEqual({ ...found, ...expect.results }, found);
      if (expect.failed) {
        const failed = result.checks.filter((check) => check.result === "fail");
        assert.deepEqual(failed.map((check) => check.name), expect.failed);
      }
      if (expect.receipt_id) assert.equal(result.receipt_id, expect.receipt_id);
    });
  }
}

for (const { name, input, expect } of load<{ text: string }, Refusable & { canonical?: string }>("profile")) {
  test(`a text has one canonical form or none: ${name}`, () => {
    if (expect.refused) assert.throws(() => decode(utf8(input.text)), ProfileError);
    else assert.equal(encode(decode(utf8(input.text)).value), expect.canonical);
  });
}

for (const { name, input, expect } of load<{ leaves_hex: string[] }, { root_hex: string }>("merkle/roots.json")) {
  test(`a root is that of RFC 9162: ${name}`, async () => {
    assert.equal(hex(await root(input.leaves_hex.map(unhex))), expect.root_hex);
  });
}

interface InclusionInput {
  head_hex: string;
  proof_hex: string[];
  leaf_hash_hex: string;
  index: number;
  size: number;
}
for (const { name, input, expect } of load<InclusionInput, { holds: boolean }>("merkle/inclusion.json")) {
  test(`a proof of inclusion holds or not: ${name}`, async () => {
    const [head, leaf] = [unhex(input.head_hex), unhex(input.leaf_hash_hex)];

    const held = await includes(head, input.proof_hex.map(unhex), leaf, input.index, input.size);

    assert.equal(held, expect.holds);
  });
}

interface ConsistencyInput {
  proof_hex: string[];
  first: number;
  old_hex: string;
  second: number;
  new_hex: string;
}
for (const { name, input, expect } of load<ConsistencyInput, { holds: boolean }>("merkle/consistency.json")) {
  test(`a proof of consistency holds or not: ${name}`, async () => {
    const [from, to] = [unhex(input.old_hex), unhex(input.new_hex)];

    const held = await extendsTree(input.proof_hex.map(unhex), input.first, from, input.second, to);

    assert.equal(held, expect.holds);
  });
}

type TextExpect = Refusable & { digest?: string; name?: string; value?: string };
for (const { name, input, expect } of load<{ encoded: string }, TextExpect>("disclosure")) {
  test(`a disclosure is read as sent: ${name}`, async () => {
    const text = await parseDisclosure(input.encoded);

    assert.deepEqual(text, expect.refused ? undefined : { encoded: input.encoded, ...expect });
  });
}

interface PaeInput {
  payload_type: string;
  payload_hex: string;
}
for (const { name, input, expect } of load<PaeInput, { pae_hex: string }>("envelope")) {
  test(`type and body are bound with their lengths: ${name}`, () => {
    assert.equal(hex(pae(input.payload_type, unhex(input.payload_hex))), expect.pae_hex);
  });
}

for (const { name, input, expect } of load<unknown, Refusable & { key_ids?: string[] }>("keys")) {
  test(`a key file is taken whole or refused: ${name}`, async () => {
    if (expect.refused) await assert.rejects(pinKeys(input), KeyFileError);
    else assert.deepEqual((await pinKeys(input)).map((key) => key.keyId), expect.key_ids);
  });
}

type NoteExpect = Refusable & { text?: string; signed?: boolean };
for (const { name, input, expect } of load<{ note: string; keys: unknown }, NoteExpect>("proof/notes.json")) {
  test(`a note is read strictly and signed by known keys alone: ${name}`, async () => {
    const keys = await pinKeys(input.keys);
    const judged = async (): Promise<NoteExpect> => {
      const note = readNote(input.note);
      return { text: note.text, signed: (await signersOf(note, keys))?.length === 1 };
    };

    if (expect.refused) await assert.rejects(judged, NoteError);
    else assert.deepEqual(await judged(), expect);
  });
}

for (const { name, input, expect } of load<unknown, Refusable & { logs?: string[] }>("proof/vkeys.json")) {
  test(`the name of a log belongs to its key: ${name}`, async () => {
    if (expect.refused) await assert.rejects(pinKeys(input), KeyFileError);
    else assert.deepEqual((await pinKeys(input)).map((key) => key.log?.name), expect.logs);
  });
}
