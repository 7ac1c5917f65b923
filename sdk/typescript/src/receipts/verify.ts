/**
 * Offline verification of a receipt bundle: opens no socket, never throws on hostile input. The
 * signature is checked over the bytes as sent, before anything parses them.
 */
import { type Bundle, MAX_BUNDLE_BYTES, MAX_ERASURES, readBundle } from "./bundle.js";
import { type Decoded, MAX_DEPTH, type Value, decode, depthOf, encode } from "./canonical.js";
import { type Bytes, fromBase64, fromBase64Url, hex, join, sha256, utf8 } from "./digest.js";
import { DIGESTS, MAX_ENCODED } from "./disclosure.js";
import { MAX_SIGNATURES, PAYLOAD_TYPE, pae } from "./dsse.js";
import { type PublicKey, verifies } from "./keys.js";
import { entryOf, examineLog, placeOf } from "./log.js";
import { root } from "./merkle.js";
import {
  type CheckName, type CheckResult, Findings, LOG_CHECKS, messageOf, REQUIRED, type Verification,
} from "./result.js";
import { PREDICATE_TYPE, type Predicate, type Statement, checkShape } from "./schema.js";
import { keyStatus } from "./status.js";
import { RuleUnknown, recount, references } from "./tally.js";
import { examineTexts } from "./texts.js";

const MAX_PAYLOAD_BYTES = 1024 * 1024;
const [LARGE_BYTES, MAX_VALUES] = [1024 * 1024, 100_000];
const [COMMA, BRACKET, BRACE] = [0x2c, 0x5b, 0x7b];

export interface VerifyOptions {
  /** The keys that the reader has pinned, from `pinKeys`. Without one nothing is verified. */
  readonly keys?: readonly PublicKey[];
  /** The checks that must pass; what is absent never counts as passed. */
  readonly required?: readonly CheckName[];
}

/**
 * Judge a bundle by the keys its reader has pinned. Whoever has pinned the key of a log is shown that
 * the receipt is in it, or it is not verified; `required` may ask for less. A bundle with `leaf` or
 * `tlog_proof` must prove them whatever was pinned.
 */
export async function verify(data: Uint8Array | string, options: VerifyOptions = {}): Promise<Verification> {
  const raw = typeof data === "string" ? utf8(data) : data;
  const findings = new Findings();
  const required = new Set<string>(options.required ?? REQUIRED);
  const excess = excessOf(raw);
  if (excess) {
    findings.note("size", "fail", excess);
    return findings.judge(required, null);
  }
  let decoded: Decoded;
  let bundle: Bundle;
  try {
    decoded = decode(raw);
    bundle = readBundle(decoded.value);
  } catch (error) {
    return findings.unreadable(messageOf(error));
  }
  const keys = options.keys ?? [];
  const [pinned, logs] = [keys.filter(({ log }) => !log), keys.filter(({ log }) => log)];
  const asksForLogs = !options.required && logs.length > 0;
  if (bundle.logParts.length > 0 || asksForLogs) for (const name of LOG_CHECKS) required.add(name);
  const examination = new Examination(findings, bundle, pinned, logs);
  const statement = await examination.run(decoded.repeated);
  const receiptId = statement?.predicate.receipt_id ?? null;
  return findings.judge(required, receiptId, statement as unknown as Value);
}

function excessOf(raw: Uint8Array): string | undefined {
  if (raw.length > MAX_BUNDLE_BYTES) return `the bundle is larger than ${MAX_BUNDLE_BYTES} bytes`;
  if (raw.length > LARGE_BYTES && valuesOf(raw) > MAX_VALUES)
    return `a bundle of this size may hold at most ${MAX_VALUES} values`;
  if (depthOf(raw) > MAX_DEPTH) return `the bundle is deeper than ${MAX_DEPTH} levels`;
  return undefined;
}

/** No fewer than there are: a large bundle has a few long texts, not many small values. */
function valuesOf(raw: Uint8Array): number {
  let count = 0;
  for (const byte of raw) if (byte === COMMA || byte === BRACKET || byte === BRACE) count += 1;
  return count;
}

/** One bundle on the table. Each method makes one row of the list of checks. */
class Examination {
  #signer: { key: PublicKey; keyid: string; signature: Bytes } | undefined;

  constructor(
    private readonly findings: Findings,
    private readonly bundle: Bundle,
    private readonly pinned: readonly PublicKey[],
    private readonly logs: readonly PublicKey[],
  ) {}

