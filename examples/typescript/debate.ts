/**
 * From a question to a verified receipt: create, stream, verify.
 *
 * Needs a running server (`aragora serve`). Reads ARAGORA_BASE_URL and ARAGORA_API_KEY, else the
 * credentials file that the server wrote.
 */
import { Aragora, UnknownEvent } from "@aragora/sdk";
import { pinKeys, verify } from "@aragora/sdk/receipts";

const client = new Aragora();

const run = await client.debates.start({
  question: "Should we ship the release on Friday?",
  context: "Nobody is on call at the weekend. The release fixes a bug that costs 2,000 USD a day.",
  options: [
    { id: "ship", label: "Ship on Friday" },
    { id: "wait", label: "Wait for Monday" },
  ],
  seed: 7,
  max_cost_usd: "0.50",
});
console.log(`debate ${run.id}`);

for await (const event of run.events()) {
  if (event instanceof UnknownEvent) continue;
  switch (event.type) {
    case "argument.added":
      console.log(`  ${event.data.agent}: ${event.data.text.split("\n", 1).join()}`);
      break;
    case "round.completed":
      console.log(`  round ${event.data.round} is over`);
      break;
    case "dissent.recorded":
      console.log(`  dissent of ${event.data.agent}: ${event.data.text}`);
      break;
  }
}

const debate = await run.wait({ timeoutMs: 60_000 });
console.log(`verdict: ${debate.verdict?.answer ?? "none"}, cost ${debate.usage.cost_usd} USD`);

// Pin the keys once, from a server you trust, and keep them; a bundle never vouches for itself.
const keys = await pinKeys(await client.receipts.keys());
const bundle = await run.receipt();
const { verdict, checks } = await verify(bundle.read(), { keys });
for (const { name, result, detail } of checks) console.log(`  ${name}: ${result} ${detail}`);
console.log(verdict.toUpperCase());
process.exitCode = verdict === "verified" ? 0 : 1;
