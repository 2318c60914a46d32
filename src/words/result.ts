/** The world's faults are values on a closed set; only our own bugs throw. */
export type Result<Value, Fault> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: Fault };

export const ok = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({ ok: true, value });
export const err = <Fault>(error: Fault): { readonly ok: false; readonly error: Fault } => ({ ok: false, error });
