/** Drives a headless Chromium over its debugging pipe: no port, no package. */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";

import { packagedChromium } from "./packaged-chromium.js";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

interface Reply {
  id?: number;
  method?: string;
  params?: { request?: { url?: string } };
  result?: Record<string, unknown>;
  error?: { message: string };
}

/** The browser that the environment names, else the first on the path, else the packaged one. */
export function findChromium(): string | undefined {
  const named = process.env["ARAGORA_TEST_CHROMIUM"];
  const starts = (name: string) => spawnSync(name, ["--version"]).status === 0;
  if (named) return starts(named) ? named : undefined;
  return NAMES.find(starts) ?? packagedChromium();
}

/** One page. `requested` lists every address that it asked for. */
export class Browser {
  readonly requested: string[] = [];
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  readonly #ended: Promise<void>;
  readonly #home = mkdtempSync(join(tmpdir(), "aragora-chromium-"));
  readonly #process;
  readonly #commands: Writable;
  #isOver = false;
  #next = 1;
  #rest = "";
  #session: string | undefined;

  constructor(executable: string) {
    const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-pipe"];
    this.#process = spawn(executable, [...flags, `--user-data-dir=${this.#home}`], {
      stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
      detached: true, // its helpers are of its group, and end with it
    });
    this.#ended = new Promise((resolve) => this.#process.once("exit", () => { this.#end(resolve); }));
    this.#commands = this.#process.stdio[3] as Writable;
    this.#commands.on("error", () => undefined);
    const replies = this.#process.stdio[4] as Readable;
    replies.setEncoding("utf8").on("data", (chunk: string) => { this.#receive(chunk); });
  }

  async open(url: string): Promise<void> {
    const { targetId } = await this.#call("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.#call("Target.attachToTarget", { targetId, flatten: true });
    this.#session = sessionId as string;
    await this.#call("Network.enable");
    await this.#call("Page.enable");
    await this.#call("Page.navigate", { url });
    while ((await this.evaluate("document.readyState")) !== "complete") await pause();
  }

  /** The value of an expression in the page; a promise is awaited. */
  async evaluate(expression: string): Promise<unknown> {
    const options = { expression, returnByValue: true, awaitPromise: true };
    const { result, exceptionDetails } = await this.#call("Runtime.evaluate", options);
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { value: unknown }).value;
  }

  async close(): Promise<void> {
    if (!this.#isOver && this.#process.pid) process.kill(-this.#process.pid, "SIGKILL");
    await this.#ended;
    await removed(this.#home);
  }

  /** Nothing answers any more: whoever waits is told. */
  #end(then: () => void): void {
    this.#isOver = true;
    const error = { message: "the browser ended" };
    for (const answer of this.#waiting.values()) answer({ error });
    then();
  }

  async #call(method: string, params: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const id = this.#next++;
    const command = { id, method, params, ...(this.#session ? { sessionId: this.#session } : {}) };
    if (this.#isOver) throw new Error(`${method}: the browser ended`);
    const reply = await new Promise<Reply>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#commands.write(`${JSON.stringify(command)}\0`);
    });
    if (reply.error) throw new Error(`${method}: ${reply.error.message}`);
    return reply.result ?? {};
  }

  #receive(chunk: string): void {
    const messages = (this.#rest + chunk).split("\0");
    this.#rest = messages.pop() ?? "";
    for (const message of messages) {
      const reply = JSON.parse(message) as Reply;
      if (reply.method === "Network.requestWillBeSent") this.requested.push(reply.params?.request?.url ?? "");
      if (reply.id !== undefined) this.#waiting.get(reply.id)?.(reply);
    }
  }
}

/** A process that was killed may still write for a moment, and a folder that fills is not removed. */
async function removed(folder: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (tries === 100) throw error;
      await pause();
    }
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
