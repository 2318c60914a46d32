import { readFileSync } from "node:fs";
import { parseDocument } from "yaml";
import { parseScript, type ScriptLine } from "../sim/models/script.ts";
import { Failed } from "./failed.ts";

/** The script of a stand-in: JSON Lines where the name ends so, otherwise a YAML list. A bad one fails with the place of its first fault. */
export function scriptFile(path: string): readonly ScriptLine[] {
  const lines = path.endsWith(".jsonl") ? jsonLines(path) : yamlList(path);
  const script = parseScript(lines);
  if (!script.ok) throw new Failed(1, `${path}, entry ${script.error.line}: ${script.error.detail}`);
  return script.value;
}

function jsonLines(path: string): readonly unknown[] {
  return textOf(path)
    .split("\n")
    .flatMap((line, at) => {
      if (line.trim() === "") return [];
      try {
        return [JSON.parse(line) as unknown];
      } catch {
        throw new Failed(1, `${path}, line ${at + 1}: it is not JSON; each line is an object such as {"says":"trader","reply":{}}`);
      }
    });
}

function yamlList(path: string): readonly unknown[] {
  const document = parseDocument(textOf(path));
  const [fault] = document.errors;
  if (fault !== undefined) throw new Failed(1, `${path}: ${fault.message.split("\n", 1)[0]}`);
  const read: unknown = document.toJS();
  if (!Array.isArray(read)) throw new Failed(1, `${path}: it is a list of entries with some of model, says, nth, reply, fault`);
  return read;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (fault) {
    throw new Failed(1, `${path} could not be read: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
}
