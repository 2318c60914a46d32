import { hash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerSchemaNames, answerSchemas } from "../../../src/adapters/prompt-files/answer-schemas.ts";
import { promptFaultLine, promptName } from "../../../src/adapters/prompt-files/prompt-file.ts";
import { ownPrompts, promptNamed, promptsIn } from "../../../src/adapters/prompt-files/prompt-folder.ts";
import { readPromptFile } from "../../../src/adapters/prompt-files/read-prompt-file.ts";

const fresh = (): string => mkdtempSync(join(tmpdir(), "countersign-prompts-"));
const front = (of: Record<string, string> = {}, more: readonly string[] = []): string => {
  const lines = {
    id: "my.trader",
    version: "2",
    role: "trader",
    schema: "portfolio@1",
    changelog: '\n  - "1: first"\n  - "2: shorter"',
    ...of,
  };
  return ["---", ...Object.entries(lines).map(([key, value]) => `${key}: ${value}`), ...more, "---", ""].join("\n");
};
function written(text: string, name = "my.trader.md", folder = fresh()): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
function faultOf(text: string, name?: string): string {
  const read = readPromptFile(written(text, name));
  return read.ok ? "" : promptFaultLine(read.error).replace(/^.*\/(?=[^/]+:\d)/, "");
}

describe("prompt files (MOD-5)", () => {
  it("say id, version, role, schema and what changed, and have the hash of what a model reads", () => {
    const read = readPromptFile(written(`${front()}\nDecide well.\n\n`));
    expect(read).toMatchObject({
      ok: true,
      value: {
        id: "my.trader",
        version: 2,
        role: "trader",
        schema: "portfolio@1",
        changelog: ["1: first", "2: shorter"],
        text: "Decide well.",
        hash: hash("sha256", "Decide well.", "hex"),
      },
    });
  });

  it("have the same hash whatever the editor's line ends and byte order mark", () => {
    const text = `${front()}\nOne.\nTwo.\n`;
    const hashOf = (of: string): string => {
      const read = readPromptFile(written(of));
      return read.ok ? read.value.hash : promptFaultLine(read.error);
    };
    expect(hashOf(text)).toMatch(/^[0-9a-f]{64}$/);
    expect([hashOf(text.replaceAll("\n", "\r\n")), hashOf(`\uFEFF${text}`)]).toEqual([hashOf(text), hashOf(text)]);
    expect(hashOf(text.replace("Two", "Tvo"))).not.toBe(hashOf(text));
  });

  it("leave to the house what it knows better: the words of an answer's schema", () => {
    const read = readPromptFile(written(`${front({}, ["placeholders: [actions, risk_levels]"])}\nDo {{actions}} at {{risk_levels}}.\n`));
    expect(read.ok && read.value.text).toBe("Do buy, sell, hold, adjust_position, close_position, adjust_orders at low, medium, high.");
  });

  it.each<[string, string, string, RegExp]>([
    ["no front matter", "Decide.\n", "my.trader.md", /^my\.trader\.md:1:1 a prompt begins with its front matter/],
    ["an open front matter", "---\nid: my.trader\n", "my.trader.md", /:1:1 a prompt begins with its front matter/],
    ["no YAML", `${front({ role: "[trader" })}\nx`, "my.trader.md", /:\d+:\d+ the front matter is no YAML/],
    ["a key twice", `${front({}, ["role: pm"])}\nx`, "my.trader.md", /:9:1 the front matter is no YAML: .*unique/],
    ["an unknown key", `${front({}, ["roll: trader"])}\nx`, "my.trader.md", /:9:1 roll is no key of a prompt; those are id, version, role/],
    ["no role", `${front().replace("role: trader\n", "")}\nx`, "my.trader.md", /:2:1 role is missing: one of trader, arbiter/],
    ["an unknown role", `${front({ role: "boss" })}\nx`, "my.trader.md", /:4:7 role: one of trader, arbiter/],
    ["an unknown schema", `${front({ schema: "portfolio@9" })}\nx`, "my.trader.md", /:5:9 schema: one of portfolio@1/],
    ["a version that is no number", `${front({ version: "two" })}\nx`, "my.trader.md", /:3:10 version: a whole number from 1/],
    [
      "a changelog that ends early",
      `${front({ version: "3" })}\nx`,
      "my.trader.md",
      /:3:10 version: the changelog has 2 lines and the version is 3/,
    ],
    [
      "a changelog out of order",
      `${front({ changelog: '\n  - "2: b"\n  - "1: a"' })}\nx`,
      "my.trader.md",
      /:7:5 changelog\.0: this line says what version 1 changed/,
    ],
    ["an id with spaces", `${front({ id: "my trader" })}\nx`, "my.trader.md", /:2:5 id: an id is small letters/],
    ["nothing but a list", "---\n- a\n---\nx", "my.trader.md", /:2:1 the front matter is a list of keys and values/],
    ["an empty front matter", "---\n---\nx", "my.trader.md", /:2:1 the front matter is a list of keys and values/],
    ["another file's name", `${front()}\nx`, "yours.md", /^yours\.md:2:1 the file is named yours\.md and its prompt my\.trader@2/],
    ["another version's name", `${front()}\nx`, "my.trader@1.md", /name it my\.trader\.md or my\.trader@2\.md$/],
    ["no text", `${front()}\n \n`, "my.trader.md", /:10:1 the prompt has no text$/],
    [
      "an unknown placeholder",
      `${front()}\nOne.\nBuy {{symbol}} now.\n`,
      "my.trader.md",
      /:12:5 \{\{symbol\}\} is no placeholder of portfolio@1; those are actions/,
    ],
    [
      "a placeholder with spaces",
      `${front()}\n{{ actions }}\n`,
      "my.trader.md",
      /:11:1 \{\{ actions \}\} is no placeholder .*without spaces/,
    ],
    [
      "a placeholder like one of every object's",
      `${front()}\n{{constructor}}\n`,
      "my.trader.md",
      /:11:1 \{\{constructor\}\} is no placeholder/,
    ],
    [
      "a placeholder that nobody declared",
      `${front()}\n{{actions}}\n`,
      "my.trader.md",
      /:11:1 \{\{actions\}\} is not among the placeholders that the front matter names/,
    ],
    [
      "a declared one that is not used",
      `${front({}, ["placeholders: [actions]"])}\nx\n`,
      "my.trader.md",
      /names the placeholder actions, and the text has no/,
    ],
  ])("are refused, in one line with its place, for %s", (_what, text, name, says) => {
    const fault = faultOf(text, name);
    expect(fault).toMatch(says);
    expect(fault).not.toContain("\n");
  });

  it("law: any file is read or refused with a place inside it, never with a throw", () => {
    const good = `${front({}, ["placeholders: [actions]"])}\nDo {{actions}}.\n`;
    const folder = fresh();
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(20), fc.string({ maxLength: 12 }), (from, length, put) => {
        const text = good.slice(0, from) + put + good.slice(from + length);
        const read = readPromptFile(written(text, "my.trader.md", folder));
        if (read.ok) return;
        const lines = text.split(/\r\n?|\n/);
        expect(read.error.line).toBeGreaterThanOrEqual(1);
        expect(read.error.line).toBeLessThanOrEqual(lines.length + 1);
        expect(read.error.column).toBeGreaterThanOrEqual(1);
        expect(read.error.problem).not.toContain("\n");
      }),
      { seed: 4, numRuns: 400 },
    );
  });
});

