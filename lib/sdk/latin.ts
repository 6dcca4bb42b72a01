/** True when every letter is Latin: what a local reader of Latin script can be trusted with. */
export const isLatin = (text: string): boolean => !/(?=\p{L})\P{Script=Latin}/u.test(text);
