import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli, expectDone, expectRefused, freshFolder, tree } from "./run-cli.ts";

type Rows = {
  readonly accounts: readonly {
    readonly account: string;
    readonly ended: string;
    readonly report: { readonly journal: { readonly hash: string }; readonly refusals: Readonly<Record<string, number>> };
  }[];
};

type Councils = { readonly councils: Readonly<Record<string, { readonly weeks: readonly []; readonly leaderboard: readonly [] }>> };

const config = `accounts:
  one: { strategy: swing }
  two: { strategy: aggressive }
groups:
  house: { accounts: [one, two], grossUsdMax: 20000 }
`;

/** A margin that one account's first positions use up. */
const fiveDesks = `options: { llm: { decisions: "entry,exit" } }
accounts:
  steady: { desk: perps, strategy: conservative }
  table: { desk: crypto }
  chains: { desk: options }
  shares: { desk: equities }
  pm-one: { desk: council, startCash: 20000 }
  pm-two: { desk: council, startCash: 20000 }
  pm-three: { desk: council, startCash: 20000 }
  weekly: { desk: council, seats: [pm-one, pm-two, pm-three] }
groups:
  house: { accounts: [steady, table, chains, shares, weekly, pm-one, pm-two, pm-three], grossUsdMax: 60000, marginUsdMax: 3000 }
`;

