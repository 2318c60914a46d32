import { describe, expect, it } from "vitest";
import { HouseModel } from "../../src/adapters/house-model/house-model.ts";
import { perps } from "../../src/desks/perps.ts";
import type { NewsItem } from "../../src/flow/market/news.ts";
import { materialChange } from "../../src/flow/proposals/material-change.ts";
import type { Question } from "../../src/flow/proposals/question.ts";
import { decodeEntry, encodeEntry } from "../../src/journal/codec.ts";
import { runBacktest } from "../../src/lab/backtest.ts";
import { replayDecision } from "../../src/runtime/replay-decision.ts";
import { quotesOf } from "../../src/runtime/turn.ts";
import { newsNonce } from "../../src/runtime/news-nonce.ts";
import { instantOfMs } from "../../src/words/instant.ts";
import { intervalMs } from "../../src/words/interval.ts";
import { aPlan, demoHours, entriesOf, linesOf } from "./a-plan.ts";
import { idle } from "./handmade.ts";

const histories = demoHours("1", 3);
const firstMs = histories[0]!.bars.openMs[0]!;
const out = (hours: number, body: string): NewsItem => ({
  source: "Wire",
  at: instantOfMs(firstMs + hours * intervalMs["1h"]),
  body,
  symbols: [histories[0]!.instrument.id],
});
const news = [out(5, "second\u200b"), out(2, "first"), out(43, "third")];

function told(of: readonly NewsItem[] | undefined): { lines: string[]; questions: Question[]; plan: ReturnType<typeof aPlan> } {
  const questions: Question[] = [];
  const house = new HouseModel();
  const model = { ask: (question: Question) => (questions.push(question), house.ask(question)) };
  const set = ["perps.proposer=house", "perps.cacheMs=0"];
  const plan = aPlan({ histories, strategy: idle, model, set, more: of === undefined ? {} : { news: of } });
  runBacktest(plan);
  return { lines: linesOf(entriesOf(plan)), questions, plan };
}
const shownIn = ({ user }: Question): string[] => [...user.matchAll(/^\| (.*)$/gm)].map(([, body]) => body!);
const hourOf = ({ user }: Question): number =>
  (Temporal.Instant.from(/^TIME (\S+)/m.exec(user)![1]!).epochMilliseconds - firstMs) / intervalMs["1h"];

describe("news in the line (MOD-7)", () => {
  const run = told(news);

  it("are shown from their own instant on, for a day, plain and with their instrument", () => {
    for (const question of run.questions) {
      const hour = hourOf(question);
      const due = [[2, "first"] as const, [5, "second"] as const, [43, "third"] as const].filter(([at]) => at <= hour && hour - at < 24);
      expect(shownIn(question), `hour ${hour}`).toEqual(due.map(([, body]) => body));
      if (due.length > 0) expect(question.user).toContain(`,${histories[0]!.instrument.id},`);
    }
    expect(run.questions.some((question) => shownIn(question).length === 2)).toBe(true);
  });

  it("are fenced by another name in every question, which nobody can tell from the last", () => {
    const nonces = run.questions.flatMap(({ user }) => /between <([0-9a-z]+) /.exec(user)?.[1] ?? []);
    expect(nonces.length).toBeGreaterThan(20);
    expect(new Set(nonces).size).toBe(nonces.length);
    expect(newsNonce("a", "x")).toMatch(/^[0-9a-f]{16}$/);
    expect(new Set([newsNonce("a", "x"), newsNonce("b", "x"), newsNonce("a", "y")]).size).toBe(3);
  });

  it("give the same journal again, word for word, and leave it as it was where there are none", () => {
    expect(told(news).lines).toEqual(run.lines);
    expect(told(undefined).lines.join("")).not.toContain('"news"');
    expect(run.lines.map((line) => encodeEntry((decodeEntry(line) as { value: Parameters<typeof encodeEntry>[0] }).value))).toEqual(
      run.lines,
    );
  });

  it("are enough in the journal to put the same question again: a decision on news replays byte for byte", () => {
    const entries = entriesOf(run.plan);
    const woken = entries.filter(({ fact }) => fact.kind === "woke" && (fact.snapshot.news?.items.length ?? 0) > 0);
    expect(woken.length).toBeGreaterThan(20);
    for (const { correlation } of woken.slice(0, 10)) {
      const replayed = replayDecision(entries, correlation!, ({ state, entry, woke }) => {
        const quote = quotesOf(woke.snapshot);
        const { settings, rules, account } = run.plan;
        const turn = { now: entry.at, trigger: woke.trigger, account, correlation: correlation!, snapshot: woke.snapshot, state, rules };
        return perps.cycle({ ...turn, sessionOpen: () => true, quote }, settings);
      });
      expect(replayed).toMatchObject({ ok: true, value: { differsAt: undefined } });
    }
  });

  it("end the life of an answer: what was decided on other news is not used again", () => {
    const snapshots = entriesOf(run.plan).flatMap(({ fact }) => (fact.kind === "woke" ? [fact.snapshot] : []));
    const [seen] = snapshots.filter((snapshot) => snapshot.news?.items.length === 2);
    const { news: shown, ...bare } = seen!;
    const [first, second] = shown!.items;
    const withItems = (...items: readonly NewsItem[]) => ({ ...bare, news: { nonce: "another1", items } });
    const changes = [
      bare,
      withItems(),
      withItems(first!),
      withItems(second!, first!),
      withItems(first!, { ...second!, body: "other" }),
      withItems(first!, second!),
    ];
    expect(changes.map((then) => materialChange(then, seen!, 1))).toEqual(["news", "news", "news", "news", "news", undefined]);
    expect(materialChange(bare, withItems(), 1)).toBeUndefined();
  });
});
