import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Scored } from "../../../src/flow/calibration/brier.ts";
import { brierSkill, calibrated, curveOutcomesMin, fitCalibrator, type CalibrationMap } from "../../../src/flow/calibration/calibrator.ts";
import { alongIsotonic, fitIsotonic } from "../../../src/flow/calibration/isotonic.ts";
import { logLoss } from "../../../src/flow/calibration/log-loss.ts";
import { alongPlatt, fitPlatt } from "../../../src/flow/calibration/platt.ts";
import { calibrationError, reliabilityTable } from "../../../src/flow/calibration/reliability.ts";
import { alongShrunk, fitShrunk } from "../../../src/flow/calibration/shrunk.ts";
import { Random } from "../../../src/sim/random.ts";

fc.configureGlobal({ seed: 20261121 });

const scored = (confidence: number, hits: number, misses: number): Scored[] => [
  ...Array.from({ length: hits }, () => ({ confidence, cameTrue: true })),
  ...Array.from({ length: misses }, () => ({ confidence, cameTrue: false })),
];
const some = fc.array(fc.record({ confidence: fc.double({ min: 0, max: 1, noNaN: true }), cameTrue: fc.boolean() }), {
  minLength: 1,
  maxLength: 150,
});

/** Forecasts of a speaker whose words mean `truth` of what he says. */
function spoken(count: number, truth: (said: number) => number, seed = "said"): Scored[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => {
    const confidence = Math.round((0.05 + 0.9 * random.next()) * 100) / 100;
    return { confidence, cameTrue: random.next() < truth(confidence) };
  });
}

describe("log loss", () => {
  it.each`
    said   | came     | loss               | because
    ${0.5} | ${true}  | ${Math.LN2}        | ${"a coin costs ln 2"}
    ${0.8} | ${true}  | ${-Math.log(0.8)}  | ${"what was likely came"}
    ${0.8} | ${false} | ${-Math.log(0.2)}  | ${"what was unlikely came"}
    ${1}   | ${false} | ${-Math.log(1e-6)} | ${"a certainty that fails costs much, not everything"}
  `("of $said and $came: $because", ({ said, came, loss }) => {
    expect(logLoss([{ confidence: said, cameTrue: came }])).toBeCloseTo(loss, 9);
  });
  it("says nothing of nothing", () => {
    expect(logLoss([])).toBeUndefined();
  });
});

describe("the reliability table", () => {
  it("puts said beside seen, and their distance is the calibration error, worked by hand", () => {
    const table = reliabilityTable([...scored(0.82, 5, 5), ...scored(0.15, 1, 9)]);
    expect(table).toEqual([
      { from: 0.1, to: 0.2, count: 10, meanSaid: expect.closeTo(0.15, 12), cameTrue: 0.1 },
      { from: 0.8, to: 0.9, count: 10, meanSaid: expect.closeTo(0.82, 12), cameTrue: 0.5 },
    ]);
    expect(calibrationError(table)).toBeCloseTo((0.05 + 0.32) / 2, 12);
  });
  it("counts each forecast once, wherever it lies", () => {
    fc.assert(fc.property(some, (of) => reliabilityTable(of).reduce((sum, { count }) => sum + count, 0) === of.length));
  });
});

describe("isotonic regression", () => {
  it("pools adjacent violators, worked by hand: 1, 0, 1, 1 at rising confidences", () => {
    const map = fitIsotonic([
      { confidence: 0.2, cameTrue: true },
      { confidence: 0.4, cameTrue: false },
      { confidence: 0.6, cameTrue: true },
      { confidence: 0.8, cameTrue: true },
    ]);
    // The first two pool to a half; the others stay at one, which four outcomes bound to 5/6.
    expect(map.knots[0]).toBeCloseTo(0.3, 12);
    expect(map.probabilities[0]).toBe(0.5);
    expect(Math.max(...map.probabilities)).toBeCloseTo(5 / 6, 12);
    expect(alongIsotonic(map, 0), "level below the first knot").toBe(0.5);
  });
  it("never falls and never leaves 0 to 1", () => {
    fc.assert(
      fc.property(some, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (of, a, b) => {
        const map = fitIsotonic(of);
        const [low, high] = [alongIsotonic(map, Math.min(a, b)), alongIsotonic(map, Math.max(a, b))];
        expect(low).toBeLessThanOrEqual(high + 1e-12);
        expect(low).toBeGreaterThan(0);
        expect(high).toBeLessThan(1);
      }),
    );
  });
  it("is the max-min of means (Barlow et al., 1972), which nothing is pooled for", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 14 }), (came) => {
        const of = came.map((cameTrue, at) => ({ confidence: at / 20, cameTrue }));
        const meanOf = (from: number, to: number) => came.slice(from, to + 1).filter(Boolean).length / (to - from + 1);
        const value = (at: number) =>
          Math.max(...came.map((_, from) => (from > at ? -1 : Math.min(...came.map((_x, to) => (to < at ? 2 : meanOf(from, to)))))));
        const least = 1 / (came.length + 2);
        const expected = came.map((_, at) => value(at)).filter((each, at, all) => at === 0 || Math.abs(each - all[at - 1]!) > 1e-12);
        const { probabilities } = fitIsotonic(of);
        expect(probabilities).toHaveLength(expected.length);
        for (const [at, each] of expected.entries()) expect(probabilities[at]).toBeCloseTo(Math.min(1 - least, Math.max(least, each)), 12);
      }),
    );
  });
});

