/** What opening mended: an entry of which a crash left only `bytes` bytes, or one that only lacked its newline (0 bytes cut). */
export type Recovered = { readonly sequence: number; readonly bytes: number };
