// @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
import type { ClientOptions } from "../core/client.js";
import { Client } from "../core/client.js";
import type { Credentials } from "../core/node.js";
import type { ErrorTypes } from "../core/retry.js";
import type { Transport } from "../core/transport.js";
import { NotesResource } from "./notes.js";
import { SystemResource } from "./system.js";

/** The version of the contract, of this package and of the server that belongs to it. */
export const VERSION = "1.2.0";

/** `retry` of the codes for which the status alone would mislead. */
const RETRY = {} as const;

/** The resources of a client, without streams and jobs. */
export class Namespaces extends Client {
  readonly notes: NotesResource = new NotesResource(this.transport);
  readonly system: SystemResource = new SystemResource(this.transport);

  constructor(
    options: ClientOptions | Transport,
    more: { errors: ErrorTypes; stored?: () => Credentials | undefined },
  ) {
    super(options, { version: VERSION, retry: RETRY, ...more });
  }
}
