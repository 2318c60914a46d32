import type { Loaded } from "../config/config.ts";
import { Failed } from "./failed.ts";
import type { OptionsBook, OptionsMarket } from "./options-book.ts";

/** A run goes on as it began: flags that say something else would make it another run half-way, so they are refused by name. */
export function checkSame(
  folder: string,
  { market, loaded }: Pick<OptionsBook, "market" | "loaded">,
  asked: OptionsMarket,
  now: Loaded,
): void {
  const differs = differentMarket(market, asked) ?? differentSetting(loaded, now);
  if (differs === undefined) return;
  throw new Failed(
    2,
    `--dir ${folder}: the run there began with ${differs}; leave those flags out to go on with it, or name another folder`,
  );
}

function differentMarket(began: OptionsMarket, asked: OptionsMarket): string | undefined {
  if (began.synthetic !== asked.synthetic)
    return began.synthetic === undefined
      ? `the store ${began.data}`
      : `--synthetic ${began.synthetic}, not ${asked.synthetic ?? "a store"}`;
  if (began.data !== asked.data) return `the store ${began.data}, not ${asked.data}`;
  if (began.fromMs !== asked.fromMs || began.toMs !== asked.toMs) return "another --from or --to";
  return JSON.stringify(began.kills) === JSON.stringify(asked.kills) ? undefined : "another --kill";
}

function differentSetting({ record: began }: Loaded, { record: asked }: Loaded): string | undefined {
  const keys = new Set([...Object.keys(began), ...Object.keys(asked)]);
  const key = [...keys].find((each) => JSON.stringify(began[each]) !== JSON.stringify(asked[each]));
  return key === undefined ? undefined : `${key}=${shown(began[key])}, not ${shown(asked[key])}`;
}

const shown = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing"));
