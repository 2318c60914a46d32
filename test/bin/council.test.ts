import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { cli, freshFolder, hookTimeoutMs, root, shell, type Ran } from "./run-cli.ts";

const funds = join(root, "../shared/data/etf-intraday-1m");

describe("countersign backtest council", () => {
  const folder = freshFolder();
  let ran: Ran;
  beforeAll(async () => {
    ran = await cli(folder, [
      "backtest",
      "council",
      "--synthetic",
      "12",
      "--events",
      "NFP:2024-01-05T08:30,CPI:2024-01-11T25:00",
      "--json",
      "out.json",
      "--journals",
      "books",
    ]);
  }, hookTimeoutMs);

  it(
    "writes a page, a result and a journal for each account",
    async () => {
      expect(ran).toMatchObject({ code: 0, err: "" });
      expect(ran.out).toContain("Leaderboard");
      expect(ran.out).toContain("event refused  CPI:2024-01-11T25:00: 2024-01-11T25:00 is no time on the clock of America/New_York");
      const result = JSON.parse(readFileSync(join(folder, "out.json"), "utf8")) as { leaderboard: { account: string }[]; weeks: unknown[] };
      expect(result.leaderboard.length).toBe(7);
      expect(result.weeks.length).toBe(3);
      for (const { account } of result.leaderboard) {
        const verified = await cli(folder, ["journal", "verify", `books/${account}.journal`]);
        expect(verified.code, account).toBe(0);
      }
    },
    hookTimeoutMs,
  );

  it.each`
    words                                                                     | line                                    | because
    ${["--synthetic", "3"]}                                                   | ${"a whole number of sessions from 4"}  | ${"a week needs sessions"}
    ${["--synthetic", "12", "--approve", "maybe.txt"]}                        | ${"all, none, or a file"}               | ${"the person is all, none or a file"}
    ${["--synthetic", "12", "--journals", "books"]}                           | ${"a journal is never written over"}    | ${"the folder is there"}
    ${["--data", "nowhere"]}                                                  | ${"there is no such store"}             | ${"the store is not there"}
    ${["--synthetic", "12", "--set", "council.quorum=9"]}                     | ${"2 to 5"}                             | ${"there are five members"}
    ${["--synthetic", "12", "--set", "council.chairman=house/nope"]}          | ${"no house model is named house/nope"} | ${"the journal would be labelled with it"}
    ${["--synthetic", "12", "--set", "council.interval=1h"]}                  | ${"1m, 3m, 5m, 15m or 30m"}             | ${"measures are of half-hours"}
    ${["--synthetic", "12", "--set", "council.members.one.instruments=TSLA"]} | ${"TSLA is none of the eight"}          | ${"a council trades eight funds"}
  `(
    "answers $words in one line and with 2 since $because",
    async ({ words, line }) => {
      const asked = await cli(folder, ["backtest", "council", ...words]);
      expect(asked.code).toBe(2);
      expect(asked.err).toContain(line);
    },
    hookTimeoutMs,
  );

  it(
    "asks the person of a file by account and by trade",
    async () => {
      writeFileSync(join(folder, "person.txt"), "# all but one\npm-one reject too crowded\ncouncil approve\npm-two approve\n");
      const { out } = await cli(folder, ["backtest", "council", "--synthetic", "8", "--approve", "person.txt", "--json", "-"]);
      const shown = Object.fromEntries(
        (JSON.parse(out) as { leaderboard: { account: string; shown: Record<string, number> }[] }).leaderboard.map((row) => [
          row.account,
          row.shown,
        ]),
      );
      expect(shown["pm-one"]!["executed"]).toBeUndefined();
      expect(shown["pm-three"]!["executed"]).toBeUndefined();
      expect(shown["council"]!["executed"]).toBeGreaterThan(0);
    },
    hookTimeoutMs,
  );

  it(
    "refuses a word for an account that is not there, and tells of a trade that never came up, since silence is a no",
    async () => {
      writeFileSync(join(folder, "slip.txt"), "pm-one approve\npm-nine approve\n");
      const slip = await cli(folder, ["backtest", "council", "--synthetic", "8", "--approve", "slip.txt"]);
      expect(slip).toMatchObject({ code: 2, out: "" });
      expect(slip.err).toBe(
        "--approve slip.txt:2: no account is named pm-nine; accounts are council, pm-one, pm-two, pm-three, pm-four, pm-five, flat, and a trade's name is such as ab12-0008.c; did you mean pm-one?\n",
      );
      writeFileSync(join(folder, "never.txt"), "pm-one approve\nzzzz-zzzz.c reject too late\n");
      const never = await cli(folder, ["backtest", "council", "--synthetic", "8", "--approve", "never.txt"]);
      expect(never).toMatchObject({ code: 0, err: "--approve never.txt: zzzz-zzzz.c was not shown to anybody in these weeks\n" });
    },
    hookTimeoutMs,
  );
});

