import { SingleBar } from "cli-progress";

const quietMs = 2000;

/** A progress bar on stderr for people: only on a terminal, and only for work that takes longer than two seconds. */
export function slowProgress(total: number): { readonly onFile: (done: number, name: string) => void; readonly stop: () => void } {
  const startedMs = performance.now();
  let bar: SingleBar | undefined;
  return {
    onFile: (done, name) => {
      if (!process.stderr.isTTY || performance.now() - startedMs < quietMs) return;
      if (bar === undefined) {
        bar = new SingleBar({ format: "{bar} {value}/{total} {name}", stream: process.stderr, clearOnComplete: true, hideCursor: true });
        bar.start(total, done, { name });
      }
      bar.update(done, { name });
    },
    stop: () => bar?.stop(),
  };
}
