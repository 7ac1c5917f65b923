/** A real WebSocket server on loopback, and the client class of a package. */
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { WebSocket } from "ws";
import { WebSocketServer } from "ws";

export type Session = (socket: WebSocket, request: IncomingMessage) => unknown;

export interface SocketServer extends AsyncDisposable {
  readonly url: string;
  readonly asked: { url: string; authorization: string | undefined }[];
}

/** Sessions in order; the last one serves all that follows. */
export async function serveSockets(...sessions: Session[]): Promise<SocketServer> {
  const asked: SocketServer["asked"] = [];
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  server.on("connection", (socket, request) => {
    const session = sessions[Math.min(asked.length, sessions.length - 1)];
    asked.push({ url: request.url ?? "", authorization: request.headers.authorization });
    session?.(socket, request);
  });
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        for (const socket of server.clients) socket.terminate();
        server.close(() => {
          resolve();
        });
      }),
  };
}
