import { describe, expect, it } from "vitest";
import { recordingKey } from "../../../src/adapters/recordings/recording-key.ts";
import { RecordingFolder } from "../../../src/adapters/recordings/recording-folder.ts";
import { recordedAnswers } from "../../../src/bin/recorded-answers.ts";
import { portfolioSchema } from "../../../src/flow/proposals/portfolio-schema.ts";
import type { Question } from "../../../src/flow/proposals/question.ts";
import { startModelServer } from "../../../src/sim/models/model-server.ts";
import { money } from "../../../src/words/money.ts";
import { freshFolder } from "../../bin/run-cli.ts";
import { askPlainly, clients } from "./an-ask.ts";

const question: Question = {
  role: "pm",
  model: "openrouter/some/model",
  prompt: "p@1",
  system: "You are the trader.",
  user: "What now?",
  schema: portfolioSchema,
  deadlineMs: 1_000,
  outputTokensMax: 100,
};

describe("recordings as answers of the stand-in", () => {
  it("are found by what was asked, one after the other, and the last one stays", async () => {
    const folder = freshFolder();
    const recorder = RecordingFolder.fill(folder, () => Temporal.Instant.from("2026-11-21T10:00:00Z"));
    for (const [attempt, text] of ["first", "second"].entries())
      recorder.save(
        recordingKey(question, {}, attempt),
        { prompt: "p@1", schema: portfolioSchema.name },
        { outcome: "ok", text, latencyMs: 5, tokensIn: 10, tokensOut: 2, cost: money("0.01"), costBy: "provider" },
      );
    const server = await startModelServer({ recorded: recordedAnswers(folder) });
    const model = clients["openrouter"]!(server.url, "some/model");
    const texts: string[] = [];
    for (let time = 0; time < 3; time++) texts.push((await askPlainly(model)).text);
    const other = await askPlainly(model, { system: "You are the arbiter." });
    await server.close();
    expect(texts).toEqual(["first", "second", "second"]);
    expect(other.text).toBe("as asked");
  });

  it("of an empty or missing folder are a mistake that is said at once", () => {
    expect(() => recordedAnswers(freshFolder())).toThrow("there are no recorded answers in it");
    expect(() => recordedAnswers("/nowhere/at/all")).toThrow("could not be read");
  });
});
