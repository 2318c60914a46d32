/** A question's user text and what its reader found wrong with the answer come in; the text to ask once more with goes out. */
export const reAskText = (user: string, issue: string): string =>
  // At the end, so that a provider's prompt cache still hits on all that stands before it.
  `${user}\n\nYour last answer could not be used: ${issue.replace(/\s+/g, " ").trim().slice(0, issueCharactersMax).toWellFormed()}\nAnswer again, with one JSON object that follows the schema and nothing else.`;

/** An issue may quote the answer it is about: a model must not be able to grow its own next question. */
const issueCharactersMax = 1_000;
