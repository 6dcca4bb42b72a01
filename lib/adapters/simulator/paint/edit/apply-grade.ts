import type { RawPicture } from "../raster/canvas.ts";
import type { Grade } from "./grade-words.ts";

/** Changes light and colour of every pixel in place. */
export function applyGrade(picture: RawPicture, grade: Grade): void {
  const { data } = picture;
  const gain = 2 ** grade.exposure;
  const slope = 1 + grade.contrast;
  const saturation = Math.max(0, 1 + grade.saturation);
  const red = 1 + grade.warmth * 0.18;
  const blue = 1 - grade.warmth * 0.22;
  const { tint, tintShare, haze } = grade;
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] === 0) continue;
    let r = (data[i]! / 255) * gain * red;
    let g = (data[i + 1]! / 255) * gain;
    let b = (data[i + 2]! / 255) * gain * blue;
    const grey = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    r = shape(grey + (r - grey) * saturation, slope);
    g = shape(grey + (g - grey) * saturation, slope);
    b = shape(grey + (b - grey) * saturation, slope);
    if (tintShare > 0) {
      // Colour of the tint, light of the picture: shadows take the most.
      const lean = tintShare * (1.15 - grey * 0.6);
      r += (tint[0] * (0.1 + grey * 1.15) - r) * lean;
      g += (tint[1] * (0.1 + grey * 1.15) - g) * lean;
      b += (tint[2] * (0.1 + grey * 1.15) - b) * lean;
    }
    if (haze > 0) {
      r += (0.86 - r) * haze;
      g += (0.88 - g) * haze;
      b += (0.9 - b) * haze;
    }
    data[i] = toByte(r);
    data[i + 1] = toByte(g);
    data[i + 2] = toByte(b);
  }
}

/** Contrast around the middle with a soft shoulder, so that lights do not clip to flat white. */
function shape(value: number, slope: number): number {
  const moved = (value - 0.5) * slope + 0.5;
  if (moved <= 0.8) return moved;
  return 0.8 + 0.2 * (1 - Math.exp(-(moved - 0.8) / 0.2));
}

function toByte(value: number): number {
  return value <= 0 ? 0 : value >= 1 ? 255 : (value * 255 + 0.5) | 0;
}
