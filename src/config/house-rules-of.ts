import type { ApprovalRule } from "../flow/approval/approve.ts";
import type { AgesMax } from "../flow/market/watched.ts";
import type { GroupLimits } from "../flow/rails/group/group-limits.ts";
import type { Limits } from "../flow/rails/limits.ts";
import type { Charges } from "../flow/rails/outlay.ts";
import type { InstrumentId } from "../words/ids.ts";
import { bps } from "../words/rate.ts";
import type { Config } from "./config.ts";
import { groupOf } from "./group-of.ts";

/** What the runtime's house rules are, field by field. */
type HouseRules = {
  readonly limits: Limits;
  readonly charges: Charges;
  readonly approval: ApprovalRule;
  readonly ages: AgesMax;
  readonly entryWorstBps: number;
  readonly exitWorstBps: number;
  readonly protectBy: "orders" | "bracket";
  readonly patience: { readonly visibilityMs: number; readonly differenceMs: number };
};

export const limitsOf = (config: Config, allowed: readonly InstrumentId[]): Limits => ({ ...config.limits, allowed });

const ofGroup = (group: GroupLimits | undefined): Pick<Limits, "group"> => (group === undefined ? {} : { group });

export const houseRulesOf = (config: Config, allowed: readonly InstrumentId[]): HouseRules => ({
  ...config.execution,
  patience: config.reconcile,
  limits: { ...limitsOf(config, allowed), ...ofGroup(groupOf(config)) },
  charges: { takerFee: bps(config.venue.takerFeeBps) },
  ages: {
    quoteMs: config.limits.quoteAgeMsMax,
    fundingMs: config.perps.fundingAgeMsMax,
    openInterestMs: config.perps.openInterestAgeMsMax,
  },
  approval: { personAbove: config.approval.personAboveUsd, secondsMax: config.approval.secondsMax },
});
