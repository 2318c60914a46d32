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

it("a crash between reservation and settlement, and the same question again: the ledger holds both calls, as the provider may bill both (MOD-6)", async () => {
  const journal = new MemoryJournal();
  const open = (): SpendLedger => {
    const opened = SpendLedger.open(journal, { caps: {}, config: "test" }, new FakeTime().clock.now());
    if (!opened.ok) throw new Error(opened.error.what);
    return opened.value;
  };
  const before = aGateway({ steps: ["deaf"], parts: { budget: open() } });
  // The call leaves, and the process is gone before anything comes back.
  void before.gateway.ask(question, asking);
  while (before.one.asks.length === 0) await Promise.resolve();
  const after = open();
  const worst = after.standing(new FakeTime().clock.now()).day.open;
  const { ask } = aGateway({ steps: [says("{}")], parts: { budget: after } });
  const { cost } = await ask();
  const { day } = after.standing(new FakeTime().clock.now());
  expect(worst > 0n && cost > 0n).toBe(true);
  expect([day.spent, day.open, day.calls]).toEqual([cost, worst, 2]);
  const calls = [...journal.entries()].flatMap(({ fact }) => (fact.kind === "spend_reserved" ? [fact.call] : []));
  expect(calls).toEqual([calls[0], calls[0]]);
});
