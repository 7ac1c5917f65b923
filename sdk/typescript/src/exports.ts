/** Export many receipts into a file: begin, wait, download part by part, keep all or nothing. */
import { AragoraError, DeadlineExceeded } from "./core/errors.js";
import type { WaitOptions } from "./core/job.js";
import { builtin } from "./core/node.js";
import type { RequestOptions } from "./core/options.js";
import { left } from "./core/transport.js";
import { sleep } from "./core/watch.js";
import type { ReceiptExportsResource } from "./generated/exports.js";
import type { ReceiptExport, ReceiptExportCreate } from "./generated/types.js";

/** The server gave the file up or withdrew it, or what came is not the file. */
export class ExportFailed extends AragoraError {
  override readonly name: string = "ExportFailed";
}

export interface ExportOptions extends WaitOptions {
  /** Is told of each state that was seen. */
  readonly onProgress?: (seen: ReceiptExport) => void;
}

/** Any client: it has the operations of exports. */
export interface Exporting {
  readonly receiptExports: ReceiptExportsResource;
}

const PAUSE = { firstMs: 100, growth: 1.5, capMs: 5_000 };

/**
 * Write every receipt that the filters leave to a file, as an archive (`ndjson`) or a table (`csv`);
 * not in a browser.
 *
 * The file is there when it is whole, and one part of it at a time is in memory. Then the export is
 * deleted from the server. Throws ExportFailed, DeadlineExceeded (the export goes on).
 */
export async function exportReceipts(
  client: Exporting,
  path: string,
  asked: ReceiptExportCreate,
  options: ExportOptions = {},
): Promise<string> {
  const exports = client.receiptExports;
  const made = await whole(client, await exports.create(asked, signalOf(options)), options);
  const files = builtin("node:fs/promises");
  const draft = `${path}.${crypto.randomUUID()}.part`;
  const digest = builtin("node:crypto").createHash("sha256");
  const file = await files.open(draft, "wx");
  try {
    for (let number = 0; number < made.parts; number++) {
      const { content } = await exports.part(made.id, String(number), signalOf(options));
      digest.update(content);
      await file.appendFile(content);
    }
    if (digest.digest("hex") !== made.sha256) {
      throw new ExportFailed(`export ${made.id}: what came is not the file`);
    }
    await file.sync();
    await file.close();
    await files.rename(draft, path);
  } catch (error) {
    await file.close();
    await files.rm(draft, { force: true });
    throw error;
  }
  await exports.delete(made.id).catch(() => undefined);
  return path;
}

/** The export when it is done. */
async function whole(
  client: Exporting,
  begun: ReceiptExport,
  options: ExportOptions,
): Promise<ReceiptExport> {
  const { timeoutMs } = options;
  const until = timeoutMs === undefined ? undefined : Date.now() + timeoutMs;
  let seen = begun;
  for (let pauseMs = PAUSE.firstMs; ; pauseMs = Math.min(pauseMs * PAUSE.growth, PAUSE.capMs)) {
    options.onProgress?.(seen);
    if (seen.state === "failed" || seen.state === "withdrawn") {
      const why = seen.last_error ? `: ${seen.last_error}` : "";
      throw new ExportFailed(`export ${seen.id} is ${seen.state}${why}`);
    }
    if (seen.state === "done") return seen;
    const leftMs = left(until);
    if (leftMs === 0) {
      throw new DeadlineExceeded(`export ${seen.id} is not made in time; it goes on`);
    }
    await sleep(Math.min(pauseMs, leftMs ?? pauseMs), options.signal);
    seen = await client.receiptExports.get(seen.id, signalOf(options));
  }
}

function signalOf({ signal }: ExportOptions): RequestOptions {
  return signal ? { signal } : {};
}
