import type { CalibrationReport } from "../../flow/calibration/calibration-report.ts";

const percent = (value: number): string => `${(value * 100).toFixed(1)}%`;

/** What was said beside what came true, as rows of a page, with what a map makes of it; `by` is whose words they are, where there are several. */
export function calibrationRows({ table, fitted, ...of }: CalibrationReport, by = ""): readonly (readonly string[])[] {
  const { score, reliability, resolution, uncertainty, logLoss, ece, skill } = of;
  const whose = by === "" ? "" : `${by}: `;
  return [
    [
      "said",
      `${whose}Brier ${score.toFixed(3)} = reliability ${reliability.toFixed(3)} - resolution ${resolution.toFixed(3)} + uncertainty ${uncertainty.toFixed(3)} + within; log loss ${logLoss.toFixed(3)}, ECE ${ece.toFixed(3)}, skill ${skill === null ? "n/a" : skill.toFixed(3)}`,
    ],
    ...table.map(({ from, to, count, meanSaid, cameTrue }) => [
      "",
      `${percent(from)} to ${percent(to)}: said ${percent(meanSaid)}, came true ${percent(cameTrue)} of ${count}`,
    ]),
    ...(fitted === null
      ? []
      : [
          [
            "calibrated",
            `${fitted.map.kind}: Brier ${fitted.brierMapped.toFixed(3)} on outcomes it had not seen, skill ${fitted.skillMapped.toFixed(3)}`,
          ],
        ]),
  ];
}
