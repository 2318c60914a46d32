import type { MemberExposure } from "../flow/portfolio/group-standing.ts";
import type { AccountId } from "../words/ids.ts";

/**
 * The other accounts of a group with everything that they have reserved by now. What it answers must hold until the caller has journalled
 * its own reservation, or two accounts could take the last of a budget at once: within a process nothing may wait between the two.
 */
export interface GroupView {
  readonly group: string;
  others(of: AccountId): readonly MemberExposure[];
}
