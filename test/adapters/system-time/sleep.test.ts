import { expect, it } from "vitest";
import { sleep } from "../../../src/adapters/system-time/sleep.ts";

it("a sleep that is called off resolves, also when it was called off before", async () => {
  const call = new AbortController();
  const slept = sleep(3_600_000, call.signal);
  call.abort();
  await expect(slept).resolves.toBeUndefined();
  await expect(sleep(3_600_000, call.signal)).resolves.toBeUndefined();
  await expect(sleep(0, new AbortController().signal)).resolves.toBeUndefined();
});
