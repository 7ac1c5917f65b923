// Follow one debate to its end with the built client, and print every event that has a number.
import { Aragora } from "@aragora/sdk";
import { WebSocket } from "ws";

const [baseUrl, apiKey, debateId, transport] = process.argv.slice(2);
const retry = { maxRetries: 10_000, baseMs: 50, capMs: 500 };
const client = new Aragora({ baseUrl, apiKey, retry });
const options = transport === "websocket" ? { transport, WebSocket } : { transport };

const seen = [];
for await (const event of client.debates.events(debateId, {}, options)) {
  if (typeof event.seq === "number") seen.push(event);
}
process.stdout.write(JSON.stringify(seen));
