import { describe, expect, it } from "vitest";
import { codeOf } from "./code-of.ts";
import { importsOf } from "./imports-of.ts";
import { filesUnder, type SourceFile } from "./source-files.ts";

/** Permissions that are declared as records and minted by the one function beside them that earns it. */
const mintedIn: Readonly<Record<string, string>> = {
  Passed: "src/flow/rails/judge.ts",
  Order: "src/flow/orders/make-order.ts",
};

type Brand = { readonly name: string; readonly mint: string };

const brandsOf = (files: readonly SourceFile[]): readonly Brand[] =>
  files.flatMap(({ path, text }) =>
    [...codeOf(text).matchAll(/\btype (\w+) =\s*Brand</g)].map(([, name = ""]) => ({ name, mint: mintedIn[name] ?? path })),
  );

/** The type that a cast or a predicate names, up to where an expression goes on. */
const claimed = /\b(?:as|is)\s+(?!const\b)([^;,)=\n]+)/g;

/** Law 3: a cast to a brand, or a predicate that says so, outside the file that owns it; a renaming import would hide one. */
function forged(files: readonly SourceFile[], brands: readonly Brand[]): readonly string[] {
  return files.flatMap((file) => {
    const code = codeOf(file.text).replace(/(?<![.\w$])(?:import|export)\b[\w$*{},\s]*?\bfrom\b/g, "");
    const claims = [...code.matchAll(claimed)].map(([, type = ""]) => type);
    const clauses = importsOf(file).map(({ clause }) => clause);
    return brands
      .filter(({ mint }) => mint !== file.path)
      .flatMap(({ name }) => [
        ...claims.filter((type) => new RegExp(`\\b${name}\\b`).test(type)).map(() => `${file.path} mints ${name}`),
        ...clauses.filter((clause) => new RegExp(`\\b${name}\\s+as\\b`).test(clause)).map(() => `${file.path} renames ${name}`),
      ]);
  });
}

describe("law 3: a brand is minted where it is owned", () => {
  const files = filesUnder("src");
  const brands = brandsOf(files);

  it("knows the brands of the house", () => {
    const names = brands.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(["Money", "Price", "Quantity", "Rate", "ClientOrderId", "Passed", "Sized", "Approved", "Order"]),
    );
    expect(new Set(names).size, "a brand is declared once").toBe(names.length);
  });

  it("finds no cast outside the owner", () => {
    expect(forged(files, brands)).toEqual([]);
  });

  it("names mints that exist and use their right", () => {
    for (const [name, path] of Object.entries(mintedIn)) {
      const mint = files.find((file) => file.path === path);
      expect(mint && codeOf(mint.text), `${path} mints ${name}`).toMatch(new RegExp(`\\bas ${name}\\b`));
    }
  });

  it.each([
    ["src/flow/sizing/size.ts", "const free = 5n as Money;", "money out of nothing"],
    ["src/runtime/countersign.ts", "const yes = { candidate } as unknown as Passed;", "a pass without rails"],
    ["src/flow/rails/verdict.ts", "const yes = { candidate } as Passed;", "even in the file that declares the record"],
    ["src/flow/orders/order.ts", "const order = terms as Order;", "an order beside its maker"],
    ["src/runtime/protect.ts", "const order = { id } satisfies OrderTerms as Order;", "satisfies is no excuse"],
    ["src/adapters/alpaca/client.ts", "const rows = wire as readonly Price[];", "a list of them"],
    [
      "src/adapters/alpaca/client.ts",
      "const book = new Map() as Map<string\n, Sized>; const row = x as { readonly at: Rate };",
      "inside another type",
    ],
    ["src/runtime/approval.ts", "const isOk = (x: unknown): x is Approved => true;", "a predicate that lies"],
    ["src/desks/perps.ts", 'import type { Money as Coins } from "../words/money.ts";\nconst c = 5n as Coins;', "under another name"],
  ])("would catch in %s: %s (%s)", (path, text) => {
    expect(forged([{ path, text }], brands)).toEqual([expect.stringContaining(path)]);
  });

  it.each([
    ["src/words/money.ts", "const plus = (left + right) as Money;", "the owner"],
    ["src/flow/orders/make-order.ts", "return { id } satisfies OrderTerms as Order;", "the named maker"],
    ["src/flow/orders/order.ts", "const all = ['a'] as const satisfies Record<Money, 1>; // as Money", "constants and comments"],
    ["src/flow/sizing/size.ts", 'import { plus as add, type Money } from "../../words/money.ts";', "renaming a function"],
  ])("lets %s say: %s (%s)", (path, text) => {
    expect(forged([{ path, text }], brands)).toEqual([]);
  });
});
