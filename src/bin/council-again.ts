import type { Loaded } from "../config/config.ts";
import type { CouncilMember, Minutes, Seat } from "../desks/council-settings.ts";
import { council } from "../desks/council.ts";
import { regimeOf } from "../flow/market/regime.ts";
import type { Fact } from "../journal/fact.ts";
import type { Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";
import { councilRules, councilSettings } from "./council-plan.ts";
import { Failed } from "./failed.ts";

type Again = { readonly turn: Turn; readonly loaded: Loaded; readonly recorded: readonly Fact[]; readonly set: readonly string[] };

/**
 * A wake of any account of a council comes in; its line goes out, on the journal alone. What a meeting took from outside its own snapshot is
 * taken from what it wrote: the regime of ten sessions from the pack, a member's minutes from what that member copied of them.
 */
export function councilAgain({ turn, loaded, recorded, set }: Again): Line {
  const frozen = recorded.find((fact) => fact.kind === "pack_frozen");
  const settings = councilSettings(loaded, () => frozen?.pack.regime ?? regimeOf([]));
  const seat = seatOf(turn, settings.members, recorded);
  if (seat.of !== "council") checkSeat(turn, set);
  const rules = councilRules(loaded, turn.rules.limits.allowed);
  return council.cycle({ ...turn, rules }, { ...settings, seat });
}

/** Accounts are named after who sits there, and no member may be called council or flat. */
function seatOf({ account }: Turn, members: readonly CouncilMember[], recorded: readonly Fact[]): Seat {
  if (account === "flat") return { of: "flat" };
  const member = members.find(({ name }) => name === account)?.name;
  return member === undefined ? { of: "council" } : { of: "member", member, minutes: minutesIn(recorded) };
}

function minutesIn(recorded: readonly Fact[]): (week: string) => Minutes | undefined {
  const seated = recorded.find((fact) => fact.kind === "seated");
  // Where there was no council there is no pack either, and the copy has no hash of one.
  if (seated === undefined || seated.packHash === "") return () => undefined;
  const pitched = recorded.flatMap((fact) => {
    if (fact.kind !== "pitched") return [];
    const { member, model, price, pitch } = fact;
    return [{ member, model, price, pitch }];
  });
  const { packHash } = seated;
  return (week) => (week === seated.week ? { week, packHash, pitched } : undefined);
}

/** Here it would change nothing and look like an answer: the meeting is in another journal. */
function checkSeat({ account }: Turn, set: readonly string[]): void {
  const given = set.find((pair) => /^council\.(?:quorum|weighReviewers|members\..*)=/.test(pair));
  if (given === undefined) return;
  const key = given.slice(0, given.indexOf("="));
  throw new Failed(2, `--set ${key}: the account ${account} holds no meetings; replay the meeting from the journal of the council's own`);
}
