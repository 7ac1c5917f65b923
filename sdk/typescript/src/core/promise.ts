/** What a method returns: a promise of the parsed answer that also gives the raw one. */
import { ResponseInvalid } from "./errors.js";
import { builtin } from "./node.js";

/** An answer of the server, read to its end: so retries and timeouts cover its body too. */
export interface Answer {
  readonly response: Response;
  readonly attempts: number;
  readonly body: Uint8Array;
}

/** The parsed answer with the facts around it. */
export interface ApiResponse<T> {
  readonly data: T;
  readonly status: number;
  readonly headers: Headers;
  readonly requestId: string | null;
  readonly attempts: number;
  readonly raw: Response;
}

/** A promise of the parsed answer. The request is under way; parsing waits until it is asked for. */
export class ApiPromise<T> extends Promise<T> {
  // `then` must give plain promises: nobody but us can construct an ApiPromise.
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  readonly #answer: Promise<Answer>;
  readonly #parse: (answer: Answer) => T;
  #parsed: Promise<T> | undefined;

  constructor(answer: Promise<Answer>, parse: (answer: Answer) => T) {
    super((resolve) => {
      resolve(undefined as never);
    });
    this.#answer = answer;
    this.#parse = parse;
  }

  /** The answer as `fetch` gives it, unparsed. */
  async asResponse(): Promise<Response> {
    return rawOf(await this.#answer);
  }

  /** The parsed answer together with status, headers, request id and attempts. */
  async withResponse(): Promise<ApiResponse<T>> {
    const [answer, data] = await Promise.all([this.#answer, this.#data()]);
    const { status, headers } = answer.response;
    const requestId = requestIdOf(answer);
    return { data, status, headers, requestId, attempts: answer.attempts, raw: rawOf(answer) };
  }

  override then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#data().then(onFulfilled, onRejected);
  }

  override catch<B = never>(
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<T | B> {
    return this.#data().catch(onRejected);
  }

  override finally(onFinally?: (() => void) | null): Promise<T> {
    return this.#data().finally(onFinally);
  }

  #data(): Promise<T> {
    return (this.#parsed ??= this.#answer.then(this.#parse));
  }
}

export function requestIdOf(answer: Answer): string | null {
  return answer.response.headers.get("aragora-request-id");
}

function rawOf(answer: Answer): Response {
  const { status, statusText, headers } = answer.response;
  // `Response` refuses any body, even an empty one, with these.
  const body = status === 204 || status === 205 ? null : (answer.body as Uint8Array<ArrayBuffer>);
  return new Response(body, { status, statusText, headers });
}

/** A JSON object, the only form in which the contract answers. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the contract says T
export function parseJson<T>(answer: Answer): T {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(answer.body));
  } catch (cause) {
    throw invalid(answer, "the answer is not JSON", cause);
  }
  if (typeof value !== "object" || value === null) throw invalid(answer, "the answer is no object");
  return value as T;
}

export function invalid(answer: Answer, message: string, cause?: unknown): ResponseInvalid {
  const { status } = answer.response;
  return new ResponseInvalid(message, status, answer.body, requestIdOf(answer), { cause });
}

/** An answer that is no JSON of ours, such as a receipt's bundle: its bytes, exactly as sent. */
export class BinaryResponse {
  readonly content: Uint8Array;
  readonly mediaType: string | null;
  readonly requestId: string | null;

  constructor(answer: Answer) {
    this.content = answer.body;
    this.mediaType = answer.response.headers.get("content-type");
    this.requestId = requestIdOf(answer);
  }

  /** All bytes. */
  read(): Uint8Array {
    return this.content;
  }

  /** The bytes in pieces. */
  *iterBytes(chunkSize = 65_536): Generator<Uint8Array, void, void> {
    for (let at = 0; at < this.content.length; at += chunkSize) {
      yield this.content.subarray(at, at + chunkSize);
    }
  }

  /** Write the bytes to a file and return its path; not in a browser. */
  async save(path: string): Promise<string> {
    await builtin("node:fs/promises").writeFile(path, this.content);
    return path;
  }
}
