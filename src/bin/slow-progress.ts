import { SingleBar } from "cli-progress";

const quietMs = 2000;

/** A progress bar on stderr for people: only on a terminal, and only for work that takes longer than `afterMs`. */
export function slowProgress(
  total: number,
  format = "{bar} {value}/{total} {name}",
  afterMs = quietMs,
): { readonly on: (done: number, name?: string, outOf?: number) => void; readonly stop: () => void } {
  const startedMs = performance.now();
  let bar: SingleBar | undefined;
  return {
    on: (done, name = "", outOf = total) => {
      if (!process.stderr.isTTY || performance.now() - startedMs < afterMs) return;
      if (bar === undefined) {
        // A handler for Ctrl-C would wait for work that never yields, so none is set, and nothing is left to be restored after one.
        bar = new SingleBar({ format, stream: process.stderr, clearOnComplete: true, gracefulExit: false, linewrap: true });
        bar.start(outOf, done, { name });
      }
      bar.update(done, { name });
    },
    stop: () => bar?.stop(),
  };
}
