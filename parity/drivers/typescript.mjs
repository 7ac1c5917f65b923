// Runs a scenario through the TypeScript client.
import { Aragora, AragoraError, BinaryResponse, UnknownEvent } from "@aragora/sdk";

const camel = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

const input = await new Promise((resolve) => {
  let text = "";
  process.stdin.on("data", (chunk) => (text += chunk));
  process.stdin.on("end", () => resolve(JSON.parse(text)));
});

const plain = async (value) => {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return Promise.all(value.map(plain));
  if (value.nextCursor !== undefined || value.next_cursor !== undefined)
    return { items: await plain([...value.items]), next_cursor: value.next_cursor ?? value.nextCursor ?? null };
  if (value instanceof BinaryResponse) return Buffer.from(value.read()).toString("base64");
  if (value instanceof UnknownEvent) return value.raw;
  return value;
};

const results = [];
const client = new Aragora();
for (const step of input) {
  const [resource, method] = step.call.split(".").map(camel);
  const bytes = step.bytes === undefined ? [] : [new TextEncoder().encode(step.bytes)];
  const args = [...bytes, ...(step.args === undefined ? [] : [step.args])];
  try {
    let value = client[resource][method](...(step.path ?? []), ...args);
    if (step.stream) {
      const events = [];
      for await (const event of value) events.push(event);
      value = events;
    } else value = await value;
    results.push({ value: await plain(value) });
  } catch (error) {
    if (!(error instanceof AragoraError)) throw error;
    results.push({ error: { code: error.code ?? null, status: error.status ?? null } });
  }
}
process.stdout.write(JSON.stringify(results));
