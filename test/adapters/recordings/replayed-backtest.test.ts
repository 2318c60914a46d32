import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { recording, RecordedModel } from "../../../src/adapters/recordings/recorded-model.ts";
import { RecordingFolder } from "../../../src/adapters/recordings/recording-folder.ts";
import { portfolioSchema } from "../../../src/flow/proposals/portfolio-schema.ts";
import { runBacktest, runSimulation } from "../../../src/lab/backtest.ts";
import { aPlan, entriesOf, linesOf } from "../../lab/a-plan.ts";
import { ScriptedModel } from "./scripted.ts";

const wish = { days: 8, set: ["perps.proposer=house", "perps.model=acme/big/model-7"] };

async function recordedRun(): Promise<{ folder: string; plan: ReturnType<typeof aPlan>; model: ScriptedModel }> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-recordings-"));
  const model = new ScriptedModel();
  const plan = aPlan({ ...wish, model: recording(model, RecordingFolder.fill(folder)) });
  await runSimulation(plan);
  return { folder, plan, model };
}

function replayed(folder: string, set: readonly string[] = wish.set): { plan: ReturnType<typeof aPlan>; model: RecordedModel } {
  const read = RecordingFolder.open(folder, [portfolioSchema]);
  if (!read.ok) throw new Error(read.error.join("\n"));
  const model = new RecordedModel(read.value);
  const plan = aPlan({ ...wish, set, model });
  runBacktest(plan);
  return { plan, model };
}

describe("a backtest with a model, recorded and run again without one (MOD-4)", () => {
  it("gives the same journal hash, without a call and without waiting", async () => {
    const { folder, plan: first, model: asked } = await recordedRun();
    const { plan: again, model } = replayed(folder);
    const facts = entriesOf(first).map(({ fact }) => fact);
    const outcomes = new Set(facts.flatMap((fact) => (fact.kind === "model_answered" ? [fact.answer.outcome] : [])));
    const whys = facts.flatMap((fact) => (fact.kind === "model_answered" ? (fact.answer.attempts ?? []).map(({ why }) => why) : []));
    expect(outcomes, "all ways to answer were recorded").toEqual(new Set(["ok", "refused", "timed_out", "malformed"]));
    expect(new Set(whys)).toEqual(new Set(["first", "re_ask", "retry"]));
    expect(facts.filter(({ kind }) => kind === "order_sent").length).toBeGreaterThan(5);
    expect(readdirSync(folder)).toHaveLength(asked.asked);
    expect(model.missing).toBeUndefined();
    expect(linesOf(entriesOf(again))).toEqual(linesOf(entriesOf(first)));
    expect(again.journal.head().hash).toBe(first.journal.head().hash);
  });

  it("says what was missing when one answer is gone, and has another hash", async () => {
    const { folder, plan: first } = await recordedRun();
    rmSync(join(folder, readdirSync(folder).sort()[0]!));
    const { plan: again, model } = replayed(folder);
    expect(model.missing).toMatch(/^no recording for the trader's question to acme\/big\/model-7 with the prompt perps\.trader@1/);
    expect(again.journal.head().hash).not.toBe(first.journal.head().hash);
  });

  it("says so when the run asks another model than was recorded", async () => {
    const { folder } = await recordedRun();
    const { model } = replayed(folder, ["perps.proposer=house", "perps.model=acme/small"]);
    expect(model.missing).toMatch(/to acme\/small .*it was recorded for acme\/big\/model-7$/);
  });
});
