import { type NewPicture, planNew } from "./draw-new.ts";
import { type Color, toHex } from "./raster/color.ts";
import { randomFrom } from "./raster/random.ts";

/** A small vector picture in the same colours: sky, lamp, three grounds and one form. All text in it is our own. */
export function drawSvg(order: NewPicture): string {
  const random = randomFrom(order.seed);
  const { palette } = planNew(order, random);
  const { width: w, height: h } = order;
  const unit = Math.min(w, h);
  const n = (value: number) => value.toFixed(1);
  const hill = (base: number, color: Color) => {
    const [a, b, c] = [0, 1, 2].map(() => n(h * (base + random.between(-0.07, 0.07))));
    return `<path d="M0 ${a}Q${n(w * 0.3)} ${b} ${n(w * 0.5)} ${c}T${w} ${a}V${h}H0Z" fill="${toHex(color)}"/>`;
  };
  const ground = order.transparent
    ? ""
    : `<rect width="${w}" height="${h}" fill="url(#sky)"/><circle cx="${n(w * random.between(0.2, 0.8))}" cy="${n(h * 0.28)}" r="${n(unit * 0.08)}" fill="${toHex(palette.light)}"/>${hill(0.6, palette.land[0])}${hill(0.72, palette.land[1])}${hill(0.86, palette.land[2])}`;
  const x = w / 2;
  const y = h * 0.56;
  const form = `<circle cx="${n(x)}" cy="${n(y)}" r="${n(unit * 0.2)}" fill="${toHex(palette.accent)}"/><path d="M${n(x - unit * 0.2)} ${n(y)}A${n(unit * 0.2)} ${n(unit * 0.2)} 0 0 0 ${n(x + unit * 0.2)} ${n(y)}Z" fill="${toHex(palette.second)}"/>`;
  const sky = `<defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="${toHex(palette.sky[0])}"/><stop offset=".6" stop-color="${toHex(palette.sky[1])}"/><stop offset="1" stop-color="${toHex(palette.sky[2])}"/></linearGradient></defs>`;
  const label = `<text x="${n(unit * 0.03)}" y="${n(h - unit * 0.03)}" font-family="sans-serif" font-size="${n(unit * 0.03)}" fill="#fff" stroke="#111" stroke-width="${n(unit * 0.006)}" paint-order="stroke">SIMULATED</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" width="${w}" height="${h}">${sky}${ground}${form}${label}</svg>`;
}
