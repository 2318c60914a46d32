/** The disk failed under a journal. Nothing may be sent any more: what was appended may not be there after a restart. */
export class JournalFailed extends Error {
  constructor(path: string, cause: unknown) {
    super(`${path}: the journal could not be written, so nothing may happen: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
    this.name = "JournalFailed";
  }
}