describe("countersign council", () => {
  const folder = freshFolder();
  const council = (...words: string[]) => cli(folder, ["council", ...words]);
  const idsIn = (text: string): string[] => [...text.matchAll(/^([a-z0-9]{4}-[a-z0-9]{4}\.[cx])/gm)].map(([, id = ""]) => id);
  const journal = (): string => readFileSync(join(folder, ".countersign/council/council.journal"), "utf8");

  it(
    "stops where a person is needed, hears him, and goes on from the journals (COUN-6)",
    async () => {
      const begun = await council("run", "--synthetic", "9");
      expect(begun).toMatchObject({ code: 0, err: "" });
      expect(begun.out).toMatch(/^it is 2024-01-03T14:35:00Z; 6 wait for a person/);
      const ids = idsIn(begun.out);
      expect(ids.length).toBe(6);
      // A person is shown how many, how much and of which money.
      expect(begun.out).toMatch(/ enter (?:buy|sell) [A-Z]{3} about \d+ shares for 30000 USD at [\d.]+ USD, conviction 2/);
      const atStop = journal();

      expect(await council("run")).toMatchObject({ code: 1, err: expect.stringContaining("6 trades wait for a person") });
      expect(await council("approve", ids[0]!, "--binding", "ffff")).toMatchObject({
        code: 1,
        err: expect.stringContaining("look at it again"),
      });
      expect(await council("approve", "zzzz-0001.c")).toMatchObject({ code: 2 });
      expect(await council("approve", ids[0]!, "--by", "an\u001bna")).toMatchObject({
        code: 2,
        err: expect.stringMatching(/^--by "an\\u001bna": a name has 1 to 64 letters[^\n]*\n$/),
      });
      expect(await council("reject", ids[1]!, "--reason", "too\ncrowded")).toMatchObject({
        code: 2,
        err: expect.stringMatching(/^--reason "too\\ncrowded": one line/),
      });
      expect(await council("reject", ids[1]!)).toMatchObject({ code: 2, err: expect.stringContaining("--reason") });
      expect(journal(), "nothing of this was written down").toBe(atStop);

      expect((await council("approve", ids[0]!, "--by", "anna")).out).toContain("5 more wait");
      expect((await council("reject", ids[1]!, "--reason", "too crowded", "--by", "anna")).out).toContain("4 more wait");
      expect(await council("approve", ids[0]!)).toMatchObject({ code: 1, err: expect.stringContaining("it is approved") });
      const answered = journal();
      expect(answered.startsWith(atStop), "what was written stays as it was written").toBe(true);

      const on = await council("approve", "all", "--by", "anna");
      expect(on.code).toBe(0);
      expect(journal().startsWith(answered)).toBe(true);
      expect(journal()).toContain('"kind":"order_sent"');
      const rejected = readFileSync(join(folder, ".countersign/council/pm-one.journal"), "utf8");
      expect(rejected).toContain("too crowded");
      expect(rejected).not.toContain('"kind":"order_sent"');
    },
    2 * hookTimeoutMs,
  );

  it(
    "holds a checkpoint and tells the weeks (COUN-8, COUN-9)",
    async () => {
      const held = await council("checkpoint", "--time", "14:00");
      expect(held).toMatchObject({ code: 0, err: "" });
      expect(held.out).toMatch(/^it is 2024-01-0\dT19:00:00Z/);
      expect(await council("checkpoint", "--time", "13:00")).toMatchObject({ code: 2 });
      const report = await council("report");
      expect(report.out).toContain("Week of 2024-01-03");
      expect(report.out).toContain("Leaderboard");
      const left = await council("run", "--leave");
      expect(left.code).toBe(0);
      expect(await council("run", "--synthetic", "20")).toMatchObject({ code: 2, err: expect.stringContaining("goes on as it began") });
    },
    2 * hookTimeoutMs,
  );

  it(
    "does not go on from a journal that is not this council's",
    async () => {
      const other = freshFolder();
      expect((await cli(other, ["council", "run", "--synthetic", "9", "--seed", "2"])).code).toBe(0);
      const name = ".countersign/council/pm-two.journal";
      writeFileSync(join(folder, name), readFileSync(join(other, name)));
      expect(await council("run", "--leave")).toMatchObject({ code: 1, err: expect.stringContaining("does not come out again") });
      writeFileSync(join(folder, name), readFileSync(join(folder, name), "utf8").replace("pm-two", "pm-too"));
      expect((await council("pending")).code).toBe(1);
      expect(await council("pending", "--dir", "nowhere")).toMatchObject({
        code: 2,
        err: expect.stringContaining("there is no council in it"),
      });
    },
    hookTimeoutMs,
  );
});

describe.skipIf(!existsSync(funds))("on real funds (skipped where ../shared/data is absent)", () => {
  it(
    "holds a week over December 2019 with Christmas in it",
    async () => {
      const folder = freshFolder();
      const brought = await shell(
        folder,
        ["SPY", "QQQ", "IWM", "TLT", "HYG", "UUP", "GLD", "USO"]
          .map(
            (symbol) =>
              `countersign data import --market etf --interval 1m --round-decimals 2 --sort --lenient --currency USD --symbol ${symbol} ${funds}/${symbol}.csv.gz >/dev/null 2>&1`,
          )
          .join("\n"),
      );
      expect(brought.code).toBe(0);
      const { code, out } = await cli(folder, ["backtest", "council", "--json", "-"]);
      expect(code).toBe(0);
      const { weeks } = JSON.parse(out) as { weeks: { week: string; decision: string; leftOut: string[] }[] };
      expect(weeks.map(({ week }) => week)).toEqual(["2019-12-18", "2019-12-26", "2020-01-02", "2020-01-08", "2020-01-15"]);
      expect(weeks[0]!.decision).not.toBe("no council");
      expect(weeks[4]!.leftOut.filter((line) => line.includes("while others traded")).length).toBe(7);
      expect(weeks[1]!.leftOut.some((line) => line.startsWith("QQQ as fund: "))).toBe(true);
    },
    3 * hookTimeoutMs,
  );
});
