// @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
import type { ClientOptions } from "../core/client.js";
import { Client } from "../core/client.js";
import type { Transport } from "../core/transport.js";
import { AccountResource, ApiKeysResource } from "./account.js";
import { AgentsResource } from "./agents.js";
import { BudgetsResource } from "./budgets.js";
import { DebatesResource } from "./debates.js";
import { ReceiptsResource } from "./receipts.js";
import { SystemResource } from "./system.js";
import { BY_CODE } from "./errors.js";

/** The version of the contract, of this package and of the server that belongs to it. */
export const VERSION = "3.0.0-alpha.1";

/** The resources of a client, without streams and jobs. */
export class Namespaces extends Client {
  readonly debates: DebatesResource = new DebatesResource(this.transport);
  readonly receipts: ReceiptsResource = new ReceiptsResource(this.transport);
  readonly budgets: BudgetsResource = new BudgetsResource(this.transport);
  readonly agents: AgentsResource = new AgentsResource(this.transport);
  readonly account: AccountResource = new AccountResource(this.transport);
  readonly apiKeys: ApiKeysResource = new ApiKeysResource(this.transport);
  readonly system: SystemResource = new SystemResource(this.transport);

  constructor(options: ClientOptions | Transport = {}) {
    super(options, { version: VERSION, errors: BY_CODE });
  }
}
