/** A rule that a row breaks; each is a hard fault (docs/data.md lists them). */
export type RowRule = keyof typeof ruleTexts;

/** What would be right, after the rule's name on the fault line. */
export const ruleTexts = {
  empty_cell: "every price, volume and rate is a number",
  not_a_number: "numbers are plain or scientific decimals, finite, without thousands separators",
  too_precise: "at most 12 decimals are kept exactly; --round-decimals N rounds half to even",
  too_large: "numbers are below 10^14",
  missing_cells: "each row has as many cells as the first line",
  extra_cells: "each row has as many cells as the first line; thousands separators and unquoted delimiters add cells",
  cut_off: "the file ends in the middle of this row",
  bad_time: "times are whole epoch numbers or ISO dates such as 2025-05-04 15:33:00+00:00",
  ambiguous_time: "local times that a clock change skips or repeats need an offset in the file",
  year_out: "epoch years are 1990 to 2100; say --time-unit s, ms, us or ns",
  off_grid: "rows open on whole multiples of the interval in UTC; say the right --interval, or --zone if the file has local time",
  unsorted: "rows come in order of time; --sort sorts them first",
  duplicate: "each instant comes once",
  not_positive: "prices are above zero",
  negative: "volume and open interest are not negative",
  high_below_low: "high is at or above low",
  open_outside: "open is within low and high",
  close_outside: "close is within low and high",
  off_tick: "prices are whole multiples of --tick",
  other_symbol: "one file holds one symbol",
  overlap: "a row that is there already has the same values",
} as const;

export type RowFault = { readonly line: number; readonly rule: RowRule; readonly detail: string };

/** A fault of the whole file: nothing in it can be used. `usage` ones are cured by a flag or another file. */
export type FileFault = { readonly code: FileRule; readonly detail: string; readonly line?: number };
type FileRule =
  | "not_found"
  | "unreadable"
  | "empty_file"
  | "truncated_archive"
  | "bad_archive"
  | "bad_header"
  | "bad_shape"
  | "not_supported"
  | "say_more"
  | "no_rows_left"
  | "bad_instrument";
