/** What a verification says: named checks in a fixed order, one verdict, one exit code. */
import type { Value } from "./canonical.js";

export type CheckResult = "pass" | "fail" | "absent" | "erased" | "withheld";
export type VerificationVerdict = "verified" | "failed" | "unreadable" | "not_verified";

export const CHECKS = [
  "size", "duplicate_keys", "signature", "canonical", "schema", "issuer", "disclosures",
  "transcript", "tally", "leaf", "inclusion", "checkpoint", "witnesses", "key_status", "time", "hmac",
] as const;
export type CheckName = (typeof CHECKS)[number];

/** Which checks must pass. A check that was not made never counts as passed. */
export const REQUIRED: readonly CheckName[] = CHECKS.slice(0, CHECKS.indexOf("leaf"));
export const LOG_CHECKS: readonly CheckName[] = ["leaf", "inclusion", "checkpoint"];

const EXIT_CODES = { verified: 0, failed: 1, unreadable: 2, not_verified: 3 } as const;

export interface Check {
  readonly name: CheckName;
  readonly result: CheckResult;
  readonly detail: string;
}

/** The outcome; `statement` is there only when the bundle is verified. */
export interface Verification {
  readonly verdict: VerificationVerdict;
  readonly exit_code: 0 | 1 | 2 | 3;
  readonly receipt_id: string | null;
  readonly checks: readonly Check[];
  readonly detail: string;
  readonly statement?: Value;
}

/** The checks made so far; what nobody reports stays absent. */
export class Findings {
  readonly #found = new Map<CheckName, Check>();

  /** The first word on a check stands; only a failure still overrides it. */
  note(name: CheckName, result: CheckResult, detail: string): void {
    const earlier = this.#found.get(name);
    if (!earlier || (result === "fail" && earlier.result !== "fail")) {
      this.#found.set(name, { name, result, detail });
    }
  }

  result(name: CheckName): CheckResult {
    return this.#found.get(name)?.result ?? "absent";
  }

  /** A failure decides, then an absence of what is required; only then it is verified. */
  judge(required: ReadonlySet<string>, receiptId: string | null, statement?: Value): Verification {
    const checks = this.listed();
    const failed = checks.find((check) => check.result === "fail");
    const missing = checks.find((check) => check.result === "absent" && required.has(check.name));
    const cause = failed ?? missing;
    const verdict = failed ? "failed" : missing ? "not_verified" : "verified";
    return {
      verdict,
      exit_code: EXIT_CODES[verdict],
      receipt_id: receiptId,
      checks,
      detail: cause ? `${cause.name}: ${cause.detail}` : "every required check passed",
      ...(verdict === "verified" && statement !== undefined ? { statement } : {}),
    };
  }

  unreadable(detail: string): Verification {
    const exit_code = EXIT_CODES.unreadable;
    return { verdict: "unreadable", exit_code, receipt_id: null, checks: this.listed(), detail };
  }

  listed(): Check[] {
    const detail = "an earlier check left nothing to look at";
    return CHECKS.map((name) => this.#found.get(name) ?? { name, result: "absent", detail });
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
