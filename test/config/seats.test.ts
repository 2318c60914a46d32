import { describe, expect, it } from "vitest";
import { faultLine } from "../../src/config/fault.ts";
import { loadConfig } from "../../src/config/load-config.ts";

const three = "  pm-one: { desk: council }\n  pm-two: { desk: council }\n  pm-three: { desk: council }\n";
const weekly = "  weekly: { desk: council, seats: [pm-one, pm-two, pm-three] }\n";

function linesOf(text: string): readonly string[] {
  const loaded = loadConfig({ file: { path: "countersign.yaml", text } });
  return loaded.ok ? [] : loaded.error.map(faultLine);
}

describe("a council among the accounts (COUN-7, LINE-6)", () => {
  it("is its own account and those of its seats, by name, and a group may name any of them", () => {
    const group = "groups:\n  house: { accounts: [weekly, pm-two, shares], grossUsdMax: 1000 }\n";
    expect(linesOf(`accounts:\n${weekly}${three}  shares: { desk: equities }\n${group}`)).toEqual([]);
  });

  it.each`
    text                                                                                                                                                            | line                                                                                                                                                                                                                | because
    ${`accounts:\n${weekly}  pm-one: { desk: council }\n  pm-two: { desk: council }\n`}                                                                             | ${"countersign.yaml:2:35: accounts.weekly.seats: pm-three has no account below accounts; write pm-three: { desk: council } there, or leave it out"}                                                                 | ${"a seat trades in an account"}
    ${`accounts:\n  weekly: { desk: council, seats: [pm-one, pm-two, pm-three, pm-one] }\n${three}`}                                                                | ${/^countersign.yaml:2:35: accounts.weekly.seats: .* is not a list of at most 5 different members, such as \[pm-one, pm-two, pm-three\]/}                                                                           | ${"nobody sits twice"}
    ${`accounts:\n${weekly}${three}  second: { desk: council, seats: [pm-three, pm-four, pm-five] }\n  pm-four: { desk: council }\n  pm-five: { desk: council }\n`} | ${"countersign.yaml:6:35: accounts.second.seats: pm-three sits in weekly already; leave it in one of the two"}                                                                                                      | ${"an account takes its trades from one meeting"}
    ${`accounts:\n${weekly}${three}groups:\n  house: { accounts: [weekly, pm-nine], grossUsdMax: 1000 }\n`}                                                         | ${/^countersign.yaml:7:22: groups.house.accounts: no account is named pm-nine; write one of paper, weekly, pm-one, pm-two, pm-three$/}                                                                              | ${"a budget is over accounts"}
    ${`accounts:\n  weekly: { desk: council, seats: [pm-one, pm-two] }\n  pm-one: { desk: council }\n  pm-two: { desk: council }\n`}                                | ${"countersign.yaml:2:35: accounts.weekly.seats: 2 can never be the 3 of council.quorum; seat more members, or lower council.quorum"}                                                                               | ${"it could never meet"}
    ${`accounts:\n  weekly: { desk: council, seats: [pm-one, pm-two, pm-three, gpt] }\n${three}`}                                                                   | ${"countersign.yaml:2:35: accounts.weekly.seats: no member of the council is named gpt; name some of pm-one, pm-two, pm-three, pm-four, pm-five, as council.members has them"}                                      | ${"somebody must sit there"}
    ${`council: { members: { two: { seated: false } } }\naccounts:\n${weekly}${three}`}                                                                             | ${"countersign.yaml:3:35: accounts.weekly.seats: pm-two is not seated in council.members; seat that member, or leave it out"}                                                                                       | ${"somebody must sit there"}
    ${`accounts:\n${weekly}${three.replace("pm-two: { desk: council }", "pm-two: { desk: equities }")}`}                                                            | ${"countersign.yaml:2:35: accounts.weekly.seats: the account pm-two is of equities; write desk: council at accounts.pm-two, or leave it out"}                                                                       | ${"another desk takes no trades of a meeting"}
    ${`accounts:\n${weekly}${three}  pm-four: { desk: council }\n`}                                                                                                 | ${/^countersign.yaml:6:20: accounts.pm-four.desk: pm-four sits in no council and has no seats; name it among the seats of a council's own account, or write who sits in it, such as seats: \[pm-one, .*pm-five\]$/} | ${"it would never trade"}
    ${`accounts:\n  flat: { desk: council, seats: [pm-one, pm-two, pm-three] }\n${three}`}                                                                          | ${"countersign.yaml:2:17: accounts.flat.desk: flat holds nothing in a council; choose another name"}                                                                                                                | ${"its journal would be taken for the measure's"}
    ${"accounts:\n  shares: { desk: equities, seats: [] }\n"}                                                                                                       | ${/^countersign.yaml:2:36: accounts.shares.seats: an account of equities has no seats; leave them out$/}                                                                                                            | ${"only a council seats anybody"}
    ${`accounts:\n  weekly: { desk: council, seats: [pm-one, pm-two, pm-three, PM-FOUR] }\n${three}`}                                                               | ${/^countersign.yaml:2:35: accounts.weekly.seats: .* is not a list of at most 5 different members/}                                                                                                                 | ${"members are named in small letters"}
  `("is refused in a line with its place, since $because", ({ text, line }) => {
    const lines = linesOf(text as string);
    const found = lines.filter((each) => (typeof line === "string" ? each === line : (line as RegExp).test(each)));
    expect(found, lines.join("\n")).toHaveLength(1);
  });
});
