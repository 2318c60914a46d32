import { expect, it } from "vitest";
import type { Entry } from "../../../src/journal/entry.ts";
import { CouncilApprover } from "../../../src/lab/council/council-approver.ts";
import { intentId } from "../../../src/words/ids.ts";

const trade = intentId("t-1.x");
const entry = (fact: object): Entry => ({ fact }) as Entry;

it("the other half of a flip that is shown again after a drift is a question of its own, and the first half's yes is none to it", () => {
  const asked: string[] = [];
  const approver = new CouncilApprover((of, binding) => {
    asked.push(`${of} ${binding}`);
    return { yes: binding === "first", by: "anna", why: "too late" };
  });
  approver.see(entry({ kind: "trade_pending", trade, binding: "first" }));
  expect(approver.ask(trade, "first")).toEqual({ yes: true, by: "anna", binding: "first" });
  approver.see(entry({ kind: "trade_released", trade, intent: trade, by: "anna" }));
  approver.see(entry({ kind: "trade_pending", trade, binding: "second" }));
  expect(approver.ask(trade, "second")).toEqual({ yes: false, by: "anna", why: "too late" });
  expect(asked).toEqual(["t-1.x first", "t-1.x second"]);
});
