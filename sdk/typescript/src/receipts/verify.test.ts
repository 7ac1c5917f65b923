/** Verification under attack, in this language too: every byte, every cut, every kind of rubbish. */
import assert from "node:assert/strict";
import { before, suite, test } from "node:test";

import { type BundleExpect, type BundleInput, load } from "../testing/receipt-vectors.js";
import { parseDisclosure, type PublicKey, pinKeys, REQUIRED, reveal, verify } from "./index.js";

interface File {
  dsse: { payload: string; signatures: { keyid: string; sig: string }[] };
  disclosures: string[];
}

suite("a receipt under attack", () => {
  const [decided] = load<BundleInput, BundleExpect>("valid").filter(({ name }) => name === "decided");
  const text = decided?.input.bundle ?? "";
  let keys: PublicKey[];

  before(async () => {
    keys = await pinKeys(decided?.input.keys);
  });

  async function judged(change: (file: File) => void): Promise<[number, string | undefined]> {
    const file = JSON.parse(text) as File;
    change(file);
    const { exit_code: exitCode, detail } = await verify(JSON.stringify(file), { keys });
    return [exitCode, detail.split(":")[0]];
  }

  function flipped(encoded: string, at: number): string {
    const data = Buffer.from(encoded, "base64");
    data.writeUInt8(data.readUInt8(at) ^ 1, at);
    return data.toString("base64");
  }

  test("every flipped byte of the payload is found and named", async () => {
    const length = Buffer.from((JSON.parse(text) as File).dsse.payload, "base64").length;
    for (let at = 0; at < length; at += 3) {
      const found = await judged(({ dsse }) => (dsse.payload = flipped(dsse.payload, at)));
      assert.deepEqual(found, [1, "signature"], `byte ${at}`);
    }
  });

  test("every flipped byte of the signature and character of the key id is found", async () => {
    for (let at = 0; at < 64; at++) {
      const signature = await judged(({ dsse: { signatures: [line] } }) => {
        if (line) line.sig = flipped(line.sig, at);
      });
      const keyId = await judged(({ dsse: { signatures: [line] } }) => {
        if (line) line.keyid = line.keyid.slice(0, at) + "x" + line.keyid.slice(at + 1);
      });
      assert.deepEqual([signature, keyId], [[1, "signature"], [1, "issuer"]], `place ${at}`);
    }
  });

  test("every truncation is unreadable", async () => {
    for (let length = 0; length < text.length; length += 29) {
      assert.equal((await verify(text.slice(0, length), { keys })).exit_code, 2);
    }
  });

  test("rubbish never throws and never verifies", async () => {
    const rubbish = ["[".repeat(1_000_000), '"' + '\\"'.repeat(1_000_000), "\ud800", "nul", "{\"v\":1e999}"];
    for (const data of [...rubbish, Uint8Array.of(0xff), Uint8Array.of(0xef, 0xbb, 0xbf)]) {
      assert.notEqual((await verify(data, { keys })).exit_code, 0);
    }
  });

  test("a large file of small values fails by its size", async () => {
    const found = await verify(`{"v":1,"x":[${"{},".repeat(700_000)}0]}`);

    assert.equal(found.verdict, "failed");
    assert.equal(found.detail, "size: a bundle of this size may hold at most 100000 values");
  });

  test("a file that is too large fails by its size", async () => {
    const found = await verify(new Uint8Array(32 * 1024 * 1024 + 1), { keys });

    assert.deepEqual([found.exit_code, found.checks[0]?.result], [1, "fail"]);
  });

  test("a payload that is too large is not parsed", async () => {
    const file = JSON.parse(text) as { dsse: { payload: string } };
    file.dsse.payload = btoa(`{"v":[${"{},".repeat(400_000)}{}]}`);
    const found = await verify(JSON.stringify(file));

    assert.equal(found.detail, "size: the payload exceeds 1048576 bytes");
    const parsed = found.checks.filter(({ name }) => name === "canonical" || name === "schema");
    assert.deepEqual(parsed.map(({ result }) => result), ["absent", "absent"]);
  });

  test("a policy can ask for more, and what is absent does not pass", async () => {
    const found = await verify(text, { keys, required: [...REQUIRED, "inclusion"] });

    assert.deepEqual([found.exit_code, found.detail], [3, "inclusion: the bundle has no log"]);
  });

  test("the statement is handed out only when it is verified", async () => {
    assert.equal((await verify(text)).statement, undefined);
    assert.notEqual((await verify(text, { keys })).statement, undefined);
  });

  test("a revealed statement shows what was disclosed and only that", async () => {
    const { statement = {} } = await verify(text, { keys });
    const first = await parseDisclosure((JSON.parse(text) as File).disclosures[0] ?? "");

    const shown = reveal(statement, first ? [first] : []) as unknown as {
      predicate: { transcript: { messages: { text?: string }[] } };
    };

    assert.deepEqual(
      shown.predicate.transcript.messages.map((message) => message.text),
      [first?.value, undefined, undefined, undefined, undefined],
    );
  });

  test("a platform without Ed25519 leaves the signature absent", async (context) => {
    context.mock.method(crypto.subtle, "importKey", () => {
      throw new DOMException("no such algorithm", "NotSupportedError");
    });

    const found = await verify(text, { keys });

    assert.equal(found.exit_code, 3);
    assert.match(found.detail, /WebCrypto has no Ed25519/);
  });
});
