/** Nothing that a reader does not see, by Unicode's own properties. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Default_Ignorable_Code_Point}]/u;

/**
 * Reads the words of others in a question as a stranger to the code that fenced them: each item is a line that opens, lines with a bar,
 * and a line that closes; the fence's name stands nowhere else. What is wrong goes out, nothing when all is as it should be.
 */
export function fenceFault(user: string, items: number): string | undefined {
  const lines = user.split("\n");
  const heading = lines.findIndex((line) => line.startsWith("NEWS "));
  if (heading < 0) return "the news were not shown";
  const nonce = /<([0-9a-z]{8,64}) /.exec(lines[heading + 1] ?? "")?.[1];
  if (nonce === undefined) return "the fence was not explained";
  let [open, closed] = [false, 0];
  for (const line of lines.slice(heading + 2)) {
    if (unseen.test(line)) return "there are characters that nobody sees";
    if (!open && line.startsWith(`<${nonce} `)) open = true;
    else if (open && line === `${nonce}>`) {
      open = false;
      closed++;
    } else if (!open || !line.startsWith("| ")) return `a line stands outside the fence: ${line.slice(0, 60)}`;
  }
  if (open || closed !== items) return `${closed} items were closed of ${items}`;
  // Twice in the explanation and twice an item.
  return user.split(nonce).length - 1 === 2 + 2 * items ? undefined : "the fence's name stands in the text";
}
