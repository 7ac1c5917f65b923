// @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
import type { Op } from "../core/call.js";
import type { RequestOptions } from "../core/options.js";
import type { PageNames, PagePromise } from "../core/page.js";
import type { ApiPromise } from "../core/promise.js";
import { Resource } from "../core/resource.js";
import type { Webhook, WebhookCreate, WebhookCreated, WebhookSecretRotation, WebhookTest, WebhookUpdate } from "./types.js";

export const listWebhooks: Op = {
  id: "listWebhooks",
  method: "GET",
  path: "/v1/webhooks",
  query: ["cursor", "limit"],
};
export const createWebhook: Op = {
  id: "createWebhook",
  method: "POST",
  path: "/v1/webhooks",
  sends: "application/json",
  takesKey: true,
};
export const getWebhook: Op = {
  id: "getWebhook",
  method: "GET",
  path: "/v1/webhooks/{webhook_id}",
};
export const updateWebhook: Op = {
  id: "updateWebhook",
  method: "PATCH",
  path: "/v1/webhooks/{webhook_id}",
  sends: "application/json",
};
export const deleteWebhook: Op = {
  id: "deleteWebhook",
  method: "DELETE",
  path: "/v1/webhooks/{webhook_id}",
  reads: "empty",
};
export const rotateWebhookSecret: Op = {
  id: "rotateWebhookSecret",
  method: "POST",
  path: "/v1/webhooks/{webhook_id}/rotate-secret",
  sends: "application/json",
  takesKey: true,
};
export const testWebhook: Op = {
  id: "testWebhook",
  method: "POST",
  path: "/v1/webhooks/{webhook_id}/test",
  takesKey: true,
};

const PAGE: PageNames = { param: "cursor", items: "items", next: "next_cursor" };

/** Query of `webhooks.list`. */
export interface WebhooksListParams {
  /** `next_cursor` of the page before. */
  readonly cursor?: string;
  /** Most items on a page; default 50. */
  readonly limit?: number;
}

/** Methods of `client.webhooks`. */
export class WebhooksResource extends Resource {
  /**
   * List webhook endpoints.
   *
   * Endpoints of the workspace without their secrets, newest first. What was sent to them, and what
   * could not be, is listed as jobs of the kind `send_webhook`, whose subject is the id of the
   * endpoint.
   *
   * Scope: `webhooks:read`.
   *
   * Throws: InvalidCursor.
   */
  list(params: WebhooksListParams = {}, options?: RequestOptions): PagePromise<Webhook> {
    return this.page<Webhook>(listWebhooks, PAGE, params, options);
  }

  /**
   * Create a webhook endpoint.
   *
   * From now on events of the workspace are sent to this URL, signed after Standard Webhooks. The
   * secret that signs them is shown this once. The URL has https and a public address, unless
   * whoever runs the server allows others.
   *
   * Scope: `webhooks:write`.
   *
   * Throws: WebhookUrlRefused, TooManyWebhooks, IdempotencyKeyReused, IdempotencyInProgress.
   */
  create(params: WebhookCreate, options?: RequestOptions): ApiPromise<WebhookCreated> {
    return this.call<WebhookCreated>(createWebhook, params, options);
  }

  /**
   * Read a webhook endpoint.
   *
   * The endpoint as it is now, without its secret.
   *
   * Scope: `webhooks:read`.
   *
   * Throws: WebhookNotFound.
   */
  get(webhookId: string, options?: RequestOptions): ApiPromise<Webhook> {
    return this.call<Webhook>(getWebhook, { webhook_id: webhookId }, options);
  }

  /**
   * Change a webhook endpoint.
   *
   * Changes what is given and leaves the rest. An endpoint that answered 410 is disabled; `enabled`
   * takes it up again. What was recorded before goes to the URL that stands now.
   *
   * Scope: `webhooks:write`.
   *
   * Throws: WebhookNotFound, WebhookUrlRefused.
   */
  update(
    webhookId: string,
    params: WebhookUpdate = {},
    options?: RequestOptions,
  ): ApiPromise<Webhook> {
    return this.call<Webhook>(updateWebhook, { webhook_id: webhookId, ...params }, options);
  }

  /**
   * Delete a webhook endpoint.
   *
   * Nothing is sent to it any more, not even what is recorded already. Its secrets are forgotten.
   *
   * Scope: `webhooks:write`.
   *
   * Throws: WebhookNotFound.
   */
  delete(webhookId: string, options?: RequestOptions): ApiPromise<undefined> {
    return this.call<undefined>(deleteWebhook, { webhook_id: webhookId }, options);
  }

  /**
   * Change the secret of an endpoint.
   *
   * Makes a new secret, shown this once. For `overlap_hours` both secrets sign what is sent, so
   * that a receiver can be changed at leisure; an older one ends at once.
   *
   * Scope: `webhooks:write`.
   *
   * Throws: WebhookNotFound, IdempotencyKeyReused, IdempotencyInProgress.
   */
  rotateSecret(
    webhookId: string,
    params: WebhookSecretRotation = {},
    options?: RequestOptions,
  ): ApiPromise<WebhookCreated> {
    return this.call<WebhookCreated>(rotateWebhookSecret, { webhook_id: webhookId, ...params }, options);
  }

  /**
   * Send a test event.
   *
   * Records an event `webhook.test` for this endpoint alone, whatever events it asks for. The job
   * that is named tells how it went.
   *
   * Scope: `webhooks:write`.
   *
   * Throws: WebhookNotFound, WebhookDisabled, IdempotencyKeyReused, IdempotencyInProgress.
   */
  test(webhookId: string, options?: RequestOptions): ApiPromise<WebhookTest> {
    return this.call<WebhookTest>(testWebhook, { webhook_id: webhookId }, options);
  }
}
