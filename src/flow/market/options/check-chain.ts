import type { InstrumentId } from "../../../words/ids.ts";
import { msOf } from "../../../words/instant.ts";
import type { Chain, ChainQuote } from "./chain.ts";
import { expiryAt } from "./expiry-time.ts";

/** A chain as a feed or a file gave it comes in; what of it can be believed goes out, with the rest refused by name. */
export type ChainRefusal =
  /** Of the whole chain, when nothing of it is left to trade. */
  | { readonly code: "empty_chain" | "no_underlying_price" }
  | {
      readonly code: "expired" | "one_sided" | "crossed" | "duplicate" | "other_underlying" | "bad_count";
      readonly instrument: InstrumentId;
    }
  | { readonly code: "stale"; readonly instrument: InstrumentId; readonly ageMs: number; readonly ageMsMax: number };

export type CheckedChain = { readonly chain: Chain; readonly refused: readonly ChainRefusal[] };

/** `asOf` is when the chain is to be used, the chain's own instant by default. A quote without a stamp is as old as the chain. */
export type ChainLimits = { readonly ageMsMax: number; readonly asOf?: Temporal.Instant };

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/** The first rule that a quote breaks. Locked markets (bid equal to ask) are common and pass. */
function quoteFault(quote: ChainQuote, chain: Chain, nowMs: number, ageMsMax: number): ChainRefusal | undefined {
  const { instrument, bid, ask, openInterest, volume } = quote;
  const { id } = instrument;
  if (instrument.underlying !== chain.underlying) return { code: "other_underlying", instrument: id };
  const ends = expiryAt(instrument.expiry);
  if (ends === undefined || msOf(ends) <= nowMs) return { code: "expired", instrument: id };
  if (bid <= 0n || ask <= 0n) return { code: "one_sided", instrument: id };
  if (bid > ask) return { code: "crossed", instrument: id };
  if (!isCount(openInterest) || !isCount(volume)) return { code: "bad_count", instrument: id };
  const ageMs = nowMs - msOf(quote.quotedAt ?? chain.asOf);
  return ageMs > ageMsMax ? { code: "stale", instrument: id, ageMs, ageMsMax } : undefined;
}

/** Refuses what cannot be traded on and keeps the rest, in its order; nothing is mended. */
export function checkChain(chain: Chain, limits: ChainLimits = { ageMsMax: Infinity }): CheckedChain {
  const refused: ChainRefusal[] = [];
  const quotes: ChainQuote[] = [];
  const seen = new Set<InstrumentId>();
  const nowMs = msOf(limits.asOf ?? chain.asOf);
  if (chain.underlyingPrice <= 0n) refused.push({ code: "no_underlying_price" });
  else
    for (const quote of chain.quotes) {
      const { id } = quote.instrument;
      const fault: ChainRefusal | undefined = seen.has(id)
        ? { code: "duplicate", instrument: id }
        : quoteFault(quote, chain, nowMs, limits.ageMsMax);
      seen.add(id);
      if (fault === undefined) quotes.push(quote);
      else refused.push(fault);
    }
  if (quotes.length === 0 && chain.underlyingPrice > 0n) refused.push({ code: "empty_chain" });
  return { chain: { ...chain, quotes, expiries: expiriesOf(quotes) }, refused };
}

/** Every expiry that is quoted, soonest first. */
const expiriesOf = (quotes: readonly ChainQuote[]): readonly string[] =>
  [...new Set(quotes.map(({ instrument }) => instrument.expiry))].sort();
