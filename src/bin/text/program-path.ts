import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The program from where the person stands: `./countersign` in its own folder. */
export function programPath(): string {
  const path = relative(process.cwd(), fileURLToPath(new URL("../../../countersign", import.meta.url)));
  return path.includes("/") ? path : `./${path}`;
}
