/**
 * The check of the signing key's own history: its events are leaves of the log too. Whether a
 * receipt is older than a revocation is told by positions in the log, never by clocks.
 */
import { EvidenceError, prove } from "./evidence.js";
import type { PublicKey } from "./keys.js";
import { type Place, isBefore, issuerOf } from "./log.js";
import { type CheckResult, messageOf } from "./result.js";
import { type KeyEvent, checkKeyEvent } from "./schema.js";

interface Event {
  readonly content: KeyEvent;
  readonly place: Place;
}

type Position = Pick<Place, "origin" | "index">;

/** What `key_status` is, for a receipt at this place of the log. */
export async function keyStatus(
  key: PublicKey | undefined, place: Place | undefined, logs: readonly PublicKey[],
): Promise<[CheckResult, string]> {
  if (!key) return ["absent", "no signature names a key"];
  const events: Event[] = [];
  try {
    for (const sent of key.events) {
      const proven = await prove(sent, "key", checkKeyEvent, logs);
      if (proven && proven.content.key_id !== key.keyId) throw new EvidenceError("it is of another key");
      if (proven) events.push(proven);
    }
  } catch (error) {
    return ["fail", `an event of the key is false: ${messageOf(error)}`];
  }
  return judge(key, events, place);
}

function judge(key: PublicKey, events: readonly Event[], place: Place | undefined): [CheckResult, string] {
  const revoked = first(named(events, "revoke").map(since));
  if (!revoked && key.status === "revoked") return ["fail", "the pinned key is marked as revoked"];
  if (revoked && !(place && isBefore(place, revoked))) {
    return ["fail", `the key is revoked from leaf ${revoked.index} on`];
  }
  if (events.length === 0) return ["absent", "no key events are at hand"];
  if (!place) return ["absent", "the receipt has no place in the log to compare with"];
  if (events.some((event) => issuerOf(event.place.origin) !== issuerOf(place.origin))) {
    return ["fail", "the receipt is in the log of another issuer than its key"];
  }
  return within(events, place);
}

/** From where on nothing counts; without a position in the key's own log, all is taken back. */
function since({ content: { compromised_since: from }, place }: Event): Position {
  return from && issuerOf(from.origin) === issuerOf(place.origin) ? from : { origin: "", index: 0 };
}

/** Whether the place lies after the key was added and before it was retired. */
function within(events: readonly Event[], place: Place): [CheckResult, string] {
  if (!named(events, "add").some((added) => isBefore(added.place, place))) {
    return ["fail", "the log does not know the key before this receipt"];
  }
  const retired = first(named(events, "retire").map((event) => event.place));
  if (retired && !isBefore(place, retired)) return ["fail", `the key was retired by leaf ${retired.index}`];
  const latest = events.map((event) => ({ ...event.place, index: event.place.size })).reduce(
    (known, next) => (isBefore(known, next) ? next : known),
  );
  return ["pass", `in use at leaf ${place.index}, as known from ${latest.size} leaves of the log`];
}

function named(events: readonly Event[], name: KeyEvent["event"]): Event[] {
  return events.filter(({ content }) => content.event === name);
}

function first(positions: readonly Position[]): Position | undefined {
  return [...positions].sort((a, b) => (isBefore(a, b) ? -1 : 1))[0];
}
