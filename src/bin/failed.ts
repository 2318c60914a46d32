/** A user's mistake or a failed task, already in words: printed as it is, without a stack. Exit codes: 1 it failed, 2 it was asked wrongly. */
export class Failed extends Error {
  readonly exitCode: 1 | 2;

  constructor(exitCode: 1 | 2, lines: string | readonly string[]) {
    super(typeof lines === "string" ? lines : lines.join("\n"));
    this.name = "Failed";
    this.exitCode = exitCode;
  }
}
