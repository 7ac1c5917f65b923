/** The clock of one attempt: idle time while we wait for bytes, the deadline, the caller's signal. */

export type Ended = "idle" | "deadline" | "caller";

export class Watch {
  readonly #abort = new AbortController();
  readonly #deadline: ReturnType<typeof setTimeout> | undefined;
  readonly #caller: AbortSignal | undefined;
  readonly #onCaller = (): void => {
    this.#end("caller", this.#caller?.reason);
  };
  #ended: Ended | undefined;

  constructor(
    readonly idleMs: number,
    leftMs: number | undefined,
    caller: AbortSignal | undefined,
  ) {
    if (leftMs !== undefined) {
      this.#deadline = timer(leftMs, () => {
        this.#end("deadline");
      });
    }
    this.#caller = caller;
    if (caller?.aborted) this.#onCaller();
    else caller?.addEventListener("abort", this.#onCaller, { once: true });
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get ended(): Ended | undefined {
    return this.#ended;
  }

  /** Idle time runs only while we wait: a slow reader is not a silent server. */
  async during<T>(waiting: Promise<T>): Promise<T> {
    const idle = timer(this.idleMs, () => {
      this.#end("idle");
    });
    try {
      return await waiting;
    } finally {
      clearTimeout(idle);
    }
  }

  stop(): void {
    clearTimeout(this.#deadline);
    this.#caller?.removeEventListener("abort", this.#onCaller);
  }

  #end(how: Ended, reason?: unknown): void {
    this.#ended ??= how;
    this.stop();
    this.#abort.abort(reason);
  }
}

/** A timer beyond 2^31 ms would fire at once. */
function timer(ms: number, then: () => void): ReturnType<typeof setTimeout> | undefined {
  return ms <= 0x7fffffff ? setTimeout(then, Math.max(0, ms)) : undefined;
}

/** Wait, or throw the reason of the signal. */
export async function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(handle);
      reject(signal?.reason as Error);
    };
    const handle = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

/** The chunks of a body; closing the loop early closes the connection. */
export async function* chunksOf(
  body: ReadableStream<Uint8Array> | null,
  watch: Watch,
): AsyncGenerator<Uint8Array, void, void> {
  const reader = body?.getReader();
  const cancel = (): void => {
    // Wakes a pending read of a body that does not listen to the request's signal.
    reader?.cancel().catch(() => undefined);
  };
  watch.signal.addEventListener("abort", cancel);
  try {
    while (reader) {
      const { done, value } = await watch.during(reader.read());
      watch.signal.throwIfAborted();
      if (done) return;
      yield value;
    }
  } finally {
    watch.signal.removeEventListener("abort", cancel);
    cancel();
    watch.stop();
  }
}

/** A whole body. */
export async function bytesOf(
  body: ReadableStream<Uint8Array> | null,
  watch: Watch,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunksOf(body, watch)) {
    chunks.push(chunk);
    length += chunk.length;
  }
  if (chunks.length === 1 && chunks[0]) return chunks[0];
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
