import type { Provider, ProviderAsk, ProviderReply } from "../../ports/provider.ts";
import { callOptions } from "./call-options.ts";
import { costFigure } from "./cost-figure.ts";
import { detailLine } from "./detail-line.ts";
import { failureOf } from "./failure-of.ts";
import { capabilityOf } from "./known-models.ts";
import { languageModel, type Generated } from "./language-model.ts";
import { oneRequest, type Exchange } from "./one-request.ts";
import type { ProviderSettings } from "./provider-settings.ts";
import { usageOf } from "./usage-of.ts";
import { wireBody } from "./wire-body.ts";
import { wireSigns } from "./wire-signs.ts";

// The SDK writes its warnings to the console, where the CLI's own output is.
(globalThis as { AI_SDK_LOG_WARNINGS?: boolean }).AI_SDK_LOG_WARNINGS = false;

const timedOut = { kind: "failed", why: "timed_out", retryable: false, detail: "the deadline passed" } as const satisfies ProviderReply;
const neverSent = { sent: false } as const;

/**
 * A door to one provider over the Vercel AI SDK. The model's `doGenerate` is called directly and not `generateText` with an output: so the
 * answer's text reaches our own reader letter by letter also when it is cut or breaks the schema, nothing is parsed, repaired or retried
 * on the way, and no telemetry or gateway of the SDK sees the prompt.
 */
export function makeProvider(settings: ProviderSettings): Provider {
  const { kind, key, name } = settings;
  const redact = detailLine([key ?? "", ...secretHeaders(settings.headers ?? {})]);
  const withoutKey = (text: string): string => (key === undefined || key === "" ? text : text.replaceAll(key, "[secret]"));

  return {
    name,
    async ask(ask, signal) {
      if (signal.aborted) return { ...timedOut, ...neverSent };
      if ((key === undefined || key === "") && kind !== "openai-compatible") {
        return { kind: "failed", why: "no_key", retryable: false, detail: `${name} has no key`, ...neverSent };
      }
      const exchange: Exchange = { sent: false, tooLong: false };
      try {
        const model = languageModel(settings, ask.model, ask.effort, oneRequest(exchange));
        const generated = await model.doGenerate(callOptions(kind, ask, nativeSchema(settings, ask), signal));
        return replyOf(generated, exchange);
      } catch (error) {
        if (signal.aborted) return exchange.sent ? timedOut : { ...timedOut, ...neverSent };
        return failureOf(kind, error, exchange, redact);
      }
    },
  };

  function replyOf(generated: Generated, exchange: Exchange): ProviderReply {
    const { unified, raw } = generated.finishReason;
    const body = wireBody(exchange.body) ?? {};
    const signs = wireSigns(body);
    // No word and no reason to end: the SDK made an answer out of a body that is none.
    const nothing = generated.content.length === 0 && unified === "other" && raw === undefined;
    if (signs.error !== undefined || nothing) return failureOf(kind, undefined, exchange, redact);
    const cost = costFigure(kind, body);
    const billed = { usage: usageOf(generated.usage, body), ...(cost === undefined ? {} : { cost }) };
    const text = withoutKey(textOf(generated));
    if (unified === "content-filter" || signs.refusal !== undefined) {
      return { kind: "refused", detail: redact(signs.refusal ?? (text || (raw ?? "content filter"))), ...billed };
    }
    if (unified === "error") {
      return {
        kind: "failed",
        why: "status",
        retryable: raw === "insufficient_system_resource",
        detail: redact(raw ?? "error"),
        ...billed,
      };
    }
    return { kind: "text", text, cut: unified === "length" || signs.cut, ...billed };
  }
}

const nativeSchema = ({ kind, nativeSchema: said = {} }: ProviderSettings, { model }: ProviderAsk): boolean =>
  Object.hasOwn(said, model) ? said[model] === true : capabilityOf(kind, model).nativeSchema;

/** The configuration takes no such header; whoever builds a provider without it may. */
const secretHeaders = (headers: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(headers).flatMap(([name, value]) => (/auth|cookie|key|token|secret|passw/i.test(name) ? [value] : []));

/** Models of OpenAI that comment before they answer mark the answer; the SDK hands that one over apart. */
const textOf = ({ content, structuredOutputText }: Generated): string =>
  structuredOutputText ?? content.map((part) => (part.type === "text" ? part.text : "")).join("");
