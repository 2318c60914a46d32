import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { cli, expectRefused, freshFolder, hookTimeoutMs, root } from "../../bin/run-cli.ts";
import { askPlainly, clients } from "./an-ask.ts";

describe("countersign sim models", () => {
  it(
    "says where it is, answers by script, logs what it was asked and ends cleanly on Ctrl-C",
    async () => {
      const folder = freshFolder();
      writeFileSync(join(folder, "script.yaml"), "- says: What now\n  nth: 1\n  fault: 429:2s\n- reply: {action: hold}\n");
      const words = ["sim", "models", "--port", "0", "--script", "script.yaml", "--fault", "latency:1ms"];
      const child = spawn(process.execPath, [join(root, "src/bin/countersign.ts"), ...words], {
        cwd: folder,
        stdio: ["ignore", "pipe", "pipe"],
      });
      const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
      const lines = createInterface({ input: child.stdout });
      const said: string[] = [];
      const url = await new Promise<string>((resolve) => {
        lines.on("line", (line) => {
          said.push(line);
          const found = /http:\/\/127\.0\.0\.1:\d+(?=; Ctrl-C)/.exec(line);
          if (found !== null) resolve(found[0]);
        });
      });
      const model = clients["compatible"]!(url, "some/model", "sk-secret-canary");
      await expect(askPlainly(model)).rejects.toMatchObject({ statusCode: 429, responseHeaders: { "retry-after": "2" } });
      expect((await askPlainly(model)).text).toBe('{"action":"hold"}');
      child.kill("SIGINT");
      expect(await ended).toBe(0);
      expect(said.join("\n")).toMatch(/1 {2}429 {2}POST \/v1\/chat\/completions {2}some\/model 429:2s, latency:1ms/);
      expect(said.at(-1)).toBe("Ended.");
      expect(said.join("\n")).not.toContain("canary");
    },
    hookTimeoutMs,
  );

  it.each([
    ["--fault latncy:300ms", 2, /unknown fault "latncy"; did you mean latency\?/],
    ["--script none.yaml", 1, /none\.yaml could not be read/],
  ] as const)(
    "refuses %s in one line",
    async (words, code, says) => {
      expectRefused(await cli(freshFolder(), ["sim", "models", ...words.split(" ")]), code, says);
    },
    hookTimeoutMs,
  );
});
