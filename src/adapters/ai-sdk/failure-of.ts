import type { ProviderKind } from "../../ports/known-model.ts";
import type { ProviderReply } from "../../ports/provider.ts";
import { costFigure } from "./cost-figure.ts";
import type { Exchange } from "./one-request.ts";
import { retryAfterMs } from "./retry-after.ts";
import { usageIn } from "./usage-of.ts";
import { wireBody, type Fields } from "./wire-body.ts";
import { wireSigns } from "./wire-signs.ts";
import { neverConnected } from "./never-connected.ts";

type Failed = Extract<ProviderReply, { readonly kind: "failed" }>;

/** A certificate or an address that is wrong stays wrong. */
const lasting = /^(?:ERR_INVALID|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/;

/** Words that stand in for a status where an error comes with 200. */
const statusWords: Readonly<Record<string, number>> = {
  rate_limit_exceeded: 429,
  rate_limit_error: 429,
  overloaded_error: 529,
  server_error: 500,
  api_error: 500,
  internal_server_error: 500,
  timeout_error: 408,
};

/** What went wrong, told from what the wire showed and not from what the SDK made of it. */
export function failureOf(kind: ProviderKind, error: unknown, exchange: Exchange, redact: (text: string) => string): Failed {
  const { status, headers, body } = exchange;
  if (!exchange.sent) return { ...failed("bad_body", false, redact(`nothing was sent: ${messageOf(error)}`)), sent: false };
  if (exchange.tooLong) return failed("bad_body", false, messageOf(error));
  if (status === undefined || headers === undefined || body === undefined) {
    const code = codeOf(error);
    const told = redact(`${status === undefined ? "" : "broken off: "}${code ?? messageOf(error)}`);
    const failure = failed("network", code === undefined || !lasting.test(code), told);
    return status === undefined && neverConnected(error) ? { ...failure, sent: false } : failure;
  }
  const fields = wireBody(body);
  const billed = fields === undefined ? {} : billedBy(kind, fields);
  const said = wireSigns(fields ?? {}).error;
  if (status >= 200 && status < 300 && said === undefined) {
    return { ...failed("bad_body", false, redact(shapeOf(body, fields))), ...billed };
  }
  const meant = status >= 200 && status < 300 ? (statusOf(said ?? {}) ?? status) : status;
  const wait = retryAfterMs(headers);
  const detail = redact(said === undefined ? shapeOf(body, fields) : wordsOf(said)) || "no further word";
  return {
    ...failed("status", retryable(meant, said), detail),
    status: meant,
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    ...billed,
  };
}

const failed = (why: Failed["why"], retryable: boolean, detail: string): Failed => ({ kind: "failed", why, retryable, detail });

/** An exhausted quota is said with 429 too, and no waiting helps. */
const retryable = (status: number, said: Fields | undefined): boolean =>
  (status === 408 || status === 409 || status === 429 || (status >= 500 && status < 600)) &&
  said?.["code"] !== "insufficient_quota" &&
  said?.["type"] !== "insufficient_quota";

function billedBy(kind: ProviderKind, fields: Fields): Pick<Failed, "usage" | "cost"> {
  const [usage, cost] = [usageIn(fields), costFigure(kind, fields)];
  return { ...(usage === undefined ? {} : { usage }), ...(cost === undefined ? {} : { cost }) };
}

function statusOf(said: Fields): number | undefined {
  for (const word of [said["code"], said["status"], said["type"]]) {
    if (typeof word === "number" && word >= 400 && word <= 599) return Math.trunc(word);
    if (typeof word === "string" && Object.hasOwn(statusWords, word)) return statusWords[word];
  }
  return undefined;
}

function wordsOf(said: Fields): string {
  const parts = [said["type"], said["code"], said["message"]].filter((part) => typeof part === "string" && part !== "");
  return [...new Set(parts)].join(": ");
}

function shapeOf(body: string, fields: Fields | undefined): string {
  const start = body.trimStart().slice(0, 200);
  if (start === "") return "an empty body";
  if (/^<(?:!doctype|html|head|body|\?xml)/i.test(start)) return `a page instead of JSON: ${titleOf(body)}`;
  if (fields === undefined) return `no JSON object: ${start}`;
  return `JSON that is no answer of this wire: ${start}`;
}

const titleOf = (page: string): string => /<title[^>]*>([^<]{0,100})/i.exec(page.slice(0, 4000))?.[1] ?? "without a title";

/** Of the innermost cause that has one, such as ECONNREFUSED. */
function codeOf(error: unknown): string | undefined {
  let code: string | undefined;
  let current: unknown = error;
  for (let depth = 0; depth < 8 && current instanceof Error; depth++) {
    const here: unknown = Reflect.get(current, "code");
    if (typeof here === "string") code = here;
    current = current.cause;
  }
  return code;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : "unknown");
