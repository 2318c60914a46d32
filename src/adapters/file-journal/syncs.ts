/**
 * When the disk is waited for. `at_close` is for a run that touches nothing outside, such as a backtest: a file that a crash leaves is thrown
 * away and the run repeated, so that a commit promises nothing and only `close` does.
 */
export type Syncs = "every_commit" | "at_close";
