import type { AccountState } from "../journal/account-state.ts";
import type { Entry } from "../journal/entry.ts";
import type { FactOf } from "../journal/fact.ts";

/** A journal taken up again: everything before the decision that was cut short, and that decision so far. */
export type Interrupted = { readonly entry: Entry; readonly woke: FactOf<"woke">; readonly tail: readonly Entry[] };

/**
 * Folds a journal into `state` up to the last decision that did not reach its end, which is handed back with what it had written;
 * undefined when every decision is whole and the state is complete.
 */
export function takeUp(entries: Iterable<Entry>, state: AccountState): Interrupted | undefined {
  let open: { entry: Entry; woke: FactOf<"woke">; tail: Entry[] } | undefined;
  for (const entry of entries) {
    if (entry.fact.kind === "woke") {
      // A decision that another one followed was left on purpose; only the last can have been cut short.
      for (const held of open?.tail ?? []) state.apply(held);
      open = { entry, woke: entry.fact, tail: [entry] };
      continue;
    }
    if (open === undefined) state.apply(entry);
    else {
      open.tail.push(entry);
      if (entry.fact.kind === "scanned" && entry.correlation === open.entry.correlation) {
        for (const held of open.tail) state.apply(held);
        open = undefined;
      }
    }
  }
  return open;
}