describe("backtest perps --accounts", () => {
  it("runs ten beside one another, a row for each (PERP-6)", async () => {
    const folder = freshFolder();
    const ran = await cli(folder, [
      "backtest",
      "perps",
      "--accounts",
      "10",
      "--synthetic",
      "6",
      "--interval",
      "1h",
      "--strategy",
      "swing",
      "--json",
      "rows.json",
    ]);
    expectDone(ran);
    expect(ran.out).toMatch(
      /^Backtest of 10 accounts on a SYNTHETIC market[^]*\nperps-10 +perps +720 [^]*\n10 of 10 accounts ran to the end, [+-][\d,.]+ net together\n$/,
    );
    const { accounts } = JSON.parse(readFileSync(join(folder, "rows.json"), "utf8")) as Rows;
    expect(new Set(accounts.map(({ report }) => report.journal.hash)).size).toBe(10);
    expect(tree(folder)).toEqual(["rows.json"]);
  });

  it("runs those of the configuration, their budget shared, with a journal each that verifies", async () => {
    const folder = freshFolder();
    writeFileSync(join(folder, "countersign.yaml"), config);
    const ran = await cli(folder, [
      "backtest",
      "perps",
      "--accounts",
      "config",
      "--synthetic",
      "6",
      "--interval",
      "1h",
      "--journal",
      "journals",
    ]);
    expectDone(ran);
    expect(ran.out).toMatch(/\n[\d,]+ entries refused by the budget that they share\n$/);
    expect(tree(folder)).toEqual(["countersign.yaml", "journals", "journals/one.journal", "journals/two.journal"]);
    expectDone(await cli(folder, ["journal", "verify", "journals/one.journal"]));
    const exported = await cli(folder, ["journal", "export", "journals/two.journal"]);
    const id = /"correlation":"([^"]+)"[^\n]*"kind":"group_seen"/.exec(exported.out)?.[1] ?? "";
    const shown = await cli(folder, ["journal", "show", "journals/two.journal", id]);
    expect(shown.out).toMatch(/ group seen +house: 1 other accounts with [\d,.]+ gross, [\d,.]+ margin/);
    const replayed = await cli(folder, ["replay", id, "journals/two.journal"]);
    expectDone(replayed);
    expect(replayed.out).toContain("the same, byte for byte");
    const twin = await cli(folder, ["twin", "journals/two.journal", "--synthetic", "6"]);
    expectDone(twin);
    expect(twin.out).toMatch(/^Twin ledger of two on the perps desk on a SYNTHETIC market\n[^]*\n(?:refused|trimmed) +group_gross /);
  });

  it("lets accounts of all five desks, each over its own market, share one budget (LINE-6, COUN-7)", async () => {
    const folder = freshFolder();
    writeFileSync(join(folder, "countersign.yaml"), fiveDesks);
    writeFileSync(join(folder, "person.txt"), "weekly approve\npm-one reject too crowded\npm-two approve\npm-three approve\n");
    const words = ["--synthetic", "4", "--json", "rows.json", "--journal", "journals", "--approve", "person.txt"];
    const ran = await cli(folder, ["backtest", "accounts", ...words]);
    expectDone(ran);
    expect(ran.out).toMatch(
      /\nsteady +perps [^]*\ntable +crypto [^]*\nchains +options [^]*\nshares +equities [^]*\nweekly +council [^]*\npm-three +council [^]*\n8 of 8 accounts ran to the end/,
    );
    expect(ran.out).toMatch(
      /\nThe council of weekly\nweek of 2024-01-03 +\w+ [^\n]* by the chairman +3 pitched\nLeaderboard\naccount [^]*\npm-one [^\n]*1 rejected\n/,
    );
    for (const account of ["weekly", "pm-one"]) expectDone(await cli(folder, ["journal", "verify", `journals/${account}.journal`]));
    const { councils } = JSON.parse(readFileSync(join(folder, "rows.json"), "utf8")) as Councils;
    expect(Object.entries(councils).map(([name, { weeks, leaderboard }]) => [name, weeks.length, leaderboard.length])).toEqual([
      ["weekly", 1, 4],
    ]);
    const { accounts } = JSON.parse(readFileSync(join(folder, "rows.json"), "utf8")) as Rows;
    const refusedBy = (name: string): string[] =>
      Object.keys(accounts.find(({ account }) => account === name)?.report.refusals ?? {}).filter((code) => code.startsWith("group_"));
    expect(refusedBy("chains"), "options feel what the others hold").not.toEqual([]);
    expect(refusedBy("shares"), "and so do shares").not.toEqual([]);
  });

  it.each([
    ["options", "strategy: swing", /an account of options has no strategy/],
    ["equities", "allocationUsdMax: 5000", /an account of equities has no allocationUsdMax/],
    ["council", "startCash: 5000", /one sits in no council and has no seats/],
    ["council", "seats: [pm-one, pm-two, pm-three]", /pm-one has no account below accounts/],
  ])("refuses an account of %s with %s", async (desk, more, problem) => {
    const folder = freshFolder();
    writeFileSync(join(folder, "countersign.yaml"), `accounts:\n  one: { desk: ${desk}, ${more} }\n`);
    const { code, err } = await cli(folder, ["backtest", "perps", "--accounts", "config", "--synthetic", "3"]);
    expect(code).toBe(1);
    expect(err).toMatch(problem);
    expect(err).toMatch(/^countersign.yaml:2:\d+: accounts.one/);
  });

  it("narrows the accounts of either desk to the assets that are asked for", async () => {
    const folder = freshFolder();
    writeFileSync(join(folder, "countersign.yaml"), "accounts:\n  one: { desk: perps }\n  two: { desk: crypto }\n");
    const words = ["backtest", "perps", "--accounts", "config", "--synthetic", "4", "--assets", "SYN-BTC", "--json", "-"];
    const ran = await cli(folder, words);
    expectDone(ran);
    const { accounts } = JSON.parse(ran.out) as { accounts: { report: { data: { assets: string[] } } }[] };
    expect(accounts.map(({ report }) => report.data.assets)).toEqual([["SYN-BTC.PERP"], ["SYN-BTC.PERP"]]);
  });

  it.each([
    [["--accounts", "0"], /^--accounts 0: a whole number from 1 to 100, or config\n$/],
    [["--accounts", "many"], /^--accounts many: a whole number from 1 to 100, or config\n$/],
    [["--accounts", "config"], /^the configuration names no accounts; write them below accounts, or say how many of perps/],
    [["--accounts", "2", "--kill", "2025-03-20=K4"], /'--accounts <count>' cannot be used with option '--kill/],
    [["--accounts", "2", "--approve", "none"], /^--approve none: no account is of desk council, whose trades a person is shown\n$/],
    [["--approve", "none"], /^--approve none: it speaks for the person of a council among --accounts, which is not asked for\n$/],
    [["--accounts", "2", "--set", "accounts.x.desk=council"], /^--set accounts.x.desk: x sits in no council and has no seats/],
    [["--accounts", "2", "--set", "accounts.perps-1.strategy=nothing"], /^--set accounts.perps-1.strategy: no strategy is named nothing; /],
  ])("refuses %j in a line", async (words, says) => {
    expectRefused(await cli(freshFolder(), ["backtest", "perps", "--synthetic", "3", ...words]), 2, says);
  });
});

