import type { Proof } from "../../lab/prove/prove.ts";

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
const count = (of: number): string => of.toLocaleString("en-US");

/** The same report as one page that needs nothing from anywhere. */
export function provePage({ held, seed, attacks, weathered }: Proof, digest: string, seconds: number): string {
  const rows = attacks.map(
    ({ name, what, tried, broke }) =>
      `<tr><td class="${broke.length === 0 ? "held" : "broke"}">${broke.length === 0 ? "held" : `${count(broke.length)} broke`}</td><td class="number">${count(tried)}</td><th scope="row">${escaped(name)}</th><td>${escaped(what)}</td></tr>`,
  );
  const broke = attacks.flatMap((attack) => attack.broke.map((line) => `<li><b>${escaped(attack.name)}</b>: ${escaped(line)}</li>`));
  const faults = Object.entries(weathered.faults).map(
    ([name, times]) => `<tr><th scope="row">${escaped(name.replaceAll("_", " "))}</th><td class="number">${count(times)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Countersign: ${held ? "everything held" : "not everything held"}</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { margin: 0 auto; padding: 1.5rem 1rem; max-width: 60rem; }
  h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
  table { border-collapse: collapse; width: 100%; } .scroll { overflow-x: auto; }
  th, td { padding: .35rem .75rem .35rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid #8884; font-weight: normal; }
  th { font-weight: 600; } .number { text-align: right; font-variant-numeric: tabular-nums; }
  .held { color: #1a7f37; } .broke { color: #cf222e; font-weight: 600; } .small { color: #888; font-size: .9rem; }
  @media (prefers-color-scheme: dark) { .held { color: #3fb950; } .broke { color: #ff7b72; } }
</style>
<h1 class="${held ? "held" : "broke"}">${held ? "Everything held" : "Not everything held"}</h1>
<p class="small">Configuration ${escaped(digest.slice(0, 12))}, seed ${escaped(seed)}, ${seconds.toFixed(0)} s</p>
<div class="scroll"><table><tbody>
${rows.join("\n")}
</tbody></table></div>
${broke.length === 0 ? "" : `<h2>What did not hold</h2>\n<ul>\n${broke.join("\n")}\n</ul>\n<p>A storm again, fact by fact: <code>countersign sim storm --desk DESK --seed NAME</code></p>\n`}<h2>In the storms</h2>
<p>${count(weathered.orders)} orders left, the house crashed ${count(weathered.crashes)} times and wrote ${count(weathered.facts)} facts. What the venue did:</p>
<div class="scroll"><table><tbody>
${faults.join("\n")}
</tbody></table></div>
<p class="small">All of it on made-up markets and a simulated venue. What this does not show is in docs/proof.md.</p>
</html>
`;
}
