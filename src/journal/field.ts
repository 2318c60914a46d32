import { holdsOf, type Holds } from "./exact-fields.ts";

/** What encoder and decoder know of a field's name. `words` holds some of its texts ready quoted, since most are words of closed sets. */
export type Field = {
  readonly name: string;
  readonly firstKey: string;
  readonly nextKey: string;
  readonly holds: Holds;
  readonly words: Map<string, string>;
};

/** Names come from our own records, but free keys (indicators, settings) are not bounded, so the memory of them is. */
const rememberedMax = 4096;
const remembered = new Map<string, Field>();

export function fieldOf(name: string): Field {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  const quoted = JSON.stringify(name);
  const field = { name, firstKey: `{${quoted}:`, nextKey: `,${quoted}:`, holds: holdsOf(name), words: new Map<string, string>() };
  if (remembered.size < rememberedMax) remembered.set(name, field);
  return field;
}
