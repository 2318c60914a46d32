import { z } from "zod";
import { idText, normally } from "./leaf.ts";
import type { PlainRecord } from "./plain.ts";
import { account } from "./sections/account.ts";
import { accounts } from "./sections/accounts.ts";
import { desk } from "./sections/desk.ts";
import { groups } from "./sections/groups.ts";
import { approval } from "./sections/approval.ts";
import { equities } from "./sections/equities.ts";
import { cryptoSection } from "./sections/crypto.ts";
import { council } from "./sections/council.ts";
import { execution } from "./sections/execution.ts";
import { limits } from "./sections/limits.ts";
import { live } from "./sections/live.ts";
import { models } from "./sections/models.ts";
import { options } from "./sections/options.ts";
import { perps } from "./sections/perps.ts";
import { reconcile } from "./sections/reconcile.ts";
import { strategies } from "./sections/strategies.ts";
import { venue } from "./sections/venue.ts";

/** Every key has a default, so that an empty file is a whole and careful configuration. */
export const configSchema = z.strictObject({
  seed: normally(idText("What simulated chance starts from"), "1"),
  account: account.prefault({}),
  accounts: accounts.prefault({}),
  groups: groups.prefault({}),
  desk: desk.prefault({}),
  perps: perps.prefault({}),
  equities: equities.prefault({}),
  crypto: cryptoSection.prefault({}),
  options: options.prefault({}),
  council: council.prefault({}),
  strategies: strategies.prefault({}),
  limits: limits.prefault({}),
  approval: approval.prefault({}),
  execution: execution.prefault({}),
  reconcile: reconcile.prefault({}),
  venue: venue.prefault({}),
  live: live.prefault({}),
  models: models.prefault({}),
});

type Frozen<Value> = Value extends bigint | string | number | boolean | undefined
  ? Value
  : { readonly [Key in keyof Value]: Frozen<Value[Key]> };

export type Config = Frozen<z.output<typeof configSchema>>;

/** A configuration with what a journal keeps of it. `sources` says of every key of the record where its value came from. */
export type Loaded = {
  readonly config: Config;
  readonly record: PlainRecord;
  readonly digest: string;
  /** `default`, `countersign.yaml:12:5`, `env LEVERAGE`, `--set` or `journal`. */
  readonly sources: Readonly<Record<string, string>>;
};
