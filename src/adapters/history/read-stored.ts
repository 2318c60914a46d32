import type { HistoryFault } from "../../ports/history.ts";
import { err, ok, type Result } from "../../words/result.ts";

/** What DuckDB, the file system and the footer's schema throw about one file is the store's fault, named by path. */
export async function readStored<Value>(path: string, read: () => Promise<Value>): Promise<Result<Value, HistoryFault>> {
  try {
    return ok(await read());
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
    if (reason.startsWith("Invariant")) throw cause;
    return err({ code: "unreadable_store", path, reason });
  }
}
