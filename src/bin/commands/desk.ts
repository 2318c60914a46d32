import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { Failed } from "../failed.ts";
import { whatNext } from "../text/what-next.ts";

const root = new URL("../../../", import.meta.url);
const taken = ["perps", "crypto", "equities", "options", "council", "own"];

/** `countersign desk new NAME`: a small desk that works, with its test, to be changed. */
export function deskCommand(): Command {
  return new Command("desk")
    .description("desks of your own")
    .addCommand(
      new Command("new")
        .description("write a small working desk and its test: NAME.ts and NAME.test.ts")
        .argument("<name>", "small letters, digits and -, beginning with a letter")
        .option("--folder <dir>", "where to write them", ".")
        .addHelpText("after", "\nExample:\n  countersign desk new dip-buyer\n")
        .action(writeDesk),
    );
}

function writeDesk(name: string, { folder }: { readonly folder: string }): void {
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(name))
    throw new Failed(2, `${JSON.stringify(name)}: a desk is named with small letters, digits and -, beginning with a letter, 32 at most`);
  if (taken.includes(name)) throw new Failed(2, `${name}: the house has a desk of this name; choose another, such as my-${name}`);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new Failed(2, `--folder ${folder}: there is no such folder; make it first, or name another`);
  const files = [`${name}.ts`, `${name}.test.ts`].map((file) => join(folder, file));
  const there = files.find((file) => existsSync(file));
  if (there !== undefined) throw new Failed(2, `${there}: it exists, and nothing is written over; choose another name or remove it`);
  const house = pathOf(folder);
  for (const [at, file] of files.entries()) writeFileSync(file, told(at === 0 ? "my-desk.ts" : "my-desk.test.ts", name, house));
  const [desk = "", test = ""] = files;
  process.stdout.write(
    `wrote ${desk} and ${test}\n\n${whatNext([
      { what: "run it on a made-up market", words: ["backtest", "own", `--desk-file ${desk}`, "--synthetic 20", "--interval 1h"] },
    ])}\n  run its test, with Node 26 or newer\n    node --test ${test}\n`,
  );
}

/** The example itself, which has tests of its own, under another name and with the way from there to the house. */
const told = (example: string, name: string, house: string): string =>
  readFileSync(new URL(`examples/${example}`, root), "utf8")
    .replaceAll("my-desk", name)
    .replaceAll('"../src/', `"${house}src/`);

function pathOf(folder: string): string {
  const path = relative(folder, fileURLToPath(root)).split(sep).join("/");
  return path === "" ? "./" : path.startsWith(".") ? `${path}/` : `./${path}/`;
}
