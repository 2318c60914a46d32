import { parseInstrumentId } from "../words/ids.ts";
import { invariant } from "../words/invariant.ts";
import { err, ok, type Result } from "../words/result.ts";
import { decode, type BadText } from "./decode.ts";
import { encode } from "./encode.ts";
import type { Entry } from "./entry.ts";
import { isFactKind } from "./fact-kinds.ts";

/** `bad_envelope`: sequence, instant, ids or config digest are not what they must be. `unknown_kind`: written by another version. */
export type BadEntry = BadText | { readonly code: "bad_envelope" | "unknown_kind"; readonly what: string };

/** One line's text. It always begins with `{"sequence":N,`, so that a reader can find a line without decoding it. */
export function encodeEntry(entry: Entry): string {
  invariant(Number.isSafeInteger(entry.sequence) && entry.sequence > 0, "sequences are whole numbers from 1");
  const { sequence, at, account, desk, correlation, config, fact } = entry;
  return encode(
    correlation === undefined ? { sequence, at, account, desk, config, fact } : { sequence, at, account, desk, correlation, config, fact },
  );
}

/** All ids share one shape; this is the door that answers instead of throwing. */
const isId = (value: unknown): boolean => typeof value === "string" && parseInstrumentId(value).ok;

const bad = (what: string): Result<Entry, BadEntry> => err({ code: "bad_envelope", what });

/** Checks the envelope, the kind and every exact field; the rest of a fact is vouched for by the hash chain. */
export function decodeEntry(text: string): Result<Entry, BadEntry> {
  const read = decode(text);
  if (!read.ok) return read;
  const { sequence, at, account, desk, correlation, config, fact } = read.value;
  if (!Number.isSafeInteger(sequence) || Number(sequence) < 1) return bad("sequence is a whole number from 1");
  if (!(at instanceof Temporal.Instant)) return bad("at is an instant");
  if (!isId(account)) return bad("account is an id");
  if (!isId(desk)) return bad("desk is an id");
  if (correlation !== undefined && !isId(correlation)) return bad("correlation is an id or absent");
  if (typeof config !== "string") return bad("config is the digest of the settings");
  if (typeof fact !== "object" || fact === null || !("kind" in fact) || typeof fact.kind !== "string")
    return bad("fact is a record with a kind");
  if (!isFactKind(fact.kind)) return err({ code: "unknown_kind", what: `no fact is of kind ${JSON.stringify(fact.kind)}` });
  return ok(read.value as Entry);
}
