const mask64 = (1n << 64n) - 1n;

/** FNV-1a with 64 bits over UTF-8 (Fowler, Noll, Vo). Texts that differ in their last letters stay close together in its high bits. */
export function fnv1a64(text: string): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & mask64;
  return hash;
}

/** The output of SplitMix64 (Steele, Lea, Flood 2014) for a state of 64 bits; neighbouring states give unrelated outputs. */
export function mix64(state: bigint): bigint {
  let mixed = ((state ^ (state >> 30n)) * 0xbf58476d1ce4e5b9n) & mask64;
  mixed = ((mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn) & mask64;
  return mixed ^ (mixed >> 31n);
}
