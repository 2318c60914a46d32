import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Window } from "./backtest-history.ts";
import { Failed } from "./failed.ts";
import { checkWritable } from "./output-file.ts";
import { instantMs } from "./window.ts";

/** What the backtests of all desks ask of the flags that they share; each fault is one line that says what would be right. */

export function daysOf(text: string): number {
  const value = Number.parseInt(text, 10);
  if (!/^\d+$/.test(text) || value < 2 || value > 365) throw new Failed(2, `--synthetic ${text}: a whole number of days from 2 to 365`);
  return value;
}

/** A whole number from 1 to `most`, or undefined where the text is none. */
export function countOf(text: string, most: number): number | undefined {
  const count = /^\d{1,6}$/.test(text) ? Number.parseInt(text, 10) : 0;
  return count < 1 || count > most ? undefined : count;
}

export function checkOutputs({ json, journal }: { readonly json?: string; readonly journal?: string }): void {
  if (json !== undefined && json !== "-") checkWritable(json, "--json");
  if (journal === undefined) return;
  if (existsSync(journal))
    throw new Failed(2, `--journal ${journal}: it exists, and a journal is never written over; name another file or remove it`);
  checkWritable(journal, "--journal");
  if (json !== undefined && resolve(json) === resolve(journal))
    throw new Failed(2, `--json and --journal both name ${journal}; give each a file of its own`);
}

export function windowOf({ from, to }: { readonly from?: string; readonly to?: string }): Window {
  const window = {
    ...(from === undefined ? {} : { fromMs: instantMs(from, "--from") }),
    ...(to === undefined ? {} : { toMs: instantMs(to, "--to") }),
  };
  if (window.fromMs !== undefined && window.toMs !== undefined && window.fromMs >= window.toMs)
    throw new Failed(2, `--from ${from} is not before --to ${to}; --to is the end, which is not included`);
  return window;
}
