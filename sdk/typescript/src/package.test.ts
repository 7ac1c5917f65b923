/** The package as users get it: what it exports, how large it is, and where it loads. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const require = createRequire(import.meta.url);
const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  version: string;
  dependencies?: object;
  exports: Record<string, unknown>;
};

async function bundled(contents: string): Promise<{ text: string; inputs: string[] }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: ROOT },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
    metafile: true,
  });
  return { text: outputFiles[0]?.text ?? "", inputs: Object.keys(metafile.inputs) };
}

const APPS = {
  whole: 'export * from "@aragora/sdk";',
  oneCall:
    'import { Aragora } from "@aragora/sdk/client";' +
    "console.log((await new Aragora().debates.get(process.argv[2])).status);",
  receipts: 'export * from "@aragora/sdk/receipts";',
  webhooks: 'export * from "@aragora/sdk/webhooks";',
};
const KB = { whole: 17, oneCall: 10, receipts: 12, webhooks: 2 };

for (const name of Object.keys(APPS) as (keyof typeof APPS)[]) {
  test(`${name} is at most ${KB[name]} kB, minified and compressed`, async (t) => {
    const { text } = await bundled(APPS[name]);

    const size = gzipSync(text, { level: 9 }).length;
    t.diagnostic(`${name}: ${size} bytes`);
    assert.ok(size <= KB[name] * 1000, `${size} bytes`);
  });
}

test("the lean client loads no stream, no job and no verification", async () => {
  const { inputs } = await bundled('export * from "./src/client.ts";');

  const heavy = /core\/(stream|sse|socket|job)\.ts|generated\/(live|errors)\.ts|src\/receipts\//;
  assert.ok(inputs.length > 10);
  assert.deepEqual(inputs.filter((path) => heavy.test(path)), []);
});

test("verification loads nothing else of the package", async () => {
  const { inputs } = await bundled('export * from "./src/receipts/index.ts";');

  assert.ok(inputs.length > 10);
  assert.deepEqual(inputs.filter((path) => !path.startsWith("src/receipts/") && path !== "<stdin>"), []);
});

test("an entry is at most three files: each costs a millisecond to load", async () => {
  for (const entry of Object.keys(VALUES)) {
    const { inputs } = await bundled(`export * from "${entry}";`);

    assert.ok(inputs.length <= 4, inputs.join(" "));
  }
});

test("there is no dependency at run time", () => {
  assert.equal(manifest.dependencies, undefined);
});

test("one version: the package, the contract and the file VERSION", async () => {
  const { VERSION } = await import("./index.js");
  const stated = readFileSync(join(ROOT, "../../VERSION"), "utf8").trim();

  assert.deepEqual([VERSION, manifest.version], [stated, stated]);
});

const VALUES = {
  "@aragora/sdk": `AdjustmentInvalid AfterBeyondEnd AgentUnknown AgentsInvalid ApiKeyNotFound ApiPromise Aragora AragoraError
    BY_CODE BinaryResponse BodyTooLarge BudgetConflict BudgetExceeded BudgetNotFound BudgetPaused
    BudgetScopeInvalid BundleUnreadable CheckpointNotFound ConfigurationError Conflict
    ConnectionFailed ContextTooLarge DeadlineExceeded DebateCancelled DebateFailed
    DebateNotFound DebateOver DebateRun ErasureEmpty ErasurePathUnknown EventGap EventStream
    EventsTrimmed ExportFailed ExportNotFound ExportNotReady ExportWithdrawn Forbidden Gone HoldNotFound IdempotencyInProgress IdempotencyKeyReused IdleTimeout
    InternalError InvalidAmount InvalidCursor InvalidPeriod InvalidRange InvalidRequest JobError JobNotDead JobNotFound
    LegalHoldActive LegalHoldEmpty LegalHoldNotFound MalformedRequest MethodNotAllowed
    MetricsPrivate ModelUnpriced NotFound NotReady OptionsInvalid OverrideInvalid OverrideNotFound Page PagePromise ParticipantErasureNotFound
    PriceInvalid PriceNotFound PriceOverlap TooManyAddresses TooManyBudgets TooManyPrices
    PaymentRequired PdfSupportMissing ProtocolUnknown ProviderKeyMissing ProviderSupportMissing
    RateLimited ReceiptErased ReceiptNotFound ReceiptPending RequestTimeout ResponseInvalid ScopeEscalation
    ScopeMissing ServerError ShareLinkExpiryInvalid ShareLinkNotFound StatusError StorageFull
    StreamError TooLarge TooManyExports TooManyStreams TooManyStreamsOfKey TooManyWebhooks Unauthenticated Unavailable
    UnknownEvent UnsupportedMediaType UpgradeRequired VERSION WebhookDisabled WebhookNotFound WebhookUrlRefused exportReceipts`,
  "@aragora/sdk/client": `Aragora AragoraError ConfigurationError Conflict ConnectionFailed
    DeadlineExceeded DebateCancelled DebateFailed EventGap EventsTrimmed Forbidden Gone IdleTimeout
    InvalidRequest JobError NotFound PaymentRequired RateLimited ResponseInvalid ServerError
    StatusError StreamError TooLarge Unauthenticated Unavailable VERSION`,
  "@aragora/sdk/webhooks": "WebhookInvalid unwrap verifySignature",
  "@aragora/sdk/receipts": "KeyFileError REQUIRED parseDisclosure pinKeys reveal verify",
};

for (const [entry, names] of Object.entries(VALUES)) {
  test(`${entry} exports exactly its public names`, async () => {
    const exported = Object.keys((await import(entry)) as object);

    assert.deepEqual(exported.sort(), names.split(/\s+/).sort());
  });
}

test("no source map and no test is published", () => {
  const listed = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  const [packed] = JSON.parse(listed.stdout) as { files: { path: string }[] }[];
  const paths = packed?.files.map(({ path }) => path) ?? [];

  assert.ok(paths.includes("dist/index.d.ts") && paths.includes("LICENSE"));
  assert.deepEqual(paths.filter((path) => /\.map$|\.test\.|testing|^src/.test(path)), []);
});

const JUDGES = {
  publint: ["publint/src/cli.js", ".", "--strict", "--pack", "false"],
  "are the types wrong": ["@arethetypeswrong/cli/dist/index.js", "--pack", ".", "--profile", "esm-only"],
};
for (const [name, [script = "", ...args]] of Object.entries(JUDGES)) {
  test(`${name} finds no fault`, () => {
    const modules = dirname(dirname(require.resolve("typescript/package.json")));

    const judged = spawnSync(process.execPath, [join(modules, script), ...args], {
      cwd: ROOT,
      encoding: "utf8",
    });

    assert.equal(judged.status, 0, judged.stdout + judged.stderr);
  });
}
