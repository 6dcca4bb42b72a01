import { describe, expect, it } from "vitest";
import { findCredentials } from "#lib/runtime/exports/find-credentials.ts";
import { aPng, chunk } from "../../client/editor/habits/a-png.ts";

const box = (label: string) =>
  Buffer.concat([Buffer.from("\0\0\0\x40jumb\0\0\0\x20jumd", "latin1"), Buffer.from(`c2pa....${label}`)]);
const segment = (marker: number, data: Buffer) => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
};
/** APP11: `JP`, which box, which part of it, then the box (its header repeated in each part). */
const app11 = (which: number, part: number, data: Buffer) =>
  segment(0xeb, Buffer.concat([Buffer.from([0x4a, 0x50, 0, which, 0, 0, 0, part]), data]));
const jpeg = (...segments: Buffer[]) =>
  Buffer.concat([Buffer.from([0xff, 0xd8]), ...segments, Buffer.from([0xff, 0xda, 0, 2, 1, 2, 3])]);
const riff = (...chunks: [string, Buffer][]) => {
  const body = Buffer.concat(
    chunks.map(([name, data]) => {
      const size = Buffer.alloc(4);
      size.writeUInt32LE(data.length);
      return Buffer.concat([Buffer.from(name), size, data, Buffer.alloc(data.length % 2)]);
    }),
  );
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length + 4);
  return Buffer.concat([Buffer.from("RIFF"), size, Buffer.from("WEBP"), body]);
};

describe("content credentials in a file", () => {
  it("are seen in PNG, JPEG and WebP, with all their parts", () => {
    expect(findCredentials(Buffer.from(aPng(chunk("caBX", new Uint8Array(50)))))).toEqual({
      where: "PNG caBX",
      bytes: 50,
    });
    const parts = jpeg(
      segment(0xe0, Buffer.from("JFIF")),
      app11(1, 1, box("x")),
      app11(1, 2, Buffer.concat([box(""), Buffer.alloc(9)])),
    );
    expect(findCredentials(parts)).toMatchObject({ where: "JPEG APP11" });
    expect(findCredentials(parts)?.bytes).toBeGreaterThan(box("x").length * 2);
    expect(findCredentials(riff(["VP8 ", Buffer.alloc(11)], ["C2PA", Buffer.alloc(7)]))).toEqual({
      where: "WebP C2PA",
      bytes: 7,
    });
  });

  it("are not there: other chunks, other boxes, other files", () => {
    const other = Buffer.concat([
      Buffer.from("\0\0\0\x40jumb\0\0\0\x20jumd", "latin1"),
      Buffer.from("jpeg360 and more of it"),
    ]);
    expect(findCredentials(Buffer.from(aPng()))).toBeUndefined();
    expect(findCredentials(jpeg(app11(1, 1, other), segment(0xe1, Buffer.from("c2pa in a comment"))))).toBeUndefined();
    expect(findCredentials(riff(["VP8 ", Buffer.from("C2PA")]))).toBeUndefined();
    expect(findCredentials(Buffer.from("c2pa"))).toBeUndefined();
    expect(findCredentials(Buffer.alloc(0))).toBeUndefined();
  });

  it("lengths that lie do not lead out of the file", () => {
    const png = Buffer.from(aPng(chunk("caBX", new Uint8Array(50))));
    png.writeUInt32BE(0xfffffff0, 33);
    expect(findCredentials(png)).toBeUndefined();
    const webp = riff(["C2PA", Buffer.alloc(8)]);
    webp.writeUInt32LE(0xfffffff0, 16);
    expect(findCredentials(webp)).toBeUndefined();
    for (let cut = 0; cut < 60; cut++)
      expect(() => findCredentials(jpeg(app11(1, 1, box("x"))).subarray(0, cut))).not.toThrow();
  });
});
