import { z } from "zod";
import type { ProviderAsk, ProviderReply } from "../../ports/provider.ts";
import type { Money } from "../../words/money.ts";
import { moneyOfUnits } from "../../words/money.ts";
import type { ProviderSettings } from "./provider-settings.ts";

/** A provider as the child is told of it: the key stays in the environment, under this name. */
export type KeyedProvider = Omit<ProviderSettings, "key"> & { readonly keyEnv?: string };

/** What the parent says. Only it writes to the child, so that a wrong message is a bug of ours. */
export type ToChild =
  | { readonly kind: "serve"; readonly providers: readonly KeyedProvider[] }
  | { readonly kind: "ask"; readonly call: number; readonly provider: string; readonly ask: ProviderAsk }
  | { readonly kind: "abort"; readonly call: number };

/** What the child says. It reads what strangers wrote, so that the parent believes nothing that does not have exactly this shape. */
export type FromChild = { readonly call: number; readonly reply: ProviderReply };

const tokens = z.int().min(0);
const usage = z.strictObject({
  tokensIn: tokens,
  tokensCached: tokens,
  tokensCacheWritten: tokens.exactOptional(),
  tokensOut: tokens,
  tokensReasoning: tokens,
});
const cost = z
  .bigint()
  .min(0n)
  .transform((units): Money => moneyOfUnits(units));
const detail = z.string().max(1000);

const fromChild = z.strictObject({
  call: z.int().min(0),
  reply: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("text"), text: z.string(), cut: z.boolean(), usage, cost: cost.exactOptional() }),
    z.strictObject({ kind: z.literal("refused"), detail, usage, cost: cost.exactOptional() }),
    z.strictObject({
      kind: z.literal("failed"),
      why: z.enum(["network", "timed_out", "status", "bad_body", "no_key"]),
      status: z.int().min(100).max(999).exactOptional(),
      retryable: z.boolean(),
      retryAfterMs: z.number().min(0).exactOptional(),
      detail,
      sent: z.literal(false).exactOptional(),
      usage: usage.exactOptional(),
      cost: cost.exactOptional(),
    }),
  ]),
});

/** Undefined for whatever is not a reply. */
export function readFromChild(message: unknown): FromChild | undefined {
  const read = fromChild.safeParse(message);
  return read.success ? read.data : undefined;
}
