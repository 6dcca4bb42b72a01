import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { LIMITS } from "#lib/protocol/limits.ts";
import { PNG_SIGNATURE, paintPng, pngChunk, pngHeader } from "../../nodes/paint-png.ts";
import { at, busy, codeOf, flat, ops, pixelsOf } from "./pictures.ts";

const jpegOf = (png: Buffer) => sharp(png).jpeg({ quality: 90 }).toBuffer() as Promise<Buffer>;
const webpOf = (png: Buffer) => sharp(png).webp({ quality: 90 }).toBuffer() as Promise<Buffer>;

/** A valid file of any size whose pixels take almost no bytes. */
const headerOnly = (width: number, height: number) =>
  Buffer.concat([
    PNG_SIGNATURE,
    pngHeader(width, height, 8, 2),
    pngChunk("IDAT", deflateSync(Buffer.alloc(1000))),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
const text = (size: number) =>
  pngChunk("zTXt", Buffer.concat([Buffer.from("note\0\0", "latin1"), deflateSync(Buffer.alloc(size, 65))]));

describe("what a file says about itself", () => {
  it("is its family, its size and whether it has alpha", async () => {
    const png = busy(33, 17);
    expect(await ops.inspect(png)).toEqual({ width: 33, height: 17, mediaType: "image/png", hasAlpha: false });
    expect(await ops.inspect(await jpegOf(png))).toMatchObject({ width: 33, height: 17, mediaType: "image/jpeg" });
    expect(await ops.inspect(await webpOf(png))).toMatchObject({ width: 33, height: 17, mediaType: "image/webp" });
    for (const side of [4, 600])
      expect(await ops.inspect(flat(side, side, [1, 2, 3, 128]))).toMatchObject({ width: side, hasAlpha: true });
    const grey = (await sharp(flat(9, 9, [1, 2, 3, 128]))
      .toColourspace("b-w")
      .png()
      .toBuffer()) as Buffer;
    expect(await ops.inspect(grey)).toMatchObject({ hasAlpha: true });
    const lossless = (await sharp(png).webp({ lossless: true }).toBuffer()) as Buffer;
    expect(await ops.inspect(lossless)).toMatchObject({ width: 33, height: 17 });
  });

  it("is given upright: a photo taken on its side is higher than wide", async () => {
    const sideways = (await sharp(busy(40, 20))
      .withExif({})
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()) as Buffer;
    expect(await ops.inspect(sideways)).toMatchObject({ width: 20, height: 40 });
    expect(await ops.normalise(sideways)).toMatchObject({ width: 20, height: 40 });
  });

  it("one pixel is a picture", async () => {
    expect(await ops.inspect(flat(1, 1, [1, 2, 3]))).toMatchObject({ width: 1, height: 1 });
  });
});

describe("refused before anything is decoded", () => {
  it("IM-001 a header that claims 50,000 × 50,000", async () => {
    expect(await codeOf(ops.inspect(headerOnly(50_000, 50_000)))).toBe("IMAGE_TOO_MANY_PIXELS");
    expect(await codeOf(ops.normalise(headerOnly(50_000, 50_000)))).toBe("IMAGE_TOO_MANY_PIXELS");
  });

  it("IM-002 the pixel limit: just above is refused, just below is looked into", async () => {
    expect(await codeOf(ops.inspect(headerOnly(16_383, 16_383)))).toBe("IMAGE_TOO_MANY_PIXELS");
    expect(await codeOf(ops.inspect(headerOnly(10_000, LIMITS.pixels / 10_000 + 1)))).toBe("IMAGE_TOO_MANY_PIXELS");
    expect(await codeOf(ops.inspect(headerOnly(10_000, LIMITS.pixels / 10_000)))).toBe("IMAGE_CORRUPT");
  });

  it("IM-005 strips with a side beyond the limit, and not one pixel less", async () => {
    expect(await codeOf(ops.inspect(headerOnly(1, 200_000)))).toBe("IMAGE_SIDE_TOO_LONG");
    expect(await codeOf(ops.inspect(headerOnly(200_000, 1)))).toBe("IMAGE_SIDE_TOO_LONG");
    expect(await codeOf(ops.inspect(headerOnly(LIMITS.sidePixels + 1, 1)))).toBe("IMAGE_SIDE_TOO_LONG");
    expect(await ops.inspect(flat(LIMITS.sidePixels, 1, [9, 9, 9]))).toMatchObject({ width: LIMITS.sidePixels });
  });

  it("IM-015 an empty file", async () => {
    expect(await codeOf(ops.inspect(new Uint8Array()))).toBe("EMPTY_FILE");
  });

  it("IM-007 IM-008 IM-011 IM-014 everything that is not PNG, JPEG or WebP by its first bytes", async () => {
    const foreign = {
      svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>1</script></svg>'),
      xxe: Buffer.from('<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>'),
      html: Buffer.from("<!doctype html><title>cat.png</title>"),
      php: Buffer.from("<?php echo 1;"),
      elf: Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]),
      pdf: Buffer.from("%PDF-1.7\n"),
      gif: Buffer.from("GIF89a\x01\x00\x01\x00\x00\x00\x00;", "latin1"),
      tiff: (await sharp(flat(4, 4, [1, 2, 3]))
        .tiff()
        .toBuffer()) as Buffer,
      avif: (await sharp(flat(16, 16, [1, 2, 3]))
        .avif()
        .toBuffer()) as Buffer,
    };
    for (const [name, bytes] of Object.entries(foreign)) {
      expect(await codeOf(ops.inspect(bytes)), name).toBe("UNSUPPORTED_IMAGE_TYPE");
      expect(await codeOf(ops.normalise(bytes)), name).toBe("UNSUPPORTED_IMAGE_TYPE");
    }
  });

  it("the decoder itself has no other loaders left", async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    await expect(sharp(svg).metadata()).rejects.toThrow(/unsupported/);
  });

  it("metadata bombs: 17 texts, or texts that inflate beyond 4 MiB", async () => {
    const withTexts = (count: number, size: number) =>
      paintPng(
        4,
        4,
        () => [1, 2, 3],
        Array.from({ length: count }, () => text(size)),
      );
    expect(await codeOf(ops.inspect(withTexts(17, 10)))).toBe("IMAGE_METADATA_TOO_LARGE");
    expect(await codeOf(ops.inspect(withTexts(5, 1024 * 1024)))).toBe("IMAGE_METADATA_TOO_LARGE");
    expect(await codeOf(ops.inspect(withTexts(1, 200 * 1024 * 1024)))).toBe("IMAGE_METADATA_TOO_LARGE");
    expect(await ops.inspect(withTexts(16, 200_000))).toMatchObject({ width: 4 });
    const long = pngChunk(
      "iTXt",
      Buffer.concat([Buffer.from("n\0\x01\0en\0t\0", "latin1"), deflateSync(Buffer.alloc(5e6))]),
    );
    expect(await codeOf(ops.inspect(paintPng(4, 4, () => [1, 2, 3], [long])))).toBe("IMAGE_METADATA_TOO_LARGE");
  });
});

