import { describe, expect, it } from "vitest";
import { WordsRead } from "../../../src/flow/calibration/words-read.ts";
import { correlationId, instrumentId, proposalId } from "../../../src/words/ids.ts";
import { price } from "../../../src/words/price.ts";

const at = Temporal.Instant.from("2026-01-02T03:00:00Z");
const forecast = (id: string, confidence: number) => ({
  proposal: proposalId(id),
  correlation: correlationId("c"),
  by: { kind: "rules", name: "trend", version: "1" } as const,
  instrument: instrumentId("A"),
  direction: "up" as const,
  confidence,
  entry: price("100"),
  takeProfit: price("110"),
  stopLoss: price("95"),
  madeAt: at,
  horizonAt: at,
});
const outcome = (id: string, cameTrue: boolean) => ({ proposal: proposalId(id), cameTrue, by: "stop" as const, resolvedAt: at });

describe("words that a calibrator read (EQ-8)", () => {
  it("are scored as they were read, beside what was said, once something came of them", () => {
    const words = new WordsRead();
    for (const id of ["1", "2", "3"]) words.made(forecast(id, 0.9));
    words.read(proposalId("1"), 0.4);
    words.read(proposalId("2"), 0.4);
    expect(words.scoreOf("trend"), "nothing has come of them").toBeUndefined();
    words.resolved(outcome("1", false));
    words.resolved(outcome("3", true));
    const score = words.scoreOf("trend");
    expect(score?.count, "the third was taken as said").toBe(1);
    expect([score?.brierSaid, score?.brierRead]).toEqual([expect.closeTo(0.81, 12), expect.closeTo(0.16, 12)]);
    words.resolved(outcome("1", true));
    expect(words.scoreOf("trend")?.count, "an outcome counts once").toBe(1);
    expect(words.scoreOf("momentum")).toBeUndefined();
  });

  it("forget a reading of what foresaw nothing", () => {
    const words = new WordsRead();
    words.read(proposalId("9"), 0.4);
    words.resolved(outcome("9", true));
    expect(words.scoreOf("trend")).toBeUndefined();
  });
});
