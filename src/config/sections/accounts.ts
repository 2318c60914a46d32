import { z } from "zod";
import { amount, choice, idText, listOf, maybe, named, normally, whole } from "../leaf.ts";

const accountDesks = ["perps", "crypto", "options", "equities", "council"] as const;

const one = z.strictObject({
  desk: normally(choice(accountDesks, "The desk that it trades for"), "perps"),
  startCash: maybe(amount("1", "1000000000000", "USD", "Cash that it opens with; absent is account.startCash")),
  leverage: maybe(whole(1, 50, "times", "Absent is account.leverage")),
  strategy: maybe(idText("Strategy of the perps desk; absent is perps.strategy")),
  seed: maybe(idText("What its venue's chance starts from; absent is seed with the account's name")),
  allocationUsdMax: maybe(
    amount("1", "1000000000", "USD", "Most that one proposal of perps or crypto may ask for; absent is the desk's own"),
  ),
  seats: maybe(
    listOf(
      /^[a-z][a-z0-9-]{0,23}$/,
      5,
      "members",
      "[pm-one, pm-two, pm-three]",
      "Of a council's own account: who sits in it, each a name below council.members and an account of desk council below accounts",
    ),
  ),
});

/** Accounts beside one another, each with a venue, a journal, a state and faults of its own (PERP-6). */
export const accounts = named(one, {
  shape: /^[A-Za-z][A-Za-z0-9-]{0,31}$/,
  what: "an account",
  wants: "letters, digits and -, beginning with a letter, 32 at most",
  needs: "a desk",
});
