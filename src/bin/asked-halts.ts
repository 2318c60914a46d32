import type { AssetHistory } from "../flow/market/bars.ts";
import type { Halt } from "../lab/halts.ts";
import { Failed } from "./failed.ts";

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
