import type { HistoryFault } from "../../ports/history.ts";
import { unreachable } from "../../words/invariant.ts";
import { timeText } from "./row-rules.ts";

/** One clear line: what was asked, what is there, what would be right. */
export function historyFaultText(fault: HistoryFault): string {
  switch (fault.code) {
    case "unknown_asset":
      return `${fault.asset}: unknown asset; the store holds ${listed(fault.known)}`;
    case "ambiguous_asset":
      return `${fault.asset}: more than one asset has this symbol; say ${fault.ids.join(" or ")}`;
    case "interval_not_stored":
      return `${fault.asset}: no ${fault.interval} candles, nor finer ones that make them up; the store holds ${listed(fault.stored)}`;
    case "empty_window": {
      const from = fault.fromMs === undefined ? "the start" : timeText(fault.fromMs);
      const to = fault.toMs === undefined ? "the end" : timeText(fault.toMs);
      return `${fault.asset}: no ${fault.interval} candle from ${from} to ${to}; the store holds ${timeText(fault.firstMs)} to ${timeText(fault.lastMs)}`;
    }
    case "bad_instrument":
      return `${fault.asset}: ${fault.rule}; edit assets.json in the store`;
    case "off_tick":
      return `${fault.asset}: a price at ${timeText(fault.atMs)} is no whole multiple of the tick ${fault.tick}; edit the tick in assets.json`;
    case "beyond_exact":
      return `${fault.asset}: ${fault.column} counts 2^53 steps or more; a coarser ${fault.column === "volume" ? "lot" : "tick"} in assets.json keeps it exact`;
    case "unreadable_store":
      return `${fault.path}: ${fault.reason}`;
    default:
      return unreachable(fault);
  }
}

/** The asker's mistakes end a command with 2, those of the data with 1. */
export const isUsageFault = ({ code }: HistoryFault): boolean =>
  code === "unknown_asset" || code === "ambiguous_asset" || code === "interval_not_stored";

const listed = (words: readonly string[]): string => (words.length === 0 ? "none" : words.join(", "));
