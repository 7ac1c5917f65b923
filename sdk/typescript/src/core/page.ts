/** Pages of a list: iterating walks all items, the next page is asked for when it is needed. */
import type { Args, Op } from "./call.js";
import type { RequestOptions } from "./options.js";
import type { Answer } from "./promise.js";
import { ApiPromise, invalid, parseJson, requestIdOf } from "./promise.js";
import type { Transport } from "./transport.js";

/** Names from `x-pagination`: the cursor's parameter and the members of the envelope. */
export interface PageNames {
  readonly param: string;
  readonly items: string;
  readonly next: string;
}

type Turn<T> = (cursor: string) => Promise<Page<T>>;

export class Page<T> implements AsyncIterable<T> {
  readonly items: readonly T[];
  /** Null at the end of the list. */
  readonly nextCursor: string | null;
  readonly requestId: string | null;
  readonly #turn: Turn<T>;
  readonly #seen: ReadonlySet<string>;
  readonly #answer: Answer;

  constructor(answer: Answer, names: PageNames, turn: Turn<T>, seen: ReadonlySet<string>) {
    const body = parseJson<Record<string, unknown>>(answer);
    const items = body[names.items];
    if (!Array.isArray(items)) throw invalid(answer, `a page without ${names.items}`);
    this.items = items as T[];
    this.nextCursor = (body[names.next] as string | null | undefined) ?? null;
    this.requestId = requestIdOf(answer);
    this.#turn = turn;
    this.#seen = seen;
    this.#answer = answer;
  }

  get hasNext(): boolean {
    return this.nextCursor !== null;
  }

  /** The page after this one, null at the end. */
  async nextPage(): Promise<Page<T> | null> {
    if (this.nextCursor === null) return null;
    if (this.#seen.has(this.nextCursor)) {
      throw invalid(this.#answer, "the server repeated a cursor: the list would never end");
    }
    return this.#turn(this.nextCursor);
  }

  /** This page and all that follow. */
  async *pages(): AsyncGenerator<Page<T>, void, void> {
    for (let page: Page<T> | null = this; page; page = await page.nextPage()) yield page; // eslint-disable-line @typescript-eslint/no-this-alias -- the walk starts here
  }

  /** All items of this page and of all that follow. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, void> {
    for await (const page of this.pages()) yield* page.items;
  }
}

/** `await` gives the first page; `for await` walks the items of all. */
export class PagePromise<T> extends ApiPromise<Page<T>> implements AsyncIterable<T> {
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, void> {
    yield* await this;
  }
}

export function page<T>(
  transport: Transport,
  op: Op,
  names: PageNames,
  args: Args,
  options?: RequestOptions,
  seen: ReadonlySet<string> = new Set(),
): PagePromise<T> {
  const turn: Turn<T> = (cursor) =>
    page(transport, op, names, { ...args, [names.param]: cursor }, options, new Set(seen).add(cursor));
  return new PagePromise(
    transport.send(op, args, options),
    (answer) => new Page(answer, names, turn, seen),
  );
}
