import type { RawPicture } from "./canvas.ts";
import type { Color } from "./color.ts";
import { type Contours, cover } from "./coverage.ts";

/** Paints a flat shape straight into bytes at full size: for lettering, which must stay crisp. */
export function stamp(picture: RawPicture, contours: Contours, color: Color, opacity = 1): void {
  const coverage = cover(contours, picture.width, picture.height);
  const { data } = picture;
  for (let row = 0; row < coverage.height; row++) {
    for (let column = 0; column < coverage.width; column++) {
      const alpha = coverage.share[row * coverage.width + column]! * opacity;
      if (alpha < 0.004) continue;
      const i = ((coverage.top + row) * picture.width + coverage.left + column) * 4;
      const under = data[i + 3]! / 255;
      const out = alpha + under * (1 - alpha);
      for (let part = 0; part < 3; part++) {
        const mixed = color[part]! * 255 * alpha + data[i + part]! * under * (1 - alpha);
        data[i + part] = Math.round(mixed / out);
      }
      data[i + 3] = Math.round(out * 255);
    }
  }
}
