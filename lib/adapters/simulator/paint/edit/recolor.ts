import type { RawPicture } from "../raster/canvas.ts";
import { type Color, fromHsl, toHsl } from "../raster/color.ts";

/** Turns the picture's leading strong hue into another colour, keeping light and shade. `area` limits where the hue is looked for. */
export function recolor(picture: RawPicture, wanted: Color, area?: Uint8Array): void {
  const hue = leadingHue(picture, area);
  const [toHue, toSat, toLight] = toHsl(wanted);
  const { data } = picture;
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] === 0) continue;
    const r = data[i]!;
    const g = data[i + 1]!;
    const b = data[i + 2]!;
    const spread = Math.max(r, g, b) - Math.min(r, g, b);
    if (spread < 18) continue;
    const [h, s, l] = toHsl([r / 255, g / 255, b / 255]);
    const turn = hue === null ? 0 : Math.abs(((h - hue + 540) % 360) - 180);
    const share = ramp(38 - turn, 16) * ramp(s - 0.2, 0.16);
    if (share <= 0) continue;
    // A very light or very dark target moves the light as well; a middling one leaves the shading alone.
    const light = Math.min(0.97, Math.max(0.03, l + (toLight - 0.5) * 0.85 * (1 - Math.abs(l - 0.5))));
    const [nr, ng, nb] = fromHsl(toHue, Math.min(1, s * (0.35 + toSat * 0.8)) * (toSat < 0.1 ? 0.15 : 1), light);
    data[i] = Math.round(r + (nr * 255 - r) * share);
    data[i + 1] = Math.round(g + (ng * 255 - g) * share);
    data[i + 2] = Math.round(b + (nb * 255 - b) * share);
  }
}

/** Lays a colour over what looks like the edges of the picture: its surroundings. */
export function recolorSurroundings(picture: RawPicture, wanted: Color): void {
  const { data, width, height } = picture;
  const samples = edgeSamples(picture);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = (y * width + x) * 4;
      let nearest = 442;
      for (const [r, g, b] of samples) {
        const away = Math.abs(data[i]! - r) + Math.abs(data[i + 1]! - g) + Math.abs(data[i + 2]! - b);
        if (away < nearest) nearest = away;
      }
      const share = ramp(96 - nearest, 60) * 0.86;
      if (share <= 0) continue;
      const light = (0.2126 * data[i]! + 0.7152 * data[i + 1]! + 0.0722 * data[i + 2]!) / 255;
      for (let part = 0; part < 3; part++) {
        const toned = 255 * wanted[part]! * (0.45 + light * 0.75);
        data[i + part] = Math.min(255, Math.round(data[i + part]! + (toned - data[i + part]!) * share));
      }
    }
  }
}

function edgeSamples({ data, width, height }: RawPicture): [number, number, number][] {
  const at = (x: number, y: number): [number, number, number] => {
    const i = (Math.floor(y * (height - 1)) * width + Math.floor(x * (width - 1))) * 4;
    return [data[i]!, data[i + 1]!, data[i + 2]!];
  };
  return [at(0.02, 0.02), at(0.5, 0.02), at(0.98, 0.02), at(0.02, 0.35), at(0.98, 0.35), at(0.02, 0.6), at(0.98, 0.6)];
}

function leadingHue({ data, width, height }: RawPicture, area?: Uint8Array): number | null {
  const bins = new Float64Array(36);
  const step = Math.max(1, Math.floor(Math.sqrt((width * height) / 20_000)));
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      if (area && area[y * width + x]! < 128) continue;
      const i = (y * width + x) * 4;
      const [h, s, l] = toHsl([data[i]! / 255, data[i + 1]! / 255, data[i + 2]! / 255]);
      const center = 1.2 - Math.hypot(x / width - 0.5, y / height - 0.55) * 1.6;
      if (center > 0) bins[Math.floor(h / 10) % 36]! += s * s * (1 - Math.abs(l - 0.5)) * center;
    }
  }
  let best = 0;
  for (let i = 1; i < 36; i++) if (bins[i]! > bins[best]!) best = i;
  return bins[best]! > 0.5 ? best * 10 + 5 : null;
}

function ramp(value: number, width: number): number {
  return value <= 0 ? 0 : value >= width ? 1 : value / width;
}
