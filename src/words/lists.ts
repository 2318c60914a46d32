/**
 * An empty list of records from its first day. `[]` is a list of small integers to V8 until its first push, and code that was made fast
 * for one kind of list is thrown away when it meets the other: in a hot path each run pays for that again.
 */
export function emptyList<Item extends object | string | undefined>(): Item[] {
  const list: (Item | undefined)[] = [undefined];
  list.length = 0;
  return list as Item[];
}

/** The same for doubles. */
export function emptyNumbers(): number[] {
  const list = [0.5];
  list.length = 0;
  return list;
}
