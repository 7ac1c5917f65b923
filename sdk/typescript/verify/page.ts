/** The verification page: a file and the reader's keys in, the verdict and every check out. */
import {
  type Disclosure,
  type Verification,
  parseDisclosure,
  pinKeys,
  reveal,
  verify,
} from "../src/receipts/index.js";

type Json = Record<string, unknown>;

let bundle: Uint8Array | undefined;
let refusal: (data: Uint8Array) => Promise<string | undefined> = () => Promise.resolve(undefined);

function element<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${id}`);
  return found;
}

const keysField = element("keys", HTMLTextAreaElement);
const fileField = element("file", HTMLInputElement);
const drop = element("drop", HTMLLabelElement);
const verdict = element("verdict", HTMLOutputElement);
const checks = element("checks", HTMLTableElement);
const content = element("content", HTMLElement);

async function judge(): Promise<void> {
  if (!bundle) return;
  try {
    const refused = await refusal(bundle);
    if (refused !== undefined) {
      announce("other", refused);
      return;
    }
    const keys = keysField.value.trim() ? await pinKeys(JSON.parse(keysField.value)) : [];
    const result = await verify(bundle, { keys });
    show(result);
    if (result.verdict === "verified") await tell(result, bundle);
  } catch (error) {
    announce("unreadable", `The key file cannot be used: ${String(error)}`);
  }
}

export function announce(state: string, text: string): void {
  verdict.dataset["verdict"] = state;
  verdict.textContent = text;
  checks.hidden = true;
  content.hidden = true;
}

const WORDS = {
  verified: "Verified",
  failed: "Failed: do not trust this receipt",
  unreadable: "This is no readable receipt",
  not_verified: "Not verified: something that is required is missing",
};

function show(result: Verification): void {
  announce(result.verdict, `${WORDS[result.verdict]}. ${result.detail}`);
  verdict.dataset["exitCode"] = String(result.exit_code);
  const rows = result.checks.map(({ name, result: found, detail }) => {
    const row = document.createElement("tr");
    row.dataset["check"] = name;
    row.dataset["result"] = found;
    row.append(...[name, found, detail].map((text) => written("td", text)));
    return row;
  });
  checks.tBodies[0]?.replaceChildren(...rows);
  checks.hidden = result.verdict === "unreadable";
}

/** What a verified receipt says, as plain text: nothing of it is ever markup. */
async function tell(result: Verification, data: Uint8Array): Promise<void> {
  const { disclosures } = JSON.parse(new TextDecoder().decode(data)) as { disclosures: string[] };
  const texts = await Promise.all(disclosures.map(parseDisclosure));
  const known = texts.filter((text): text is Disclosure => text !== undefined);
  const { predicate } = reveal(result.statement ?? {}, known) as { predicate: Json };
  const decision = predicate["verdict"] as Json;
  const dissents = (predicate["dissent"] as Json[]).map((item) => text(item["text"]));
  const lines: [string, string][] = [
    ["Question", text((predicate["question"] as Json)["text"])],
    ["Outcome", `${text(decision["outcome"])}: ${text(decision["answer"] ?? decision["option"])}`],
    ["Votes", votes(decision["tally"] as Json[], predicate["options"] as Json[])],
    ["Dissent", dissents.join("\n") || "none"],
    ["Participants", (predicate["participants"] as Json[]).map(participant).join("\n")],
    ["Cost", `${String(Number((predicate["cost"] as Json)["total_micro_usd"]) / 1e6)} USD`],
    ["Issued at (by the issuer's own clock)", text(predicate["issued_at"])],
    ["Receipt", text(predicate["receipt_id"])],
  ];
  const parts = lines.flatMap(([term, said]) => [written("dt", term), written("dd", said)]);
  content.querySelector("dl")?.replaceChildren(...parts);
  content.hidden = false;
}

function votes(tally: Json[], options: Json[]): string {
  const labels = new Map(options.map((option) => [option["id"], option["label"] ?? option["id"]]));
  return tally.map(({ option, count }) => `${text(labels.get(option))}: ${String(count)}`).join("\n") || "none";
}

function participant(person: Json): string {
  const model = [person["provider"], person["model"]].filter((part) => typeof part === "string").join(" ");
  return `${text(person["name"] ?? person["id"])}${model ? ` (${model})` : ""}`;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "(withheld)";
}

function written(tag: string, said: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = said;
  return made;
}

async function take(file: File | undefined): Promise<void> {
  if (file) await receive(new Uint8Array(await file.arrayBuffer()));
}

/** The page of shared receipts brings a bundle, and the keys that its server names. */
export async function receive(data: Uint8Array, keys?: string): Promise<void> {
  bundle = data;
  if (keys !== undefined) keysField.value = keys;
  await judge();
}

/** The page of a print brings keys before there is a bundle; what the reader has put in stays. */
export function suggest(keys: string): void {
  if (!keysField.value.trim()) keysField.value = keys;
}

/** Why a bundle is not the one that is asked for here, whatever its signatures say. */
export function refuse(why: (data: Uint8Array) => Promise<string | undefined>): void {
  refusal = why;
}

fileField.addEventListener("change", () => void take(fileField.files?.[0]));
keysField.addEventListener("input", () => void judge());
for (const type of ["dragover", "dragleave", "drop"] as const) {
  drop.addEventListener(type, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", type === "dragover");
    if (type === "drop") void take(event.dataTransfer?.files[0]);
  });
}
