import type { FrameWish, Watched } from "../flow/market/watched.ts";
import type { AccountState } from "../journal/account-state.ts";
import type { DeskId } from "../words/ids.ts";
import type { Line } from "./line.ts";
import type { Turn } from "./turn.ts";

/** What the market is watched with for a desk: the frames that its questions and rules look at, and when it wakes. */
export type Watching = {
  readonly name: string;
  readonly frames: readonly FrameWish[];
  /** A test per asset, which may look at the account as well, that runs after each base bar and says whether the desk should wake; it must not allocate. Without one it wakes at every bar. */
  readonly watcher?: (asset: Watched, standing: AccountState) => () => boolean;
};

export type DeskSettings = { readonly strategy: Watching };

/** A desk is a line from what is seen to what is sent; whatever it goes by comes in as its settings. */
export type Desk<Settings extends DeskSettings> = {
  readonly id: DeskId;
  readonly cycle: (turn: Turn, settings: Settings) => Line;
};
