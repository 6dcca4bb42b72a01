/** Larger than any picture the provider can draw (8.3 Mpx of raw RGBA are 33 MB). */
const MOST_BYTES = 50 * 1024 * 1024;

/** The media type by magic bytes, or undefined when it is not a PNG, JPEG or WebP. */
export function mediaTypeOf(bytes: Buffer): "image/png" | "image/jpeg" | "image/webp" | undefined {
  if (bytes.length > 24 && bytes.readUInt32BE(0) === 0x89504e47 && bytes.readUInt32BE(4) === 0x0d0a1a0a)
    return "image/png";
  if (bytes.length > 4 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "image/jpeg";
  if (bytes.length > 16 && bytes.toString("latin1", 0, 4) === "RIFF" && bytes.toString("latin1", 8, 12) === "WEBP")
    return "image/webp";
  return undefined;
}

/** Bytes of a picture sent as base64, or why they cannot be one. A deep check is the runtime's. */
export function pictureOf(base64: string): { bytes: Buffer } | { fault: string } {
  const plain = base64.startsWith("data:") ? base64.slice(base64.indexOf(",") + 1) : base64;
  const size = Math.floor((plain.length * 3) / 4);
  if (size > MOST_BYTES) return { fault: `${Math.round(size / 1_048_576)} MiB are more than a picture can have` };
  const bytes = Buffer.from(plain, "base64");
  if (bytes.length === 0) return { fault: "it is empty" };
  return mediaTypeOf(bytes) ? { bytes } : { fault: "its bytes are neither PNG, JPEG nor WebP" };
}
