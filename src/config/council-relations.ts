import type { Relation } from "./relation.ts";

const seats = ["one", "two", "three", "four", "five"] as const;
const known = ["SPY", "QQQ", "IWM", "TLT", "HYG", "UUP", "GLD", "USO"];

/** What must hold between keys of `council`. */
export const councilRelations: readonly Relation[] = [
  {
    rule: "council.onePct <= council.twoPct: more conviction is never a smaller trade",
    breaches: ({ council: { onePct, twoPct } }) =>
      onePct <= twoPct
        ? []
        : [
            {
              keys: ["council.onePct", "council.twoPct"],
              problem: `${onePct} is above council.twoPct, ${twoPct}`,
              fix: "lower it, or raise council.twoPct",
            },
          ],
  },
  {
    rule: "council.quorum is at most the members that are seated",
    breaches: ({ council: { quorum, members } }) => {
      const seated = seats.filter((seat) => members[seat].seated).length;
      return quorum <= seated
        ? []
        : [
            {
              keys: ["council.quorum"],
              problem: `${quorum} of ${seated} seated members can never be heard`,
              fix: `lower it to ${Math.max(2, seated)}, or seat more members`,
            },
          ];
    },
  },
  {
    rule: "models.budgets.callsPerScanMax is enough for a meeting, where a council asks models beyond the house's: two analysts, a chairman and two calls a member",
    breaches: ({ council, models: { budgets } }) => {
      const seated = seats.map((seat) => council.members[seat]).filter((member) => member.seated);
      const wired = [council.researchA, council.researchB, council.chairman, ...seated.map(({ model }) => model)].some(
        (model) => !model.startsWith("house/"),
      );
      const calls = 3 + 2 * seated.length;
      if (!wired || budgets.callsPerScanMax >= calls) return [];
      return [
        {
          keys: ["models.budgets.callsPerScanMax"],
          problem: `a council's meeting makes ${calls} calls and ${budgets.callsPerScanMax} are allowed, so that nobody after them would be heard`,
          fix: `raise it to ${calls}`,
        },
      ];
    },
  },
  {
    rule: "members of a council have different names, none of them council or flat",
    breaches: ({ council: { members } }) =>
      seats.flatMap((seat, at) => {
        const { name } = members[seat];
        const taken = ["council", "flat"].includes(name) || seats.slice(0, at).some((other) => members[other].name === name);
        return taken ? [{ keys: [`council.members.${seat}.name`], problem: `${name} is taken`, fix: "choose another name" }] : [];
      }),
  },
  {
    rule: `council.members.SEAT.instruments are among ${known.join(", ")}`,
    breaches: ({ council: { members } }) =>
      seats.flatMap((seat) => {
        const other = members[seat].instruments.find((symbol) => !known.includes(symbol));
        return other === undefined
          ? []
          : [
              {
                keys: [`council.members.${seat}.instruments`],
                problem: `${other} is none of the eight funds of a council`,
                fix: `name some of ${known.join(", ")}`,
              },
            ];
      }),
  },
  {
    rule: "council.interval divides half an hour, since regimes and measures are of half-hours",
    breaches: ({ council: { interval } }) =>
      ["1m", "3m", "5m", "15m", "30m"].includes(interval)
        ? []
        : [
            {
              keys: ["council.interval"],
              problem: `half an hour is no whole number of ${interval} bars`,
              fix: "take 1m, 3m, 5m, 15m or 30m",
            },
          ],
  },
];
