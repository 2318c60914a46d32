import { present } from "../../../words/invariant.ts";
import { pass, refuse, refuseState } from "../say.ts";
import type { Rail } from "../verdict.ts";

export const averageValue: Rail = {
  code: "average_value",
  title: "Average daily value",
  against: "shares that nobody is there to buy back",
  judges: "entries",
  compares: "the mean of what was traded a day, close times volume, with the least allowed",
  limits: ["averageDailyValueMin"],
  refuses: ["average_value", "average_value.unknown"],
  check: ({ candidate, standing, limits }) => {
    const least = present(limits.averageDailyValueMin, "the least average daily value is known");
    const found = standing.measures?.liquidity.find(({ instrument }) => instrument === candidate.instrument.id)?.averageDailyValue;
    if (found === undefined) return refuseState("average_value", "average_value.unknown", "its daily value was not measured");
    return found >= least ? pass("average_value", "money", found, least) : refuse("average_value", "average_value", "money", found, least);
  },
};
