import type { InstrumentId } from "../../words/ids.ts";
import type { Instrument } from "../../words/instrument.ts";
import type { NewsItem } from "../market/news.ts";
import { plainWords } from "./untrusted.ts";

export type Named = {
  /** Ids from the item's own field that the venue's master has, each once. */
  readonly instruments: readonly InstrumentId[];
  /** Entries of that field that are no id of the master: never guessed at. */
  readonly unknown: readonly string[];
  /** Symbols of the master that stand in the text alone. They resolve to nothing: whoever writes a text would choose the instrument. */
  readonly mentioned: readonly string[];
};

/** An item comes in; the instruments that its machine-readable field names by the venue's own ids go out (MOD-7). */
export function instrumentsNamed(item: NewsItem, master: readonly Instrument[]): Named {
  const byId = new Map<string, InstrumentId>(master.map(({ id }) => [id, id]));
  const asked = [...new Set(item.symbols ?? [])];
  const instruments = asked.flatMap((text) => byId.get(text) ?? []);
  const named = new Set<string>(instruments);
  const { text } = plainWords(`${item.title ?? ""} ${item.body}`);
  const said = new Set(text.toUpperCase().match(/[\p{L}\p{N}]+(?:[-/.][\p{L}\p{N}]+)*/gu));
  return {
    instruments,
    unknown: asked.filter((each) => !byId.has(each)),
    mentioned: master.filter(({ id, symbol }) => !named.has(id) && said.has(symbol.toUpperCase())).map(({ symbol }) => symbol),
  };
}
