import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommanderError } from "commander";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { FileJournal } from "../../../src/adapters/file-journal/file-journal.ts";
import { journalCommand } from "../../../src/bin/commands/journal.ts";
import { Failed } from "../../../src/bin/failed.ts";
import { encodeEntry } from "../../../src/journal/codec.ts";
import { isFactKind } from "../../../src/journal/fact-kinds.ts";
import { sampleEntries } from "../../journal/arbitrary-fact.ts";
import { clientOrderIdOf, correlationId } from "../../../src/words/ids.ts";

const folder = mkdtempSync(join(tmpdir(), "countersign-journal-command-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  process.exitCode = undefined;
});

const entries = sampleEntries(120, 21).map((entry) => {
  const { correlation: _without, ...rest } = entry;
  return entry.sequence === 60
    ? { ...rest, correlation: correlationId("p-0042"), fact: { kind: "order_triggered" as const, order: clientOrderIdOf("p-0042.1.e0") } }
    : rest;
});
const path = join(folder, "desk.journal");
const opened = FileJournal.open(path);
if (!opened.ok) throw new Error("the journal does not open");
for (const entry of entries) opened.value.append(entry);
const head = opened.value.head().hash;
void opened.value.close();

async function run(...words: string[]): Promise<{ out: string; error: string; code: number }> {
  let out = "";
  let error = "";
  const command = journalCommand();
  const output = { writeOut: (text: string) => void (out += text), writeErr: (text: string) => void (error += text) };
  for (const each of [command, ...command.commands]) each.configureOutput(output).exitOverride();
  let code = 0;
  try {
    await command.parseAsync(words, { from: "user" });
    code = Number(process.exitCode ?? 0);
  } catch (fault) {
    if (fault instanceof Failed) error += `${fault.message}\n`;
    else if (!(fault instanceof CommanderError)) throw fault;
    code = fault.exitCode;
  }
  process.exitCode = undefined;
  return { out, error, code };
}

describe("journal verify", () => {
  it("says what the journal holds and where it stands", async () => {
    const { out, error, code } = await run("verify", path);
    expect([error, code]).toEqual(["", 0]);
    expect(out).toMatch(/entries +120, all as they were written/);
    expect(out).toMatch(/first +\S+ \S+ UTC/);
    expect(out).toContain(head);
  });

  it("holds the chain against a head noted earlier, which is how a cut end is seen", async () => {
    expect((await run("verify", path, "--head", head)).code).toBe(0);
    const cut = join(folder, "cut.journal");
    writeFileSync(cut, readFileSync(path, "utf8").split("\n").slice(0, 119).join("\n") + "\n");
    expect((await run("verify", cut)).code).toBe(0);
    const { error, code } = await run("verify", cut, "--head", head);
    expect(code).toBe(1);
    expect(error).toContain("the end was cut off");
  });

  it("names the first bad entry and what is wrong, with exit code 1", async () => {
    const bad = join(folder, "bad.journal");
    const lines = readFileSync(path, "utf8").split("\n");
    writeFileSync(bad, lines.toSpliced(76, 1).join("\n"));
    expect(await run("verify", bad)).toEqual({
      out: "",
      error: `${bad}: broken at entry 77: entry 77 is missing: entry 78 stands in its place\n`,
      code: 1,
    });
  });

  it("calls an end within an entry broken, says how to keep the rest, and does not touch it", async () => {
    const torn = join(folder, "torn.journal");
    const bytes = readFileSync(path).subarray(0, -9);
    writeFileSync(torn, bytes);
    expect(await run("verify", torn)).toEqual({
      out: "",
      error: expect.stringMatching(/broken at entry 120: it was cut short, \d+ bytes .* head -n 119 keeps them/) as string,
      code: 1,
    });
    expect(readFileSync(torn).equals(bytes)).toBe(true);
  });

  it.each([
    ["is missing", () => undefined, 2, /there is no such file/],
    ["is a directory", (file: string) => mkdirSync(file), 2, /this is a directory/],
    ["is empty", (file: string) => writeFileSync(file, ""), 1, /the file is empty/],
    ["is no journal", (file: string) => writeFileSync(file, "# notes\n"), 1, /this is not a journal/],
  ])("says in one line that the file %s", async (because, make, exit, line) => {
    const file = join(folder, because.replaceAll(" ", "-"));
    make(file);
    for (const name of ["verify", "export", "show"]) {
      const { out, error, code } = await run(name, file);
      expect([out, code]).toEqual(["", exit]);
      expect(error).toMatch(line);
      expect(error.split("\n")).toHaveLength(2);
    }
  });
});

