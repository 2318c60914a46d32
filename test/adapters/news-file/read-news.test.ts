import { describe, expect, it } from "vitest";
import { readNews } from "../../../src/adapters/news-file/read-news.ts";

const good = '{"source":"Wire","at":"2026-01-05T14:30:00Z","body":"Up."}';

describe("a file of news, one JSON object a line", () => {
  it("gives items in the order of time, with their words as written", () => {
    const earlier = '{"source":"A","at":"2026-01-05T15:00:00+02:00","title":"T\\u200b","body":"x\\ny","symbols":["BTC.PERP"]}';
    const read = readNews(`\uFEFF${good}\r\n\n${earlier}\n`);
    expect(read).toEqual({
      ok: true,
      value: [
        { source: "A", at: Temporal.Instant.from("2026-01-05T13:00:00Z"), title: "T\u200b", body: "x\ny", symbols: ["BTC.PERP"] },
        { source: "Wire", at: Temporal.Instant.from("2026-01-05T14:30:00Z"), body: "Up." },
      ],
    });
    expect(readNews("")).toEqual({ ok: true, value: [] });
  });

  const table: readonly (readonly [line: string, because: string, code: string, says: RegExp])[] = [
    ["{", "half an object", "not_json", /one JSON object/],
    ["[1]", "a list", "bad_item", /the item/],
    ['{"source":"W","at":"2026-01-05T14:30:00Z"}', "no body", "bad_item", /^body/],
    ['{"source":"W","at":"yesterday","body":"x"}', "no instant", "bad_item", /^at: an instant/],
    ['{"source":"W","at":"2026-01-05T14:30:00","body":"x"}', "no offset", "bad_item", /^at: an instant/],
    ['{"source":"W","at":"2026-01-05T14:30:00Z","body":7}', "a number", "bad_item", /^body/],
    ['{"source":"W","at":"2026-01-05T14:30:00Z","body":"x","Symbols":[]}', "a key that is none", "bad_item", /Symbols/],
    ['{"source":"W","at":"2026-01-05T14:30:00Z","body":"x","symbols":"BTC"}', "symbols are a list", "bad_item", /^symbols/],
    [`{"source":"W","at":"2026-01-05T14:30:00Z","body":"${"x".repeat(20_001)}"}`, "a book", "bad_item", /^body/],
  ];
  it.each(table)("%s: %s", (line, _because, code, says) => {
    expect(readNews(`${good}\n\n${line}`)).toEqual({ ok: false, error: { code, line: 3, detail: expect.stringMatching(says) as string } });
  });
});
