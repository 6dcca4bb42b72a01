/** Parts of picture files by name, read without the code under test: PNG chunks, JPEG segments by marker (`e1`, `eb` …), WebP chunks. */
export function partsOf(bytes: Buffer): { name: string; data: Buffer }[] {
  const parts: { name: string; data: Buffer }[] = [];
  if (bytes[0] === 0x89) {
    for (let at = 8; at < bytes.length; ) {
      const length = bytes.readUInt32BE(at);
      parts.push({ name: bytes.toString("latin1", at + 4, at + 8), data: bytes.subarray(at + 8, at + 8 + length) });
      at += length + 12;
    }
  } else if (bytes[0] === 0xff) {
    for (let at = 2; bytes[at + 1] !== 0xda; ) {
      const length = bytes.readUInt16BE(at + 2);
      parts.push({ name: (bytes[at + 1] ?? 0).toString(16), data: bytes.subarray(at + 4, at + 2 + length) });
      at += length + 2;
    }
  } else {
    for (let at = 12; at + 8 <= bytes.length; ) {
      const length = bytes.readUInt32LE(at + 4);
      parts.push({ name: bytes.toString("latin1", at, at + 4), data: bytes.subarray(at + 8, at + 8 + length) });
      at += 8 + length + (length % 2);
    }
  }
  return parts;
}

/** The XMP packet of a picture, from where its format keeps it. */
export function xmpIn(bytes: Buffer): string | undefined {
  for (const { name, data } of partsOf(bytes)) {
    if (name === "iTXt" && data.toString("latin1", 0, 17) === "XML:com.adobe.xmp") return data.subarray(22).toString();
    if (name === "e1" && data.toString("latin1", 0, 28) === "http://ns.adobe.com/xap/1.0/")
      return data.subarray(29).toString();
    if (name === "XMP ") return data.toString();
  }
  return undefined;
}
