import { Command } from "commander";
import type { Doctored } from "../doctor-models.ts";
import { repeated } from "../repeated.ts";

type DoctorFlags = { readonly config?: string; readonly set?: readonly string[]; readonly json?: true };

/** `countersign doctor`: one line for each thing that a run would need, and exit code 1 when one that is asked for is not there. */
export function doctorCommand(): Command {
  return new Command("doctor")
    .description(
      "check what a run would need: the configuration, this clock, keys and reach of model providers, prices, prompts, the money ledger",
    )
    .option("--config <file>", "configuration (default: countersign.yaml, if there is one)")
    .option("--set <key=value>", "any configuration key, may be repeated", repeated)
    .option("--json", "as JSON, for programs")
    .action(doctor);
}

async function doctor(flags: DoctorFlags): Promise<void> {
  const [{ loadSettings }, { doctorModels }, { columns }, { paint }] = await Promise.all([
    import("../load-settings.ts"),
    import("../doctor-models.ts"),
    import("../text/columns.ts"),
    import("../text/paint.ts"),
  ]);
  const lines = await doctorModels(loadSettings(flags.config, flags.set ?? []));
  const word = { ok: paint.green("ok"), note: paint.yellow("note"), bad: paint.red("bad") } satisfies Record<Doctored["state"], string>;
  process.stdout.write(
    flags.json === true
      ? `${JSON.stringify(lines, undefined, 2)}\n`
      : columns(lines.map(({ state, what, detail }) => [word[state], what, detail])),
  );
  if (lines.some(({ state }) => state === "bad")) process.exitCode = 1;
}
