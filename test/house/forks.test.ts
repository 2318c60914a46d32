import { describe, expect, it } from "vitest";
import { allowing, type Allowed } from "./allowing.ts";
import { codeOf } from "./code-of.ts";
import { filesUnder, roomOf, type SourceFile } from "./source-files.ts";

const subject = String.raw`\b(?:broker|desk|venue)(?:\s*\.\s*(?:name|id|kind)|Name|Id|Kind)?`;
const name = String.raw`["'\`]`;
const forks = [
  new RegExp(`${subject}\\s*[!=]==?\\s*${name}`, "gi"),
  new RegExp(`${name}\\s*[!=]==?\\s*(?:[\\w.#]+\\.)?${subject}\\b`, "gi"),
  new RegExp(`switch\\s*\\([^)]*${subject}\\s*\\)`, "gi"),
  new RegExp(`includes\\s*\\(\\s*(?:[\\w.#]+\\.)?${subject}\\s*\\)`, "gi"),
  new RegExp(`${subject}\\s*\\.\\s*startsWith`, "gi"),
];

/** Law 6: what differs between brokers is the adapter's, what differs between desks is the desk's; nobody asks for a name. */
function forksByName(files: readonly SourceFile[]): readonly string[] {
  return files
    .filter(({ path }) => !["adapters", "desks"].includes(roomOf(path).room))
    .flatMap(({ path, text }) => {
      const code = codeOf(text);
      return forks.flatMap((fork) => [...code.matchAll(fork)].map(([found]) => `${path}: ${found.replace(/\s+/g, " ")}`));
    });
}

const allowed: readonly Allowed[] = [
  {
    breach: 'src/lab/backtest-report.ts: venue === "',
    because: "a generated market is labelled so on the report; nothing is decided by it",
  },
];

describe("law 6: nobody asks which broker or which desk", () => {
  it("finds no fork by name outside adapters and desks", () => {
    expect(allowing(forksByName(filesUnder("src")), allowed)).toEqual([]);
  });

  it.each([
    ["src/runtime/protect.ts", 'if (broker === "alpaca") return;'],
    ["src/runtime/protect.ts", 'if (venue.name !== "sim") return;'],
    ["src/flow/rails/spread.ts", 'return instrument.venue === "binance" ? 1 : 2;'],
    ["src/journal/fold.ts", 'if ("perps" === entry.desk) return;'],
    ["src/lab/backtest.ts", "switch (plan.venue.name) {}"],
    ["src/runtime/turn.ts", "if (cashDesks.includes(turn.desk)) return;"],
    ["src/bin/demo.ts", "if (deskId == `options`) return;"],
  ])("would catch in %s: %s", (path, text) => {
    expect(forksByName([{ path, text }])).toEqual([expect.stringContaining(path)]);
  });

  it.each([
    ["src/adapters/alpaca/client.ts", 'if (venue === "alpaca") return;'],
    ["src/desks/perps.ts", 'if (desk === "perps") return;'],
    ["src/runtime/protect.ts", "if (turn.rules.protectBy === 'bracket' && venue.able.brackets) return;"],
    ["src/journal/fold.ts", "if (entry.desk === state.desk) return;"],
  ])("lets %s say: %s", (path, text) => {
    expect(forksByName([{ path, text }])).toEqual([]);
  });
});
