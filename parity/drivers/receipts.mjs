// Judges receipts with the sources of the TypeScript SDK: a question a line, an answer a line.
import { createInterface } from "node:readline";
import { build } from "esbuild";

const parts = ["canonical", "digest", "disclosure", "keys", "merkle", "verify"];
const { outputFiles } = await build({
  stdin: {
    contents: parts.map((part) => `export * from "./${part}.js";`).join("\n"),
    resolveDir: "sdk/typescript/src/receipts",
    loader: "ts",
  },
  bundle: true,
  write: false,
  format: "esm",
  target: "es2022",
  platform: "neutral",
});
const sdk = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);

const answers = {
  async verdict({ bundle, keys }) {
    const found = await sdk.verify(Buffer.from(bundle, "base64"), { keys: await sdk.pinKeys(keys) });
    return {
      verdict: found.verdict,
      exit_code: found.exit_code,
      receipt_id: found.receipt_id,
      checks: found.checks.map(({ name, result }) => [name, result]),
      statement: found.statement === undefined ? null : sdk.encode(found.statement),
    };
  },
  canonical({ text }) {
    try {
      const { value, repeated } = sdk.decode(Buffer.from(text, "base64"));
      return { form: sdk.encode(value), repeated: [...new Set(repeated)].sort() };
    } catch (error) {
      if (error instanceof sdk.ProfileError) return { refused: true };
      throw error;
    }
  },
  async root({ leaves }) {
    return sdk.hex(await sdk.root(leaves.map((leaf) => Uint8Array.from(Buffer.from(leaf, "base64")))));
  },
  async revealed({ statement, disclosures }) {
    const texts = await Promise.all(disclosures.map(sdk.parseDisclosure));
    return sdk.encode(sdk.reveal(sdk.decode(Buffer.from(statement, "base64")).value, texts));
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(await answers[question.ask](question))}\n`);
}
