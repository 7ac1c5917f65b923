/** A real HTTP server on loopback that answers as a test says and remembers what it was asked. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export type Answer = (response: ServerResponse, asked: Asked) => unknown;

export interface Server extends AsyncDisposable {
  readonly url: string;
  readonly asked: Asked[];
}

/** Answers in order; the last one answers all that follows. */
export async function serve(...answers: Answer[]): Promise<Server> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const heard: Asked = { method, url, headers, body };
      const answer = answers[Math.min(asked.length, answers.length - 1)];
      asked.push(heard);
      answer?.(response, heard);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(value));
  };
}

export function problem(
  status: number,
  code: string,
  more: object = {},
  headers: Record<string, string> = {},
): Answer {
  const document = { type: `urn:aragora:error:${code}`, status, code, title: code, ...more };
  return json(status, document, { "content-type": "application/problem+json", ...headers });
}

/** The connection breaks before a byte of the answer. */
export const reset: Answer = (response) => {
  response.socket?.resetAndDestroy();
};

export interface Event {
  readonly seq?: number;
  readonly type: string;
}

/** Server-sent events; `break` cuts the connection in the middle of one more event. */
export function events(list: readonly Event[], end: "close" | "break" | "hang" = "close"): Answer {
  return async (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const event of list) {
      const id = event.seq === undefined ? "" : `id: ${event.seq}\n`;
      response.write(`${id}event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    }
    if (end === "close") response.end();
    if (end !== "break") return;
    response.write('data: {"seq":');
    // What was written must leave before the reset, or the reset would swallow it.
    await new Promise((resolve) => setTimeout(resolve, 30));
    response.socket?.resetAndDestroy();
  };
}
