import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Whatever JSON may hold: a test looks into it without ceremony. */
export type Json = ReturnType<typeof JSON.parse>;

export type Seen = { readonly path: string; readonly headers: IncomingMessage["headers"]; readonly body: Json; readonly raw: string };
type Answer = (response: ServerResponse, seen: Seen) => void;

export type WireServer = {
  readonly url: string;
  readonly seen: Seen[];
  /** How the next requests are answered. */
  answer: Answer;
  /** Resolves once a socket was closed before its answer was complete, counted from the last `forget`. */
  readonly abandoned: Promise<void>;
  forget(): void;
  close(): Promise<void>;
};

/** A server on loopback that remembers what it was asked and answers as it is told. */
export async function wireServer(): Promise<WireServer> {
  let left = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    let raw = "";
    request.setEncoding("utf8");
    request.on("data", (text: string) => (raw += text));
    request.on("end", () => {
      const seen = { path: request.url ?? "", headers: request.headers, body: raw === "" ? undefined : JSON.parse(raw), raw };
      self.seen.push(seen);
      self.answer(response, seen);
    });
    response.on("close", () => {
      if (!response.writableEnded) left.resolve();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const self: WireServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: [],
    answer: (response) => response.writeHead(500).end(),
    get abandoned() {
      return left.promise;
    },
    forget: () => {
      self.seen.length = 0;
      left = Promise.withResolvers<void>();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return self;
}

export const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response
      .writeHead(status, { "content-type": "application/json", ...headers })
      .end(typeof body === "string" ? body : JSON.stringify(body));
