import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { createDeliveryWriter } from "#lib/adapters/sharp/delivery.ts";
import { partsOf, xmpIn } from "../../runtime/exports/read-chunks.ts";
import { busy, codeOf, flat, pixelsOf } from "./pictures.ts";

const writer = createDeliveryWriter();
const packet = '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">ü</x:xmpmeta>';
const plain = { format: "png", quality: 90 } as const;

describe("pictures on their way out", () => {
  it.each(["png", "jpeg", "webp"] as const)(
    "%s: the XMP packet lies where readers look for it, unchanged",
    async (format) => {
      const { bytes, mediaType } = await writer.write(busy(40, 30), { format, quality: 90, xmp: packet });
      expect(mediaType).toBe(`image/${format}`);
      expect(xmpIn(bytes)).toBe(packet);
      expect((await sharp(bytes).metadata()).format).toBe(format);
    },
  );

  it("PNG keeps every pixel, and texts in UTF-8 with chunks that check", async () => {
    const picture = busy(40, 30);
    const { bytes } = await writer.write(picture, { ...plain, texts: [{ keyword: "throughline", text: '{"a":"ü"}' }] });
    expect((await pixelsOf(bytes)).data.equals((await pixelsOf(picture)).data)).toBe(true);
    const text = partsOf(bytes).find(({ name }) => name === "iTXt");
    expect(text?.data.toString()).toBe('throughline\0\0\0\0\0{"a":"ü"}');
    await sharp(bytes, { failOn: "warning" }).raw().toBuffer();
  });

  it("is made smaller, never larger, and keeps its shape", async () => {
    const sizeOf = async (size: number) => {
      const { width, height } = await writer.write(busy(40, 30), { ...plain, size });
      return [width, height];
    };
    expect(await sizeOf(20)).toEqual([20, 15]);
    expect(await sizeOf(400)).toEqual([40, 30]);
  });

  it("nothing of a source's metadata comes along but its density, where the format has a place for it", async () => {
    const gps = { IFD0: { Artist: "Canary Person" }, IFD3: { GPSLatitudeRef: "N" } };
    const photo = await sharp(flat(20, 20, [9, 9, 9]))
      .jpeg()
      .withExif(gps)
      .withXmp("<x>Canary XMP</x>")
      .withDensity(300)
      .toBuffer();
    for (const format of ["png", "jpeg", "webp"] as const) {
      const bare = await writer.write(photo, { format, quality: 90 });
      expect(partsOf(bare.bytes).filter(({ name }) => /eXIf|EXIF|XMP|iTXt|tEXt|zTXt|^e1$/.test(name))).toEqual([]);
      const told = await writer.write(photo, { format, quality: 90, xmp: packet });
      expect(told.bytes.includes("Canary")).toBe(false);
      if (format !== "webp") expect((await sharp(told.bytes).metadata()).density).toBe(300);
      expect((await sharp(told.bytes).metadata()).exif).toBeUndefined();
    }
  });

  it("pixels come as RGBA, masks as one level each, nothing as nothing", async () => {
    const { data, width, height } = await writer.pixels(flat(3, 2, [1, 2, 3]));
    expect([width, height, ...data.slice(0, 8)]).toEqual([3, 2, 1, 2, 3, 255, 1, 2, 3, 255]);
    expect([...(await writer.grey(flat(2, 1, [200, 200, 200]))).data]).toEqual([200, 200]);
    const blank = await writer.pixels(await writer.blank(2, 2));
    expect(blank.data.every((level) => level === 0)).toBe(true);
    expect(await codeOf(writer.pixels(Buffer.from("<svg/>")))).toBe("UNSUPPORTED_IMAGE_TYPE");
  });
});
