import { afterAll, describe, expect, it } from "vitest";
import { createPsdWriter } from "#lib/adapters/psd/psd-writer.ts";
import type { RawPixels } from "#lib/runtime/ports/export-formats.ts";
import { codeOf } from "../sharp/pictures.ts";

const writer = createPsdWriter();
afterAll(() => writer.close());
const grey = (width: number, height: number): RawPixels => ({
  data: new Uint8Array(width * height * 4).fill(128),
  width,
  height,
});
const document = (flat: RawPixels) => ({
  width: 4,
  height: 3,
  layers: [{ name: "one", pixels: grey(4, 3), left: 0, top: 0 }],
  flat,
});

describe("layered documents", () => {
  it("are written one after another, and one that fails does not stop the next", async () => {
    const broken = writer.write({ ...document(grey(4, 3)), width: -1 });
    const good = writer.write(document(grey(4, 3)));
    expect(await codeOf(broken)).toBe("PSD_FAILED");
    expect((await good).toString("latin1", 0, 4)).toBe("8BPS");
  });

  it("pixels shared by a layer and the whole are given away once", async () => {
    const flat = grey(4, 3);
    const bytes = await writer.write({ ...document(flat), layers: [{ name: "same", pixels: flat, left: 0, top: 0 }] });
    expect(bytes.length).toBeGreaterThan(100);
    expect(flat.data.length).toBe(0);
  });
});
