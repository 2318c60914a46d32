import type { ApprovalRule } from "../flow/approval/approve.ts";
import type { Limits } from "../flow/rails/limits.ts";
import type { InstrumentId } from "../words/ids.ts";
import type { Config } from "./config.ts";

/** What the runtime's house rules are, field by field. */
type HouseRules = {
  readonly limits: Limits;
  readonly approval: ApprovalRule;
  readonly entryWorstBps: number;
  readonly exitWorstBps: number;
  readonly protectBy: "orders" | "bracket";
};

export const limitsOf = (config: Config, allowed: readonly InstrumentId[]): Limits => ({ ...config.limits, allowed });

export const houseRulesOf = (config: Config, allowed: readonly InstrumentId[]): HouseRules => ({
  ...config.execution,
  limits: limitsOf(config, allowed),
  approval: { personAbove: config.approval.personAboveUsd, secondsMax: config.approval.secondsMax },
});
