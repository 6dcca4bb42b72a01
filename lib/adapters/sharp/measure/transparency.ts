import type { Transparency } from "../../../runtime/ports.ts";
import { admit } from "../admit.ts";
import { inBands } from "../bands.ts";
import { describe, render, upright } from "../decoder.ts";

/**
 * Whether the picture has an alpha channel, and the share of all its pixels that are not fully opaque, 0–1. Exact: only the alpha channel is kept in
 * memory, one byte per pixel. Errors as `decode`.
 */
export async function transparency(bytes: Buffer): Promise<Transparency> {
  const admitted = admit(bytes);
  if (!(await describe(admitted)).hasAlpha) return { channel: false, transparent: 0 };
  const { data, info } = await render(upright(admitted).extractChannel("alpha").toColourspace("b-w").raw());
  let count = 0;
  await inBands(info.width, info.height, (from, to) => {
    for (let i = from * info.width; i < to * info.width; i++) if (data[i * info.channels] !== 255) count++;
  });
  return { channel: true, transparent: count / (info.width * info.height) };
}
