import { z } from "zod";
import { intervals } from "../../words/interval.ts";
import { choice, decimal, dividends, flag, listOf, normally, symbols, text, whole } from "../leaf.ts";

const modelName = (meaning: string) => text(/^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}$/, "1 to 128 letters, digits and . _ : / @ -", meaning);

/** The five seats; a seat that is not taken is left out of the council and has no account. */
const member = (name: string, style: string, profile: "TIGHT" | "BASE" | "WIDE") =>
  z
    .strictObject({
      seated: normally(flag("Whether this member takes part"), true),
      name: normally(text(/^[a-z][a-z0-9-]{0,23}$/, "1 to 24 small letters, digits and -", "Name of the member and of its account"), name),
      model: normally(modelName("Model that pitches, reviews and watches, as vendor and name"), `house/${style}-1`),
      style: normally(text(/^[a-z][a-z -]{0,39}$/, "1 to 40 small letters", "Manner of trading that the member is asked for"), style),
      profile: normally(choice(["TIGHT", "BASE", "WIDE"], "Risk profile that it is asked to trade with"), profile),
      instruments: normally(symbols(8, "Funds that it may pitch; none named means all eight"), []),
    })
    .prefault({});

/** The weekly council (COUN). Where a limit of the house has the same name, this desk goes by its own. */
export const council = z.strictObject({
  interval: normally(choice(intervals, "Length of a bar that checkpoints are seen in; it divides half an hour"), "5m"),
  researchA: normally(modelName("First analyst"), "house/research-1"),
  researchB: normally(modelName("Second analyst; of another vendor, if two looks are to be two"), "house/research-2"),
  chairman: normally(modelName("Chairman"), "house/chairman-1"),
  members: z
    .strictObject({
      one: member("pm-one", "momentum", "BASE"),
      two: member("pm-two", "reversion", "TIGHT"),
      three: member("pm-three", "defensive", "BASE"),
      four: member("pm-four", "macro", "WIDE"),
      five: member("pm-five", "carry", "TIGHT"),
    })
    .prefault({}),
  quorum: normally(whole(2, 5, "members", "Fewer pitches than this are no council"), 3),
  deadlineMs: normally(whole(1_000, 600_000, "ms", "Until when a member answers or is left out"), 120_000),
  meetingTime: normally(
    text(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "a time such as 08:00", "When the week's meeting begins, on New York's clock"),
    "08:00",
  ),
  answerMinutes: normally(
    whole(5, 240, "minutes", "After a meeting or checkpoint, or the open, before the desk looks for a person's answer"),
    15,
  ),
  expirySeconds: normally(whole(60, 604_800, "s", "For how long a trade waits for a person"), 21_600),
  driftBpsMax: normally(decimal(0, 10_000, "bps", "How far the price may move from what a person was shown"), 50),
  sizeDriftBpsMax: normally(decimal(0, 10_000, "bps", "How far the size may"), 500),
  onePct: normally(decimal(0.1, 100, "percent of equity", "Size of a trade with a conviction of one"), 15),
  twoPct: normally(decimal(0.1, 100, "percent of equity", "Size of a trade with a conviction of two"), 30),
  weighReviewers: normally(flag("Whether reviewers count by how well they have ranked before; otherwise that is only shown"), false),
  events: normally(
    listOf(
      /^[^,\s]{1,40}$/,
      60,
      "events",
      "[NFP:2026-01-09T08:30, FOMC:2026-01-28T14:00]",
      "NFP, CPI and FOMC with their time in New York; an impossible time is left out by name",
    ),
    [],
  ),
  dividends: normally(dividends("What a fund pays and from which date on its price is without it; for prices not adjusted for it"), []),
  feeBps: normally(decimal(0, 100, "bps", "Fee of an order, each way"), 0.5),
  spreadBps: normally(decimal(0, 1000, "bps", "Whole spread around bar prices, in simulation"), 2),
  slippageBps: normally(decimal(0, 1000, "bps", "What a taker pays beyond the spread, each way"), 1),
  quoteAgeMsMax: normally(whole(1_000, 86_400_000, "ms", "Age from which a quote is stale; thin funds skip minutes"), 900_000),
});
