import { z } from "zod";
import { modelRoles, type ModelAnswer, type ModelAttempt } from "../../flow/proposals/question.ts";
import type { Recording } from "../../ports/recorder.ts";
import { formatExact } from "../../words/exact.ts";
import { parseMoney } from "../../words/money.ts";
import { err, ok, type Result } from "../../words/result.ts";

const recordingFormat = "countersign.recording@1";

const outcomes = ["refused", "malformed", "timed_out", "over_budget", "provider_error"] as const;
const count = z.int().min(0);
const digest = z.string().regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits");
const cost = z.string().transform((text, issues) => {
  const read = parseMoney(text);
  if (read.ok) return read.value;
  issues.addIssue({ code: "custom", message: `a decimal, not ${JSON.stringify(text)}` });
  return z.NEVER;
});
const instant = z.string().transform((text, issues) => {
  try {
    return Temporal.Instant.from(text);
  } catch {
    issues.addIssue({ code: "custom", message: `an instant such as 2026-01-05T00:00:00Z, not ${JSON.stringify(text)}` });
    return z.NEVER;
  }
});

const attempt = z.strictObject({
  provider: z.string(),
  model: z.string(),
  why: z.enum(["first", "retry", "re_ask", "fallback"]),
  outcome: z.enum(["ok", ...outcomes]),
  detail: z.string(),
  status: z.int().exactOptional(),
  latencyMs: z.number().min(0),
  tokensIn: count,
  tokensCached: count,
  tokensOut: count,
  tokensReasoning: count,
  cost,
});
const spent = {
  latencyMs: z.number().min(0),
  tokensIn: count,
  tokensCached: count.exactOptional(),
  tokensOut: count,
  tokensReasoning: count.exactOptional(),
  cost,
  costBy: z.enum(["provider", "prices", "free"]).exactOptional(),
  attempts: z.array(attempt).exactOptional(),
};

const recording = z.strictObject({
  format: z.literal(recordingFormat),
  recordedAt: instant,
  about: z.strictObject({ prompt: z.string().min(1), schema: z.string().min(1) }),
  key: z.strictObject({
    role: z.enum(modelRoles),
    provider: z.string(),
    model: z.string(),
    parameters: z.strictObject({
      outputTokensMax: count,
      fallbacks: z.array(z.string()).exactOptional(),
      temperature: z.number().exactOptional(),
      seed: z.int().exactOptional(),
      effort: z.enum(["none", "low", "medium", "high"]).exactOptional(),
    }),
    promptHash: digest,
    schemaHash: digest,
    attempt: count,
  }),
  answer: z.discriminatedUnion("outcome", [
    z.strictObject({ outcome: z.literal("ok"), text: z.string(), ...spent }),
    z.strictObject({ outcome: z.enum(outcomes), detail: z.string(), ...spent }),
  ]),
});

/** Field by field, so that nothing which a wider object carries along (a header, a key, a base URL) can reach the file. */
export function encodeRecording({ key, about, recordedAt, answer }: Recording): string {
  const { role, provider, model, parameters, promptHash, schemaHash, attempt: at } = key;
  const { outputTokensMax, fallbacks, temperature, seed, effort } = parameters;
  return `${JSON.stringify(
    {
      format: recordingFormat,
      recordedAt: recordedAt.toString(),
      about: { prompt: about.prompt, schema: about.schema },
      key: {
        role,
        provider,
        model,
        parameters: { outputTokensMax, fallbacks, temperature, seed, effort },
        promptHash,
        schemaHash,
        attempt: at,
      },
      answer: plainAnswer(answer),
    },
    undefined,
    2,
  )}\n`;
}

const plainAnswer = (answer: ModelAnswer): object => ({
  outcome: answer.outcome,
  ...(answer.outcome === "ok" ? { text: answer.text } : { detail: answer.detail }),
  latencyMs: answer.latencyMs,
  tokensIn: answer.tokensIn,
  tokensCached: answer.tokensCached,
  tokensOut: answer.tokensOut,
  tokensReasoning: answer.tokensReasoning,
  cost: formatExact(answer.cost),
  costBy: answer.costBy,
  attempts: answer.attempts?.map(plainAttempt),
});

const plainAttempt = (of: ModelAttempt): object => ({
  provider: of.provider,
  model: of.model,
  why: of.why,
  outcome: of.outcome,
  detail: of.detail,
  status: of.status,
  latencyMs: of.latencyMs,
  tokensIn: of.tokensIn,
  tokensCached: of.tokensCached,
  tokensOut: of.tokensOut,
  tokensReasoning: of.tokensReasoning,
  cost: formatExact(of.cost),
});

/** The error is the rest of a sentence that begins with the file. */
export function decodeRecording(text: string): Result<Recording, string> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (fault) {
    return err(`is no JSON: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
  const named = z.looseObject({ format: z.string() }).safeParse(json);
  if (!named.success) return err(`is no recording: it has no format, which would be ${recordingFormat}`);
  const { format } = named.data;
  if (format !== recordingFormat) return err(`is of the format ${JSON.stringify(format)}; this version reads ${recordingFormat}`);
  const read = recording.safeParse(json);
  if (read.success) {
    const { key, about, recordedAt, answer } = read.data;
    return ok({ key, about, recordedAt, answer });
  }
  const [first] = read.error.issues;
  const where = first === undefined || first.path.length === 0 ? "" : `${first.path.join(".")}: `;
  return err(`is broken: ${where}${first?.message ?? "it has another shape"}`);
}
