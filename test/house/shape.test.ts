import { describe, expect, it } from "vitest";
import { codeOf } from "./code-of.ts";
import { filesUnder, roomOf, type SourceFile } from "./source-files.ts";

const linesMax = 400;
const linesUsual = 200;

/** Files above the usual size, each with the ceiling it may not grow through. Splitting one takes its line out; none comes in. */
const large: Readonly<Record<string, number>> = {
  "src/adapters/file-journal/file-journal.ts": 262,
  "src/journal/account-state.ts": linesMax,
  "src/lab/replay-market.ts": 300,
};

const linesOf = (text: string): number => text.split("\n").length - 1;

function oversized(files: readonly SourceFile[], ceilings: Readonly<Record<string, number>>): readonly string[] {
  return files.flatMap(({ path, text }) => {
    const lines = linesOf(text);
    const most = Math.min(linesMax, ceilings[path] ?? linesUsual);
    return lines > most ? [`${path} has ${lines} lines, at most ${most} here`] : [];
  });
}

/** Names that say where a thing was put and not what it is. */
const drawers = new Set([
  "utils",
  "util",
  "helpers",
  "helper",
  "common",
  "types",
  "services",
  "service",
  "managers",
  "manager",
  "misc",
  "shared",
  "lib",
  "index",
]);
const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

function misnamed(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap(({ path }) => {
    const parts = path.split("/").slice(1);
    const names = parts.map((part) => part.replace(/(?:\.test|\.d)?\.(?:ts|md)$/, ""));
    return names.flatMap((name) =>
      drawers.has(name) ? [`${path}: ${name} says nothing`] : kebab.test(name) ? [] : [`${path}: ${name} is not kebab-case`],
    );
  });
}

