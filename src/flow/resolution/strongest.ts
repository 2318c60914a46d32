import type { ProposalId } from "../../words/ids.ts";
import type { Claim } from "./arbitrate.ts";

/** What one source wants of one symbol, once or several times, comes in; what it says goes out, with why each of the others does not count. */

export type Named<Of extends Claim> = Of & { readonly id: ProposalId };
export type SetAside = { readonly proposal: ProposalId; readonly why: "outranked" | "contradicts_itself" };
export type Strongest<Of extends Claim> = { readonly counts: Of | undefined; readonly aside: readonly SetAside[] };

/**
 * The surest counts; of two alike the smaller size, then the first that was made. A source that wants both sides and is equally sure of
 * them says nothing: all that it wants of the symbol is set aside, since to take either would be to pick for it.
 */
export function strongest<Of extends Claim>(claims: readonly Named<Of>[]): Strongest<Named<Of>> {
  const [first, ...rest] = [...claims].sort((a, b) => b.confidence - a.confidence || a.sizePct - b.sizePct);
  if (first === undefined) return { counts: undefined, aside: [] };
  if (rest.some(({ side, confidence }) => side !== first.side && confidence === first.confidence))
    return { counts: undefined, aside: claims.map(({ id }) => ({ proposal: id, why: "contradicts_itself" })) };
  return { counts: first, aside: rest.map(({ id }) => ({ proposal: id, why: "outranked" })) };
}
