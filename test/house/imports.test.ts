import { describe, expect, it } from "vitest";
import { allowing, type Allowed } from "./allowing.ts";
import { computed, importsOf, type Import } from "./imports-of.ts";
import { rooms, stages, type Room } from "./rooms.ts";
import { filesUnder, roomOf, type SourceFile } from "./source-files.ts";

const nowhere: Room = { ours: [], outside: [] };
const stageOf = (name: string): number => (stages as readonly string[]).indexOf(name);

/** Laws 1 and 5: the direction of every import. */
function wrongImports(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap(importsOf).flatMap((found) => {
    const why = found.ours ? againstOurs(found) : againstOutside(found);
    return why === undefined ? [] : [`${found.from} -> ${found.to}: ${why}`];
  });
}

function againstOurs({ from, to, erased }: Import): string | undefined {
  if (!to.startsWith("src/")) return "leaves src";
  const [here, there] = [roomOf(from), roomOf(to)];
  if (here.room === "flow") {
    if (there.room === "words") return undefined;
    if (there.room !== "flow") return "a stage imports words and stages only";
    if (here.folder === there.folder) return undefined;
    if (stageOf(there.folder) > stageOf(here.folder)) return "a stage names nothing from below it";
    return erased ? undefined : "a stage calls no other stage: import type only";
  }
  if (here.room === there.room) return here.room !== "adapters" || here.folder === there.folder ? undefined : "adapters do not meet";
  if (there.room === "bin") return "nothing imports bin";
  const { ours } = rooms[here.room] ?? nowhere;
  if (ours.includes(there.room) || (erased && ours.includes(`type ${there.room}`))) return undefined;
  return ours.includes(`type ${there.room}`)
    ? `${here.room} takes types only from ${there.room}`
    : `${here.room} does not import ${there.room}`;
}

function againstOutside({ from, to }: Import): string | undefined {
  if (to === computed) return "a computed path";
  const { room } = roomOf(from);
  const { outside } = rooms[room] ?? nowhere;
  if (to.startsWith("node:")) return outside.includes("node:*") || outside.includes(to) ? undefined : `${room} does not import ${to}`;
  return outside.includes("npm") ? undefined : `${room} imports no package`;
}

function homeless(files: readonly SourceFile[]): readonly string[] {
  return files
    .filter(({ path }) => {
      const { room, folder } = roomOf(path);
      return room === "flow" ? stageOf(folder) < 0 : rooms[room] === undefined;
    })
    .map(({ path }) => path);
}

const allowed: readonly Allowed[] = [
  {
    breach: `src/bin/strategy-files.ts -> ${computed}: a computed path`,
    because: "a strategy of the user's own is a file that the configuration names; its digest goes into the journal",
  },
  {
    breach: `src/bin/desk-file.ts -> ${computed}: a computed path`,
    because: "a strategy of the user's own is a file that the configuration names; its digest goes into the journal",
  },
  {
    breach: "src/sim/models/model-server.ts -> node:http: sim does not import node:http",
    because: "the stand-in for providers is a real server, so that real clients are tested; this file alone opens its socket",
  },
  {
    breach: "src/sim/models/model-server.ts -> node:timers/promises: sim does not import node:timers/promises",
    because: "a latency on the wire is waited for; how long is decided by the pure files next to it",
  },
  {
    breach: "src/sim/models/token-count.ts -> gpt-tokenizer/encoding/o200k_base: sim imports no package",
    because: "a bill that budgets are tested against counts tokens as providers do",
  },
  {
    breach: "src/journal/memory-store.ts -> src/ports/journal-store.ts: journal does not import ports",
    because: "the journal in memory is what backtests append to; it has no vendor to be an adapter of, and names the port as a type",
  },
];

