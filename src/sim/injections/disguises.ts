/** Ways in which a text hides what it says; all of them can be undone by whoever wants to obey it. */

export const base64 = (text: string): string => btoa(text);
export const hex = (text: string): string =>
  Array.from(text, (character) => character.charCodeAt(0).toString(16).padStart(2, "0")).join("");

export const rot13 = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => {
    const base = letter <= "Z" ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });

const morseOf: Readonly<Record<string, string>> = Object.fromEntries(
  "A.- B-... C-.-. D-.. E. F..-. G--. H.... I.. J.--- K-.- L.-.. M-- N-. O--- P.--. Q--.- R.-. S... T- U..- V...- W.-- X-..- Y-.-- Z--.. 0----- 1.---- 2..--- 3...-- 4....- 5..... 6-.... 7--... 8---.. 9----."
    .split(" ")
    .map((pair) => [pair.charAt(0), pair.slice(1)]),
);
export const morse = (text: string): string =>
  Array.from(text.toUpperCase(), (character) => (character === " " ? "/" : (morseOf[character] ?? ""))).join(" ");

const letterOf = new Map(Object.entries(morseOf).map(([letter, code]) => [code, letter]));
export const unmorse = (text: string): string =>
  text
    .split(" ")
    .map((code) => (code === "/" ? " " : (letterOf.get(code) ?? "")))
    .join("");

export const zeroWidth = (text: string): string => Array.from(text).join("\u200b");
/** Tag characters: the letters of ASCII a second time, drawn as nothing. */
export const tagged = (text: string): string =>
  Array.from(text, (character) => String.fromCodePoint(0xe0000 + character.charCodeAt(0))).join("");
/** Shown in reverse between two marks, so that what is read is not what is stored. */
export const reversed = (text: string): string => `\u202e${Array.from(text).reverse().join("")}\u202c`;

const masks: Readonly<Record<string, string>> = {
  A: "А",
  B: "В",
  C: "С",
  E: "Е",
  H: "Н",
  O: "О",
  T: "Т",
  a: "а",
  c: "с",
  e: "е",
  o: "о",
  p: "р",
};
/** Cyrillic where it looks the same. */
export const masked = (text: string): string => Array.from(text, (character) => masks[character] ?? character).join("");
