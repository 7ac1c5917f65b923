/** The page of shared receipts: the token in its own address opens one, and it is verified here. */
import { announce, receive } from "./page.js";

const TOKEN = /^#([A-Za-z0-9_-]{43})$/;
const REFUSALS: Record<number, string> = {
  404: "This link opens nothing: it has expired, is used up, or was revoked.",
  429: "Too many requests: try again in a minute.",
};

async function open(token: string): Promise<void> {
  announce("none", "Opening the receipt …");
  const receipt = await fetch(`shared-receipts/${token}`, { cache: "no-store" });
  if (!receipt.ok) {
    announce("unopened", REFUSALS[receipt.status] ?? `The server answers ${String(receipt.status)}.`);
    return;
  }
  const keys = await fetch("../.well-known/aragora-keys.json");
  await receive(new Uint8Array(await receipt.arrayBuffer()), keys.ok ? await keys.text() : "");
}

const token = TOKEN.exec(location.hash)?.[1];
if (token === undefined) announce("unopened", "This address has no token: ask for the whole link.");
else open(token).catch(() => { announce("unopened", "The server cannot be reached."); });
