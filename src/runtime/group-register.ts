import { betsOf, type Sight } from "../flow/rails/group/bets.ts";
import type { MemberExposure } from "../flow/portfolio/group-standing.ts";
import type { AccountState } from "../journal/account-state.ts";
import type { GroupView } from "../ports/group-view.ts";
import type { AccountId } from "../words/ids.ts";
import { invariant } from "../words/invariant.ts";

type Member = { readonly state: AccountState; sequence: number; exposure: MemberExposure | undefined };

/**
 * The accounts of a group that run in this process. Each is read from its own books at the moment it is asked for, so that a reservation
 * counts for the others as soon as it is journalled; an account that died stays as it was last.
 */
export class GroupRegister implements GroupView {
  readonly group: string;
  readonly #members = new Map<AccountId, Member>();

  constructor(group: string) {
    this.group = group;
  }

  join(account: AccountId, state: AccountState): void {
    invariant(!this.#members.has(account), "an account joins its group once");
    this.#members.set(account, { state, sequence: -1, exposure: undefined });
  }

  others(of: AccountId): readonly MemberExposure[] {
    const found: MemberExposure[] = [];
    for (const [account, member] of this.#members) {
      if (account === of) continue;
      const exposure = exposureOf(account, member);
      if (exposure !== undefined) found.push(exposure);
    }
    return found;
  }
}

/** Undefined before the account was opened, and where something it holds has no price: then nobody knows what it stakes. */
function exposureOf(account: AccountId, member: Member): MemberExposure | undefined {
  const { state } = member;
  const at = state.measured.seenAt;
  if (at === undefined) return undefined;
  if (state.sequence === member.sequence) return member.exposure;
  const sight: Sight = {
    instrument: (id) => (state.knowsInstrument(id) ? state.instrument(id) : undefined),
    mark: state.markOf,
    delta: (id) => state.measured.deltaOf(id),
  };
  const found = betsOf(state, sight);
  member.sequence = state.sequence;
  member.exposure = found === undefined ? undefined : { account, at, ...found };
  return member.exposure;
}
