/** Digests of a receipt, and the strict base64 that carries them. */
export type Bytes = Uint8Array<ArrayBuffer>;

export async function sha256(data: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", data));
}

/** The digest that stands in `_sd` for a disclosure: of the ASCII text as sent. */
export async function digestOf(encoded: string): Promise<string> {
  return toBase64Url(await sha256(utf8(encoded)));
}

export function utf8(text: string): Bytes {
  return new TextEncoder().encode(text);
}

export function join(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function hex(data: Uint8Array): string {
  return Array.from(data, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function toBase64(data: Uint8Array): string {
  let text = "";
  for (let at = 0; at < data.length; at += 8192) {
    text += String.fromCharCode(...data.subarray(at, at + 8192));
  }
  return btoa(text);
}

export function toBase64Url(data: Uint8Array): string {
  return toBase64(data).replace(/=+$/, "").replaceAll("+", "-").replaceAll("/", "_");
}

/** Strict: standard alphabet, padded, no stray trailing bits. Undefined when it is not that. */
export function fromBase64(text: string): Bytes | undefined {
  let plain: string;
  try {
    plain = atob(text);
  } catch {
    return undefined;
  }
  const data = new Uint8Array(plain.length);
  for (let at = 0; at < plain.length; at++) data[at] = plain.charCodeAt(at);
  return toBase64(data) === text ? data : undefined;
}

/** The same for the URL alphabet without padding. */
export function fromBase64Url(text: string): Bytes | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return undefined;
  const padding = "=".repeat((4 - (text.length % 4)) % 4);
  return fromBase64(text.replaceAll("-", "+").replaceAll("_", "/") + padding);
}
