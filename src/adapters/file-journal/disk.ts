import { closeSync, fdatasync, fdatasyncSync, fsyncSync, openSync, write, writeSync } from "node:fs";

/** The writes and syncs that a journal's promises rest on, so that a test can stand in for a disk that fails or counts. */
export type Disk = {
  /** Returns how many bytes it took, which may be fewer than it was given. */
  write(descriptor: number, bytes: Uint8Array): number;
  datasync(descriptor: number): void;
  writeSoon(descriptor: number, bytes: Uint8Array): Promise<number>;
  datasyncSoon(descriptor: number): Promise<void>;
};

export const realDisk: Disk = {
  write: (descriptor, bytes) => writeSync(descriptor, bytes),
  datasync: (descriptor) => fdatasyncSync(descriptor),
  writeSoon: (descriptor, bytes) =>
    new Promise((resolve, reject) => {
      write(descriptor, bytes, (fault, written) => (fault === null ? resolve(written) : reject(fault)));
    }),
  datasyncSoon: (descriptor) =>
    new Promise((resolve, reject) => {
      fdatasync(descriptor, (fault) => (fault === null ? resolve() : reject(fault)));
    }),
};

/** A new or renamed file survives a power cut only once its directory is on disk too. */
export function syncDirectory(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
