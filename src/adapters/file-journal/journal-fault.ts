import { unreachable } from "../../words/invariant.ts";

/** Why a journal file cannot be used. `broken` names the first entry that is not what was written. */
export type JournalFault =
  | { readonly code: "absent" | "not_a_file" | "empty" | "not_a_journal"; readonly path: string }
  | { readonly code: "unreadable"; readonly path: string; readonly detail: string }
  | { readonly code: "locked"; readonly path: string; readonly pid: number; readonly lockPath: string }
  | { readonly code: "broken"; readonly path: string; readonly sequence: number; readonly what: string };

/** One line for people: what, where, and what would be right. */
export function faultLine(fault: JournalFault): string {
  switch (fault.code) {
    case "absent":
      return `${fault.path}: there is no such file`;
    case "not_a_file":
      return `${fault.path}: this is a directory or a device, a journal is a plain file`;
    case "empty":
      return `${fault.path}: the file is empty, a journal has at least its opening entry`;
    case "not_a_journal":
      return `${fault.path}: this is not a journal, whose lines begin with {"hash":"`;
    case "unreadable":
      return `${fault.path}: ${fault.detail}`;
    case "locked":
      return `${fault.path}: process ${fault.pid} is writing it; stop that one first (it holds ${fault.lockPath})`;
    case "broken":
      return `${fault.path}: broken at entry ${fault.sequence}: ${fault.what}`;
    default:
      return unreachable(fault);
  }
}

/** For readers that are iterators and so have no other way to say it. */
export class JournalUnreadable extends Error {
  readonly fault: JournalFault;

  constructor(fault: JournalFault) {
    super(faultLine(fault));
    this.name = "JournalUnreadable";
    this.fault = fault;
  }
}
