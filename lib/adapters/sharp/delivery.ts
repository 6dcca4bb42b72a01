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

/** Pictures on their way out of the studio. JPEG has no transparency: white shows through. */
export const createDeliveryWriter = (): DeliveryWriter => ({
  async write(bytes, { format, quality, size, xmp, texts = [] }) {
    const admitted = admit(bytes);
    const { density } = await describe(admitted);
    const { extension, write } = FORMATS[format];
    let pipeline = upright(admitted);
    if (size !== undefined)
      pipeline = pipeline.resize({ width: size, height: size, fit: "inside", withoutEnlargement: true });
    pipeline = pipeline.withIccProfile("srgb");
    // An empty EXIF block is said on purpose: writing a density would otherwise bring the source's along.
    if (xmp !== undefined && density !== undefined) pipeline = pipeline.withExif({}).withDensity(density);
    if (xmp !== undefined && format !== "png") pipeline = pipeline.withXmp(xmp);
    const { data, info } = await render(write(pipeline, quality));
    // libvips packs XMP into a zTXt chunk, where the XMP specification (part 3, 1.1.5) has nobody look.
    const packet = xmp === undefined ? [] : [{ keyword: "XML:com.adobe.xmp", text: xmp }];
    const written = format === "png" ? withTexts(data, [...packet, ...texts]) : data;
    return { bytes: written, width: info.width, height: info.height, mediaType: `image/${format}`, extension };
  },

  pixels: (bytes) => raw(upright(admit(bytes)).ensureAlpha()),
  blank: async (width, height) =>
    (await render(fromPixels({ data: Buffer.alloc(width * height * 4), width, height, channels: 4 }).png())).data,

  grey: (bytes) => raw(upright(admit(bytes)).flatten({ background: "#000000" }).toColourspace("b-w")),
});

async function raw(pipeline: Sharp): Promise<RawPixels> {
  const { data, info } = await render(pipeline.raw());
  return { data: new Uint8Array(data), width: info.width, height: info.height };
}
