import { statSync } from "node:fs";
import { Failed } from "./failed.ts";

/** A store that was named must be there: an empty answer would look like one about another store. */
export function checkStoreThere(store: string, flag: string, instead: string): void {
  checkStoreFolder(store, flag);
  if (statSync(store, { throwIfNoEntry: false }) === undefined) throw new Failed(2, `${flag} ${store}: there is no such store; ${instead}`);
}

/** What to do without the store that a backtest asked for. */
export const insteadOf = (store: string): string =>
  `import some with: countersign data import FILE... --store ${store}, or run on a made-up market with --synthetic 30`;

/** A store that is still to be made may not be a file. */
export function checkStoreFolder(store: string, flag: string): void {
  if (statSync(store, { throwIfNoEntry: false })?.isDirectory() === false)
    throw new Failed(2, `${flag} ${store}: this is a file; a store is a folder that countersign data import fills`);
}
