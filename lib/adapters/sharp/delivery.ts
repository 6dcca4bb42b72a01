import type { Sharp } from "sharp";
import type { Delivery, DeliveryWriter, RawPixels } from "../../runtime/ports/export-formats.ts";
import { admit } from "./admit.ts";
import { describe, fromPixels, render, upright } from "./decoder.ts";
import { withTexts } from "./png-texts.ts";

const FORMATS: Record<Delivery["format"], { extension: string; write(pipeline: Sharp, quality: number): Sharp }> = {
  png: { extension: "png", write: (pipeline) => pipeline.png({ compressionLevel: 6, adaptiveFiltering: true }) },
  jpeg: {
    extension: "jpg",
    write: (pipeline, quality) =>
      pipeline
        .flatten({ background: "#ffffff" })
        .jpeg({ quality, mozjpeg: true, chromaSubsampling: quality >= 90 ? "4:4:4" : "4:2:0" }),
  },
  webp: {
    extension: "webp",
    write: (pipeline, quality) => pipeline.webp({ quality, alphaQuality: 100 }),
  },
};

/** Pictures on their way out of the studio. JPEG has no transparency: white shows through. Never an EXIF block: what is said is said in XMP. */
export const createDeliveryWriter = (): DeliveryWriter => ({
  async write(bytes, { format, quality, size, xmp, texts = [] }) {
    const admitted = admit(bytes);
    const { density } = await describe(admitted);
    const { extension, write } = FORMATS[format];
    let pipeline = upright(admitted);
    if (size !== undefined)
      pipeline = pipeline.resize({ width: size, height: size, fit: "inside", withoutEnlargement: true });
    pipeline = pipeline.withIccProfile("srgb");
    if (xmp !== undefined && format !== "png") pipeline = pipeline.withXmp(xmp);
    const { data, info } = await render(write(pipeline, quality));
    // libvips packs XMP into a zTXt chunk, where the XMP specification (part 3, 1.1.5) has nobody look.
    const packet = xmp === undefined ? [] : [{ keyword: "XML:com.adobe.xmp", text: xmp }];
    const dense = format === "jpeg" && density !== undefined ? withDensity(data, density) : data;
    const written = format === "png" ? withTexts(data, [...packet, ...texts]) : dense;
    return { bytes: written, width: info.width, height: info.height, mediaType: `image/${format}`, extension };
  },

  pixels: async (bytes) => raw(upright(admit(bytes)).ensureAlpha()),
  blank: async (width, height) =>
    (await render(fromPixels({ data: Buffer.alloc(width * height * 4), width, height, channels: 4 }).png())).data,

  grey: async (bytes) => raw(upright(admit(bytes)).flatten({ background: "#000000" }).toColourspace("b-w")),
});

/** The same JPEG with its dots per inch where JFIF keeps them (ITU-T T.871, section 10.1): libvips writes that segment only together with EXIF. */
function withDensity(jpeg: Buffer, dotsPerInch: number): Buffer {
  if (jpeg.toString("latin1", 6, 10) === "JFIF") return jpeg;
  const dots = Math.min(0xffff, Math.round(dotsPerInch));
  const segment = Buffer.from([0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 2, 1, 0, 0, 0, 0, 0, 0]);
  segment.writeUInt16BE(dots, 12);
  segment.writeUInt16BE(dots, 14);
  return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
}

async function raw(pipeline: Sharp): Promise<RawPixels> {
  const { data, info } = await render(pipeline.raw());
  return { data: new Uint8Array(data), width: info.width, height: info.height };
}
