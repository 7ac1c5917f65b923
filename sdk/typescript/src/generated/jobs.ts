// @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
import type { Op } from "../core/call.js";
import type { RequestOptions } from "../core/options.js";
import type { PageNames, PagePromise } from "../core/page.js";
import type { ApiPromise } from "../core/promise.js";
import { Resource } from "../core/resource.js";
import type { Job } from "./types.js";

export const listJobs: Op = {
  id: "listJobs",
  method: "GET",
  path: "/v1/jobs",
  query: ["state", "kind", "cursor", "limit"],
};
export const getJob: Op = { id: "getJob", method: "GET", path: "/v1/jobs/{job_id}" };
export const retryJob: Op = {
  id: "retryJob",
  method: "POST",
  path: "/v1/jobs/{job_id}/retry",
};

const PAGE: PageNames = { param: "cursor", items: "items", next: "next_cursor" };

/** Query of `jobs.list`. */
export interface JobsListParams {
  /** Only jobs in this state. */
  readonly state?: "due" | "running" | "done" | "dead";
  /** Only jobs of this kind. */
  readonly kind?: string;
  /** `next_cursor` of the page before. */
  readonly cursor?: string;
  /** Most items on a page; default 50. */
  readonly limit?: number;
}

/** Methods of `client.jobs`. */
export class JobsResource extends Resource {
  /**
   * List jobs.
   *
   * Background work of the workspace, newest first. The server's own jobs are shown to keys of the
   * workspace that the server made at its first start. What is done is kept for a day, what is dead
   * until it is retried.
   *
   * Scope: `jobs:read`.
   *
   * Throws: InvalidCursor.
   */
  list(params: JobsListParams = {}, options?: RequestOptions): PagePromise<Job> {
    return this.page<Job>(listJobs, PAGE, params, options);
  }

  /**
   * Read a job.
   *
   * The job as it is now. What it works with is not shown.
   *
   * Scope: `jobs:read`.
   *
   * Throws: JobNotFound.
   */
  get(jobId: string, options?: RequestOptions): ApiPromise<Job> {
    return this.call<Job>(getJob, { job_id: jobId }, options);
  }

  /**
   * Retry a dead job.
   *
   * Makes the job due at once, with ten new attempts. Only a dead job can be retried: one in any
   * other state stays as it is: 409.
   *
   * Scope: `jobs:write`.
   *
   * Throws: JobNotFound, JobNotDead.
   */
  retry(jobId: string, options?: RequestOptions): ApiPromise<Job> {
    return this.call<Job>(retryJob, { job_id: jobId }, options);
  }
}
