import { expect, it } from "vitest";
import { MemoryJournal } from "../../../src/journal/memory-store.ts";
import { SpendLedger } from "../../../src/runtime/spend/spend-ledger.ts";
import { money, sum } from "../../../src/words/money.ts";
import { asking, aGateway, question } from "./a-gateway.ts";
import { FakeTime } from "./fake-time.ts";
import { fails, says, type Step } from "./scripted-provider.ts";

it("64 questions at once over the real ledger never pass the day's cap together, whatever came of the calls (MOD-6)", async () => {
  const now = new FakeTime().clock.now();
  const usdPerDayMax = money("0.25");
  const opened = SpendLedger.open(new MemoryJournal(), { caps: { usdPerDayMax }, config: "test" }, now);
  if (!opened.ok) throw new Error(opened.error.what);
  const ledger = opened.value;
  const kinds: readonly Step[] = [says("{}"), says("hm"), fails(500), fails(429), "stall"];
  const steps = Array.from({ length: 200 }, (_, n) => kinds[n % kinds.length] ?? "stall");
  const { gateway, time, one } = aGateway({ steps, parts: { budget: ledger } });
  const asked = Array.from({ length: 64 }, (_, n) => Promise.resolve(gateway.ask({ ...question, user: `${n}?` }, asking)));
  const answers = await time.until(Promise.all(asked));
  const { day } = ledger.standing(time.clock.now());
  expect(day.open).toBe(0n);
  expect(day.spent).toBe(sum(answers.map(({ cost }) => cost)));
  expect(day.spent).toBeLessThanOrEqual(usdPerDayMax);
  expect(answers.filter(({ outcome }) => outcome === "over_budget").length).toBeGreaterThan(20);
  expect(one.asks.length).toBeGreaterThan(15);
});
