import { invariant } from "../src/words/invariant.ts";
import { cryptoDecision, perpsDecision } from "./decision-coins.ts";
import { optionsDecision } from "./decision-options.ts";
import { equitiesDecision } from "./decision-shares.ts";
import { paired, row } from "./paired.ts";

/**
 * A decision of each desk: from a model's reply to intents that all rails have judged, without the journal. Against JSON.parse of the same
 * text. Then reading alone, and what is left for each intent.
 */
for (const { desk, text, read, judged, intents } of [perpsDecision, cryptoDecision, equitiesDecision, optionsDecision]) {
  const parsed = {
    name: "JSON.parse",
    run: () => JSON.parse(text) as unknown,
    check: (of: unknown) => invariant(typeof of === "object" && of !== null, "it was parsed"),
  };
  const passed = judged();
  invariant(passed > intents / 2, `${desk}: most of ${intents} intents pass all rails, ${passed} did`);
  const whole = { name: desk, run: judged, check: (of: number) => invariant(of === passed, "the same intents pass") };
  const reading = { name: "read", run: read, check: (of: { readonly ok: boolean }) => invariant(of.ok, "it was read") };
  const all = paired(whole, parsed, 1);
  const alone = paired(reading, parsed, 1);
  console.log(row(`${desk}: ${text.length} characters, ${passed} of ${intents} pass`, all));
  console.log(row("  of which reading", alone));
  console.log(`  the rest, for each intent                   ${((all.oursNs - alone.oursNs) / intents).toFixed(0).padStart(9)} ns`);
}
