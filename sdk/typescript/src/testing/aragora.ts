/** The real server of this repository, in a process and a folder of its own. */
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo, Socket } from "node:net";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const COMMAND = fileURLToPath(new URL("../../../../.venv/bin/aragora-server", import.meta.url));

/** Why the tests with a real server cannot run here; false when they can. */
export const unavailable = existsSync(COMMAND)
  ? false
  : "the server is not installed: pip install -e server in .venv";

export interface Running extends AsyncDisposable {
  readonly url: string;
  /** Where it wrote its address, its first key and its public keys. */
  readonly credentials: string;
}

export async function startAragora(): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), "aragora-server-"));
  const credentials = join(folder, "credentials.json");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    ARAGORA_DATA_DIR: join(folder, "data"),
    ARAGORA_CREDENTIALS: credentials,
    ARAGORA_PORT: String(port),
  };
  const server = spawn(COMMAND, ["serve"], { env, stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise((resolve) => server.once("exit", resolve));
  await ready(server, url);
  return {
    url,
    credentials,
    [Symbol.asyncDispose]: async () => {
      server.kill("SIGKILL");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ready(server: ChildProcess, url: string): Promise<void> {
  let said = "";
  server.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  for (let tries = 0; tries < 300; tries++) {
    if (server.exitCode !== null) throw new Error(`the server ended: ${said}`);
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  server.kill("SIGKILL");
  throw new Error(`the server is not ready after a minute: ${said}`);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** A relay in front of a server that cuts each of its first connections after so many bytes. */
export async function cutting(target: string, afterBytes: readonly number[]) {
  const cuts = [...afterBytes];
  let connections = 0;
  const open = new Set<Socket>();
  const relay = createServer((client) => {
    connections++;
    open.add(client);
    let left = cuts.shift() ?? Infinity;
    const upstream = connect(Number(new URL(target).port), "127.0.0.1");
    upstream.on("data", (chunk) => {
      client.write(chunk.subarray(0, left));
      left -= chunk.length;
      if (left <= 0) setTimeout(() => client.resetAndDestroy(), 30);
    });
    client.on("data", (chunk) => upstream.write(chunk));
    for (const [one, other] of [[client, upstream], [upstream, client]] as const) {
      one.on("error", () => undefined);
      one.on("close", () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve));
  const { port } = relay.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    connections: () => connections,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        relay.close(() => {
          resolve();
        });
        for (const client of open) client.destroy();
      }),
  };
}