describe("folders of prompts", () => {
  it("hold those of the house, each readable, with schemas that this version asks for", () => {
    const read = promptsIn([ownPrompts]);
    expect(read.ok ? [] : read.error).toEqual([]);
    const all = read.ok ? read.value : [];
    expect(promptNamed(all, "perps.trader")?.version).toBe(
      Math.max(...all.filter(({ id }) => id === "perps.trader").map(({ version }) => version)),
    );
    expect(promptNamed(all, "perps.trader@3")?.version).toBe(3);
    expect(promptNamed(all, "perps.trader@99")).toBeUndefined();
    expect(answerSchemas.map(({ name }) => name)).toEqual([...answerSchemaNames]);
  });

  it("put versions of one prompt side by side, newest first", () => {
    const folder = fresh();
    written(`${front()}\nnew`, "my.trader.md", folder);
    written(`${front({ version: "1", changelog: '["1: first"]' })}\nold`, "my.trader@1.md", folder);
    const read = promptsIn([folder]);
    expect(read.ok && read.value.map(promptName)).toEqual(["my.trader@2", "my.trader@1"]);
    expect(read.ok && promptNamed(read.value, "my.trader")?.text).toBe("new");
  });

  it("refuse one version with two texts, and tell every broken file at once", () => {
    const [mine, yours] = [fresh(), fresh()];
    written(`${front()}\none text`, "my.trader.md", mine);
    written(`${front()}\nanother text`, "my.trader.md", yours);
    written("nothing", "broken.md", yours);
    const read = promptsIn([mine, yours]);
    expect(read.ok ? [] : read.error).toEqual([
      expect.stringMatching(/broken\.md:1:1 a prompt begins/),
      expect.stringMatching(/is my\.trader@2 too and has another text; give this one another version$/),
    ]);
  });

  it("say that a folder is not there", () => {
    const read = promptsIn([join(fresh(), "none")]);
    expect(read.ok ? [] : read.error).toEqual([expect.stringMatching(/there is no such folder of prompts$/)]);
  });
});
