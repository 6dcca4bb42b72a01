/** Lower-case words of a text, hyphenated ones whole and in parts. */
export function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[a-zà-ÿ0-9#]+(?:-[a-zà-ÿ0-9]+)*/g) ?? [];
  return words.flatMap((word) => (word.includes("-") ? [word, ...word.split("-")] : [word]));
}

/** Words matched ignoring a plural s. */
export function singular(word: string): string {
  return word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}

/** What a text must not have: the sentences that say "avoid", "no …", "without …" are left out. */
export function wantedPart(text: string): string {
  return text
    .replace(/^\s*(?:avoid|must not|do not|don't|never)\b[^\n]*$/gim, " ")
    .replace(/\b(?:no|not|without|avoid(?:ing)?|never)\s+(?:any\s+|a\s+|an\s+|the\s+)?[\w-]+/gi, " ");
}

/** The first words in quotation marks, at most 60 characters: lettering the person asked for. */
export function quotedWords(text: string): string | null {
  const found =
    /[“"„«]([^“”"„«»\n]{1,60})[”"“»]/.exec(text) ?? /(?:^|[\s:(])'([^'\n]{2,60})'(?=[\s.,;!?)]|$)/.exec(text);
  return found?.[1]?.trim() || null;
}
