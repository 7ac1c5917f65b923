// @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
import type { Op } from "../core/call.js";
import type { RequestOptions } from "../core/options.js";
import type { PageNames, PagePromise } from "../core/page.js";
import type { ApiPromise } from "../core/promise.js";
import { Resource } from "../core/resource.js";
import type { Account, ApiKey, ApiKeyCreate, ApiKeyCreated } from "./types.js";

export const getAccount: Op = { id: "getAccount", method: "GET", path: "/v1/account" };
export const listApiKeys: Op = {
  id: "listApiKeys",
  method: "GET",
  path: "/v1/api-keys",
  query: ["cursor", "limit"],
};
export const createApiKey: Op = {
  id: "createApiKey",
  method: "POST",
  path: "/v1/api-keys",
  sends: "application/json",
  takesKey: true,
};
export const revokeApiKey: Op = {
  id: "revokeApiKey",
  method: "DELETE",
  path: "/v1/api-keys/{api_key_id}",
  reads: "empty",
};

const PAGE: PageNames = { param: "cursor", items: "items", next: "next_cursor" };

/** Query of `apiKeys.list`. */
export interface ApiKeysListParams {
  /** `next_cursor` of the page before. */
  readonly cursor?: string;
  /** Most items on a page; default 50. */
  readonly limit?: number;
}

/** Methods of `client.account`. */
export class AccountResource extends Resource {
  /**
   * Who am I?.
   *
   * The workspace and the API key of the request.
   *
   * Scope: `account:read`.
   */
  get(options?: RequestOptions): ApiPromise<Account> {
    return this.call<Account>(getAccount, {}, options);
  }
}

/** Methods of `client.apiKeys`. */
export class ApiKeysResource extends Resource {
  /**
   * List API keys.
   *
   * Keys of the workspace without their secrets, newest first; revoked ones too.
   *
   * Scope: `keys:read`.
   *
   * Throws: InvalidCursor.
   */
  list(params: ApiKeysListParams = {}, options?: RequestOptions): PagePromise<ApiKey> {
    return this.page<ApiKey>(listApiKeys, PAGE, params, options);
  }

  /**
   * Create an API key.
   *
   * Makes a key and shows its secret this once. A key can pass on only scopes that it has itself.
   *
   * Scope: `keys:write`.
   *
   * Throws: ScopeEscalation, IdempotencyKeyReused, IdempotencyInProgress.
   */
  create(params: ApiKeyCreate, options?: RequestOptions): ApiPromise<ApiKeyCreated> {
    return this.call<ApiKeyCreated>(createApiKey, params, options);
  }

  /**
   * Revoke an API key.
   *
   * The key stops working at once and stays in the list as revoked. Repeating it changes nothing.
   *
   * Scope: `keys:write`.
   *
   * Throws: ApiKeyNotFound.
   */
  revoke(apiKeyId: string, options?: RequestOptions): ApiPromise<undefined> {
    return this.call<undefined>(revokeApiKey, { api_key_id: apiKeyId }, options);
  }
}
