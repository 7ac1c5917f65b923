// @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
import type { Op } from "../core/call.js";
import type { RequestOptions } from "../core/options.js";
import type { PageNames, PagePromise } from "../core/page.js";
import type { ApiPromise, BinaryResponse } from "../core/promise.js";
import { Resource } from "../core/resource.js";
import type { CheckReport, Note, NoteCreate, NoteFile, NoteUpdate } from "./types.js";

export const listNotes: Op = {
  id: "listNotes",
  method: "GET",
  path: "/v1/notes",
  query: ["cursor", "limit"],
};
export const createNote: Op = {
  id: "createNote",
  method: "POST",
  path: "/v1/notes",
  sends: "application/json",
  takesKey: true,
};
export const checkNote: Op = {
  id: "checkNote",
  method: "POST",
  path: "/v1/notes/check",
  sends: "application/vnd.note+json",
  raw: true,
  public: true,
};
export const getNote: Op = { id: "getNote", method: "GET", path: "/v1/notes/{note_id}" };
export const updateNote: Op = {
  id: "updateNote",
  method: "PATCH",
  path: "/v1/notes/{note_id}",
  sends: "application/json",
};
export const deleteNote: Op = {
  id: "deleteNote",
  method: "DELETE",
  path: "/v1/notes/{note_id}",
  reads: "empty",
};
export const cancelNote: Op = {
  id: "cancelNote",
  method: "POST",
  path: "/v1/notes/{note_id}/cancel",
};
export const getNoteFile: Op = {
  id: "getNoteFile",
  method: "GET",
  path: "/v1/notes/{note_id}/file",
  reads: "binary",
  accept: "application/vnd.note+json",
};

const PAGE: PageNames = { param: "cursor", items: "items", next: "next_cursor" };

/** Query of `notes.list`. */
export interface NotesListParams {
  /** `next_cursor` of the page before. */
  readonly cursor?: string;
  /** Most items on a page; default 50. */
  readonly limit?: number;
}

/** Methods of `client.notes`. */
export class NotesResource extends Resource {
  /**
   * List notes.
   *
   * Newest first.
   *
   * Scope: `notes:read`.
   *
   * Throws: InvalidCursor.
   */
  list(params: NotesListParams = {}, options?: RequestOptions): PagePromise<Note> {
    return this.page<Note>(listNotes, PAGE, params, options);
  }

  /**
   * Write a note.
   *
   * Writes a note and answers at once.
   *
   * Scope: `notes:write`.
   *
   * Throws: BudgetExceeded.
   */
  create(params: NoteCreate, options?: RequestOptions): ApiPromise<Note> {
    return this.call<Note>(createNote, params, options);
  }

  /**
   * Check a document.
   *
   * Says whether it is a note.
   */
  check(body: Uint8Array | string | NoteFile, options?: RequestOptions): ApiPromise<CheckReport> {
    return this.call<CheckReport>(checkNote, { body }, options);
  }

  /**
   * Read a note.
   *
   * The note as it is now.
   *
   * Scope: `notes:read`.
   *
   * Throws: NoteNotFound.
   */
  get(noteId: string, options?: RequestOptions): ApiPromise<Note> {
    return this.call<Note>(getNote, { note_id: noteId }, options);
  }

  /**
   * Change a note.
   *
   * Absent members stay as they are.
   *
   * Scope: `notes:write`.
   *
   * Throws: NoteNotFound.
   */
  update(noteId: string, params: NoteUpdate = {}, options?: RequestOptions): ApiPromise<Note> {
    return this.call<Note>(updateNote, { note_id: noteId, ...params }, options);
  }

  /**
   * Delete a note.
   *
   * It is gone for good.
   *
   * Scope: `notes:write`.
   *
   * Throws: NoteNotFound.
   *
   * @deprecated until 2027-06-30
   */
  delete(noteId: string, options?: RequestOptions): ApiPromise<undefined> {
    return this.call<undefined>(deleteNote, { note_id: noteId }, options);
  }

  /**
   * Cancel a note.
   *
   * Nothing more is written.
   *
   * Scope: `notes:write`.
   *
   * Throws: NoteNotFound.
   */
  cancel(noteId: string, options?: RequestOptions): ApiPromise<Note> {
    return this.call<Note>(cancelNote, { note_id: noteId }, options);
  }

  /**
   * Download a note.
   *
   * The note as a document.
   *
   * Scope: `notes:read`.
   *
   * Throws: NoteNotFound.
   */
  file(noteId: string, options?: RequestOptions): ApiPromise<BinaryResponse> {
    return this.call<BinaryResponse>(getNoteFile, { note_id: noteId }, options);
  }
}
