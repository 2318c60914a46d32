import type { Fallen } from "./dice.ts";
import { statusOf, statusText } from "./fault-kinds.ts";
import { httpDate } from "./http-date.ts";
import type { JsonObject, Wire } from "./wire.ts";

/** What goes out for one request: the body in the pieces in which it is written, and how it ends. */
export type Sending = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly pieces: readonly string[];
  readonly delayMs: number;
  /** Between two pieces. */
  readonly paceMs: number;
  /** `stall` keeps the connection open without a further byte; without pieces not even a status is sent. */
  readonly ending: "end" | "stall" | "reset" | "hang_up";
};

export const jsonSending = (status: number, body: JsonObject, headers: Readonly<Record<string, string>> = {}): Sending => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  pieces: [JSON.stringify(body)],
  delayMs: 0,
  paceMs: 0,
  ending: "end",
});

const silent: Sending = { status: 200, headers: {}, pieces: [], delayMs: 0, paceMs: 0, ending: "stall" };
const page = "<!doctype html><html><head><title>Gateway</title></head><body><h1>One moment please</h1></body></html>\n";

/** What is sent when these faults fell: waits add up, the first fault that is an answer of its own is the answer, an early end cuts whatever it is. */
export function sendingUnder(
  fallen: readonly Fallen[],
  wire: Wire,
  now: Temporal.Instant | undefined,
  reply: () => Sending | undefined,
): Sending {
  const waits = fallen.filter(({ kind }) => kind === "latency").reduce((total, { ms = 0 }) => total + ms, 0);
  const paceMs = fallen.find(({ kind }) => kind === "slow")?.ms ?? 0;
  const sending = { ...(insteadOf(fallen, wire, now) ?? reply() ?? silent), delayMs: waits, paceMs };
  const half = (ending: Sending["ending"]): Sending => ({ ...sending, pieces: firstHalf(sending.pieces), ending });
  const kinds = fallen.map(({ kind }) => kind);
  if (kinds.includes("stall")) return { ...silent, delayMs: waits };
  if (kinds.includes("hang-up")) return { ...silent, delayMs: waits, ending: "hang_up" };
  if (kinds.includes("reset")) return half("reset");
  if (kinds.includes("stall-body")) return half("stall");
  return kinds.includes("half-body") ? half("end") : sending;
}

function insteadOf(fallen: readonly Fallen[], wire: Wire, now: Temporal.Instant | undefined): Sending | undefined {
  for (const each of fallen) {
    const status = statusOf(each.kind);
    if (status !== undefined) return jsonSending(status, wire.error(status, statusText(status)), retryAfter(each, now));
    if (each.kind === "html") return { ...jsonSending(200, {}, { "content-type": "text/html; charset=utf-8" }), pieces: [page] };
    if (each.kind === "empty-body") return { ...jsonSending(200, {}), pieces: [""] };
    if (each.kind === "error-200")
      return jsonSending(200, { error: { code: 502, message: "the provider behind the router failed", metadata: {} } });
    if (each.kind === "wrong-envelope") return jsonSending(200, { ok: true, data: { items: [] }, version: 7 });
  }
  return undefined;
}

/** Whole seconds as the standard has it; where those would be too coarse, also OpenAI's header in milliseconds. */
function retryAfter({ ms, asDate }: Fallen, now: Temporal.Instant | undefined): Readonly<Record<string, string>> {
  if (ms === undefined) return {};
  if (asDate && now !== undefined) return { "retry-after": httpDate(now.add({ milliseconds: Math.round(ms) })) };
  const seconds = { "retry-after": String(Math.ceil(ms / 1000)) };
  return ms % 1000 === 0 ? seconds : { ...seconds, "retry-after-ms": String(ms) };
}

/** Of several pieces the first half of them; of a single one the first half of its text. */
function firstHalf(pieces: readonly string[]): readonly string[] {
  const [only = ""] = pieces;
  return pieces.length > 1 ? pieces.slice(0, Math.ceil(pieces.length / 2)) : [only.slice(0, Math.ceil(only.length / 2))];
}
