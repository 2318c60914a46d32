import { describe, expect, it } from "vitest";
import { codeOf } from "./code-of.ts";
import { importsOf } from "./imports-of.ts";

describe("the reader of code", () => {
  it.each([
    ["a; // await b", "a;           ", "a line comment is not code"],
    ["a /* x\ny */ b", "a     \n     b", "a block comment keeps its line breaks"],
    [`f("new Date")`, `f("        ")`, "a string is not code"],
    [`f('it\\'s // no')`, `f('           ')`, "an escaped quote does not end a string, nor does it begin a comment"],
    ["f(`await ${g(`x${1}`)} process.`)", "f(`      ${g(` ${1}`)}         `)", "what a template computes is code, its words are not"],
    ["f(`a ${{ b: 1 }} await`)", "f(`  ${{ b: 1 }}      `)", "braces inside a template's code do not end it"],
    ["s.replace(/[/'\"]await/g, x)", "s.replace(/          /g, x)", "a regular expression is not code, quotes in it begin nothing"],
    ["a / b / await", "a / b / await", "a division is not a regular expression"],
    ["(a) / 2; 'x'", "(a) / 2; ' '", "nor is one after a bracket"],
  ])("reads %j as %j: %s", (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it("keeps every offset", () => {
    const text = 'const a = `x${"y"}`; // z\nimport b from "./c.ts";';
    expect(codeOf(text)).toHaveLength(text.length);
    expect(codeOf(text).indexOf("import")).toBe(text.indexOf("import"));
  });
});

describe("the reader of imports", () => {
  it.each([
    [`import { a } from "./a.ts";`, ["src/x/a.ts", false], "a plain import"],
    [`import {\n  a, // "no"\n  b as c,\n} from "../b.ts";`, ["src/b.ts", false], "one over many lines"],
    [`import type { A } from "./a.ts";`, ["src/x/a.ts", true], "a type import is erased"],
    [`import { type A } from "./a.ts";`, ["src/x/a.ts", false], "an inline type still loads the module"],
    [`import * as all from "./a.ts";`, ["src/x/a.ts", false], "a namespace"],
    [`import a, { b } from "./a.ts";`, ["src/x/a.ts", false], "a default with names"],
    [`export { a } from "./a.ts";`, ["src/x/a.ts", false], "a re-export is an import"],
    [`export * from "./a.ts";`, ["src/x/a.ts", false], "a barrel too"],
    [`export type { A } from "./a.ts";`, ["src/x/a.ts", true], "a re-exported type is erased"],
    [`import "./a.ts";`, ["src/x/a.ts", false], "an import for its effects"],
    [`const a = await import("./a.ts");`, ["src/x/a.ts", false], "a dynamic import"],
    [`type A = import("./a.ts").A;`, ["src/x/a.ts", false], "an import inside a type"],
    [`const a = await import(name);`, ["(computed)", false], "a path that nobody can follow"],
    [`import { z } from "zod";`, ["zod", false], "a package"],
    [`import fs from 'node:fs';`, ["node:fs", false], "other quotes"],
  ])("finds %j", (text, [to, erased]) => {
    expect(importsOf({ path: "src/x/y.ts", text }).map((found) => [found.to, found.erased])).toEqual([[to, erased]]);
  });

  it("finds nothing where nothing is imported", () => {
    const text = `// import { a } from "./a.ts"\nconst words = 'import "./b.ts"';\nexport const from = 1;\nexport { from };\nx.import("./c.ts");`;
    expect(importsOf({ path: "src/x/y.ts", text })).toEqual([]);
  });
});
