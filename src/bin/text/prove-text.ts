import type { Proof } from "../../lab/prove/prove.ts";
import { columns } from "./columns.ts";
import { paint } from "./paint.ts";

const shownMost = 20;

/** What a proof tried and what held, as a page of text. */
export function proveText({ held, seed, attacks, weathered }: Proof, digest: string, seconds: number): string {
  const rows = attacks.map(({ name, what, tried, broke }) => [
    broke.length === 0 ? paint.green("held") : paint.red("BROKE"),
    tried.toLocaleString("en-US"),
    name,
    what,
  ]);
  const broke = attacks.flatMap((attack) => attack.broke.map((line) => `  ${attack.name}: ${line}`));
  const fell = Object.values(weathered.faults).reduce((sum, times) => sum + times, 0);
  return [
    `${paint.bold("Your configuration under attack")}  (digest ${digest.slice(0, 12)}, seed ${seed})\n\n`,
    columns(rows, [1]),
    `\nIn the storms (${byDesk(weathered)}) ${weathered.orders.toLocaleString("en-US")} orders left, the venue lied ${fell.toLocaleString("en-US")} times, the house crashed ${weathered.crashes.toLocaleString("en-US")} times and wrote ${weathered.facts.toLocaleString("en-US")} facts.\n`,
    ...(broke.length === 0 ? [] : [`\n${broke.slice(0, shownMost).join("\n")}\n`]),
    ...(broke.length > shownMost ? [`  and ${broke.length - shownMost} more; --json FILE has them all\n`] : []),
    ...(broke.some((line) => line.includes("storm "))
      ? ["\nA storm again, fact by fact:  countersign sim storm --desk DESK --seed NAME\n"]
      : []),
    held
      ? `\n${paint.green("Everything held")} in ${seconds.toFixed(0)} s. What this does not show: docs/proof.md.\n`
      : `\n${paint.red("Not everything held.")} Do not trade with this configuration.\n`,
  ].join("");
}

const byDesk = ({ desks }: Proof["weathered"]): string =>
  Object.entries(desks)
    .map(([desk, storms]) => `${desk} ${storms}`)
    .join(", ");
