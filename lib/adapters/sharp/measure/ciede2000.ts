import type { Lab } from "./cielab.ts";

const POW_25_7 = 25 ** 7;
const rad = (degrees: number): number => (degrees * Math.PI) / 180;

/** Hue angle in degrees 0–360; 0 without chroma. */
function hueOf(a: number, b: number): number {
  if (a === 0 && b === 0) return 0;
  const degrees = (Math.atan2(b, a) * 180) / Math.PI;
  return degrees < 0 ? degrees + 360 : degrees;
}

/** The way from one hue to the other, −180–180 degrees; 0 where one has no chroma. */
function hueStep(from: number, to: number, grey: boolean): number {
  if (grey) return 0;
  const step = to - from;
  return step > 180 ? step - 360 : step < -180 ? step + 360 : step;
}

function meanHue(one: number, other: number, grey: boolean): number {
  const sum = one + other;
  if (grey) return sum;
  if (Math.abs(one - other) <= 180) return sum / 2;
  return (sum < 360 ? sum + 360 : sum - 360) / 2;
}

/**
 * The CIEDE2000 difference of two CIELAB colors with kL = kC = kH = 1: 0 = the same, about 1 = just visible, 100 = black and white. After Sharma, Wu
 * and Dalal, "The CIEDE2000 color-difference formula: implementation notes, supplementary test data, and mathematical observations", 2005.
 */
export function ciede2000([l1, a1, b1]: Lab, [l2, a2, b2]: Lab): number {
  const chroma7 = ((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2) ** 7;
  const stretch = 1.5 - 0.5 * Math.sqrt(chroma7 / (chroma7 + POW_25_7));
  const [c1, c2] = [Math.hypot(a1 * stretch, b1), Math.hypot(a2 * stretch, b2)];
  const [h1, h2] = [hueOf(a1 * stretch, b1), hueOf(a2 * stretch, b2)];
  const grey = c1 * c2 === 0;

  const deltaL = l2 - l1;
  const deltaC = c2 - c1;
  const deltaH = 2 * Math.sqrt(c1 * c2) * Math.sin(rad(hueStep(h1, h2, grey) / 2));

  const light = (l1 + l2) / 2 - 50;
  const chroma = (c1 + c2) / 2;
  const hue = meanHue(h1, h2, grey);
  const t =
    1 -
    0.17 * Math.cos(rad(hue - 30)) +
    0.24 * Math.cos(rad(2 * hue)) +
    0.32 * Math.cos(rad(3 * hue + 6)) -
    0.2 * Math.cos(rad(4 * hue - 63));
  const forL = deltaL / (1 + (0.015 * light ** 2) / Math.sqrt(20 + light ** 2));
  const forC = deltaC / (1 + 0.045 * chroma);
  const forH = deltaH / (1 + 0.015 * chroma * t);
  const turn = 30 * Math.exp(-(((hue - 275) / 25) ** 2));
  const mean7 = chroma ** 7;
  const rotation = -2 * Math.sqrt(mean7 / (mean7 + POW_25_7)) * Math.sin(rad(2 * turn));
  return Math.sqrt(Math.max(0, forL ** 2 + forC ** 2 + forH ** 2 + rotation * forC * forH));
}
