import { z } from "zod";
import type { NewsItem } from "../../flow/market/news.ts";
import { err, ok, type Result } from "../../words/result.ts";

/** `line` counts from 1, blank lines included. */
export type NewsFault = { readonly code: "not_json" | "bad_item" | "too_many"; readonly line: number; readonly detail: string };

const itemsMax = 100_000;
/** Far above what a model is shown of one; a whole book in one line is a mistake of the file. */
const bodyMax = 20_000;

const row = z.strictObject({
  source: z.string().min(1).max(100),
  at: z.string().max(40),
  title: z.string().max(1_000).optional(),
  body: z.string().min(1).max(bodyMax),
  symbols: z.array(z.string().min(1).max(64)).max(50).optional(),
});

/**
 * JSON Lines come in, one item a line with `source`, `at` (an instant with its offset), `body` and perhaps `title` and `symbols`, which
 * are the venue's instrument ids; items in the order of time go out, or the first fault with its line. The words stay as they are
 * written: they are untrusted, and made harmless where they are shown.
 */
export function readNews(text: string): Result<readonly NewsItem[], NewsFault> {
  const items: NewsItem[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .entries()) {
    if (line.trim() === "") continue;
    const read = readLine(line, index + 1);
    if (!read.ok) return read;
    if (items.length >= itemsMax) return err({ code: "too_many", line: index + 1, detail: `a file has at most ${itemsMax} items` });
    items.push(read.value);
  }
  return ok(items.sort((a, b) => Temporal.Instant.compare(a.at, b.at)));
}

function readLine(text: string, line: number): Result<NewsItem, NewsFault> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err({ code: "not_json", line, detail: "each line is one JSON object" });
  }
  const read = row.safeParse(json);
  if (!read.success) {
    const [issue] = read.error.issues;
    const where = issue === undefined || issue.path.length === 0 ? "the item" : issue.path.join(".");
    return err({ code: "bad_item", line, detail: `${where}: ${issue?.message ?? "not as it should be"}` });
  }
  const { source, at, title, body, symbols } = read.data;
  const instant = instantOf(at);
  if (instant === undefined) return err({ code: "bad_item", line, detail: "at: an instant with its offset, such as 2026-01-05T14:30:00Z" });
  return ok({ source, at: instant, ...(title === undefined ? {} : { title }), body, ...(symbols === undefined ? {} : { symbols }) });
}

function instantOf(text: string): Temporal.Instant | undefined {
  try {
    return Temporal.Instant.from(text);
  } catch {
    return undefined;
  }
}
