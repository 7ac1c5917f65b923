// @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
import type { Op } from "../core/call.js";
import type { RequestOptions } from "../core/options.js";
import type { PageNames, PagePromise } from "../core/page.js";
import { Resource } from "../core/resource.js";
import type { AgentPreset, Provider } from "./types.js";

export const listAgents: Op = {
  id: "listAgents",
  method: "GET",
  path: "/v1/agents",
  query: ["cursor", "limit"],
};
export const listProviders: Op = {
  id: "listProviders",
  method: "GET",
  path: "/v1/providers",
  query: ["cursor", "limit"],
};

const PAGE: PageNames = { param: "cursor", items: "items", next: "next_cursor" };

/** Query of `agents.list`. */
export interface AgentsListParams {
  /** `next_cursor` of the page before. */
  readonly cursor?: string;
  /** Most items on a page; default 50. */
  readonly limit?: number;
}

/** Query of `agents.listProviders`. */
export interface AgentsListProvidersParams {
  /** `next_cursor` of the page before. */
  readonly cursor?: string;
  /** Most items on a page; default 50. */
  readonly limit?: number;
}

/** Methods of `client.agents`. */
export class AgentsResource extends Resource {
  /**
   * List agent presets.
   *
   * Agents that are ready to be named in a debate, with what is missing where one is not.
   *
   * Scope: `agents:read`.
   *
   * Throws: InvalidCursor.
   */
  list(params: AgentsListParams = {}, options?: RequestOptions): PagePromise<AgentPreset> {
    return this.page<AgentPreset>(listAgents, PAGE, params, options);
  }

  /**
   * List providers.
   *
   * Sources of models and whether this server is configured to call them.
   *
   * Scope: `agents:read`.
   *
   * Throws: InvalidCursor.
   */
  listProviders(
    params: AgentsListProvidersParams = {},
    options?: RequestOptions,
  ): PagePromise<Provider> {
    return this.page<Provider>(listProviders, PAGE, params, options);
  }
}
