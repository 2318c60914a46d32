import { readFileSync } from "node:fs";
import { readNews } from "../adapters/news-file/read-news.ts";
import type { NewsItem } from "../flow/market/news.ts";
import { Failed } from "./failed.ts";

/** The news of a file, or the line that is not any. */
export function newsIn(path: string): readonly NewsItem[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (fault) {
    throw new Failed(1, `--news ${path} could not be read: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
  const read = readNews(text);
  if (read.ok) return read.value;
  throw new Failed(1, `--news ${path}:${read.error.line}: ${read.error.detail}`);
}
