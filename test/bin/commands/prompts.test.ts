import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli, expectDone, expectRefused, freshFolder, hookTimeoutMs, root, tree } from "../run-cli.ts";

const check = (folder: string, ...words: string[]): ReturnType<typeof cli> => cli(folder, ["prompts", "check", ...words]);
const acceptedFile = ".countersign/prompts/accepted/perps.trader.json";
/** A prompt of the user's own that says the same in other words. */
function ownPrompt(folder: string, name: string, text = "Decide."): void {
  mkdirSync(join(folder, "mine"), { recursive: true });
  writeFileSync(
    join(folder, "mine", `${name}.md`),
    `---\nid: ${name}\nversion: 1\nrole: trader\nschema: portfolio@1\nchangelog: ["1: mine"]\n---\n\n${text}\n`,
  );
}

describe("countersign prompts (MOD-5)", { timeout: hookTimeoutMs }, () => {
  it("lists, shows and compares, for people and for programs", async () => {
    const folder = freshFolder();
    ownPrompt(folder, "my.trader");
    const [list, own, shown, json, diff, lines] = await Promise.all([
      cli(folder, ["prompts", "list"]),
      cli(folder, ["prompts", "list", "--folder", "mine", "--json"]),
      cli(folder, ["prompts", "show", "perps.trader"]),
      cli(folder, ["prompts", "show", "perps.trader@3", "--json"]),
      cli(folder, ["prompts", "diff", "perps.trader@3", "perps.trader"]),
      cli(folder, ["prompts", "diff", "perps.trader@3", "perps.trader@3", "--json"]),
    ]);
    for (const ran of [list, own, shown, json, diff, lines]) expectDone(ran);
    expect(list.out).toMatch(/^prompt +version +role +schema +hash +changed\n[^]*\nperps\.trader +\d+ +trader +portfolio@1 +[0-9a-f]{12} /);
    expect((JSON.parse(own.out) as { id: string }[]).map(({ id }) => id)).toContain("my.trader");
    const file = readFileSync(join(root, "src/prompts/perps.trader.md"), "utf8");
    expect(shown.out.trimEnd().endsWith(file.split("---\n").at(-1)!.trim())).toBe(true);
    expect(JSON.parse(json.out)).toMatchObject({ id: "perps.trader", version: 3, role: "trader" });
    expect(diff.out).toMatch(/^--- perps\.trader@3 [0-9a-f]{12}\n\+\+\+ perps\.trader@\d+ [0-9a-f]{12}\n/);
    expect(diff.out).toMatch(/^- /m);
    expect(diff.out).toMatch(/^\+ /m);
    expect((JSON.parse(lines.out) as { lines: { kind: string }[] }).lines.every(({ kind }) => kind === "same")).toBe(true);
  });

  it("keeps the gate: nothing accepted, accepted by a person, no drift, drift", async () => {
    const folder = freshFolder();
    const first = await check(folder);
    expect(first).toMatchObject({ code: 1, err: "" });
    expect(first.out).toContain("Nothing is accepted for this prompt yet.");
    expect(tree(folder), "a look writes nothing").toEqual([]);

    expectRefused(await check(folder, "--accept"), 2, /--accept is a person's act: .*--by NAME/);
    expect(tree(folder), "nobody accepted").toEqual([]);
    expectDone(await check(folder, "--accept", "--by", "anna"));
    const kept = JSON.parse(readFileSync(join(folder, acceptedFile), "utf8")) as {
      acceptances: object[];
      decisions: { direction: number }[];
    };
    expect(kept.acceptances).toMatchObject([
      { by: "anna", model: "house/perps-1", prompt: expect.stringMatching(/^perps\.trader@\d+$/) as string },
    ]);

    const same = await check(folder);
    expectDone(same);
    expect(same.out).toContain("No drift beyond the limits.");

    const other = { ...kept, decisions: kept.decisions.map((each) => ({ ...each, direction: 0 - each.direction })) };
    writeFileSync(join(folder, acceptedFile), JSON.stringify(other));
    const drifted = await check(folder, "--json");
    expect(drifted.code).toBe(1);
    const report = JSON.parse(drifted.out) as { drift: { beyond: string[]; flips: number } };
    expect(report.drift.beyond.join()).toMatch(/flipped/);

    expectDone(await check(folder, "--accept", "--by", "bert"));
    const again = JSON.parse(readFileSync(join(folder, acceptedFile), "utf8")) as { acceptances: { by: string }[] };
    expect(
      again.acceptances.map(({ by }) => by),
      "an acceptance is added, never replaced",
    ).toEqual(["anna", "bert"]);
    expectDone(await check(folder));
  });

  it("says in one line what is wrong", async () => {
    const folder = freshFolder();
    ownPrompt(folder, "my.trader", "Buy {{everything}}.");
    mkdirSync(join(folder, ".countersign/prompts/accepted"), { recursive: true });
    writeFileSync(join(folder, acceptedFile), "{}");
    const ran = await Promise.all([
      cli(folder, ["prompts", "show", "perps.trade"]),
      cli(folder, ["prompts", "list", "--folder", "mine"]),
      cli(folder, ["prompts", "list", "--folder", "none"]),
      check(folder, "--model", "acme/x"),
      check(folder, "--by", "anna"),
      check(folder, "--accept", "--by", "\u001b[31m"),
      check(folder),
    ]);
    expectRefused(ran[0]!, 2, /^perps\.trade: there is no such prompt; did you mean perps\.trader\?/);
    expectRefused(ran[1]!, 1, /mine\/my\.trader\.md:9:5 \{\{everything\}\} is no placeholder of portfolio@1/);
    expectRefused(ran[2]!, 2, /^--folder none: there is no such folder/);
    // Its accepted run is broken too, which is read before any model is asked.
    expectRefused(ran[3]!, 1, /perps\.trader\.json is no accepted run/);
    expectRefused(ran[4]!, 2, /goes with --accept/);
    expectRefused(ran[5]!, 2, /^--by "\\u001b\[31m": a name has 1 to 64 letters/);
    expectRefused(ran[6]!, 1, /bring it back, or remove it and accept a run anew/);
    expectRefused(await check(freshFolder(), "--model", "acme/x"), 2, /--model: no provider is named acme; begin it with one of house, /);
  });
});
