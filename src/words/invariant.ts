/** Our own bug, never the world's fault: state the rule that should have held. */
export function invariant(holds: boolean, rule: string): asserts holds {
  if (!holds) throw new Error(`Invariant: ${rule}`);
}

/** Reached only if a closed union grew and a switch did not. */
export function unreachable(value: never): never {
  throw new Error(`Invariant: no such case ${JSON.stringify(value)}`);
}

/** What stands behind a `??` on hot paths, where the rule is put into words only once it is broken. */
export function missing(rule: string): never {
  throw new Error(`Invariant: ${rule}`);
}

/** For places where the type allows a hole that our own logic rules out. */
export function present<Value>(value: Value | undefined, rule: string): Value {
  if (value === undefined) throw new Error(`Invariant: ${rule}`);
  return value;
}
