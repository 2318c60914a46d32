import { Command } from "commander";
import { configFromRecord } from "../../config/config-from-record.ts";
import type { Loaded } from "../../config/config.ts";
import { faultLine } from "../../config/fault.ts";
import { houseRulesOf } from "../../config/house-rules-of.ts";
import { perps } from "../../desks/perps.ts";
import { calendarOf } from "../../flow/market/calendar/calendar.ts";
import { factLine, readableInstant } from "../../journal/fact-line.ts";
import type { Line } from "../../runtime/line.ts";
import { replayDecision, type Replayed, type Woken } from "../../runtime/replay-decision.ts";
import { quotesOf } from "../../runtime/turn.ts";
import { correlationId, parseInstrumentId } from "../../words/ids.ts";
import { present } from "../../words/invariant.ts";
import { Failed } from "../failed.ts";
import { perpsSettings } from "../perps-plan.ts";
import { journalEntries } from "../read-journal.ts";

type Flags = { readonly set: readonly string[]; readonly json?: true };

/** `countersign replay ID JOURNAL`: a past decision computed again, or as it would have been (LINE-8). */
export function replayCommand(): Command {
  return new Command("replay")
    .description("compute a past decision again from its journal, byte for byte; with --set, as it would have been")
    .argument("<id>", "the decision's id, as `countersign decisions` shows it")
    .argument("<journal>", "journal file")
    .option(
      "--set <key=value>",
      "ask what another value would have done, may be repeated",
      (value: string, before: readonly string[]) => [...before, value],
      [],
    )
    .option("--json", "as JSON, for programs")
    .addHelpText("after", "\nExample:\n  countersign replay a1b2-0042 run.journal --set limits.concentrationBpsMax=1000\n")
    .action(replay);
}

function replay(id: string, path: string, { set, json }: Flags): void {
  if (!parseInstrumentId(id).ok)
    throw new Failed(2, `${JSON.stringify(id)} is not a decision's id; countersign decisions ${path} lists them`);
  const replayed = replayDecision(journalEntries(path), correlationId(id), (woken) => lineFor(woken, set));
  if (!replayed.ok) {
    const why = {
      unknown_decision: "is not in this journal",
      unfinished_decision: "was cut short: it has no end to compare with",
    } as const;
    throw new Failed(2, `${id} ${why[replayed.error.code]}; countersign decisions ${path} lists those that are`);
  }
  const { recorded, differsAt } = replayed.value;
  if (json === true)
    process.stdout.write(
      `${JSON.stringify({ id, facts: recorded.length, same: differsAt === undefined, differsAt: differsAt ?? null, set })}\n`,
    );
  else process.stdout.write(text(id, replayed.value, set));
  if (differsAt !== undefined && set.length === 0) process.exitCode = 1;
}

function settingsOf({ state }: Woken, set: readonly string[]): Loaded {
  const loaded = configFromRecord(state.opening.settings, set);
  if (!loaded.ok) throw new Failed(2, loaded.error.map(faultLine));
  return loaded.value;
}

function lineFor(woken: Woken, set: readonly string[]): Line {
  const { state, entry, woke } = woken;
  const loaded = settingsOf(woken, set);
  // The strategy of the day is what the decision ran on, unless the what-if names another.
  const name = set.some((pair) => pair.startsWith("perps.strategy=")) ? loaded.config.perps.strategy : woke.strategy;
  const settings = perpsSettings(loaded, name);
  if (!settings.ok) throw new Failed(2, settings.error);
  const instruments = state.opening.instruments;
  return perps.cycle(
    {
      now: entry.at,
      trigger: woke.trigger,
      account: entry.account,
      correlation: present(entry.correlation, "a decision has an id"),
      snapshot: woke.snapshot,
      state,
      rules: houseRulesOf(
        loaded.config,
        instruments.map((instrument) => instrument.id),
      ),
      sessionOpen: (instrument) => calendarOf(state.instrument(instrument).calendar).isOpen(entry.at),
      quote: quotesOf(woke.snapshot),
    },
    settings.value,
  );
}

function text(id: string, { at, recorded, replayed, differsAt }: Replayed, set: readonly string[]): string {
  const head = `decision ${id} of ${readableInstant(at)}\n`;
  if (differsAt === undefined) {
    const what =
      set.length === 0
        ? `the same, byte for byte: ${recorded.length} facts`
        : `no different with ${set.join(", ")}: the same ${recorded.length} facts`;
    return `${head}${recorded.map((fact) => `  ${factLine(fact)}\n`).join("")}${what}\n`;
  }
  const same = recorded.slice(0, differsAt).map((fact) => `  ${factLine(fact)}\n`);
  const was = recorded.slice(differsAt).map((fact) => `- ${factLine(fact)}\n`);
  const is = replayed.slice(differsAt).map((fact) => `+ ${factLine(fact)}\n`);
  const why =
    set.length === 0
      ? "NOT the same: the journal was written by another version, or by other rules"
      : `with ${set.join(", ")}, from here on:`;
  return `${head}${same.join("")}${why}\n${was.join("")}${is.join("")}`;
}
