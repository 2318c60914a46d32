import { describe, expect, it } from "vitest";
import { fnv1a64, mix64 } from "../../src/words/hash64.ts";

describe("hashes of 64 bits", () => {
  it.each([
    ["", 0xcbf29ce484222325n],
    ["a", 0xaf63dc4c8601ec8cn],
    ["foobar", 0x85944171f73967e8n],
  ])("FNV-1a of %j is the one of its authors' list", (text, hash) => {
    expect(fnv1a64(text)).toBe(hash);
  });

  it("the first outputs of SplitMix64 from seed 0 are those of its reference", () => {
    const golden = 0x9e3779b97f4a7c15n;
    const states = [golden, (2n * golden) & ((1n << 64n) - 1n)];
    expect(states.map(mix64)).toEqual([0xe220a8397b1dcdafn, 0x6e789e6aa1b965f4n]);
  });
});
