import { err, ok, type Result } from "../../words/result.ts";
import { normaliseReply, type Ambiguous } from "./normalise-reply.ts";
import { readJson, type Json, type JsonFault } from "./read-json.ts";
import { shaped, type ShapeFault } from "./reply-fields.ts";
import type { Normalisations, ReplyMapping } from "./reply-mapping.ts";

/** Why an answer could not be read, with the path or the words of it. */
export type ReaderFault = JsonFault | Ambiguous | ShapeFault;

export type Read<Of> = { readonly reply: Of; readonly normalised: Normalisations };

const asAsked: Normalisations = { count: 0, list: [] };

/**
 * A model's text comes in; what `read` makes of it goes out, or the first fault with its path. A strict reader takes the schema's own spelling
 * alone, so what it takes at once needs no respelling, and only what it refuses is looked through for other spellings. `around` is done to the
 * tree before either.
 */
export function readReply<Of>(
  text: string,
  mapping: ReplyMapping,
  read: (json: Json) => Of,
  around: (json: Json) => Json = (json) => json,
): Result<Read<Of>, ReaderFault> {
  const said = readJson(text);
  if (!said.ok) return said;
  const json = around(said.value);
  const strict = shaped(() => read(json));
  if (strict.ok) return ok({ reply: strict.value, normalised: asAsked });
  const normal = normaliseReply(json, mapping);
  if (!normal.ok) return normal;
  if (normal.value.json === json) return err(strict.error);
  const respelled = shaped(() => read(normal.value.json));
  return respelled.ok ? ok({ reply: respelled.value, normalised: normal.value.normalised }) : respelled;
}
