import { parentPort } from "node:worker_threads";
import { type Layer, writePsdUint8Array } from "ag-psd";
import type { PsdDocument, PsdLayer, RawPixels } from "../../runtime/ports/export-formats.ts";

export type PsdDone = { bytes: Uint8Array<ArrayBuffer> } | { error: string };

const picture = ({ data, width, height }: RawPixels) => ({ data: new Uint8ClampedArray(data.buffer), width, height });

function layerOf({ name, pixels, left, top, hidden, mask }: PsdLayer): Layer {
  const { width, height } = pixels;
  const place = { left, top, right: left + width, bottom: top + height };
  const shown = mask && {
    ...place,
    // Outside the mask's own pixels nothing is shown.
    defaultColor: 0,
    userMaskFeather: mask.feather,
    imageData: picture(spread(mask.pixels)),
  };
  return { name, ...place, hidden: hidden === true, imageData: picture(pixels), ...(shown ? { mask: shown } : {}) };
}

/** The library reads a mask from the first of four channels. */
function spread({ data, width, height }: RawPixels): RawPixels {
  const wide = new Uint8Array(width * height * 4);
  for (let at = 0; at < data.length; at++) wide[at * 4] = data[at] ?? 0;
  return { data: wide, width, height };
}

function write({ width, height, layers, flat, note, xmp }: PsdDocument): Uint8Array<ArrayBuffer> {
  const children = layers.map(layerOf);
  if (note)
    children.push({
      name: note.name,
      hidden: true,
      text: { text: note.text, transform: [1, 0, 0, 1, 24, 48], style: { fontSize: 24, font: { name: "ArialMT" } } },
    });
  return writePsdUint8Array(
    {
      width,
      height,
      children,
      imageData: picture(flat),
      imageResources: xmp === undefined ? {} : { xmpMetadata: xmp },
    },
    { generateThumbnail: false, noBackground: true },
  ) as Uint8Array<ArrayBuffer>;
}

parentPort?.on("message", (document: PsdDocument) => {
  let done: PsdDone;
  try {
    done = { bytes: write(document) };
  } catch (error) {
    done = { error: String(error instanceof Error ? error.message : error).slice(0, 300) };
  }
  parentPort?.postMessage(done, "bytes" in done ? [done.bytes.buffer] : []);
});
