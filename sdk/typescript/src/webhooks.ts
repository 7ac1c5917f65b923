/**
 * What a webhook endpoint of yours is sent: is it from your server, and what does it say?
 *
 * Signed after Standard Webhooks, so any library for that standard verifies it as well. Answer with
 * any 2xx; an event may come more than once, with the same `webhook-id` each time.
 */
import { AragoraError, ConfigurationError } from "./core/errors.js";
import type { WebhookEvent } from "./generated/types.js";

export type { WebhookEvent } from "./generated/types.js";

export type WebhookReason =
  | "missing_header"
  | "malformed_timestamp"
  | "no_match"
  | "too_old"
  | "too_new"
  | "malformed_body";

/** What came is not an event of your server, or it is too old: refuse it. */
export class WebhookInvalid extends AragoraError {
  override readonly name = "WebhookInvalid";

  constructor(
    message: string,
    readonly reason: WebhookReason,
  ) {
    super(message);
  }
}

/** An event of a kind that is newer than this SDK. */
export interface UnknownWebhookEvent {
  /** Tells it from the known events; the server's own word is `wireType`. */
  readonly type: "unknown";
  readonly wireType: string;
  readonly raw: Readonly<Record<string, unknown>>;
}

export interface WebhookOptions {
  /** How old or new a message may be; 300 when absent. */
  readonly toleranceS?: number;
  /** A Unix time, for tests. */
  readonly now?: number;
}

/** Of a `Request`, of Node's `http`, or of any framework. */
export type WebhookHeaders =
  | Headers
  | Readonly<Record<string, string | readonly string[] | undefined>>;

const TOLERANCE_S = 300;
const KNOWN: Readonly<Record<WebhookEvent["type"], true>> = {
  "budget.threshold_reached": true,
  "budget.exhausted": true,
  "budget.overage_recorded": true,
  "budget.override_granted": true,
  "budget.hold_swept": true,
  "webhook.test": true,
};
const TAG_BYTES = 32;

/**
 * The event, when it is signed with one of the secrets; else throws WebhookInvalid.
 *
 * `body` is what came, to the byte: an object that was parsed and written again has another
 * signature.
 */
export async function unwrap(
  body: string | Uint8Array,
  headers: WebhookHeaders,
  secret: string | readonly string[],
  options: WebhookOptions = {},
): Promise<WebhookEvent | UnknownWebhookEvent> {
  await verifySignature(body, headers, secret, options);
  return event(typeof body === "string" ? body : new TextDecoder().decode(body));
}

/**
 * Throws WebhookInvalid unless it is signed with one of the secrets, and not too long ago. During a
 * rotation give both secrets.
 */
export async function verifySignature(
  body: string | Uint8Array,
  headers: WebhookHeaders,
  secret: string | readonly string[],
  options: WebhookOptions = {},
): Promise<void> {
  const [id, sentAt, signature] = needed(headers);
  if (!/^[0-9]{1,15}$/.test(sentAt)) {
    throw new WebhookInvalid("webhook-timestamp is no Unix time", "malformed_timestamp");
  }
  const signed = joined(`${id}.${sentAt}.`, body);
  if (!(await isSigned(signed, signature, keys(secret)))) {
    throw new WebhookInvalid("the signature is of none of these secrets", "no_match");
  }
  const ageS = (options.now ?? Date.now() / 1000) - Number(sentAt);
  const toleranceS = options.toleranceS ?? TOLERANCE_S;
  if (ageS > toleranceS) throw new WebhookInvalid("it was sent too long ago", "too_old");
  if (ageS < -toleranceS) {
    throw new WebhookInvalid("it is from the future: look at the clocks", "too_new");
  }
}

function needed(headers: WebhookHeaders): [string, string, string] {
  const entries = headers instanceof Headers ? headers.entries() : Object.entries(headers);
  const found = new Map<string, string>();
  for (const [name, value] of entries) {
    const text = typeof value === "string" ? value : value?.[0];
    if (text !== undefined) found.set(name.toLowerCase(), text);
  }
  const take = (name: string): string => {
    const value = found.get(name);
    if (value === undefined) {
      throw new WebhookInvalid(`the header ${name} is missing`, "missing_header");
    }
    return value;
  };
  return [take("webhook-id"), take("webhook-timestamp"), take("webhook-signature")];
}

function keys(secret: string | readonly string[]): Uint8Array<ArrayBuffer>[] {
  const secrets = typeof secret === "string" ? [secret] : secret;
  const found = secrets.map((one) => decoded(one.replace(/^whsec_/, "")));
  if (found.length === 0 || found.some((key) => key.length === 0)) {
    throw new ConfigurationError("a webhook secret is written as whsec_ and base64");
  }
  return found;
}

/** WebCrypto compares in a time that tells nothing of where two signatures differ. */
async function isSigned(
  signed: Uint8Array<ArrayBuffer>,
  signature: string,
  secrets: readonly Uint8Array<ArrayBuffer>[],
): Promise<boolean> {
  const tags = signature
    .split(" ")
    .filter((part) => part.startsWith("v1,"))
    .map((part) => decoded(part.slice(3)))
    .filter((tag) => tag.length === TAG_BYTES);
  const hmac = { name: "HMAC", hash: "SHA-256" };
  let matches = 0;
  for (const secret of secrets) {
    const key = await crypto.subtle.importKey("raw", secret, hmac, false, ["verify"]);
    for (const tag of tags) {
      if (await crypto.subtle.verify("HMAC", key, tag, signed)) matches += 1;
    }
  }
  return matches > 0;
}

/** The bytes of standard base64; none when it is something else. */
function decoded(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return new Uint8Array();
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

function joined(head: string, body: string | Uint8Array): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const first = encoder.encode(head);
  const rest = typeof body === "string" ? encoder.encode(body) : body;
  const whole = new Uint8Array(first.length + rest.length);
  whole.set(first);
  whole.set(rest, first.length);
  return whole;
}

function event(text: string): WebhookEvent | UnknownWebhookEvent {
  const raw = parsed(text);
  const { type } = raw;
  if (typeof type !== "string" || (Object.hasOwn(KNOWN, type) && !isObject(raw["data"]))) {
    throw new WebhookInvalid("the body is no event", "malformed_body");
  }
  if (Object.hasOwn(KNOWN, type)) return raw as unknown as WebhookEvent;
  return { type: "unknown", wireType: type, raw };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw new WebhookInvalid("the body is no JSON", "malformed_body");
  }
  if (!isObject(raw)) throw new WebhookInvalid("the body is no event", "malformed_body");
  return raw;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
