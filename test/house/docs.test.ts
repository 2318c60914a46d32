import { posix } from "node:path";
import { describe, expect, it } from "vitest";
import { stages } from "./rooms.ts";
import { filesUnder, isThere, rootPages, type SourceFile } from "./source-files.ts";

const link = /\[[^\]]*\]\(([^)\s]+)\)/g;
/** A path of ours in backticks; one with a star, a brace or a placeholder names no file. */
const mention = /`((?:src|test|docs|bench|examples|\.ci)\/[\w./-]+)`/g;

/** Links and paths that lead nowhere. Pages of another host are not ours to check. */
function deadEnds(pages: readonly SourceFile[], there: (path: string) => boolean): readonly string[] {
  return pages.flatMap(({ path, text }) => {
    const prose = text.replace(/^```[\s\S]*?^```/gm, "");
    const links = [...prose.matchAll(link)]
      .map(([, to = ""]) => to.replace(/#.*$/, ""))
      .filter((to) => to !== "" && !/^[a-z]+:/.test(to))
      .map((to) => posix.normalize(posix.join(posix.dirname(path), to)));
    const mentions = [...prose.matchAll(mention)].map(([, to = ""]) => to.replace(/\/$/, ""));
    return [...links, ...mentions].filter((to) => !there(to)).map((to) => `${path} -> ${to}`);
  });
}

const decisionName = /^docs\/decisions\/\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:-[a-z0-9]+)+\.md$/;
const misnamedDecisions = (paths: readonly string[]): readonly string[] =>
  paths.filter((path) => path.startsWith("docs/decisions/") && !decisionName.test(path));

/** Pages of docs/ that the index does not name. */
function unlisted(pages: readonly SourceFile[]): readonly string[] {
  const index = pages.find(({ path }) => path === "docs/README.md")?.text ?? "";
  const listed = new Set([...index.matchAll(link)].map(([, to = ""]) => posix.join("docs", to)));
  return pages.map(({ path }) => path).filter((path) => path !== "docs/README.md" && !listed.has(path));
}

describe("pages say what is there", () => {
  const docs = filesUnder("docs");
  const pages = [...rootPages(), ...docs];

  it("has no link and no path that leads nowhere", () => {
    expect(deadEnds(pages, isThere)).toEqual([]);
  });

  it("has every page that a comment in the code sends its reader to", () => {
    const sent = filesUnder("src").flatMap(({ path, text }) =>
      [...text.matchAll(/\bdocs\/[\w./-]+\.md\b/g)].filter(([to]) => !isThere(to)).map(([to]) => `${path} -> ${to}`),
    );
    expect(sent).toEqual([]);
  });

  it("names decisions by date and subject", () => {
    expect(misnamedDecisions(docs.map(({ path }) => path))).toEqual([]);
  });

  it("lists every page in the index", () => {
    expect(unlisted(docs)).toEqual([]);
  });

  it("tells the way through in the order that the imports keep", () => {
    const { text } = docs.find(({ path }) => path === "docs/architecture.md")!;
    const told = [...text.matchAll(/^\|\s*\d+\s*\|\s*`([a-z]+)\/`\s*\|/gm)].map(([, stage]) => stage);
    expect(told).toEqual(stages);
  });

  it.each([
    ["see [the rails](rails.md)", "docs/rails.md"],
    ["see [up](../README.md#start)", "README.md"],
    ["it is in `src/flow/rails/gone.ts`", "src/flow/rails/gone.ts"],
    ["it is in `src/flow/`", "src/flow"],
  ])("would catch in a page: %s", (text, to) => {
    expect(deadEnds([{ path: "docs/page.md", text }], () => false)).toEqual([`docs/page.md -> ${to}`]);
  });

  it.each(["see [a site](https://example.org)", "```text\nsee [x](y.md)\n```", "`src/adapters/<vendor>/`", "[here](#below)"])(
    "asks for nothing in: %s",
    (text) => {
      expect(deadEnds([{ path: "docs/page.md", text }], () => false)).toEqual([]);
    },
  );

  it.each([
    "docs/decisions/scale.md",
    "docs/decisions/2026-13-01-scale.md",
    "docs/decisions/2026-11-21.md",
    "docs/decisions/2026-11-21-Scale.md",
  ])("would catch %s", (path) => {
    expect(misnamedDecisions([path])).toEqual([path]);
  });

  it("would catch a page that is not in the index", () => {
    const planted = [
      { path: "docs/README.md", text: "[a](a.md)" },
      { path: "docs/a.md", text: "" },
      { path: "docs/b.md", text: "" },
    ];
    expect(unlisted(planted)).toEqual(["docs/b.md"]);
  });
});
