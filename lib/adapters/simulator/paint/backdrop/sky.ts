import { darken, lighten, mix } from "../raster/color.ts";
import { ellipse } from "../raster/contours.ts";
import { fill } from "../raster/fill.ts";
import { cloudNoise } from "../raster/noise.ts";
import { along, around, flat } from "../raster/paint-kinds.ts";
import { glow } from "../shading.ts";
import { frame, type Stage, spot } from "../stage.ts";

/** Paints the sky down to `horizon` (share of the height) with sun or moon, stars or clouds; gives the lamp's place. */
export function sky(
  stage: Stage,
  horizon: number,
  options: { clouds?: number; lamp?: boolean } = {},
): [x: number, y: number] {
  const { palette, canvas, random, unit } = stage;
  const [x0, y0] = spot(stage, 0, 0);
  const [, y1] = spot(stage, 0, horizon);
  fill(canvas, frame(stage), along(x0, y0, x0, y1, [0, palette.sky[0]], [0.55, palette.sky[1]], [1, palette.sky[2]]));
  const side = random.chance(0.5) ? random.between(0.16, 0.38) : random.between(0.62, 0.84);
  const lamp = spot(stage, side, random.between(0.42, 0.78) * horizon);
  if (palette.night) stars(stage, horizon);
  if (options.clouds !== 0) clouds(stage, horizon, options.clouds ?? (palette.night ? 0.3 : 0.75));
  if (options.lamp === false) return lamp;
  const radius = unit * random.between(0.045, 0.085);
  glow(stage, lamp[0], lamp[1], radius * 8, palette.light, palette.night ? 0.35 : 0.8);
  const disc = palette.night ? mix(palette.light, palette.sky[1], 0.08) : lighten(palette.light, 0.35);
  fill(
    canvas,
    ellipse(lamp[0], lamp[1], radius),
    along(lamp[0], lamp[1] - radius, lamp[0], lamp[1] + radius, [0, disc], [1, mix(disc, palette.sky[2], 0.35)]),
  );
  if (palette.night) {
    for (const [dx, dy, size] of [
      [-0.3, -0.2, 0.22],
      [0.25, 0.3, 0.16],
      [0.3, -0.35, 0.1],
    ] as const) {
      fill(canvas, ellipse(lamp[0] + dx * radius, lamp[1] + dy * radius, size * radius), flat(darken(disc, 0.25)), {
        opacity: 0.35,
        blur: 1,
      });
    }
  }
  return lamp;
}

/** Stars, more of them high up. */
export function stars(stage: Stage, horizon: number, count = 150): void {
  const { random, palette, canvas, unit } = stage;
  for (let i = 0; i < count; i++) {
    const [x, y] = spot(stage, random.next(), random.next() ** 1.4 * horizon);
    const size = unit * random.between(0.0008, 0.0026);
    fill(canvas, ellipse(x, y, size), flat(palette.light), { opacity: random.between(0.25, 0.95) });
    if (random.chance(0.05)) glow(stage, x, y, size * 9, palette.light, 0.5);
  }
}

/** Drifting cloud banks from layered noise, lit from below by the low sky. */
export function clouds(stage: Stage, horizon: number, strength: number): void {
  const { canvas, palette, random } = stage;
  const noise = cloudNoise(`clouds${random.next()}`, 4);
  const left = Math.max(0, Math.floor(stage.left));
  const right = Math.min(canvas.width, Math.ceil(stage.left + stage.width));
  const top = Math.max(0, Math.floor(stage.top));
  const bottom = Math.min(canvas.height, Math.floor(stage.top + stage.height * horizon));
  const tone = mix(palette.light, palette.sky[2], 0.4);
  const step = 3;
  const columns = Math.ceil((right - left) / step) + 2;
  let above = new Float32Array(columns);
  let below = new Float32Array(columns);
  const row = (gridY: number, into: Float32Array) => {
    const v = (gridY * step) / stage.height;
    for (let i = 0; i < columns; i++) {
      const density = noise(((i * step) / stage.width) * 3.2, v * 9) - 0.5;
      into[i] = Math.max(0, density) * 2.6 * Math.min(1, v * 4 + 0.25);
    }
  };
  row(0, below);
  for (let y = top; y < bottom; y++) {
    const offset = (y - top) % step;
    if (offset === 0) {
      [above, below] = [below, above];
      row((y - top) / step + 1, below);
    }
    const fy = offset / step;
    const fade = strength * Math.min(1, ((bottom - y) / stage.height) * 6);
    for (let x = left; x < right; x++) {
      const g = (x - left) / step;
      const gi = g | 0;
      const fx = g - gi;
      const upper = above[gi]! + (above[gi + 1]! - above[gi]!) * fx;
      const lower = below[gi]! + (below[gi + 1]! - below[gi]!) * fx;
      const alpha = Math.min(0.85, (upper + (lower - upper) * fy) * fade);
      if (alpha < 0.004) continue;
      const i = (y * canvas.width + x) * 4;
      for (let part = 0; part < 3; part++)
        canvas.pixels[i + part] = canvas.pixels[i + part]! * (1 - alpha) + tone[part]! * alpha;
    }
  }
}

/** A band of mist around a height (share), fading both ways. */
export function mist(stage: Stage, at: number, thickness: number, strength: number): void {
  const { palette, canvas } = stage;
  const [x, y0] = spot(stage, 0, at - thickness);
  const [right, y1] = spot(stage, 1, at + thickness);
  const tone = mix(palette.sky[2], palette.light, 0.25);
  fill(
    canvas,
    [[x, y0, right, y0, right, y1, x, y1]],
    along(x, y0, x, y1, [0, tone, 0], [0.5, tone, strength], [1, tone, 0]),
  );
}

/** A vignette that holds the eye inside the frame. */
export function vignette(stage: Stage, strength: number): void {
  const [x, y] = spot(stage, 0.5, 0.47);
  const radius = Math.hypot(stage.width, stage.height) * 0.62;
  fill(stage.canvas, frame(stage), around(x, y, radius, [0, [1, 1, 1]], [0.55, [1, 1, 1]], [1, [0.32, 0.3, 0.38]]), {
    blend: "shade",
    opacity: strength,
  });
}