const parsed = (out: string): Record<string, unknown>[] =>
  out
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe("journal export", () => {
  it("writes every entry as one flat line with the fields of its fact", async () => {
    const { out, error, code } = await run("export", path);
    expect([error, code]).toEqual(["", 0]);
    expect(parsed(out)).toEqual(
      entries.map((entry) => {
        const { fact, ...envelope } = JSON.parse(encodeEntry(entry)) as Record<string, object>;
        return { ...envelope, ...fact };
      }),
    );
  });

  it("keeps to kinds, decision and range", async () => {
    const kinds = [entries[0]!.fact.kind, entries[5]!.fact.kind];
    const byKind = parsed((await run("export", path, "--kind", kinds.join(","))).out);
    expect(byKind.map(({ sequence }) => sequence)).toEqual(
      entries.filter(({ fact }) => kinds.includes(fact.kind)).map(({ sequence }) => sequence),
    );
    expect(parsed((await run("export", path, "--correlation", "p-0042")).out)).toMatchObject([{ sequence: 60, kind: "order_triggered" }]);
    expect(parsed((await run("export", path, "--from", "10", "--to", "12")).out).map(({ sequence }) => sequence)).toEqual([10, 11, 12]);
  });

  it("writes to a new file and never over an old one", async () => {
    const file = join(folder, "out.jsonl");
    expect((await run("export", path, "--to", "3", "--out", file)).out).toBe(`${file}: 3 entries\n`);
    expect(parsed(readFileSync(file, "utf8"))).toHaveLength(3);
    expect(await run("export", path, "--out", file)).toMatchObject({
      out: "",
      code: 2,
      error: expect.stringContaining("nothing is written over") as string,
    });
    expect(parsed(readFileSync(file, "utf8"))).toHaveLength(3);
  });

  it("refuses a kind that no fact has, and names those there are", async () => {
    const { error, code } = await run("export", path, "--kind", "filled,dreamt");
    expect(code).toBe(1);
    expect(error).toContain('No fact is of kind "dreamt"');
    expect(error).toContain("order_planned");
  });
});

describe("journal show", () => {
  it("prints the last twenty, one line each, with the time in UTC and the kind in words", async () => {
    const { out, error, code } = await run("show", path);
    expect([error, code]).toEqual(["", 0]);
    const lines = out.trimEnd().split("\n");
    expect(lines).toHaveLength(20);
    for (const [index, line] of lines.entries()) {
      const kind = entries[100 + index]!.fact.kind;
      expect(isFactKind(kind)).toBe(true);
      expect(line).toMatch(new RegExp(`^ +${101 + index}  \\S+ \\S+ UTC +${kind.replaceAll("_", " ")}`));
    }
  });

  it("follows one decision or order, and says when nothing names it", async () => {
    expect((await run("show", path, "p-0042")).out).toMatch(/^ +60 .* order triggered +p-0042\.1\.e0 {2}\[p-0042\]\n$/);
    expect((await run("show", path, "p-0042.1.e0")).out).toMatch(/^ +60 .*\n$/);
    expect(await run("show", path, "p-9999")).toMatchObject({
      out: "",
      code: 1,
      error: expect.stringContaining("no fact of 120 names p-9999") as string,
    });
    expect((await run("show", path, "--last", "3")).out.split("\n")).toHaveLength(4);
    expect((await run("show", path, "--last", "0")).code).toBe(1);
  });
});