describe("IM-006 a file that is not whole", () => {
  it.each([64, 600])("is refused wherever it was cut, %i pixels wide", async (side) => {
    const png = busy(side, side);
    const files = { png, jpeg: await jpegOf(png), webp: await webpOf(png) };
    for (const [name, whole] of Object.entries(files)) {
      for (const lost of [1, 4, 8, 12, 13, 16, 40, whole.length >> 1, whole.length - 30, whole.length - 12]) {
        const code = await codeOf(ops.inspect(whole.subarray(0, whole.length - lost)));
        expect(code, `${name} without its last ${lost} bytes`).toBe("IMAGE_CORRUPT");
      }
    }
  });

  it("is refused when its pixels were damaged under a valid frame", async () => {
    const damaged = Buffer.concat([
      PNG_SIGNATURE,
      pngHeader(64, 64, 8, 2),
      pngChunk("IDAT", deflateSync(Buffer.alloc(64 * 193)).subarray(0, 20)),
      pngChunk("IEND", Buffer.alloc(0)),
    ]);
    expect(await codeOf(ops.inspect(damaged))).toBe("IMAGE_CORRUPT");
    const flipped = busy(64, 64);
    flipped[flipped.length >> 1]! ^= 0x55;
    expect(await codeOf(ops.inspect(flipped))).toBe("IMAGE_CORRUPT");
  });

  it("is refused by every operation, not only by inspect", async () => {
    const half = busy(64, 64).subarray(0, 4000);
    expect(await codeOf(ops.resize(half, [{ name: "a", width: 8, height: 8, fit: "cover" }]))).toBe("IMAGE_CORRUPT");
    expect(await codeOf(ops.encode(half, { format: "png", quality: 90, metadata: "none" }))).toBe("IMAGE_CORRUPT");
  });
});

