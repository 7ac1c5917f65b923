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
import { cancelNote, getNote, getNoteFile, NotesResource } from "./notes.js";
import { BY_CODE } from "./errors.js";
import { Namespaces } from "./namespaces.js";
import type { HeartbeatEvent, Note, NoteCreate, NoteEvent } from "./types.js";

/** What `events` yields; an event of a newer type is an UnknownEvent. */
export type NoteStreamEvent = Exclude<NoteEvent, HeartbeatEvent> | UnknownEvent;

const streamNote: StreamOp = {
  id: "streamNote",
  method: "GET",
  path: "/v1/notes/{note_id}/events/stream",
  query: ["after"],
  reads: "stream",
  accept: "text/event-stream",
  seq: "seq",
  resume: "after",
  heartbeatMs: 15000,
  terminal: ["note.done"],
  ephemeral: ["heartbeat"],
  known: ["heartbeat", "note.done", "note.written"],
  socket: "/v1/notes/{note_id}/events/socket",
};

/** Query of `notes.events`. */
export interface NotesEventsParams {
  /** Only events after this sequence number; default 0. */
  readonly after?: number;
}

const noteJob: JobOp = {
  get: getNote,
  events: streamNote,
  cancel: cancelNote,
  result: getNoteFile,
  idParam: "note_id",
  resultParam: "note_id",
  statusField: "status",
  terminal: ["done", "cancelled"],
};

/** A handle on a running note. Dropping it does not stop the note. */
export class NoteRun extends Run<Note, NoteStreamEvent> {}

/** Methods of `client.notes`. */
export class LiveNotesResource extends NotesResource {
  /**
   * Follow a note.
   *
   * Server-sent events.
   *
   * Scope: `notes:read`.
   *
   * Throws: NoteNotFound.
   */
  events(
    noteId: string,
    params: NotesEventsParams = {},
    options?: StreamOptions,
  ): EventStream<NoteStreamEvent> {
    const args = { note_id: noteId, after: 0, ...params };
    return stream(this.transport, streamNote, args, options);
  }

  /** As `create`, and returns a handle to follow, wait for or cancel it. */
  async start(params: NoteCreate, options?: RequestOptions): Promise<NoteRun> {
    const note = await this.create(params, options);
    return new NoteRun(this.transport, noteJob, note.id, note);
  }

  /** `start`, then wait: the finished note. `timeoutMs` is for both. */
  run(params: NoteCreate, options: RunOptions = {}): Promise<Note> {
    return runFor((given) => this.start(params, given), options);
  }

  /** A handle on a note that runs already; sends nothing. */
  attach(noteId: string): NoteRun {
    return new NoteRun(this.transport, noteJob, noteId);
  }
}

/** All resources of a client. */
export class LiveNamespaces extends Namespaces {
  override readonly notes = new LiveNotesResource(this.transport);

  constructor(options: ClientOptions | Transport = {}) {
    super(options, { errors: BY_CODE, stored: credentialsFile });
  }
}
