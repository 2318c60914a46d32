import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";

/** What an intruder in the process that asks models would try. Told each time whether it worked, never what it saw. */
process.on("message", ({ secretFiles, scratch, code }: { secretFiles: string[]; scratch: string; code: string }) => {
  const worked = (attempt: () => unknown): boolean => {
    try {
      attempt();
      return true;
    } catch {
      return false;
    }
  };
  process.send?.({
    variables: Object.keys(process.env).toSorted(),
    secrets: secretFiles.filter((path) => worked(() => readFileSync(path))),
    parentEnvironment: worked(() => readFileSync(`/proc/${process.ppid}/environ`)),
    listing: worked(() => readdirSync(process.cwd())),
    wrote: worked(() => writeFileSync(scratch, "x")),
    spawned: worked(() => {
      const { error } = spawnSync("/bin/true");
      if (error !== undefined) throw error;
    }),
    worker: worked(() => new Worker("0", { eval: true })),
    addon: worked(() => createRequire(import.meta.url)("@duckdb/node-bindings-linux-x64/duckdb.node")),
    evaluated: worked(() => Reflect.construct(Function, ["return 1"])),
    code: worked(() => readFileSync(code)),
  });
});
