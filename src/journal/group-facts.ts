import type { GroupStanding } from "../flow/portfolio/group-standing.ts";

/** What an account of a group learns of the others: noted before its rails are judged, so that the decision can be made again from it. */
export type GroupFact = { readonly kind: "group_seen" } & GroupStanding;
