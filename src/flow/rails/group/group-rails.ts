import type { Rail } from "../verdict.ts";
import { groupBucket } from "./group-bucket.ts";
import { groupGross } from "./group-gross.ts";
import { groupMargin } from "./group-margin.ts";
import { groupNet } from "./group-net.ts";

/** What an account of a group is judged by beside all else, and last: the one budget that it shares. `judge` holds that none is left out. */
export const groupRails: readonly Rail[] = [groupGross, groupNet, groupBucket, groupMargin];
