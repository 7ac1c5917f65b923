/** What the generated methods call: one line each. */
import type { Args, Op } from "./call.js";
import type { RequestOptions } from "./options.js";
import type { PageNames, PagePromise } from "./page.js";
import { page } from "./page.js";
import type { ApiPromise } from "./promise.js";
import type { Transport } from "./transport.js";

/** The operations of one tag. */
export class Resource {
  /** @internal */
  protected readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** @internal */
  protected call<T>(op: Op, args: Args, options?: RequestOptions): ApiPromise<T> {
    return this.transport.call(op, args, options);
  }

  /** @internal */
  protected page<T>(
    op: Op,
    names: PageNames,
    args: Args,
    options?: RequestOptions,
  ): PagePromise<T> {
    return page(this.transport, op, names, args, options);
  }
}
