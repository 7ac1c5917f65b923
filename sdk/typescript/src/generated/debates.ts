// @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
import type { Op } from "../core/call.js";
import type { RequestOptions } from "../core/options.js";
import type { PageNames, PagePromise } from "../core/page.js";
import type { ApiPromise } from "../core/promise.js";
import { Resource } from "../core/resource.js";
import type { Debate, DebateCreate, DebateEstimate, DebateEvent, Transcript } from "./types.js";

export const listDebates: Op = {
  id: "listDebates",
  method: "GET",
  path: "/v1/debates",
  query: [
    "status",
    "protocol",
    "tag",
    "created_from",
    "created_to",
    "question",
    "cursor",
    "limit",
  ],
};
export const createDebate: Op = {
  id: "createDebate",
  method: "POST",
  path: "/v1/debates",
  sends: "application/json",
  takesKey: true,
};
export const estimateDebate: Op = {
  id: "estimateDebate",
  method: "POST",
  path: "/v1/debates/estimate",
  sends: "application/json",
};
export const getDebate: Op = {
  id: "getDebate",
  method: "GET",
  path: "/v1/debates/{debate_id}",
};
export const cancelDebate: Op = {
  id: "cancelDebate",
  method: "POST",
  path: "/v1/debates/{debate_id}/cancel",
};
export const listEvents: Op = {
  id: "listEvents",
  method: "GET",
  path: "/v1/debates/{debate_id}/events",
  query: ["after", "cursor", "limit"],
};
export const getTranscript: Op = {
  id: "getTranscript",
  method: "GET",
  path: "/v1/debates/{debate_id}/transcript",
};

const PAGE: PageNames = { param: "cursor", items: "items", next: "next_cursor" };

/** Query of `debates.list`. */
export interface DebatesListParams {
  /** Only debates with this status. */
  readonly status?: "queued" | "running" | "concluded" | "cancelled" | "failed";
  /** Only debates under this protocol. */
  readonly protocol?: string;
  /** Only debates with this tag. */
  readonly tag?: string;
  /** Only debates created at or after this instant. */
  readonly created_from?: string;
  /** Only debates created before this instant. */
  readonly created_to?: string;
  /** Only debates whose question contains this text, whatever its case. */
  readonly question?: string;
  /** `next_cursor` of the page before. */
  readonly cursor?: string;
  /** Most items on a page; default 50. */
  readonly limit?: number;
}

/** Query of `debates.listEvents`. */
export interface DebatesListEventsParams {
  /** Only events after this sequence number; default 0, from the start. */
  readonly after?: number;
  /** `next_cursor` of the page before. */
  readonly cursor?: string;
  /** Most items on a page; default 50. */
  readonly limit?: number;
}

/** Methods of `client.debates`. */
export class DebatesResource extends Resource {
  /**
   * List debates.
   *
   * Debates of the workspace, newest first.
   *
   * Scope: `debates:read`.
   *
   * Throws: InvalidCursor.
   */
  list(params: DebatesListParams = {}, options?: RequestOptions): PagePromise<Debate> {
    return this.page<Debate>(listDebates, PAGE, params, options);
  }

  /**
   * Open a debate.
   *
   * Opens a debate and answers at once; it runs on the server. Follow it with the event stream, or
   * read it until its status is final. Under a budget, the first round is reserved before anything
   * is asked, so a debate that cannot be paid for is refused here.
   *
   * Scope: `debates:write`.
   *
   * Throws: BudgetExceeded, BudgetPaused, IdempotencyKeyReused, IdempotencyInProgress,
   * ProtocolUnknown, AgentUnknown, AgentsInvalid, OptionsInvalid, ContextTooLarge,
   * ProviderSupportMissing, ProviderKeyMissing, ModelUnpriced, InvalidAmount.
   */
  create(params: DebateCreate, options?: RequestOptions): ApiPromise<Debate> {
    return this.call<Debate>(createDebate, params, options);
  }

  /**
   * What would it cost?.
   *
   * Bounds of calls, tokens and cost for the very body that would open the debate. Nothing is
   * opened, reserved or promised.
   *
   * Scope: `debates:read`.
   *
   * Throws: ProtocolUnknown, AgentUnknown, AgentsInvalid, OptionsInvalid, ContextTooLarge,
   * ProviderSupportMissing, ProviderKeyMissing, ModelUnpriced, InvalidAmount.
   */
  estimate(params: DebateCreate, options?: RequestOptions): ApiPromise<DebateEstimate> {
    return this.call<DebateEstimate>(estimateDebate, params, options);
  }

  /**
   * Read a debate.
   *
   * Where the debate stands, with verdict, dissent and cost once it is over.
   *
   * Scope: `debates:read`.
   *
   * Throws: DebateNotFound.
   */
  get(debateId: string, options?: RequestOptions): ApiPromise<Debate> {
    return this.call<Debate>(getDebate, { debate_id: debateId }, options);
  }

  /**
   * Cancel a debate.
   *
   * No further agent is asked; calls under way are closed and paid as counted. Repeating it changes
   * nothing. A debate that has concluded or failed stays as it is: 409.
   *
   * Scope: `debates:write`.
   *
   * Throws: DebateNotFound, DebateOver.
   */
  cancel(debateId: string, options?: RequestOptions): ApiPromise<Debate> {
    return this.call<Debate>(cancelDebate, { debate_id: debateId }, options);
  }

  /**
   * List a debate's events.
   *
   * The event log as pages, oldest first: the same events that the stream sends, without the
   * ephemeral ones.
   *
   * Scope: `debates:read`.
   *
   * Throws: DebateNotFound, AfterBeyondEnd, InvalidCursor.
   */
  listEvents(
    debateId: string,
    params: DebatesListEventsParams = {},
    options?: RequestOptions,
  ): PagePromise<DebateEvent> {
    return this.page<DebateEvent>(listEvents, PAGE, { debate_id: debateId, ...params }, options);
  }

  /**
   * Read all that was said.
   *
   * Rounds with their arguments, critiques and revealed ballots. A sealed ballot appears when its
   * round closes.
   *
   * Scope: `debates:read`.
   *
   * Throws: DebateNotFound.
   */
  transcript(debateId: string, options?: RequestOptions): ApiPromise<Transcript> {
    return this.call<Transcript>(getTranscript, { debate_id: debateId }, options);
  }
}
