import { magazinePrint } from "../medium/print.ts";
import { type Color, darken, hex, lighten, lightness, mix, saturate, toHsl } from "../raster/color.ts";
import { box, ellipse, polygon } from "../raster/contours.ts";
import { fill } from "../raster/fill.ts";
import { lineWidth } from "../raster/lettering.ts";
import { along, flat } from "../raster/paint-kinds.ts";
import { frame, type Stage, spot } from "../stage.ts";
import { SUBJECTS } from "../subject/index.ts";
import type { Scene } from "../words/scene-from-words.ts";

/** A page from an old magazine: rays, a disc, the product, a big name, a band with the small words, a badge. */
export function retroAd(stage: Stage, scene: Scene): void {
  const { canvas, palette, unit } = stage;
  const cream = hex("#f7ead0");
  // A grey counterpart would print as mud: such a one gives way to petrol.
  const [, strength] = toHsl(palette.second);
  const deep = strength > 0.28 && lightness(palette.second) < 0.45 ? palette.second : hex("#1f5560");
  const bright = saturate(palette.accent, 1.15);
  fill(canvas, frame(stage), flat(cream));
  rays(stage, mix(cream, bright, 0.2), mix(cream, hex("#f0b64e"), 0.55));
  const wide = stage.width > stage.height * 1.15;
  const at = wide ? 0.66 : 0.5;
  const [cx, cy] = spot(stage, at, wide ? 0.48 : 0.54);
  const radius = unit * (wide ? 0.36 : 0.35);
  fill(canvas, ellipse(cx + unit * 0.012, cy + unit * 0.014, radius), flat(deep), { opacity: 0.55 });
  fill(canvas, ellipse(cx, cy, radius), flat(bright));
  fill(
    canvas,
    ellipse(cx, cy, radius * 0.9),
    along(cx, cy - radius, cx, cy + radius, [0, lighten(cream, 0.4)], [1, mix(cream, bright, 0.32)]),
  );
  const [, foot] = spot(stage, 0, wide ? 0.86 : 0.85);
  SUBJECTS[scene.subject ?? "bottle"]?.(
    { ...stage, palette: { ...palette, accent: bright, second: deep } },
    { x: cx, y: foot, size: Math.min(unit * 0.68, (foot - stage.top) * 0.8) },
  );
  band(stage, deep, cream);
  badge(stage, bright, deep, cream);
  if (scene.headline) name(stage, scene.headline, wide, bright, deep);
  magazinePrint(canvas, stage.random);
}

function rays(stage: Stage, one: Color, other: Color) {
  const [x, y] = spot(stage, 0.5, 0.54);
  const far = Math.hypot(stage.width, stage.height);
  const count = 36;
  for (let i = 0; i < count; i++) {
    const from = (i / count) * Math.PI * 2;
    const to = ((i + 1) / count) * Math.PI * 2 + 0.004;
    fill(
      stage.canvas,
      polygon([
        [x, y],
        [x + Math.cos(from) * far, y + Math.sin(from) * far],
        [x + Math.cos(to) * far, y + Math.sin(to) * far],
      ]),
      flat(i % 2 === 0 ? one : other),
    );
  }
}

function band(stage: Stage, deep: Color, cream: Color) {
  const { canvas, unit } = stage;
  const [x, y] = spot(stage, 0, 0.88);
  fill(canvas, box(x, y, stage.width, stage.height * 0.12), flat(deep));
  fill(canvas, box(x, y + unit * 0.012, stage.width, unit * 0.006), flat(cream));
  // Where small print would stand: bars, never invented words.
  for (const [row, share] of [
    [0, 0.46],
    [1, 0.36],
  ] as const) {
    const width = stage.width * share;
    const left = x + (stage.width - width) / 2;
    fill(canvas, box(left, y + unit * (0.04 + row * 0.032), width, unit * 0.015, unit * 0.008), flat(cream), {
      opacity: 0.75,
    });
  }
}

function badge(stage: Stage, bright: Color, deep: Color, cream: Color) {
  const { canvas, unit } = stage;
  const [x, y] = spot(stage, 0.83, 0.76);
  const points: [number, number][] = [];
  for (let i = 0; i < 32; i++) {
    const r = unit * (i % 2 === 0 ? 0.1 : 0.082);
    points.push([x + Math.cos((i / 32) * Math.PI * 2) * r, y + Math.sin((i / 32) * Math.PI * 2) * r]);
  }
  fill(canvas, polygon(points.map(([px, py]) => [px + unit * 0.006, py + unit * 0.008] as const)), flat(deep), {
    opacity: 0.6,
  });
  fill(canvas, polygon(points), flat(hex("#f0b64e")));
  fill(canvas, ellipse(x, y, unit * 0.066), flat(bright));
  const star: [number, number][] = [];
  for (let i = 0; i < 10; i++) {
    const r = unit * (i % 2 === 0 ? 0.046 : 0.019);
    const turn = (i / 10) * Math.PI * 2 - Math.PI / 2;
    star.push([x + Math.cos(turn) * r, y + Math.sin(turn) * r]);
  }
  fill(canvas, polygon(star), flat(cream));
}

function name(stage: Stage, words: string, wide: boolean, bright: Color, deep: Color) {
  const tracking = 0.24;
  const room = (stage.width / stage.unit) * (wide ? 0.33 : 0.84);
  const size = Math.min(0.16, room / Math.max(0.1, lineWidth(words, { size: 1, tracking })));
  const x = wide ? 0.085 : 0.5;
  const y = wide ? 0.3 : 0.075;
  const style = { text: words, size, weight: 0.25, tracking, align: wide ? ("left" as const) : ("center" as const) };
  const drop = (size * 0.07 * stage.unit) / stage.height;
  stage.letters.push({ ...style, x: x + drop * 0.7, y: y + drop, color: deep });
  stage.letters.push({ ...style, x, y, color: darken(bright, 0.08) });
}
