import { vi } from "vitest";

const replaced: string[] = [];

/** Replaces some exports of a file below `src` for every module that is imported from here on: a bug, planted. */
export function instead(file: string, other: (real: never) => object): void {
  const path = `../../src/${file}`;
  replaced.push(path);
  vi.doMock(path, async (original) => {
    const real = await original<Record<string, unknown>>();
    return { ...real, ...other(real as never) };
  });
}

/** Takes everything out again that was planted. */
export function asItWas(): void {
  for (const path of replaced.splice(0)) vi.doUnmock(path);
  vi.resetModules();
}
