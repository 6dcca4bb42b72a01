/** What a field for an amount says: left empty, no amount (null); else USD, or undefined where it is none. */
export function usdIn(text: string): number | null | undefined {
  const plain = text.trim().replace(/^\$/, "").replace(",", ".");
  if (plain === "") return null;
  return /^\d{1,6}(\.\d{1,4})?$/.test(plain) ? Number(plain) : undefined;
}
