import { admit } from "../admit.ts";
import { render, upright } from "../decoder.ts";

/** Longest side in pixels of a picture that is read: beyond it lettering does not become easier to read, only slower. */
const LONGEST = 2048;

/** The picture as a plain greyscale PNG on white, for a program that reads text: whatever the file held besides pixels stays here. */
export async function legible(bytes: Buffer): Promise<Buffer> {
  const { data } = await render(
    upright(admit(bytes))
      .resize({ width: LONGEST, height: LONGEST, fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#ffffff" })
      .toColourspace("b-w")
      .png({ compressionLevel: 1 }),
  );
  return data;
}
