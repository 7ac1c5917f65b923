/** DSSE 1.0.2: the bytes that are signed. */
import { type Bytes, join, utf8 } from "./digest.js";

export const PAYLOAD_TYPE = "application/vnd.in-toto+json";
export const MAX_SIGNATURES = 4;

/** The pre-authentication encoding: type and body, each with its length. */
export function pae(payloadType: string, payload: Uint8Array): Bytes {
  const kind = utf8(payloadType);
  return join(utf8(`DSSEv1 ${kind.length} `), kind, utf8(` ${payload.length} `), payload);
}
