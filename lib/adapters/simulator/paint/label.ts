import type { RawPicture } from "./raster/canvas.ts";
import { box } from "./raster/contours.ts";
import { lineWidth, setLine } from "./raster/lettering.ts";
import { stamp } from "./raster/stamp.ts";

const TEXT = "SIMULATED";

/**
 * Stamps "SIMULATED" into the lower left corner. Size and place depend on the picture's size only, so the label of an
 * edited picture covers the one that was there before.
 */
export function label(picture: RawPicture): void {
  const unit = Math.min(picture.width, picture.height);
  const style = { size: Math.max(5, unit * 0.0165), weight: 0.17, tracking: 0.38 };
  const pad = style.size * 0.85;
  const width = lineWidth(TEXT, style) + pad * 2.2;
  const height = style.size + pad * 1.7;
  const x = unit * 0.02;
  const y = picture.height - unit * 0.02 - height;
  stamp(picture, box(x, y, width, height, height / 2), [0.07, 0.08, 0.11]);
  stamp(picture, setLine(TEXT, x + pad * 1.1, y + pad * 0.85, style), [1, 1, 1]);
}
