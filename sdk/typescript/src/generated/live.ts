// @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
/** Streams and jobs, on top of the resources that the lean client has too. */
import type { ClientOptions } from "../core/client.js";
import type { JobOp, RunOptions } from "../core/job.js";
import { Run, runFor } from "../core/job.js";
import { credentialsFile } from "../core/node.js";
import type { RequestOptions } from "../core/options.js";
import type { EventStream, StreamOp, StreamOptions, UnknownEvent } from "../core/stream.js";
import { stream } from "../core/stream.js";
import type { Transport } from "../core/transport.js";
import { cancelDebate, DebatesResource, getDebate } from "./debates.js";
import { getReceiptBundle } from "./receipts.js";
import { BY_CODE } from "./errors.js";
import { Namespaces } from "./namespaces.js";
import type { Debate, DebateCreate, DebateEvent, HeartbeatEvent } from "./types.js";

/** What `events` yields; an event of a newer type is an UnknownEvent. */
export type DebateStreamEvent = Exclude<DebateEvent, HeartbeatEvent> | UnknownEvent;

const streamEvents: StreamOp = {
  id: "streamEvents",
  method: "GET",
  path: "/v1/debates/{debate_id}/events/stream",
  query: ["after", "deltas"],
  reads: "stream",
  accept: "text/event-stream",
  seq: "seq",
  resume: "after",
  heartbeatMs: 15000,
  terminal: ["debate.concluded", "debate.cancelled", "debate.failed"],
  ephemeral: ["token.delta", "heartbeat"],
  known: [
    "agent.failed",
    "argument.added",
    "ballot.cast",
    "ballot.sealed",
    "budget.exhausted",
    "budget.hold_swept",
    "budget.overage_recorded",
    "budget.threshold_reached",
    "budget.updated",
    "critique.added",
    "debate.cancelled",
    "debate.concluded",
    "debate.created",
    "debate.failed",
    "debate.started",
    "debate.warning",
    "dissent.recorded",
    "heartbeat",
    "receipt.issued",
    "round.completed",
    "round.started",
    "token.delta",
  ],
  socket: "/v1/debates/{debate_id}/events/socket",
};

/** Query of `debates.events`. */
export interface DebatesEventsParams {
  /** Only events after this sequence number; default 0, from the start. */
  readonly after?: number;
  /** Send pieces of answers while they are written; default false. */
  readonly deltas?: boolean;
}

const debateJob: JobOp = {
  get: getDebate,
  events: streamEvents,
  cancel: cancelDebate,
  result: getReceiptBundle,
  idParam: "debate_id",
  resultParam: "receipt_id",
  statusField: "status",
  terminal: ["concluded", "cancelled", "failed"],
};

/** A handle on a running debate. Dropping it does not stop the debate. */
export class DebateRun extends Run<Debate, DebateStreamEvent> {}

/** Methods of `client.debates`. */
export class LiveDebatesResource extends DebatesResource {
  /**
   * Follow a debate.
   *
   * Server-sent events: the log from `after` on, then each event as it happens. After the last
   * event the server closes the stream. Resume with `Last-Event-ID` (it wins) or `after`: every
   * stored event arrives once and in order. The same events travel over WebSocket at the path in
   * `x-stream`: one JSON object a message, `after` as a query parameter, the API key in the
   * `Authorization` header. Close codes: 1000 the debate is over, 1011 the server failed, 1012 it
   * restarts, 4401 the key is missing or revoked, 4404 no such debate, 4422 `after` lies beyond the
   * end, 4008 the reader is too slow, 4429 too many streams.
   *
   * Scope: `debates:read`.
   *
   * Throws: DebateNotFound, AfterBeyondEnd, TooManyStreams, TooManyStreamsOfKey.
   */
  events(
    debateId: string,
    params: DebatesEventsParams = {},
    options?: StreamOptions,
  ): EventStream<DebateStreamEvent> {
    const args = { debate_id: debateId, after: 0, deltas: false, ...params };
    return stream(this.transport, streamEvents, args, options);
  }

  /** As `create`, and returns a handle to follow, wait for or cancel it. */
  async start(params: DebateCreate, options?: RequestOptions): Promise<DebateRun> {
    const debate = await this.create(params, options);
    return new DebateRun(this.transport, debateJob, debate.id, debate);
  }

  /** `start`, then wait: the finished debate. `timeoutMs` is for both. */
  run(params: DebateCreate, options: RunOptions = {}): Promise<Debate> {
    return runFor((given) => this.start(params, given), options);
  }

  /** A handle on a debate that runs already; sends nothing. */
  attach(debateId: string): DebateRun {
    return new DebateRun(this.transport, debateJob, debateId);
  }
}

/** All resources of a client. */
export class LiveNamespaces extends Namespaces {
  override readonly debates = new LiveDebatesResource(this.transport);

  constructor(options: ClientOptions | Transport = {}) {
    super(options, { errors: BY_CODE, stored: credentialsFile });
  }
}
