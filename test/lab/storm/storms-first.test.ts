import { describe } from "vitest";
import { expectStormsToHold } from "./storms.ts";

describe("storms over the real line, the first half (I1 to I7, I9 to I11, I13)", () => expectStormsToHold(0));
