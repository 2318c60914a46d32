/** Why a file is no chain; rows that are wrong by themselves are rejected one by one and the rest is read. */
export type ChainFileFault =
  | { readonly code: "unreadable_file"; readonly detail: string }
  | { readonly code: "missing_column"; readonly column: string }
  | { readonly code: "no_rows" };

/** `line` counts from 1 with the header, or is the place in a JSON list counted from 1. */
export type RejectedRow = { readonly line: number; readonly why: string };
