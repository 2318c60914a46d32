/** A number as the text spelled it: a price that went through a double is another price. */
export class JsonNumber {
  readonly literal: string;
  constructor(literal: string) {
    this.literal = literal;
  }
}
export type Json = null | boolean | string | JsonNumber | readonly Json[] | { readonly [key: string]: Json };

type Code = "not_json" | "duplicate_key" | "forbidden_key" | "too_deep";

/** Leaves a parse that has found a fault; it never leaves `readJson`. */
export class NotRead extends Error {
  readonly code: Code;
  /** Without one, what is wrong is the grammar's to say. */
  readonly detail: string | undefined;
  constructor(code: Code, detail?: string) {
    super(code);
    this.code = code;
    this.detail = detail;
  }
}
