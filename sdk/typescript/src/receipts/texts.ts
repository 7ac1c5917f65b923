/** The check of the disclosed texts: each was signed, and what is missing was erased or withheld. */
import { type Bundle, MAX_ERASURES } from "./bundle.js";
import type { Value } from "./canonical.js";
import { type Disclosure, type Place, parseDisclosure, places } from "./disclosure.js";
import { EvidenceError, prove } from "./evidence.js";
import type { PublicKey } from "./keys.js";
import { type Findings, messageOf } from "./result.js";
import { type Statement, checkErasure } from "./schema.js";

/** Note `disclosures`. */
export async function examineTexts(
  findings: Findings, bundle: Bundle, logs: readonly PublicKey[], statement: Statement,
): Promise<void> {
  const fail = (detail: string): void => { findings.note("disclosures", "fail", detail); };
  const owed = new Map<string, Place>();
  for (const place of places(statement as unknown as Value)) {
    if (owed.has(place.digest)) fail(`digest ${place.digest.slice(0, 16)} stands twice`);
    owed.set(place.digest, place);
  }
  const total = owed.size;
  const pointers = new Set([...owed.values()].map(({ pointer }) => pointer));
  for (const text of await Promise.all(bundle.disclosures.map(parseDisclosure))) {
    const fault = taken(text, owed);
    if (fault) fail(fault);
  }
  let erased: ReadonlyMap<string, number>;
  try {
    erased = await erasedIn(bundle, logs, statement, pointers);
  } catch (error) {
    fail(`an erasure is false: ${messageOf(error)}`);
    return;
  }
  conclude(findings, total, [...owed.values()].map(({ pointer }) => erased.get(pointer)));
}

/** What is wrong with a text; if nothing, its place is taken. */
function taken(text: Disclosure | undefined, owed: Map<string, Place>): string | undefined {
  if (!text) return "a disclosure is not [salt, name, value] in base64url";
  const place = owed.get(text.digest);
  owed.delete(text.digest);
  if (!place) return `a disclosed ${text.name} was not signed`;
  return text.name in place.home ? `a text takes the place of ${text.name}` : undefined;
}

/** The places that were erased, each with the leaf that says so. */
async function erasedIn(
  { erasures }: Bundle, logs: readonly PublicKey[], { predicate }: Statement, pointers: ReadonlySet<string>,
): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (const sent of erasures.slice(0, MAX_ERASURES)) {
    const proven = await prove(sent, "erasure", checkErasure, logs);
    if (!proven) continue;
    const { receipt_id: receiptId, paths } = proven.content;
    if (receiptId !== predicate.receipt_id) throw new EvidenceError("it is of another receipt");
    for (const path of paths) {
      if (!pointers.has(path)) throw new EvidenceError("it names a text that was never signed");
      if (!found.has(path)) found.set(path, proven.place.index);
    }
  }
  return found;
}

/** `leaves` has one item for each missing text: the leaf of its erasure. */
function conclude(findings: Findings, total: number, leaves: readonly (number | undefined)[]): void {
  const known = leaves.filter((leaf) => leaf !== undefined);
  const by = [...new Set(known)].sort((a, b) => a - b).slice(0, 5).join(", ");
  const withheld = leaves.length - known.length;
  const words = by ? `${known.length} of ${total} texts erased by leaf ${by}` : "";
  if (withheld) {
    const missing = `${withheld} of ${total} texts withheld`;
    findings.note("disclosures", "withheld", words ? `${missing}; ${words}` : missing);
  } else if (by) {
    findings.note("disclosures", "erased", words);
  }
  findings.note("disclosures", "pass", `all ${total} texts match their digests`);
}
