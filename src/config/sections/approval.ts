import { z } from "zod";
import { amount, maybe, normally, whole } from "../leaf.ts";

export const approval = z.strictObject({
  personAboveUsd: maybe(amount("0", "1000000000000", "USD", "Entries above this notional wait for a person; absent means none does")),
  secondsMax: normally(whole(10, 86_400, "s", "For how long a person is waited for"), 3600),
});
