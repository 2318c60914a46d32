import type { ForkOptions } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** What the child may read: our code and the packages, never the folder around them, where `countersign.yaml`, `.env` and journals are. */
const readable = ["src/", "node_modules/", "package.json"].map((part) => `${root}${part}`);

/**
 * How the process that asks models is started: Node's permission model takes the file system but for the code, child processes, workers,
 * addons, WASI and the inspector away, and the environment holds the named variables and nothing else: no broker's key, no PATH, no
 * NODE_OPTIONS. The network stays, which is what it is for.
 */
export function childOptions(variables: readonly string[], environment: Readonly<Record<string, string | undefined>>): ForkOptions {
  return {
    execPath: process.execPath,
    execArgv: [
      "--permission",
      "--allow-net",
      ...readable.map((path) => `--allow-fs-read=${path}`),
      // The flag for the network is experimental and says so on every start.
      "--disable-warning=ExperimentalWarning",
      "--disallow-code-generation-from-strings",
    ],
    env: Object.fromEntries(variables.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]]))),
    cwd: root,
    // Costs are bigint, which JSON does not have.
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  };
}