describe("IM-013 an upload made ours", () => {
  it("keeps pixels and family, and is encoded by us even when it was clean", async () => {
    const png = Buffer.concat([busy(20, 10), Buffer.from("<script>trailing polyglot</script>")]);
    const made = await ops.normalise(png);
    expect(made).toMatchObject({ mediaType: "image/png", width: 20, height: 10 });
    expect(made.bytes.equals(png)).toBe(false);
    expect(made.bytes.includes("polyglot")).toBe(false);
    expect((await pixelsOf(made.bytes)).data).toEqual((await pixelsOf(png)).data);
    expect((await ops.normalise(await jpegOf(png))).mediaType).toBe("image/jpeg");
    expect((await ops.normalise(await webpOf(png))).mediaType).toBe("image/webp");
  });

  it("PP-007 drops texts, whatever their keyword", async () => {
    const note = pngChunk("tEXt", Buffer.from('__proto__\0{"polluted":true}', "latin1"));
    const made = await ops.normalise(paintPng(4, 4, () => [1, 2, 3], [note]));
    expect(made.bytes.includes("polluted")).toBe(false);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("brings 16 bits, grey, palettes and CMYK to 8-bit sRGB", async () => {
    const deep = (await sharp(flat(8, 8, [200, 100, 50]))
      .toColourspace("rgb16")
      .png()
      .toBuffer()) as Buffer;
    const grey = paintPng(8, 8, () => [77]);
    const palette = (await sharp(flat(8, 8, [10, 200, 30, 0]))
      .png({ palette: true })
      .toBuffer()) as Buffer;
    const cmyk = (await sharp(flat(8, 8, [200, 100, 50]))
      .toColourspace("cmyk")
      .jpeg()
      .toBuffer()) as Buffer;
    const made = await Promise.all([deep, grey, palette, cmyk].map((bytes) => ops.normalise(bytes)));
    const channels = [3, 3, 4, 3];
    for (const [i, { bytes }] of made.entries()) {
      const meta = await sharp(bytes).metadata();
      expect([meta.space, meta.depth, meta.channels]).toEqual(["srgb", "uchar", channels[i]]);
      expect([meta.icc, meta.exif, meta.xmp]).toEqual([undefined, undefined, undefined]);
    }
    expect(at(await pixelsOf(made[0]!.bytes), 3, 3)).toEqual([200, 100, 50]);
    expect(at(await pixelsOf(made[1]!.bytes), 3, 3)).toEqual([77, 77, 77]);
    expect(at(await pixelsOf(made[2]!.bytes), 3, 3)[3]).toBe(0);
    expect(Math.abs(at(await pixelsOf(made[3]!.bytes), 3, 3)[0]! - 200)).toBeLessThan(40);
  });

  it("reads a picture with an 8 MB colour profile without the profile", async () => {
    const profile = Buffer.alloc(8 * 1024 * 1024, 1);
    const iccp = pngChunk("iCCP", Buffer.concat([Buffer.from("big\0\0", "latin1"), deflateSync(profile)]));
    const png = paintPng(4, 4, () => [9, 8, 7], [iccp]);
    expect(at(await pixelsOf((await ops.normalise(png)).bytes), 1, 1)).toEqual([9, 8, 7]);
    const jpeg = await jpegOf(flat(16, 16, [90, 80, 70]));
    const segment = (n: number) => {
      const data = Buffer.concat([
        Buffer.from(`ICC_PROFILE\0${String.fromCharCode(n + 1, 128)}`, "latin1"),
        Buffer.alloc(60_000),
      ]);
      const head = Buffer.from([0xff, 0xe2, (data.length + 2) >> 8, (data.length + 2) & 255]);
      return Buffer.concat([head, data]);
    };
    const heavy = Buffer.concat([
      jpeg.subarray(0, 2),
      ...Array.from({ length: 128 }, (_, n) => segment(n)),
      jpeg.subarray(2),
    ]);
    expect(await ops.normalise(heavy)).toMatchObject({ width: 16, height: 16 });
  });

  it("IM-012 takes the first frame of animations", async () => {
    const still = await webpOf(flat(16, 16, [250, 10, 10]));
    const frame = still.subarray(12);
    const chunk = (type: string, data: Buffer) => {
      const head = Buffer.alloc(8);
      head.write(type, "latin1");
      head.writeUInt32LE(data.length, 4);
      return Buffer.concat([head, data, Buffer.alloc(data.length & 1)]);
    };
    const u24 = (n: number) => Buffer.from([n & 255, (n >> 8) & 255, n >> 16]);
    const canvas = chunk("VP8X", Buffer.concat([Buffer.from([2, 0, 0, 0]), u24(15), u24(15)]));
    const one = chunk("ANMF", Buffer.concat([u24(0), u24(0), u24(15), u24(15), u24(40), Buffer.from([0]), frame]));
    const body = Buffer.concat([canvas, chunk("ANIM", Buffer.alloc(6)), ...Array.from({ length: 10_000 }, () => one)]);
    const riff = Buffer.from("RIFF\0\0\0\0WEBP", "latin1");
    riff.writeUInt32LE(body.length + 4, 4);
    const made = await ops.normalise(Buffer.concat([riff, body]));
    expect(made).toMatchObject({ width: 16, height: 16, mediaType: "image/webp" });
    expect((await sharp(made.bytes).metadata()).pages ?? 1).toBe(1);

    const apng = paintPng(4, 4, () => [1, 2, 3], [
      pngChunk("acTL", Buffer.from([0, 0, 0, 9, 0, 0, 0, 0])),
      pngChunk("fcTL", Buffer.alloc(26)),
    ]);
    expect(await ops.normalise(apng)).toMatchObject({ width: 4, height: 4 });
  });
});

it("sixty pictures at once are all looked into", async () => {
  const bytes = busy(256, 256);
  const seen = await Promise.all(Array.from({ length: 60 }, () => ops.inspect(bytes)));
  expect(seen.every(({ width }) => width === 256)).toBe(true);
});
