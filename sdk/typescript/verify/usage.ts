/** The page of shared usage reports: the token in its own address opens one, and it is shown here, anew every minute. */
import type { SharedUsage, UsageGroup, UsageSums } from "../src/generated/types.js";

const TOKEN = /^#([A-Za-z0-9_-]{43})$/;
const REFUSALS: Record<number, string> = {
  404: "This link opens nothing: it has expired, or was revoked.",
  429: "Too many requests: try again in a minute.",
};
const MINUTE_MS = 60_000;

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no ${id}`);
  return found;
}

function say(told: "opened" | "unopened", text: string): void {
  const line = element("told");
  line.dataset["told"] = told;
  line.textContent = text;
  element("report").hidden = told === "unopened";
}

/** Texts are always texts: nothing that a report holds becomes markup. */
function row(name: string, sums: UsageSums, dearest: bigint): HTMLTableRowElement {
  const line = document.createElement("tr");
  const head = document.createElement("th");
  head.scope = "row";
  head.textContent = name;
  const { usage } = sums;
  const input = usage.input_tokens + usage.cache_read_tokens + usage.cache_write_5m_tokens + usage.cache_write_1h_tokens;
  const cells = [sums.calls, input + usage.audio_in_tokens, usage.output_tokens + usage.audio_out_tokens, sums.cost_usd];
  line.append(head, ...cells.map((cell) => Object.assign(document.createElement("td"), { textContent: String(cell) })));
  if (dearest > 0n) line.append(bar(microUsd(sums.cost_usd), dearest));
  return line;
}

function bar(cost: bigint, dearest: bigint): HTMLTableCellElement {
  const cell = document.createElement("td");
  const meter = document.createElement("meter");
  meter.value = Number(((cost > 0n ? cost : 0n) * 1000n) / dearest) / 1000;
  meter.ariaLabel = "part of the dearest";
  cell.append(meter);
  return cell;
}

function microUsd(text: string): bigint {
  const [dollars = "0", rest = ""] = text.replace("-", "").split(".");
  const amount = BigInt(dollars) * 1_000_000n + BigInt(rest.padEnd(6, "0"));
  return text.startsWith("-") ? -amount : amount;
}

function show(report: SharedUsage): void {
  const title = report.title ?? "Usage report";
  document.title = title;
  element("title").textContent = title;
  element("by").textContent = report.group_by;
  const costs = report.groups.map(({ sums }) => microUsd(sums.cost_usd));
  const dearest = costs.reduce((most, cost) => (cost > most ? cost : most), 0n);
  const table = element("report");
  const name = (group: UsageGroup): string => group.label ?? group.key;
  table.querySelector("tbody")?.replaceChildren(...report.groups.map((group) => row(name(group), group.sums, dearest)));
  const rest = report.rest !== null && report.rest.calls > 0 ? [row("rest", report.rest, 0n)] : [];
  table.querySelector("tfoot")?.replaceChildren(...rest, row("total", report.total, 0n));
  const { opened, concluded, stopped_by_budget, failed } = report.debates;
  element("debates").textContent =
    `Debates: ${String(opened)} opened, ${String(concluded)} concluded, ` +
    `${String(stopped_by_budget)} stopped by a budget, ${String(failed)} failed.`;
  element("notes").textContent =
    (report.rest === null ? "One call may count in several of these groups, or in none. " : "") +
    `The link ends on ${new Date(report.expires_at).toLocaleString()}.`;
  const at = new Date(report.created_at).toLocaleString();
  say("opened", `${report.first_day} to ${report.last_day}, ${report.timezone}, as it was on ${at}.`);
}

/** False when there is nothing more to ask for. */
async function open(token: string): Promise<boolean> {
  const answer = await fetch(`shared-usage/${token}`, { cache: "no-store" });
  if (answer.ok) show((await answer.json()) as SharedUsage);
  else say("unopened", REFUSALS[answer.status] ?? `The server answers ${String(answer.status)}.`);
  return answer.status !== 404;
}

async function follow(token: string, isFirst: boolean): Promise<void> {
  const isDue = isFirst || !document.hidden;
  const goesOn = !isDue || (await open(token).catch(() => {
    say("unopened", "The server cannot be reached.");
    return true;
  }));
  if (goesOn) setTimeout(() => void follow(token, false), MINUTE_MS);
}

const token = TOKEN.exec(location.hash)?.[1];
if (token === undefined) say("unopened", "This address has no token: ask for the whole link.");
else void follow(token, true);