describe("law 1 and 5: imports point one way", () => {
  const files = filesUnder("src");

  it("has a place for every folder", () => {
    expect(homeless(files)).toEqual([]);
  });

  it("lets every file import from its own side only", () => {
    expect(allowing(wrongImports(files), allowed)).toEqual([]);
  });

  it("judged imports of every kind of room", () => {
    const seen = new Set(files.flatMap(importsOf).map(({ from }) => roomOf(from).room));
    expect([...seen].sort()).toEqual(["flow", ...Object.keys(rooms)].sort());
  });

  it.each([
    ["src/words/money.ts", `import { x } from "../flow/market/bars.ts";`, "words imports nothing of ours"],
    ["src/words/money.ts", `import type { X } from "../ports/clock.ts";`, "not even types"],
    ["src/words/money.ts", `import Decimal from "decimal.js";`, "nor packages"],
    ["src/flow/rails/judge.ts", `import { size } from "../sizing/size.ts";`, "a stage calls none below"],
    ["src/flow/rails/judge.ts", `import type { Sized } from "../sizing/size.ts";`, "nor names its records"],
    ["src/flow/sizing/size.ts", `import { judge } from "../rails/judge.ts";`, "a stage calls none above"],
    ["src/flow/sizing/size.ts", `import { type Passed } from "../rails/verdict.ts";`, "an inline type loads the module"],
    ["src/flow/sizing/size.ts", `export { judge } from "../rails/judge.ts";`, "a re-export is no way round"],
    ["src/flow/sizing/size.ts", `const { judge } = await import("../rails/judge.ts");`, "nor a dynamic import"],
    ["src/flow/sizing/size.ts", `import type { Fact } from "../../journal/fact.ts";`, "a stage knows no journal"],
    ["src/flow/sizing/size.ts", `import { hash } from "node:crypto";`, "nor node"],
    ["src/flow/market/indicators/sma.ts", `import { sma } from "trading-signals";`, "nor packages"],
    ["src/journal/fold.ts", `import { readFileSync } from "node:fs";`, "the journal opens no file"],
    ["src/journal/fold.ts", `import { countersign } from "../runtime/countersign.ts";`, "the journal knows no runner"],
    ["src/ports/model.ts", `import { question } from "../flow/proposals/question.ts";`, "a port takes types only"],
    ["src/config/load.ts", `import { encodeEntry } from "../journal/codec.ts";`, "config takes the journal's types only"],
    ["src/runtime/drive.ts", `import { FileJournal } from "../adapters/file-journal/file-journal.ts";`, "the runner knows no adapter"],
    ["src/runtime/drive.ts", `import { setTimeout } from "node:timers/promises";`, "nor timers"],
    ["src/desks/perps.ts", `import { SimVenue } from "../sim/venue/sim-venue.ts";`, "a desk knows no venue"],
    ["src/desks/perps.ts", `import { z } from "zod";`, "nor packages"],
    ["src/adapters/alpaca/client.ts", `import { drive } from "../../runtime/drive.ts";`, "an adapter knows no runner"],
    ["src/adapters/alpaca/client.ts", `import type { Row } from "../history/row.ts";`, "adapters do not meet"],
    ["src/adapters/alpaca/client.ts", `import { SimVenue } from "../../sim/venue/sim-venue.ts";`, "nor stand-ins"],
    ["src/sim/venue/sim-venue.ts", `import { createServer } from "node:http";`, "the simulation opens no socket"],
    ["src/sim/venue/sim-venue.ts", `import { AccountState } from "../../journal/account-state.ts";`, "and takes the journal's types only"],
    ["src/lab/sweep.ts", `import { parquetHistory } from "../adapters/history/parquet-history.ts";`, "the lab knows no adapter"],
    ["src/lab/sweep.ts", `import { demo } from "../bin/demo.ts";`, "nothing imports bin"],
    ["src/desks/perps.ts", `import { aBook } from "../../test/a-book.ts";`, "nothing leaves src"],
    ["src/bin/demo.ts", `const command = await import(name);`, "a computed path can be followed by nobody"],
  ])("would catch %s: %s (%s)", (path, text) => {
    expect(wrongImports([{ path, text }])).toEqual([expect.stringContaining(path)]);
  });

  it.each(["src/utils/round.ts", "src/flow/pricing/model.ts", "src/flow/step.ts", "src/loose.ts"])("would catch %s as homeless", (path) => {
    expect(homeless([{ path, text: "" }])).toEqual([path]);
  });
});
