import { describe, expect, it } from "vitest";
import { completeGreeks } from "../../../../src/flow/market/options/complete-greeks.ts";
import { resampleContract } from "../../../../src/flow/market/options/resample-contract.ts";
import { WatchedContract } from "../../../../src/flow/market/options/watched-contract.ts";
import { chainHistories } from "../../../../src/sim/market/chain-histories.ts";
import { demoChainSpec } from "../../../../src/sim/market/chain-spec.ts";
import { approximately } from "../../../../src/words/exact.ts";
import { invariant, present } from "../../../../src/words/invariant.ts";

const spec = { ...demoChainSpec("bars", 1), weeklies: 2, strikesEachSide: 1 };
const [underlying, ...contracts] = chainHistories(spec);
const { bars: under } = present(underlying, "a chain has an underlying");
const { instrument, bars } = present(contracts[2], "and contracts");
invariant(instrument.kind === "option" && bars.contract !== undefined, "whose bars have quotes");
const option = instrument;
const quoted = bars.contract;

describe("bars of a contract", () => {
  it("show at a coarse close what the last fine minute before it said, and nothing later", () => {
    const coarse = resampleContract(bars, "5m");
    expect(coarse.length).toBe(Math.floor(bars.length / 5));
    for (let at = 0; at < coarse.length; at++) {
      const from = at * 5 + 4;
      for (const name of ["bid", "ask", "delta", "dayVolume"] as const) expect(coarse.contract![name][at]).toBe(quoted[name][from]);
      expect(coarse.close[at]).toBe(bars.close[from]);
    }
  });

  it("are the same where nothing is to be made coarser", () => {
    expect(resampleContract(bars, "1m")).toBe(bars);
  });

  it("get the greeks that are missing from their own quotes, near to those of the venue, and are marked as computed (OPT-5)", () => {
    const coarse = resampleContract(bars, "15m");
    const none = new Float64Array(coarse.length).fill(Number.NaN);
    const bare = { ...coarse, contract: { ...coarse.contract!, iv: none, delta: none, gamma: none, theta: none, vega: none } };
    const { contract } = completeGreeks(option, bare, resampleContract(under, "15m"), spec.rates);
    expect(contract?.source).toBe("computed");
    for (let at = 0; at < coarse.length; at++) {
      expect(contract?.delta[at]).toBeCloseTo(coarse.contract?.delta[at] ?? 0, 1);
      expect(contract?.iv[at]).toBeCloseTo(coarse.contract?.iv[at] ?? 0, 1);
    }
    expect(completeGreeks(option, coarse, under, spec.rates)).toBe(coarse);
  });

  it("leave a row without greeks that no volatility explains", () => {
    const none = new Float64Array(bars.length).fill(Number.NaN);
    const absurd = new Float64Array(bars.length).fill(100_000);
    const broken = { ...bars, contract: { ...quoted, bid: absurd, ask: absurd, iv: none, delta: none, theta: none } };
    const { contract } = completeGreeks(option, broken, under, spec.rates);
    expect(contract?.delta.every(Number.isNaN)).toBe(true);
  });

  it("are seen with their own bid and ask, and with what is known and nothing else", () => {
    const silent = { ...quoted, iv: new Float64Array(bars.length).fill(Number.NaN) };
    const watched = new WatchedContract(option, "1m", silent);
    watched.take(7);
    watched.push(bars.openMs[7]!, bars.open[7]!, bars.high[7]!, bars.low[7]!, bars.close[7]!, bars.volume[7]!);
    const { quote, contract } = watched.snapshot();
    expect([approximately(quote.bid), approximately(quote.ask)]).toEqual([quoted.bid[7]! / 100, quoted.ask[7]! / 100]);
    expect(contract).toMatchObject({ delta: quoted.delta[7], contractsOpen: quoted.openInterest[7], greeksBy: "venue" });
    expect(contract).not.toHaveProperty("iv");
  });
});
