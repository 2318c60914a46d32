import { z } from "zod";
import { normally, text } from "./leaf.ts";
import { account } from "./sections/account.ts";
import { approval } from "./sections/approval.ts";
import { execution } from "./sections/execution.ts";
import { limits } from "./sections/limits.ts";
import { perps } from "./sections/perps.ts";
import { strategies } from "./sections/strategies.ts";
import { venue } from "./sections/venue.ts";

/** Every key has a default, so that an empty file is a whole and careful configuration. */
export const configSchema = z.strictObject({
  seed: normally(text(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$/, "1 to 64 letters, digits and . _ : / -", "What simulated chance starts from"), "1"),
  account: account.prefault({}),
  perps: perps.prefault({}),
  strategies: strategies.prefault({}),
  limits: limits.prefault({}),
  approval: approval.prefault({}),
  execution: execution.prefault({}),
  venue: venue.prefault({}),
});

type Frozen<Value> = Value extends bigint | string | number | boolean | undefined
  ? Value
  : { readonly [Key in keyof Value]: Frozen<Value[Key]> };

export type Config = Frozen<z.output<typeof configSchema>>;
