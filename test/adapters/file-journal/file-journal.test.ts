import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { realDisk, type Disk } from "../../../src/adapters/file-journal/disk.ts";
import { FileJournal } from "../../../src/adapters/file-journal/file-journal.ts";
import { JournalFailed } from "../../../src/adapters/file-journal/journal-failed.ts";
import { faultLine, JournalUnreadable } from "../../../src/adapters/file-journal/journal-fault.ts";
import { readEntries } from "../../../src/adapters/file-journal/read-entries.ts";
import { chainHash, chainLine } from "../../../src/journal/chain.ts";
import { MemoryJournal } from "../../../src/journal/memory-store.ts";
import { money } from "../../../src/words/money.ts";
import { sampleEntries } from "../../journal/arbitrary-fact.ts";
import { journalFolder, opened, written } from "./with-folder.ts";

const { fresh } = journalFolder();
const entries = sampleEntries(50, 3);
const first = entries[0]!;

describe("a journal file", () => {
  it("holds what a journal in memory exports, and gives the same entries back after closing", () => {
    const path = fresh();
    written(path, entries);
    const memory = new MemoryJournal();
    for (const entry of entries) memory.append(entry);
    expect(readFileSync(path, "utf8")).toBe([...memory.lines()].join(""));
    const journal = opened(path);
    expect(journal.head()).toEqual(memory.head());
    expect([...journal.entries()]).toEqual(entries);
    expect([...readEntries(path, 48)]).toEqual(entries.slice(47));
    void journal.close();
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  it("is read across chunks, marks and waiting lines alike, from every entry on", () => {
    const many = Array.from({ length: 5000 }, (_, index) => ({ ...entries[index % 50]!, sequence: index + 1 }));
    const path = fresh();
    const journal = opened(path);
    for (const entry of many) {
      journal.append(entry);
      if (entry.sequence % 700 === 0) journal.commit();
    }
    const read = (from: number): number[] => [...journal.entries(from)].map(({ sequence }) => sequence);
    for (const from of [1, 2, 1023, 1024, 1025, 2500, 4899, 4900, 4901, 4999, 5000])
      expect(read(from)).toEqual(many.slice(from - 1).map(({ sequence }) => sequence));
    expect(read(5001)).toEqual([]);
    void journal.close();
    const again = opened(path);
    for (const from of [1, 1024, 1025, 4096, 5000]) expect([...again.entries(from)]).toEqual(many.slice(from - 1));
    void again.close();
  });

  it("counts nothing as written before its commit", () => {
    const path = fresh();
    const journal = opened(path);
    journal.append(first);
    expect(statSync(path).size).toBe(0);
    journal.commit();
    expect([...readEntries(path)]).toEqual([first]);
    void journal.close();
  });

  it("refuses a gap, which is a bug of ours", () => {
    const journal = opened(fresh());
    expect(() => journal.append({ ...first, sequence: 2 })).toThrow(/no gaps/);
    void journal.close();
    expect(() => journal.append(first)).toThrow(/closed/);
  });

  it.each([
    ["is a directory", (path: string) => mkdirSync(path), "not_a_file"],
    ["is somebody's notes", (path: string) => writeFileSync(path, "dear diary\n"), "not_a_journal"],
    ["is a picture", (path: string) => writeFileSync(path, Buffer.from([0x89, 0x50, 0xff, 10])), "broken"],
  ])("is refused when it %s, and the lock is let go", (_because, make, code) => {
    const path = fresh();
    make(path);
    const result = FileJournal.open(path);
    expect(result).toMatchObject({ ok: false, error: { code } });
    if (!result.ok) expect(faultLine(result.error)).toMatch(/^[^\n]+$/);
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  it("says which entry another version wrote, though the chain holds", () => {
    const path = fresh();
    const text = '{"sequence":1,"at":"2026-01-02T03:04:05Z","account":"a","desk":"d","config":"","fact":{"kind":"dreamt"}}';
    writeFileSync(path, `${chainLine(chainHash("", text), text)}\n`);
    expect(() => [...readEntries(path)]).toThrow(JournalUnreadable);
    expect(() => [...readEntries(path)]).toThrow(/broken at entry 1: .*no fact is of kind "dreamt"/);
  });
});

const failing = (call: keyof Disk): Disk => ({
  ...realDisk,
  [call]: () => {
    throw new Error(`${call} failed: no space left on device`);
  },
});

describe("a journal that syncs at its close, for runs that touch nothing outside", () => {
  it("waits for the disk once, and is then the same file", () => {
    const plain = fresh();
    written(plain, entries);
    const path = fresh();
    let syncs = 0;
    const datasync = (descriptor: number): void => {
      syncs++;
      realDisk.datasync(descriptor);
    };
    const journal = FileJournal.open(path, { disk: { ...realDisk, datasync }, syncs: "at_close" });
    if (!journal.ok) throw new Error("it opens");
    for (const entry of entries) {
      journal.value.append(entry);
      journal.value.commit();
    }
    expect(syncs).toBe(0);
    expect([...journal.value.entries()], "its own reader sees what waits").toEqual(entries);
    void journal.value.close();
    expect(syncs).toBe(1);
    expect(readFileSync(path)).toEqual(readFileSync(plain));
  });
});

describe("law 4: when the disk fails, nothing counts as written", () => {
  it.each(["write", "datasync"] as const)("poisons the store for good after a failed %s", (call) => {
    const path = fresh();
    const journal = opened(path, failing(call));
    journal.append(first);
    expect(() => journal.commit()).toThrow(JournalFailed);
    for (const attempt of [() => journal.append(entries[1]!), () => journal.commit()])
      expect(attempt).toThrow(`${call} failed: no space left`);
    void journal.close();
    const again = opened(path);
    expect(again.head().sequence).toBe(call === "write" ? 0 : 1);
    void again.close();
  });

  it.each(["writeSoon", "datasyncSoon"] as const)("rejects everyone who waits, after a failed %s", async (call) => {
    const journal = opened(fresh(), { ...realDisk, [call]: () => Promise.reject(new Error("the cable is out")) });
    journal.append(first);
    const one = journal.commitSoon();
    journal.append(entries[1]!);
    const two = journal.commitSoon();
    await expect(one).rejects.toThrow("the cable is out");
    await expect(two).rejects.toThrow("the cable is out");
    await expect(journal.commitSoon()).rejects.toThrow("the cable is out");
    expect(() => journal.append(entries[2]!)).toThrow(JournalFailed);
    await journal.close();
  });

  it("goes on writing when the system takes only a part", () => {
    const path = fresh();
    const journal = opened(path, { ...realDisk, write: (descriptor, bytes) => realDisk.write(descriptor, bytes.subarray(0, 100)) });
    for (const entry of entries) journal.append(entry);
    journal.commit();
    expect([...readEntries(path)]).toEqual(entries);
    void journal.close();
  });
});

describe("group commit", () => {
  it("lets 64 concurrent writers share their commits, each back only when its entry is on disk", async () => {
    let syncs = 0;
    const path = fresh();
    const journal = opened(path, {
      ...realDisk,
      datasyncSoon: async (descriptor) => {
        await realDisk.datasyncSoon(descriptor);
        syncs++;
      },
    });
    let sequence = 0;
    await Promise.all(
      Array.from({ length: 64 }, async () => {
        for (let round = 0; round < 10; round++) {
          const mine = ++sequence;
          journal.append({ ...entries[mine % 50]!, sequence: mine });
          await journal.commitSoon();
          expect(readFileSync(path, "utf8")).toContain(`"entry":{"sequence":${mine},`);
        }
      }),
    );
    await journal.close();
    expect([...readEntries(path)]).toHaveLength(640);
    // Ten rounds of everybody: one sync a round, and one more where a round was caught half way.
    expect(syncs).toBeLessThanOrEqual(20);
  });

  it("does not come back early for an entry appended while another write is under way", async () => {
    const path = fresh();
    const journal = opened(path);
    journal.append(first);
    const one = journal.commitSoon();
    await Promise.resolve();
    await Promise.resolve();
    journal.append(entries[1]!);
    expect([...journal.entries()]).toEqual(entries.slice(0, 2));
    expect(() => journal.commit()).toThrow(/does not overtake/);
    await Promise.all([one, journal.commitSoon()]);
    expect([...readEntries(path)]).toEqual(entries.slice(0, 2));
    await journal.commitSoon();
    journal.append(entries[2]!);
    const closing = journal.commitSoon();
    await journal.close();
    await closing;
    expect([...readEntries(path)]).toEqual(entries.slice(0, 3));
  });
});

describe("one writer a journal", () => {
  it("refuses a second one in the same process and says who has it", () => {
    const path = fresh();
    const journal = opened(path);
    expect(FileJournal.open(path)).toMatchObject({ ok: false, error: { code: "locked", pid: process.pid } });
    void journal.close();
    void opened(path).close();
  });

  it("refuses while another process lives, and takes over once it is gone without a word", async () => {
    const path = fresh();
    const script = `const { FileJournal } = await import(${JSON.stringify(new URL("../../../src/adapters/file-journal/file-journal.ts", import.meta.url).href)});
      console.log(FileJournal.open(process.argv[1]).ok); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script, path], { stdio: ["ignore", "pipe", "inherit"] });
    const [answer] = (await once(child.stdout, "data")) as [Buffer];
    expect(answer.toString().trim()).toBe("true");
    expect(FileJournal.open(path)).toMatchObject({ ok: false, error: { code: "locked", pid: child.pid } });
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(existsSync(`${path}.lock`)).toBe(true);
    void opened(path).close();
  });

  it.each([
    ["of a process number that now belongs to a later process", JSON.stringify({ pid: process.pid, started: "another-boot/1" })],
    ["of a dead process", JSON.stringify({ pid: spawnSync(process.execPath, ["-e", "0"]).pid, started: "" })],
    ["that nobody can read", "???"],
  ])("takes over a lock %s", (_because, content) => {
    const path = fresh();
    writeFileSync(`${path}.lock`, content);
    const journal = opened(path);
    expect(FileJournal.open(path)).toMatchObject({ ok: false, error: { code: "locked" } });
    void journal.close();
  });
});

describe("a snapshot", () => {
  const state = { equity: money("1234.5"), takenAt: first.at, list: [{ price: 5n }], name: "books" };

  it("comes back with the entry that it stands on, and lets reading start behind it", () => {
    const path = fresh();
    const journal = opened(path);
    for (const entry of entries.slice(0, 30)) journal.append(entry);
    journal.commit();
    const at = journal.head();
    journal.writeSnapshot(at, state);
    for (const entry of entries.slice(30)) journal.append(entry);
    expect(journal.readSnapshot()).toStrictEqual({ ok: true, value: { at, state } });
    void journal.close();
    const again = opened(path);
    expect(again.readSnapshot()).toStrictEqual({ ok: true, value: { at, state } });
    expect([...again.entries(at.sequence + 1)]).toEqual(entries.slice(30));
    void again.close();
  });

  it("is not made of entries that are not on disk", () => {
    const journal = opened(fresh());
    journal.append(first);
    expect(() => journal.writeSnapshot(journal.head(), state)).toThrow(/committed entry/);
    void journal.close();
  });

  it("is ignored, with a reason, when it is absent, damaged or of another journal", () => {
    const path = fresh();
    const journal = opened(path);
    for (const entry of entries) journal.append(entry);
    journal.commit();
    expect(journal.readSnapshot()).toMatchObject({ ok: false, error: { code: "absent" } });
    journal.writeSnapshot(journal.head(), state);
    const good = readFileSync(`${path}.snapshot`);
    for (let place = 0; place < good.length; place++) {
      const bytes = Buffer.from(good);
      bytes[place]! ^= 1;
      writeFileSync(`${path}.snapshot`, bytes);
      expect([place, journal.readSnapshot()]).toMatchObject([place, { ok: false, error: { code: "ignored" } }]);
    }
    writeFileSync(`${path}.snapshot`, good.subarray(0, 40));
    expect(journal.readSnapshot()).toMatchObject({ ok: false, error: { code: "ignored" } });
    const other = fresh();
    written(other, sampleEntries(50, 4));
    writeFileSync(`${other}.snapshot`, good);
    const stranger = opened(other);
    expect(stranger.readSnapshot()).toMatchObject({
      ok: false,
      error: { code: "ignored", what: expect.stringContaining("not of this journal") as string },
    });
    void stranger.close();
    void journal.close();
  });
});
