import { describe, expect, it } from "vitest";
import { codeOf } from "./code-of.ts";
import { filesUnder, type SourceFile } from "./source-files.ts";

/** Turning something into a double. The checks and constants of `Number` turn nothing and are free. */
const conversion = /(?<![.\w$])(?:Number(?!\w)(?!\s*\.\s*(?:is[A-Z]\w*|[A-Z_]+\b|NaN))|parseFloat|parseInt)\b/g;

/** Every file that turns something into a double, and why that is neither money nor an id. */
const justified: Readonly<Record<string, string>> = {
  "src/words/exact.ts": "exponents of scientific notation, and `approximately`, the one way from an exact number to a statistic",
  "src/words/price.ts": "whole ticks, checked to be safe integers, and the size of a tick for a level that came from an indicator",
  "src/words/quantity.ts": "whole lots, checked to be safe integers",
  "src/flow/market/watched.ts": "whole ticks of a quote, which `priceOfTicks` checks",
  "src/flow/proposals/portfolio-question.ts": "an indicator, a float already, cut to six digits for a prompt",
  "src/flow/proposals/option-question.ts": "an indicator or a greek, a float already, cut short for a prompt",
  "src/adapters/house-model/answer-option.ts":
    "a model's arithmetic on the text it was shown; its answer is read and checked like any other",
  "src/journal/chain.ts": "the sequence of an entry, checked to be a safe integer",
  "src/journal/codec.ts": "the sequence of an entry, checked to be a safe integer",
  "src/journal/readable.ts": "a float shortened for people",
  "src/sim/random.ts": "32 random bits",
  "src/config/read-value.ts": "a limit or count of a setting; money is read exactly, by its own branch",
  "src/adapters/history/bad-ticks.ts": "screening for outliers; what is stored is the exact value",
  "src/adapters/history/decimal-text.ts": "the exponent of a decimal",
  "src/adapters/history/exact-column.ts": "a mantissa that is used only where it is a safe integer, and powers of ten",
  "src/adapters/history/in-steps.ts": "a mantissa that is used only where it is a safe integer, and powers of ten",
  "src/adapters/history/formats/lean-zip.ts": "offsets in a zip file",
  "src/adapters/history/stamps.ts": "parts of a time stamp",
  "src/adapters/house-model/answer-portfolio.ts":
    "a model's arithmetic on the text it was shown; its answer is read and checked like any other",
  "src/flow/proposals/reply-fields.ts": "a confidence or a size in percent, for thresholds; levels of a reply are parsed exactly",
  "src/adapters/house-model/answer-trader.ts":
    "a model's arithmetic on the text it was shown; its answer is read and checked like any other",
  "src/bin/backtest-flags.ts": "numbers of days, sessions, bars and accounts on the command line",
  "src/adapters/house-model/answer-decisive.ts":
    "a model's arithmetic on the text it was shown; its answer is read and checked like any other",
  "src/flow/context/untrusted-markup.ts": "the number of a character in a page's text",
  "src/sim/obeying-model.ts": "a model's arithmetic, written into a reply that is read and checked like any other",
  "src/sim/hostile-answers.ts": "a model's arithmetic, written into a reply that is read and checked like any other",
  "src/sim/hostile-council.ts": "the same of a council's models: a conviction from the table that it was shown",
  "src/adapters/house-model/answer-council.ts":
    "a model's arithmetic on the text it was shown; its answer is read and checked like any other",
  "src/bin/commands/prove.ts": "how many storms, from the command line",
  "src/lab/prove/prove.ts": "the number of a storm, which is its seed",
  "src/bin/commands/decisions.ts": "how many rows to show, from the command line",
  "src/bin/commands/data.ts": "a whole number on the command line",
  "src/bin/commands/journal.ts": "a whole number on the command line",
};

const converting = (files: readonly SourceFile[]): readonly string[] =>
  files.filter(({ text }) => codeOf(text).search(conversion) >= 0).map(({ path }) => path);

describe("numbers: money and ids never become doubles", () => {
  const found = converting(filesUnder("src"));

  it("finds conversions only in files whose reason is known", () => {
    expect(found.filter((path) => justified[path] === undefined)).toEqual([]);
  });

  it("keeps no reason for a file that needs none", () => {
    expect(Object.keys(justified).filter((path) => !found.includes(path))).toEqual([]);
  });

  it.each(["const n = Number(money);", "texts.map(Number)", "Number.parseFloat(cell)", "parseFloat(cell)", "const { parseInt } = Number;"])(
    "would catch: %s",
    (text) => {
      expect(converting([{ path: "src/flow/rails/spread.ts", text }])).toEqual(["src/flow/rails/spread.ts"]);
    },
  );

  it.each(["Number.isSafeInteger(ticks)", "Number.MAX_SAFE_INTEGER", "Number.NaN", "// Number(money)", "'Number(money)'", "lineNumber(x)"])(
    "lets a file say: %s",
    (text) => {
      expect(converting([{ path: "src/flow/rails/spread.ts", text }])).toEqual([]);
    },
  );
});
