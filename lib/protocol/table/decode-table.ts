export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/**
 * The text of a table file. UTF-8 and UTF-16 with or without a byte order mark are recognised, as spreadsheets write them; what is no UTF-8 is
 * read as Windows-1252, the encoding of older files. The mark itself is not part of the text.
 */
export function decodeTable(bytes: Uint8Array): { text: string; encoding: Encoding } {
  const encoding = encodingOf(bytes);
  if (encoding !== "utf-8") return { text: new TextDecoder(encoding).decode(bytes), encoding };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), encoding };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes), encoding: "windows-1252" };
  }
}

function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  // Without a mark: delimiters and line ends are ASCII, so every other byte of UTF-16 is often zero.
  const head = bytes.subarray(0, 1024);
  let even = 0;
  let odd = 0;
  for (const [index, byte] of head.entries()) {
    if (byte !== 0) continue;
    if (index % 2) odd += 1;
    else even += 1;
  }
  if (odd > even && odd > head.length / 8) return "utf-16le";
  return even > odd && even > head.length / 8 ? "utf-16be" : "utf-8";
}
