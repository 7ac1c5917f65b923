// @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
import type { ClientOptions } from "../core/client.js";
import { Client } from "../core/client.js";
import type { Credentials } from "../core/node.js";
import type { ErrorTypes } from "../core/retry.js";
import type { Transport } from "../core/transport.js";
import { AccountResource, ApiKeysResource } from "./account.js";
import { AgentsResource } from "./agents.js";
import { BudgetsResource } from "./budgets.js";
import { ErasuresResource, LegalHoldsResource, ParticipantErasuresResource, RetentionResource } from "./custody.js";
import { DebatesResource } from "./debates.js";
import { ReceiptExportsResource } from "./exports.js";
import { FeedbackResource } from "./feedback.js";
import { JobsResource } from "./jobs.js";
import { PricesResource, WorkspacePricesResource } from "./prices.js";
import { ReceiptsResource } from "./receipts.js";
import { ShareLinksResource } from "./sharing.js";
import { SystemResource } from "./system.js";
import { CostsResource, UsageResource } from "./usage.js";
import { UsageLinksResource } from "./usage_links.js";
import { WebhooksResource } from "./webhooks.js";

/** The version of the contract, of this package and of the server that belongs to it. */
export const VERSION = "3.0.0-alpha.1";

/** `retry` of the codes for which the status alone would mislead. */
const RETRY = { idempotency_in_progress: "safe", receipt_pending: "safe" } as const;

/** The resources of a client, without streams and jobs. */
export class Namespaces extends Client {
  readonly debates: DebatesResource = new DebatesResource(this.transport);
  readonly receipts: ReceiptsResource = new ReceiptsResource(this.transport);
  readonly shareLinks: ShareLinksResource = new ShareLinksResource(this.transport);
  readonly feedback: FeedbackResource = new FeedbackResource(this.transport);
  readonly receiptExports: ReceiptExportsResource = new ReceiptExportsResource(this.transport);
  readonly legalHolds: LegalHoldsResource = new LegalHoldsResource(this.transport);
  readonly participantErasures: ParticipantErasuresResource = new ParticipantErasuresResource(this.transport);
  readonly erasures: ErasuresResource = new ErasuresResource(this.transport);
  readonly retention: RetentionResource = new RetentionResource(this.transport);
  readonly budgets: BudgetsResource = new BudgetsResource(this.transport);
  readonly costs: CostsResource = new CostsResource(this.transport);
  readonly usage: UsageResource = new UsageResource(this.transport);
  readonly usageLinks: UsageLinksResource = new UsageLinksResource(this.transport);
  readonly prices: PricesResource = new PricesResource(this.transport);
  readonly workspacePrices: WorkspacePricesResource = new WorkspacePricesResource(this.transport);
  readonly agents: AgentsResource = new AgentsResource(this.transport);
  readonly webhooks: WebhooksResource = new WebhooksResource(this.transport);
  readonly jobs: JobsResource = new JobsResource(this.transport);
  readonly account: AccountResource = new AccountResource(this.transport);
  readonly apiKeys: ApiKeysResource = new ApiKeysResource(this.transport);
  readonly system: SystemResource = new SystemResource(this.transport);

  constructor(
    options: ClientOptions | Transport,
    more: { errors: ErrorTypes; stored?: () => Credentials | undefined },
  ) {
    super(options, { version: VERSION, retry: RETRY, ...more });
  }
}