describe("backtest accounts", () => {
  it("is backtest perps --accounts config without a desk in its name", async () => {
    const folder = freshFolder();
    writeFileSync(join(folder, "countersign.yaml"), config);
    const hashes = async (...words: readonly string[]): Promise<readonly string[]> => {
      const ran = await cli(folder, ["backtest", ...words, "--synthetic", "4", "--seed", "s", "--json", "-"]);
      expectDone(ran);
      return (JSON.parse(ran.out) as Rows).accounts.map(({ report }) => report.journal.hash);
    };
    const alone = await hashes("accounts");
    expect(alone).toHaveLength(2);
    expect(await hashes("perps", "--accounts", "config")).toEqual(alone);
  });

  it.each([
    [["--synthetic", "3"], /^the configuration names no accounts; write them below accounts/],
    [["--synthetic", "0"], /^--synthetic 0: /],
    [["--synthetic", "3", "--from", "2025-01-01"], /'--synthetic <days>' cannot be used with option '--from/],
    [["--synthetic", "3", "--approve", "none", "--set", "accounts.one.desk=perps"], /^--approve none: no account is of desk council/],
    [["--synthetic", "3", "--news", "none.jsonl"], /^--news none.jsonl could not be read/],
    [["--assets", "BTCUSDT"], /unknown option '--assets'/],
  ])("refuses %j in a line", async (words, says) => {
    const ran = await cli(freshFolder(), ["backtest", "accounts", ...words]);
    expect([ran.code === 0, ran.out]).toEqual([false, ""]);
    expect(ran.err).toMatch(says);
  });
});

describe("twin", () => {
  it.each([
    [["twin", "none.journal", "--synthetic", "3"], /^none.journal: there is no such file/],
    [["twin", "none.journal", "--horizon", "0"], /^--horizon 0: a whole number of bars from 1 to 99999\n$/],
  ])("refuses %j in a line", async (words, says) => {
    expectRefused(await cli(freshFolder(), words), 2, says);
  });

  it("takes as long a made-up market as the backtest of the journal's desk, and no other (PERP-6)", async () => {
    const folder = freshFolder();
    expectDone(await cli(folder, ["backtest", "equities", "--synthetic", "400", "--journal", "shares.journal"]));
    const ran = await cli(folder, ["twin", "shares.journal", "--synthetic", "400"]);
    expectDone(ran);
    expect(ran.out).toMatch(/^Twin ledger of \S+ on the equities desk on a SYNTHETIC market\n/);
    for (const asked of ["59", "2501", "many"])
      expectRefused(
        await cli(folder, ["twin", "shares.journal", "--synthetic", asked]),
        2,
        new RegExp(`^--synthetic ${asked}: a whole number of sessions from 60 to 2500\n$`),
      );
  });

  it("writes the same as JSON, and names a store that is not there", async () => {
    const folder = freshFolder();
    expectDone(
      await cli(folder, [
        "backtest",
        "perps",
        "--synthetic",
        "6",
        "--interval",
        "1h",
        "--strategy",
        "aggressive",
        "--journal",
        "run.journal",
      ]),
    );
    const ran = await cli(folder, ["twin", "run.journal", "--synthetic", "8", "--horizon", "12", "--json", "-"]);
    expectDone(ran);
    expect(JSON.parse(ran.out)).toMatchObject({
      rule: { horizonBars: 12, feeBps: 5 },
      stages: [{ stage: "rules" }, { stage: "resolved" }, { stage: "sent" }],
    });
    expectRefused(await cli(folder, ["twin", "run.journal"]), 2, /^--data .countersign\/store: there is no such store/);
  });
});
