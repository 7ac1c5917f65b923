/** The page behind the code of a print: is a file the receipt that was printed? */
import { fromBase64, hex, sha256 } from "../src/receipts/digest.js";
import { announce, refuse, suggest } from "./page.js";

const DIGEST = /^#sha256=([0-9a-f]{64})$/;

interface Sent {
  dsse: { payload: string };
}

const printed = DIGEST.exec(location.hash)?.[1];
const id = location.pathname.split("/").pop() ?? "";

/** The digest of the signed bytes decides, whatever else the file may be. */
async function differs(data: Uint8Array): Promise<string | undefined> {
  if (printed === undefined) return "This address names no digest: there is nothing to compare with.";
  const found = await digestIn(data);
  if (found === undefined) return "This file is no receipt: a PDF carries one as an attachment.";
  return found === printed ? undefined : `This is another receipt than the one that was printed: its digest is ${found}.`;
}

async function digestIn(data: Uint8Array): Promise<string | undefined> {
  try {
    const { dsse } = JSON.parse(new TextDecoder().decode(data)) as Sent;
    const payload = fromBase64(dsse.payload);
    return payload && hex(await sha256(payload));
  } catch {
    return undefined;
  }
}

refuse(differs);
if (printed === undefined) announce("unopened", "This address names no digest: scan the whole code.");
else announce("none", `No receipt yet. The print is of receipt ${id}, digest ${printed}.`);
fetch("../.well-known/aragora-keys.json")
  .then(async (keys) => { if (keys.ok) suggest(await keys.text()); })
  .catch(() => undefined);
