import type { AssetHistory } from "../flow/market/bars.ts";
import type { Halt } from "../lab/halts.ts";
import { Failed } from "./failed.ts";
import { instantMs } from "./window.ts";

/** A halt as a person asks for it, by symbol. */
export type AskedHalt = { readonly symbol: string; readonly fromMs: number; readonly toMs: number };

/** The halts of a run's own instruments; one of another would silently never happen. */
export const haltsOf = (asked: readonly AskedHalt[], histories: readonly AssetHistory[]): readonly Halt[] =>
  asked.map(({ symbol, fromMs, toMs }) => {
    const found = histories.find(({ instrument }) => instrument.symbol === symbol);
    if (found === undefined)
      throw new Failed(
        2,
        `--halt ${symbol}: the run does not trade it; it trades ${histories.map(({ instrument }) => instrument.symbol).join(", ")}`,
      );
    return { instrument: found.instrument.id, fromMs, toMs };
  });

/** From `--halt SYMBOL=FROM/TO`. */
export function haltOf(text: string): AskedHalt {
  const [, symbol, from, to] = /^([^=]+)=([^=/]+)\/([^=/]+)$/.exec(text) ?? [];
  if (symbol === undefined || from === undefined || to === undefined)
    throw new Failed(2, `--halt ${text}: write SYMBOL=FROM/TO, for example BTCUSDT=2025-03-20T10:00:00Z/2025-03-20T14:00:00Z`);
  const halt = { symbol, fromMs: instantMs(from, "--halt"), toMs: instantMs(to, "--halt") };
  if (halt.fromMs >= halt.toMs) throw new Failed(2, `--halt ${text}: ${from} is not before ${to}`);
  return halt;
}
