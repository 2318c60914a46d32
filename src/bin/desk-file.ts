import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import type { Loaded } from "../config/config.ts";
import { shown } from "../config/fault.ts";
import type { Desk, DeskSettings, Watching } from "../runtime/desk.ts";
import type { Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";
import type { OwnDesk } from "./desk-plan.ts";
import { Failed } from "./failed.ts";
import { settingsFailed, type FlagNames } from "./load-settings.ts";

export type DeskFile = {
  readonly own: OwnDesk<DeskSettings>;
  /** `key=value` for the file's path from here and its SHA-256: with these a journal says which desk it was decided by. */
  readonly pins: readonly string[];
};

/** The desk that `desk.file` of a configuration names; a file that is not the one whose SHA-256 stands there is refused. */
export async function deskFile({ config, sources }: Loaded, flags: FlagNames = {}): Promise<DeskFile> {
  const { file, sha256 } = config.desk;
  if (file === undefined) throw new Failed(2, "--desk-file: name the file of a desk; countersign desk new NAME writes one");
  const source = sources["desk.file"] ?? "default";
  const [, configFile] = /^(.+):\d+:\d+$/.exec(source) ?? [];
  const path = resolve(configFile === undefined ? "." : dirname(configFile), file);
  const failed = (problem: string, fix: string, key = "desk.file"): Failed =>
    settingsFailed([{ where: source === "--set" ? `--set ${key}` : source, key, problem: `${shown(file)} ${problem}`, fix }], flags);
  const bytes = bytesOf(path);
  if (typeof bytes === "string")
    throw failed(`cannot be read (${bytes}); it was looked for at ${path}`, "say where it is, as with --desk-file FILE");
  const digest = hash("sha256", bytes, "hex");
  if (sha256 !== undefined && sha256 !== digest)
    throw failed(
      `has changed: its SHA-256 is ${digest.slice(0, 12)}... and not ${sha256.slice(0, 12)}...`,
      `bring back the file as it was, or ask for it as it is with --set desk.sha256=${digest}`,
      "desk.sha256",
    );
  const read = await exportsOf(path);
  if (typeof read === "string") throw failed(read, "export desk and settings as examples/my-desk.ts does");
  const pins = [`desk.file=${relative(".", path).split(sep).join("/")}`, `desk.sha256=${digest}`];
  return { own: { ...read, desk: guarded(read.desk, file) }, pins };
}

function bytesOf(path: string): Uint8Array | string {
  try {
    return readFileSync(path);
  } catch (cause) {
    return cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
  }
}

const called = <Called>(what: string) => z.custom<Called>((value) => typeof value === "function", { error: `is not ${what}` });

const shape = z.object({
  desk: z.object({
    id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$/, { error: "is not 1 to 64 letters, digits and . _ : / -" }),
    cycle: called<Desk<DeskSettings>["cycle"]>("a function of a turn and the settings"),
  }),
  settings: z.looseObject({
    strategy: z.custom<Watching>(
      (value) =>
        typeof value === "object" &&
        value !== null &&
        "name" in value &&
        typeof value.name === "string" &&
        "frames" in value &&
        Array.isArray(value.frames),
      { error: "is not a name with frames" },
    ),
  }),
  cadence: z.exactOptional(z.enum(["bar", "signal", "open"], { error: "is not bar, signal or open" })),
});

async function exportsOf(path: string): Promise<OwnDesk<DeskSettings> | string> {
  let module: Readonly<Record<string, unknown>>;
  try {
    module = { ...((await import(pathToFileURL(path).href)) as object) };
  } catch (cause) {
    return `cannot be loaded: ${firstLine(cause)}`;
  }
  const missing = ["desk", "settings"].find((name) => !Object.hasOwn(module, name));
  if (missing !== undefined) return `exports nothing named ${missing}; it exports ${Object.keys(module).join(", ") || "nothing"}`;
  const read = shape.safeParse(module);
  if (!read.success)
    return `exports no whole desk: ${read.error.issues
      .slice(0, 5)
      .map(({ path: at, message }) => `${at.join(".")}: ${message}`)
      .join("; ")}`;
  const { desk, settings, cadence } = read.data;
  return { desk: desk as Desk<DeskSettings>, settings, ...(cadence === undefined ? {} : { cadence }) };
}

/** A slip in the file ends the run with the file's name, and not with ours. */
function guarded(desk: Desk<DeskSettings>, file: string): Desk<DeskSettings> {
  return {
    ...desk,
    *cycle(turn: Turn, settings: DeskSettings): Line {
      try {
        yield* desk.cycle(turn, settings);
      } catch (cause) {
        throw new Failed(1, `${file}: its cycle threw "${firstLine(cause)}" at ${turn.now.toString()}`);
      }
    },
  };
}

const firstLine = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause)).split("\n")[0] ?? "";
