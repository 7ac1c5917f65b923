// @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
import type { ClientOptions } from "../core/client.js";
import { Client } from "../core/client.js";
import type { Transport } from "../core/transport.js";
import { NotesResource } from "./notes.js";
import { SystemResource } from "./system.js";
import { BY_CODE } from "./errors.js";

/** The version of the contract, of this package and of the server that belongs to it. */
export const VERSION = "1.2.0";

/** The resources of a client, without streams and jobs. */
export class Namespaces extends Client {
  readonly notes: NotesResource = new NotesResource(this.transport);
  readonly system: SystemResource = new SystemResource(this.transport);

  constructor(options: ClientOptions | Transport = {}) {
    super(options, { version: VERSION, errors: BY_CODE });
  }
}
