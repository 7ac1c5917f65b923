/** The few things that only exist outside a browser, reached without importing them. */
import { ConfigurationError } from "./errors.js";

interface File {
  appendFile(bytes: Uint8Array): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

interface Builtins {
  "node:fs": {
    existsSync(path: string): boolean;
    readFileSync(path: string, encoding: "utf8"): string;
  };
  "node:fs/promises": {
    writeFile(path: string, bytes: Uint8Array): Promise<void>;
    open(path: string, flags: string): Promise<File>;
    rename(from: string, to: string): Promise<void>;
    rm(path: string, options: { force: boolean }): Promise<void>;
  };
  "node:crypto": {
    createHash(name: "sha256"): { update(bytes: Uint8Array): void; digest(form: "hex"): string };
  };
  "node:os": { homedir(): string };
}

interface Process {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly versions?: { readonly node?: string };
  getBuiltinModule?<Name extends keyof Builtins>(name: Name): Builtins[Name] | undefined;
}

const host = globalThis as { process?: Process; navigator?: { userAgent?: string } };

/** True where a user of a web page could read whatever this code knows. */
export function isBrowser(): boolean {
  return !!host.navigator?.userAgent?.startsWith("Mozilla/") && !host.process?.versions?.node;
}

/** A module of Node, Deno or Bun. */
export function builtin<Name extends keyof Builtins>(name: Name): Builtins[Name] {
  const found = host.process?.getBuiltinModule?.(name);
  if (!found) throw new ConfigurationError(`${name} does not exist here`);
  return found;
}

export interface Credentials {
  readonly baseUrl: string | undefined;
  readonly apiKey: string | undefined;
}

/** `ARAGORA_API_KEY` and `ARAGORA_BASE_URL`. */
export function environment(): Credentials {
  const env = host.process?.env;
  return { baseUrl: env?.["ARAGORA_BASE_URL"], apiKey: env?.["ARAGORA_API_KEY"] };
}

/** What `aragora serve` wrote at its first start; undefined without such a file. */
export function credentialsFile(): Credentials | undefined {
  if (!host.process?.getBuiltinModule) return undefined;
  const path =
    host.process.env?.["ARAGORA_CREDENTIALS"] ??
    `${builtin("node:os").homedir()}/.config/aragora/credentials.json`;
  const files = builtin("node:fs");
  if (!files.existsSync(path)) return undefined;
  try {
    const stored = JSON.parse(files.readFileSync(path, "utf8")) as Record<string, string>;
    return { baseUrl: stored["base_url"], apiKey: stored["api_key"] };
  } catch (cause) {
    throw new ConfigurationError(`cannot read the credentials file ${path}`, { cause });
  }
}
