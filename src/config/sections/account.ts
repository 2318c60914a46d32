import { z } from "zod";
import { amount, choice, idText, normally, whole } from "../leaf.ts";

export const account = z.strictObject({
  id: normally(idText("Name of the account in the journal"), "paper"),
  startCash: normally(amount("1", "1000000000000", "USD", "Cash that a simulated account opens with"), "100000"),
  leverage: normally(whole(1, 50, "times", "Leverage that the account trades perpetuals with"), 3),
  marginMode: normally(choice(["cross", "isolated"], "Whether positions share the wallet as collateral or each has its own"), "cross"),
  costMethod: normally(choice(["average", "fifo"], "How the cost of a part of a position is found when it is closed"), "average"),
});
