import { z } from "zod";
import { amount, listOf, maybe, named, normally, whole } from "../leaf.ts";

const names = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$/;

const bucket = z.strictObject({
  members: listOf(
    /^[A-Z0-9][A-Z0-9._:/-]{0,31}$/,
    500,
    "underlyings",
    "[BTC, ETH]",
    "Coins and shares that move together: a coin by its base, a share and the options on it by its symbol",
  ),
});

const group = z.strictObject({
  accounts: listOf(
    names,
    100,
    "accounts",
    "[paper, hedge]",
    "The accounts that share the budget, by account.id or by their name below accounts",
  ),
  grossUsdMax: amount("1", "1000000000000", "USD", "Longs and shorts of all of them added, options by delta"),
  netUsdMax: maybe(amount("1", "1000000000000", "USD", "Longs less shorts of all of them, either way; absent is grossUsdMax")),
  bucketUsdMax: maybe(
    amount("1", "1000000000000", "USD", "One underlying or one bucket over all of them, both sides added; absent is grossUsdMax"),
  ),
  marginUsdMax: maybe(amount("1", "1000000000000", "USD", "Initial margin of all of them; absent is grossUsdMax")),
  ageMsMax: normally(whole(1000, 604_800_000, "ms", "What an account held longer ago than this offsets nothing any more"), 900_000),
  buckets: named(bucket, {
    shape: /^[a-z][a-z0-9-]{0,31}$/,
    what: "a bucket",
    wants: "small letters, digits and -, beginning with a letter, 32 at most",
    needs: "members",
  }).prefault({}),
});

/** Accounts that are seen together: one budget, so that several desks cannot take the same bet. */
export const groups = named(group, {
  shape: /^[a-z][a-z0-9-]{0,31}$/,
  what: "a group",
  wants: "small letters, digits and -, beginning with a letter, 32 at most",
  needs: "accounts",
});