  async run(repeated: readonly string[]): Promise<Statement | undefined> {
    this.#repeated(repeated, "bundle");
    this.#hmac();
    const payload = fromBase64(this.bundle.payload);
    const message = payload && pae(this.bundle.payloadType, payload);
    this.#size(payload);
    let statement: Statement | undefined;
    if (message) {
      this.findings.note("signature", ...(await this.#signature(message)));
      if (payload.length <= MAX_PAYLOAD_BYTES) statement = this.#statement(payload);
    } else {
      this.findings.note("signature", "fail", "the payload is not base64");
    }
    if (statement) {
      this.#issuer(statement.predicate);
      await examineTexts(this.findings, this.bundle, this.logs, statement);
      await this.#transcript(statement);
      this.#tally(statement.predicate);
      const detail = `claimed: only the issuer's own clock says ${statement.predicate.issued_at}`;
      this.findings.note("time", "absent", detail);
    }
    await examineLog(this.findings, this.bundle, this.logs, await this.#leaf(statement, message));
    const place = placeOf(this.findings, this.bundle);
    this.findings.note("key_status", ...(await keyStatus(this.#signer?.key, place, this.logs)));
    return statement;
  }

  #repeated(names: readonly string[], where: "bundle" | "payload"): void {
    if (names.length > 0) {
      this.findings.note("duplicate_keys", "fail", `${where}: ${names.join(", ")} stands twice`);
    } else if (where === "payload") {
      this.findings.note("duplicate_keys", "pass", "no key stands twice");
    }
  }

  #size(payload: Bytes | undefined): void {
    const { signatures, disclosures, erasures } = this.bundle;
    if ((payload?.length ?? 0) > MAX_PAYLOAD_BYTES) {
      this.findings.note("size", "fail", `the payload exceeds ${MAX_PAYLOAD_BYTES} bytes`);
    }
    if (signatures.length > MAX_SIGNATURES) {
      this.findings.note("size", "fail", `more than ${MAX_SIGNATURES} signatures`);
    }
    if (erasures.length > MAX_ERASURES) {
      this.findings.note("size", "fail", `more than ${MAX_ERASURES} erasures`);
    }
    if (disclosures.some((encoded) => encoded.length > MAX_ENCODED)) {
      this.findings.note("size", "fail", "a disclosure is too large");
    }
    this.findings.note("size", "pass", "within the limits");
  }

  async #signature(message: Bytes): Promise<[CheckResult, string]> {
    const lines = this.bundle.signatures.slice(0, MAX_SIGNATURES);
    if (this.pinned.length === 0) return ["absent", "no key is pinned"];
    if (lines.length === 0) return ["absent", "the bundle is not signed"];
    for (const { keyid, sig } of lines) {
      const signature = fromBase64(sig);
      // `keyid` chooses nothing: it is not authenticated.
      for (const key of signature ? this.pinned : []) {
        const held = signature && (await verifies(key, signature, message));
        if (held === undefined) return ["absent", "this platform's WebCrypto has no Ed25519"];
        if (!held) continue;
        this.#signer = { key, keyid, signature };
        return ["pass", `Ed25519 by ${key.keyId}`];
      }
    }
    return ["fail", "no pinned key made a signature over it"];
  }

  /** The payload when it has the shape of a receipt. */
  #statement(payload: Bytes): Statement | undefined {
    let decoded: Decoded;
    try {
      decoded = decode(payload);
    } catch (error) {
      this.findings.note("canonical", "fail", messageOf(error));
      return undefined;
    }
    this.#repeated(decoded.repeated, "payload");
    if (encode(decoded.value) === new TextDecoder().decode(payload)) {
      this.findings.note("canonical", "pass", "the one form of this content");
    } else {
      this.findings.note("canonical", "fail", "the payload is not in canonical form");
    }
    try {
      const statement = checkShape(decoded.value);
      references(statement.predicate);
      if (this.bundle.payloadType !== PAYLOAD_TYPE) {
        this.findings.note("schema", "fail", "the payload type is not an in-toto statement");
      }
      this.findings.note("schema", "pass", PREDICATE_TYPE);
      return statement;
    } catch (error) {
      this.findings.note("schema", "fail", messageOf(error));
      return undefined;
    }
  }

  #issuer({ issuer }: Predicate): void {
    const { hmacKeyId } = this.bundle;
    if (hmacKeyId !== undefined && hmacKeyId !== issuer.hmac_key_id) {
      this.findings.note("issuer", "fail", "hmac.key_id is not the one that was signed");
    }
    if (!this.#signer) {
      this.findings.note("issuer", "absent", "no signature names a key");
      return;
    }
    const { key, keyid } = this.#signer;
    if (issuer.key_id !== key.keyId) {
      this.findings.note("issuer", "fail", "issuer.key_id is not the signing key");
    }
    if (keyid !== key.keyId) {
      this.findings.note("issuer", "fail", "signatures[].keyid is not the signing key");
    }
    this.findings.note("issuer", "pass", `${issuer.origin} with key ${key.keyId.slice(0, 16)}`);
  }

  async #transcript({ subject: [subject], predicate }: Statement): Promise<void> {
    const { messages, count, root: head, sha256: whole } = predicate.transcript;
    const digests = messages.map((message) => fromBase64Url(message[DIGESTS][0]) ?? new Uint8Array());
    const rules: [string, boolean][] = [
      ["the sequence of messages has gaps", messages.every(({ seq }, at) => seq === at + 1)],
      [`${messages.length} messages, count says ${count}`, count === messages.length],
      ["root does not follow from the messages", head === hex(await root(digests))],
      ["sha256 does not follow from the messages", whole === hex(await sha256(join(...digests)))],
      [
        "the subject is another transcript or debate",
        subject.name === `debate/${predicate.debate_id}` && subject.digest.sha256 === whole,
      ],
    ];
    const broken = rules.find(([, holds]) => !holds);
    if (broken) this.findings.note("transcript", "fail", broken[0]);
    else this.findings.note("transcript", "pass", `${count} messages under root ${head.slice(0, 16)}`);
  }

  #tally(predicate: Predicate): void {
    try {
      recount(predicate);
      this.findings.note("tally", "pass", `${predicate.ballots.length} ballots recount to the verdict`);
    } catch (error) {
      this.findings.note("tally", error instanceof RuleUnknown ? "absent" : "fail", messageOf(error));
    }
  }

  /** The leaf that a log must hold for this envelope, when its signature held. */
  async #leaf(statement?: Statement, message?: Bytes): Promise<Bytes | undefined> {
    if (!statement || !message || !this.#signer) return undefined;
    return entryOf(statement.predicate.receipt_id, message, this.#signer.signature);
  }

  #hmac(): void {
    const carried = this.bundle.hmacKeyId !== undefined;
    this.findings.note("hmac", "absent", carried ? "only the issuer holds the key" : "the bundle carries no tag");
  }
}