describe("Platt's sigmoid", () => {
  it("finds the curve that made the outcomes", () => {
    const odds = (p: number) => Math.log(p / (1 - p));
    const curve = (said: number) => 1 / (1 + Math.exp(-(0.5 * odds(said) - 0.4)));
    const { slope, intercept } = fitPlatt(spoken(20_000, curve));
    expect(slope).toBeCloseTo(0.5, 1);
    expect(intercept).toBeCloseTo(-0.4, 1);
  });
  it("has Platt's targets: 3 of 3 that came true are 4/5, not certainty", () => {
    expect(alongPlatt(fitPlatt(scored(0.6, 3, 0)), 0.6)).toBeCloseTo(0.8, 3);
  });
  it("does not come to mean less where more is said", () => {
    fc.assert(fc.property(some, (of) => fitPlatt(of).slope >= 0));
    expect(fitPlatt([...scored(0.9, 1, 9), ...scored(0.2, 9, 1)]).slope).toBe(0);
  });
  it("is where its likelihood is flat: a step to any side is no better", () => {
    const of = spoken(300, (said) => said * said);
    const { slope, intercept } = fitPlatt(of);
    const hits = of.filter(({ cameTrue }) => cameTrue).length;
    const [high, low] = [(hits + 1) / (hits + 2), 1 / (of.length - hits + 2)];
    const loss = (a: number, b: number) =>
      of.reduce((sum, { confidence, cameTrue }) => {
        const p = alongPlatt({ kind: "platt", slope: a, intercept: b }, confidence);
        const target = cameTrue ? high : low;
        return sum - target * Math.log(p) - (1 - target) * Math.log(1 - p);
      }, 0);
    for (const [da, db] of [
      [0.01, 0],
      [-0.01, 0],
      [0, 0.01],
      [0, -0.01],
    ] as const)
      expect(loss(slope + da, intercept + db)).toBeGreaterThan(loss(slope, intercept));
  });
});

describe("few outcomes", () => {
  it("are the base rate while confidence has shown nothing, and move toward it as it does", () => {
    const few = fitShrunk(scored(0.9, 4, 16));
    expect(alongShrunk(few, 0.9)).toBeCloseTo((4 + 9) / 30, 12);
    expect(few.slope).toBe(0);
    const telling = fitShrunk([...scored(0.9, 38, 2), ...scored(0.3, 4, 36)]);
    expect(telling.slope).toBeGreaterThan(0.8);
    expect(alongShrunk(telling, 0.9)).toBeGreaterThan(alongShrunk(telling, 0.3));
  });
});

describe("the calibrator (EQ-8)", () => {
  it.each`
    outcomes                | from   | kinds                    | because
    ${19}                   | ${20}  | ${[undefined]}           | ${"too few to say anything"}
    ${20}                   | ${20}  | ${["shrunk"]}            | ${"enough to shrink to the base rate"}
    ${curveOutcomesMin - 1} | ${20}  | ${["shrunk"]}            | ${"one too few for a curve"}
    ${curveOutcomesMin}     | ${20}  | ${["isotonic", "platt"]} | ${"from 100 on a curve, by cross-validation"}
    ${150}                  | ${200} | ${[undefined]}           | ${"the configuration asks for more"}
  `("is one of $kinds with $outcomes: $because", ({ outcomes, from, kinds }) => {
    expect(kinds).toContain(
      fitCalibrator(
        "m",
        spoken(outcomes, (said) => said),
        from,
      )?.map.kind,
    );
  });
  it("takes Platt for a smooth curve and isotonic for a step", () => {
    expect(
      fitCalibrator(
        "m",
        spoken(400, (said) => 0.2 + 0.5 * said),
        20,
      )?.map.kind,
    ).toBe("platt");
    expect(
      fitCalibrator(
        "m",
        spoken(4_000, (said) => (said < 0.7 ? 0.15 : 0.85)),
        20,
      )?.map.kind,
    ).toBe("isotonic");
  });
  it("brings an overconfident speaker's words to what they mean, on outcomes that it has not seen", () => {
    const truth = (said: number) => 0.3 + 0.3 * said;
    const calibrator = fitCalibrator("m", spoken(2_000, truth), 20)!;
    const later = spoken(2_000, truth, "later");
    const mapped = later.map(({ confidence, cameTrue }) => ({ confidence: calibrated(calibrator.map, confidence), cameTrue }));
    expect(calibrationError(reliabilityTable(mapped))!).toBeLessThan(0.05);
    expect(calibrator.brierMapped).toBeLessThan(calibrator.brierSaid);
  });
  it("finds no skill in noise, so that sizes by skill are nothing", () => {
    expect(
      fitCalibrator(
        "m",
        spoken(1_000, () => 0.45),
        20,
      )!.skill,
    ).toBeLessThan(0.01);
  });
  it("gives a probability for whatever is said", () => {
    fc.assert(
      fc.property(some, fc.double({ min: 0, max: 1, noNaN: true }), (of, said) => {
        for (const map of [fitShrunk(of), fitIsotonic(of), fitPlatt(of)] as CalibrationMap[]) {
          const p = calibrated(map, said);
          expect(p >= 0 && p <= 1).toBe(true);
        }
      }),
    );
  });
});

describe("Brier skill", () => {
  it.each`
    of                                          | skill        | because
    ${[...scored(1, 5, 0), ...scored(0, 0, 5)]} | ${1}         | ${"perfect"}
    ${scored(0.5, 5, 5)}                        | ${0}         | ${"the base rate, no more"}
    ${[...scored(1, 0, 5), ...scored(0, 5, 0)]} | ${-3}        | ${"the opposite of what comes is worse than nothing"}
    ${scored(0.9, 5, 0)}                        | ${undefined} | ${"where everything came true nobody can show skill"}
  `("is $skill: $because", ({ of, skill }) => {
    if (skill === undefined) expect(brierSkill(of)).toBeUndefined();
    else expect(brierSkill(of)).toBeCloseTo(skill, 12);
  });
});
