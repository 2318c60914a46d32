import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { scheduler } from "node:timers/promises";
import type { Price } from "../../ports/known-model.ts";
import { invariant } from "../../words/invariant.ts";
import { money } from "../../words/money.ts";
import type { Fault } from "./fault.ts";
import type { ScriptLine } from "./script.ts";
import type { Sending } from "./sending.ts";
import { StandIn, type Incoming, type PolicyQuestion, type SeenRequest } from "./stand-in.ts";

export type ModelServerOptions = {
  /** 0, as without one: any that is free. */
  readonly port?: number;
  readonly faults?: readonly Fault[];
  readonly seed?: string;
  readonly policy?: (question: PolicyQuestion) => string | undefined;
  readonly script?: readonly ScriptLine[];
  readonly recorded?: (question: PolicyQuestion) => string | undefined;
  /** What tokens cost; `unpriced` sends no cost, as most providers do. */
  readonly price?: Price | "unpriced";
  /** The shortest prefix that a prompt cache keeps, in tokens; 1,024 as at OpenAI. */
  readonly cacheTokensMin?: number;
  /** Answers also those who send no key. */
  readonly keyless?: boolean;
  /** Only a Retry-After that is a date needs it. */
  readonly now?: () => Temporal.Instant;
  readonly onRequest?: (seen: SeenRequest) => void;
};

export type ModelServer = {
  /** Without a path, such as http://127.0.0.1:40123. */
  readonly url: string;
  readonly port: number;
  /** The newest thousand, oldest first. */
  readonly requests: readonly SeenRequest[];
  /** Ends open connections too. */
  close(): Promise<void>;
};

/** Made up, near those of a middling model: a dollar for a million tokens in, five out. */
const madeUp: Price = {
  inputPerMTok: money("1"),
  cachedInputPerMTok: money("0.1"),
  outputPerMTok: money("5"),
  reasoningPerMTok: money("5"),
  from: "2026-01-01",
  source: "made up",
};
const host = "127.0.0.1";
const bodyBytesMax = 32_000_000;
const seenMax = 1_000;
const beforeResetMs = 25;

/**
 * The stand-in for providers: one server on the loopback address that speaks their wires, with faults on demand. This file alone opens
 * a socket and waits; all that is said is decided by `StandIn`. Rejects when the port is taken.
 */
export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const { faults = [], seed = "1", script = [], price = madeUp, cacheTokensMin = 1_024, keyless = false } = options;
  const dated = [...faults, ...script.flatMap((line) => line.faults)].some(({ asDate }) => asDate);
  invariant(!dated || options.now !== undefined, "a Retry-After that is a date comes with a clock");
  const standIn = new StandIn({
    ...options,
    faults,
    seed,
    script,
    cacheTokensMin,
    keyless,
    price: price === "unpriced" ? undefined : price,
  });
  const requests: SeenRequest[] = [];
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    const incoming = await incomingOf(request);
    if (incoming === undefined) return void response.writeHead(413, { connection: "close" }).end();
    const { sending, seen } = standIn.answer(incoming);
    requests.push(seen);
    if (requests.length > seenMax) requests.shift();
    options.onRequest?.(seen);
    await send(sending, seen.number, response, gone.signal);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((fault: unknown) => {
      // A client that is gone is its own affair; anything else is a fault in here and is said so.
      if (response.headersSent || response.destroyed) return void response.destroy();
      const message = `the stand-in failed: ${fault instanceof Error ? fault.message : String(fault)}`;
      response.writeHead(500, { "content-type": "application/json" }).end(JSON.stringify({ error: { message, type: "server_error" } }));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const address = server.address();
  invariant(typeof address === "object" && address !== null, "a server that listens on a port has an address");
  return {
    url: `http://${host}:${address.port}`,
    port: address.port,
    requests,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function incomingOf(request: IncomingMessage): Promise<Incoming | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyBytesMax) return undefined;
    chunks.push(chunk);
  }
  const { pathname, searchParams } = new URL(request.url ?? "/", `http://${host}`);
  const { headers } = request;
  const keys = [
    headers.authorization?.replace(/^Bearer\s*/i, ""),
    headers["x-api-key"],
    headers["x-goog-api-key"],
    searchParams.get("key"),
  ];
  return {
    method: request.method ?? "",
    path: pathname,
    keyed: keys.some((key) => typeof key === "string" && key.trim() !== ""),
    anthropic: headers["anthropic-version"] !== undefined,
    faults: String(headers["x-countersign-fault"] ?? ""),
    body: Buffer.concat(chunks).toString("utf8"),
  };
}

async function send(
  { status, headers, pieces, delayMs, paceMs, ending }: Sending,
  number: number,
  response: ServerResponse,
  gone: AbortSignal,
): Promise<void> {
  if (delayMs > 0) await scheduler.wait(delayMs, { signal: gone });
  if (ending === "hang_up") return void response.destroy();
  if (pieces.length === 0) return;
  response.writeHead(status, { ...headers, "x-request-id": `req_${number}` });
  for (const [at, piece] of pieces.entries()) {
    if (paceMs > 0 && at > 0) await scheduler.wait(paceMs, { signal: gone });
    await new Promise<void>((resolve) => response.write(piece, () => resolve()));
  }
  if (ending === "end") response.end();
  if (ending !== "reset") return;
  // A reset takes back what the other side has not read yet, so the first half gets a moment to be read.
  await scheduler.wait(beforeResetMs, { signal: gone });
  response.socket?.resetAndDestroy();
}
