import type { ModelMetrics } from "../adapters/prometheus/model-metrics.ts";
import { writeOutput } from "./output-file.ts";

/** What was counted of a run's models, as Prometheus reads it: whole or not at all, as its textfile collector asks. */
export async function writeMetrics(path: string, metrics: ModelMetrics): Promise<void> {
  const text = await metrics.text();
  writeOutput(path, "--metrics", (put) => put(text));
}
