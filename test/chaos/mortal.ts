import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { realDisk, type Disk } from "../../src/adapters/file-journal/disk.ts";
import type { Assignment } from "./assignment.ts";
import type { KillPoint } from "./kill-points.ts";
import { tell } from "./upstream.ts";

/** A process that dies at its appointed place, at once and without a word, as one does whose power or patience was cut. */
export class Mortal {
  /** Set while the journal is opened, and once the calm has come. */
  takingUp = false;
  calm = false;
  readonly #path: string;
  readonly #kill: Assignment["kill"];
  readonly #fullAtWrite: number | undefined;
  readonly #syncs: boolean;
  #met = 0;
  #writes = 0;

  constructor({ path, kill, fullAtWrite, planted }: Assignment) {
    this.#path = path;
    this.#kill = kill;
    this.#fullAtWrite = fullAtWrite;
    this.#syncs = planted !== "skips_the_sync";
    this.#standIn();
  }

  readonly reach = (point: KillPoint): void => {
    if (this.#meets(point)) die();
  };

  /** Counts, and says whether this is the place. */
  #meets(point: KillPoint): boolean {
    return !this.calm && point === this.#kill?.at && ++this.#met === this.#kill.nth;
  }

  readonly disk: Disk = {
    ...realDisk,
    write: (descriptor, bytes) => {
      this.reach("before_write");
      if (++this.#writes === this.#fullAtWrite) {
        realDisk.write(descriptor, bytes.subarray(0, bytes.length >> 1));
        tell({ say: "disk_full" });
        throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC", syscall: "write" });
      }
      if (this.#meets("mid_write")) {
        realDisk.write(descriptor, bytes.subarray(0, bytes.length >> 1));
        die();
      }
      const written = realDisk.write(descriptor, bytes);
      this.reach("before_sync");
      return written;
    },
    datasync: (descriptor) => {
      if (this.#syncs) {
        realDisk.datasync(descriptor);
        tell({ say: "synced", bytes: fs.fstatSync(descriptor).size });
      }
      this.reach("before_acknowledged");
    },
  };

  /** Opening, mending, locking and snapshots use the system's functions directly, so those are stood in for, in this process only. */
  #standIn(): void {
    const { fsyncSync, ftruncateSync, linkSync, renameSync, writeFileSync } = fs;
    const around = (what: () => void, snapshot: boolean): void => {
      if (snapshot) this.reach("in_snapshot");
      else if (this.takingUp) this.reach("taking_up");
      what();
      if (snapshot) this.reach("in_snapshot");
      else if (this.takingUp) this.reach("taking_up");
    };
    fs.fsyncSync = (descriptor) => {
      around(() => fsyncSync(descriptor), false);
      const synced = fs.fstatSync(descriptor);
      const journal = fs.statSync(this.#path, { throwIfNoEntry: false });
      if (synced.ino === journal?.ino) tell({ say: "synced", bytes: synced.size });
    };
    fs.ftruncateSync = (descriptor, length) => around(() => ftruncateSync(descriptor, length), false);
    fs.linkSync = (from, to) => around(() => linkSync(from, to), false);
    fs.renameSync = (from, to) => around(() => renameSync(from, to), true);
    fs.writeFileSync = (file, data, options) => {
      const isSnapshot = typeof file === "number" && typeof data === "string";
      if (isSnapshot && this.#meets("in_snapshot")) {
        writeFileSync(file, data.slice(0, data.length >> 1));
        die();
      }
      writeFileSync(file, data, options);
    };
    syncBuiltinESMExports();
  }
}

function die(): never {
  process.kill(process.pid, "SIGKILL");
  throw new Error("SIGKILL lets nobody go on");
}
