import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { err, ok, type Result } from "../../words/result.ts";
import { isSystemFault } from "./walk-chain.ts";

/** Who may append. `started` tells a process from a later one that got the same number; it is empty where the system does not say. */
type Holder = { readonly pid: number; readonly started: string };

export type HeldBy = { readonly pid: number; readonly lockPath: string };
export type WriterLock = { release(): void };

/**
 * Takes `lockPath` for this process or says who has it. The file appears with its content in one step (a hard link), so nobody ever
 * reads half a holder; the lock of a process that is gone is taken over.
 */
export function takeLock(lockPath: string): Result<WriterLock, HeldBy> {
  const mine: Holder = { pid: process.pid, started: startOf(process.pid) };
  if (place(lockPath, mine)) return ok({ release: () => rmSync(lockPath, { force: true }) });
  const holder = holderOf(lockPath);
  if (holder !== undefined && isAlive(holder)) return err({ pid: holder.pid, lockPath });
  // Two processes may find the same dead holder; only the one with the takeover file may remove it, after looking once more.
  const takeoverPath = `${lockPath}.takeover`;
  if (!place(takeoverPath, mine)) {
    const other = holderOf(takeoverPath);
    if (other !== undefined && isAlive(other)) return err({ pid: other.pid, lockPath: takeoverPath });
    rmSync(takeoverPath, { force: true });
    if (!place(takeoverPath, mine)) return err({ pid: other?.pid ?? 0, lockPath: takeoverPath });
  }
  try {
    const now = holderOf(lockPath);
    if (now !== undefined && isAlive(now)) return err({ pid: now.pid, lockPath });
    rmSync(lockPath, { force: true });
    if (!place(lockPath, mine)) return err({ pid: holderOf(lockPath)?.pid ?? 0, lockPath });
    return ok({ release: () => rmSync(lockPath, { force: true }) });
  } finally {
    rmSync(takeoverPath, { force: true });
  }
}

let placed = 0;

function place(path: string, holder: Holder): boolean {
  placed++;
  const draft = `${path}.${holder.pid}.${holder.started.replaceAll("/", "-")}.${placed}.${performance.now()}`;
  writeFileSync(draft, JSON.stringify(holder));
  try {
    linkSync(draft, path);
    return true;
  } catch (fault) {
    if (isSystemFault(fault) && fault.code === "EEXIST") return false;
    throw fault;
  } finally {
    rmSync(draft, { force: true });
  }
}

function holderOf(path: string): Holder | undefined {
  try {
    const read: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof read !== "object" || read === null || !("pid" in read) || !("started" in read)) return undefined;
    const { pid, started } = read;
    return typeof pid === "number" && Number.isSafeInteger(pid) && pid > 0 && typeof started === "string" ? { pid, started } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (fault) {
    if (isSystemFault(fault) && fault.code === "ESRCH") return false;
  }
  const started = startOf(holder.pid);
  return started === "" || holder.started === "" || started === holder.started;
}

/** The boot and the clock tick at which a process began (Linux, `man 5 proc_pid_stat` field 22); empty elsewhere. */
function startOf(pid: number): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the command in brackets, which may itself hold spaces and brackets.
    const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
    return `${boot}/${ticks}`;
  } catch {
    return "";
  }
}