const words: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/\benum\s+\w+\s*\{/, "an enum"],
  [/\bnamespace\s+\w+\s*\{/, "a namespace"],
  [/\bexport\s+default\b/, "a default export"],
  [/\bexport\s*\*/, "a barrel"],
  [/(?:[:<,|&(]|\bas)\s*any\b(?!\s*[:(])/, "any"],
  [/[\w)\]]!(?:\.|\[|;|,|\))/, "a non-null assertion"],
];
const remarks: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/\b(?:TODO|FIXME|XXX|HACK)\b/, "a promise for later"],
  [/@ts-(?:ignore|nocheck|expect-error)\b/, "a silenced compiler"],
  [/(?:oxlint|eslint)-disable(?!.* -- \w)/, "a lint rule switched off without a reason"],
  [/^\s*\/\/\s*[-=*#]{4,}/m, "a banner"],
];

function unwelcome(files: readonly SourceFile[], patterns = words): readonly string[] {
  return files.flatMap(({ path, text }) => {
    const code = codeOf(text);
    return [...patterns.filter(([pattern]) => pattern.test(code)), ...remarks.filter(([pattern]) => pattern.test(text))].map(
      ([, what]) => `${path}: ${what}`,
    );
  });
}

const tests: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/\.\s*(?:only|todo|fails)\b(?=\s*[(.`])/, "a test that hides others or itself"],
  [/\b(?:it|test|describe)\s*\.\s*skip\b(?!If)|\b(?:xit|xdescribe|fit|fdescribe)\s*\(/, "a test that is skipped for ever"],
  [/\bsetTimeout\s*\(|\bperformance\s*\.\s*now\b/, "a timed test"],
];

function weakTests(files: readonly SourceFile[]): readonly string[] {
  const tested = files.filter(({ path }) => path.endsWith(".test.ts"));
  const silent = tested
    .filter(({ text }) => !/\bexpect[A-Z]?\w*\s*[(.]|\bfc\s*\.\s*assert\b/.test(codeOf(text)))
    .map(({ path }) => `${path}: expects nothing`);
  const skipping = tested
    .filter(({ text }) => /\bskipIf\b/.test(codeOf(text)) && !/skipped/.test(text))
    .map(({ path }) => `${path}: skips and does not say so`);
  const weak = files.flatMap(({ path, text }) => {
    const code = codeOf(text);
    return tests.filter(([pattern]) => pattern.test(code)).map(([, what]) => `${path}: ${what}`);
  });
  return [...silent, ...skipping, ...weak];
}

const of = (path: string, text = ""): readonly SourceFile[] => [{ path, text }];

describe("files are small and named for what they hold", () => {
  const sources = filesUnder("src");
  const everything = [...sources, ...filesUnder("test"), ...filesUnder("bench")];

  it(`lets no file grow past ${linesUsual} lines, nor a larger one past what it has`, () => {
    expect(oversized(sources, large)).toEqual([]);
  });

  it("keeps no ceiling for a file that is small again", () => {
    const small = Object.keys(large).filter((path) => !sources.some((file) => file.path === path && linesOf(file.text) > linesUsual));
    expect(small).toEqual([]);
  });

  it("has no drawer and no name in another case", () => {
    expect(misnamed(everything)).toEqual([]);
  });

  it("uses no enum, namespace, default export, barrel, any or assertion, and leaves nothing for later", () => {
    expect(unwelcome(sources)).toEqual([]);
  });

  it.each([
    ["src/flow/rails/judge.ts", 201, `at most ${linesUsual}`],
    ["src/journal/large.ts", 311, "at most 310"],
    ["src/journal/huge.ts", 401, `at most ${linesMax}`],
  ])("would catch %s at %d lines", (path, lines, why) => {
    const ceilings = { "src/journal/large.ts": 310, "src/journal/huge.ts": 900 };
    expect(oversized(of(path, "x\n".repeat(lines)), ceilings)).toEqual([expect.stringContaining(why)]);
    expect(oversized(of(path, "x\n".repeat(lines - 1)), ceilings)).toEqual([]);
  });

  it.each([
    "src/utils/round.ts",
    "src/flow/rails/index.ts",
    "src/flow/rails/types.ts",
    "src/flow/rails/maxLoss.ts",
    "test/helpers/book.ts",
    "src/words/Money.ts",
  ])("would catch %s", (path) => {
    expect(misnamed(of(path))).toEqual([expect.stringContaining(path)]);
  });

  it.each([
    ["export enum Side { Buy }", "an enum"],
    ["namespace Words { }", "a namespace"],
    ["export default function f() {}", "a default export"],
    ['export * from "./money.ts";', "a barrel"],
    ["const x: any = 1;", "any"],
    ["const x = y as any;", "any"],
    ["const x: Map<string, any> = m;", "any"],
    ["const x = rows[0]!.id;", "a non-null assertion"],
    ["const x = find(y)!;", "a non-null assertion"],
    ["// TODO: later", "a promise for later"],
    ["// @ts-ignore", "a silenced compiler"],
    ["// oxlint-disable-next-line no-console", "a lint rule switched off without a reason"],
    ["// ======== rails ========", "a banner"],
  ])("would catch: %s", (text, what) => {
    expect(unwelcome(of("src/flow/rails/judge.ts", text))).toEqual([`src/flow/rails/judge.ts: ${what}`]);
  });

  it.each([
    "// any rail of the enum kind; export default",
    "const ok = a !== b && !c;",
    "// oxlint-disable-next-line require-yield -- the same shape as the other",
    "const any = 1;",
  ])("lets a file say: %s", (text) => {
    expect(unwelcome(of("src/flow/rails/judge.ts", text))).toEqual([]);
  });
});

describe("tests can fail", () => {
  it("finds none that is hidden, skipped in silence, timed or empty", () => {
    expect(weakTests(filesUnder("test"))).toEqual([]);
  });

  it("mirrors the rooms of src", () => {
    const rooms = new Set(filesUnder("src").map(({ path }) => roomOf(path).room));
    const strange = filesUnder("test")
      .map(({ path }) => roomOf(path).room)
      .filter((room) => !rooms.has(room) && !["house", "contracts", "chaos", "security"].includes(room));
    expect([...new Set(strange)]).toEqual([]);
  });

  it.each([
    ["it.only('x', () => { expect(1).toBe(1); });", "a test that hides others or itself"],
    ["describe.skip('x', () => { expect(1).toBe(1); });", "a test that is skipped for ever"],
    ["it.todo('x'); expect(1);", "a test that hides others or itself"],
    ["it('x', () => { run(); });", "expects nothing"],
    ["it.skipIf(!there)('x', () => { expect(1).toBe(1); });", "skips and does not say so"],
    ["expect(1); await new Promise((done) => setTimeout(done, 5));", "a timed test"],
  ])("would catch: %s", (text, what) => {
    expect(weakTests(of("test/words/x.test.ts", text))).toEqual([`test/words/x.test.ts: ${what}`]);
  });
});
