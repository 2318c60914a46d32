/**
 * Letters of other scripts that look like a Latin one, as two rows of equal length. Every pair has one skeleton in Unicode Technical
 * Standard 39, "Unicode Security Mechanisms", section 4 (confusables). Fullwidth, circled and mathematical letters are not here:
 * NFKC makes them Latin before.
 */
const rows: readonly (readonly [theirs: string, latin: string])[] = [
  // Cyrillic.
  ["АВЕКМНОРСТХУҮІЈЅԜӀѴԌаеорсуүхіӏјѕԁԛԝһѵг", "ABEKMHOPCTXYYIJSWIVGaeopcyyxiijsdqwhvr"],
  // Greek.
  ["ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϜανορισυγϳ", "ABEZHIKMNOPTYXFavopiouyj"],
  // Armenian.
  ["ՕՍՏօսոհցզ", "OUSounhgq"],
  // Cherokee.
  ["ᎪᏴᏟᎠᎬᏀᎻᎫᏦᏞᎷᏢᏒᎡᏚᏕᎢᏙᎳᏔᎩᎽᏃᏂᎥ", "ABCDEGHJKLMPRRSSTVWWYYZhi"],
  // Lisu.
  ["ꓮꓐꓚꓓꓰꓝꓖꓧꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜ", "ABCDEFGHJKLMNOPRSTUVWXYZ"],
  // Coptic.
  ["ⲤⲎⲔⳐⲘⲚⲞⲢⲦⲬⲨⲥⲟⲣ", "CHKLMNOPTXYcop"],
  // Latin letters of phonetic and other alphabets.
  ["ɑɡıɩɪᴄᴏᴠᴡᴢꜱᴜʏ", "agiiicovwzsuy"],
];

export const lookalikes: ReadonlyMap<string, string> = new Map(
  rows.flatMap(([theirs, latin]) => {
    const to = Array.from(latin);
    return Array.from(theirs, (letter, at) => [letter, to[at] ?? letter] as const);
  }),
);

export type Unmasked = {
  readonly text: string;
  /** Letters that were replaced by the Latin ones they look like. */
  readonly lookalikes: number;
  /** Words that could pass for Latin ones but stand in a text of their own script: they are left as they are. */
  readonly doubtful: number;
};

const word = /[\p{L}\p{M}\p{N}]+/gu;
const letter = /\p{L}/u;
const latinLetter = /\p{Script=Latin}/u;
const anyOther = /[^\p{ASCII}]/u;

/**
 * A word that mixes scripts to look like another gets the letters it shows. A word wholly of lookalikes does where the text around it is
 * mainly Latin; elsewhere it may be an honest word, and is only counted.
 */
export function unmasked(text: string): Unmasked {
  if (!anyOther.test(text)) return { text, lookalikes: 0, doubtful: 0 };
  const mainlyLatin = isMainlyLatin(text);
  const count = { lookalikes: 0, doubtful: 0 };
  const folded = text.replace(word, (found) => {
    const letters = Array.from(found).filter((character) => letter.test(character));
    const alike = letters.filter((character) => lookalikes.has(character)).length;
    if (alike === 0) return found;
    const mixed = letters.some((character) => latinLetter.test(character) && !lookalikes.has(character));
    if (!mixed && alike < letters.length) return found;
    if (!mixed && !mainlyLatin) {
      count.doubtful++;
      return found;
    }
    count.lookalikes += alike;
    return Array.from(found, (character) => lookalikes.get(character) ?? character).join("");
  });
  return { text: folded, ...count };
}

function isMainlyLatin(text: string): boolean {
  let [latin, others] = [0, 0];
  for (const character of text)
    if (lookalikes.has(character)) continue;
    else if (latinLetter.test(character)) latin++;
    else if (letter.test(character)) others++;
  return latin > others;
}
