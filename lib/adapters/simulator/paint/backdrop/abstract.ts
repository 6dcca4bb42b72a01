import { darken, lighten, mix } from "../raster/color.ts";
import { box, downTo, ellipse, polygon, ring, smooth, smoothLine } from "../raster/contours.ts";
import { fill } from "../raster/fill.ts";
import { along, flat } from "../raster/paint-kinds.ts";
import { solid } from "../shading.ts";
import { frame, type Stage, spot } from "../stage.ts";

/** A composition of pure form, one of three families. */
export function abstract(stage: Stage): number {
  const { random, palette, canvas } = stage;
  const [x0, y0] = spot(stage, 0, 0);
  const [x1, y1] = spot(stage, 1, 1);
  fill(
    canvas,
    frame(stage),
    along(x0, y0, x1, y1, [0, lighten(palette.paper, 0.2)], [1, mix(palette.paper, palette.sky[1], 0.5)]),
  );
  random.pick([ribbons, bauhaus, stones])(stage);
  return 0.86;
}

function ribbons(stage: Stage) {
  const { random, palette, canvas, unit } = stage;
  const colors = [palette.sky[0], palette.second, palette.sky[1], palette.accent, palette.land[0], palette.land[2]];
  const phase = random.next() * 6;
  colors.forEach((color, i) => {
    const at = 0.2 + i * 0.14;
    const points = [-0.1, 0.1, 0.3, 0.5, 0.7, 0.9, 1.1].map((x) =>
      spot(stage, x, at + Math.sin(x * 3.4 + phase + i * 0.55) * 0.11 + Math.sin(x * 7 + phase * 2) * 0.02),
    );
    const line = smoothLine(points);
    const [x, y] = spot(stage, 0, at - 0.12);
    const [x2, floor] = spot(stage, 1, 1.05);
    fill(canvas, downTo(line, floor), flat(palette.shade), { opacity: 0.3, blur: unit * 0.025 });
    fill(
      canvas,
      downTo(line, floor),
      along(x, y, x2, y + unit * 0.5, [0, lighten(color, 0.28)], [0.45, color], [1, darken(color, 0.24)]),
    );
  });
}

function bauhaus(stage: Stage) {
  const { random, palette, canvas, unit } = stage;
  const colors = [palette.accent, palette.second, palette.ink, palette.land[1], palette.sky[0], palette.light];
  const columns = Math.max(2, Math.round(stage.width / (unit / 4)));
  const rows = Math.max(2, Math.round(stage.height / (unit / 4)));
  const w = stage.width / columns;
  const h = stage.height / rows;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const x = stage.left + column * w;
      const y = stage.top + row * h;
      const color = random.pick(colors);
      fill(canvas, box(x, y, w + 0.5, h + 0.5), flat(mix(palette.paper, color, random.pick([0, 0.14, 0.9]))));
      const ink = random.pick(colors);
      const kind = random.index(6);
      if (kind === 0) fill(canvas, ellipse(x + w / 2, y + h / 2, w * 0.4, h * 0.4), flat(ink));
      if (kind === 1)
        fill(
          canvas,
          polygon([
            [x, y + h],
            [x + w, y + h],
            [x + w, y],
          ]),
          flat(ink),
        );
      if (kind === 2) fill(canvas, quarter(x, y, w, h, random.index(4)), flat(ink));
      if (kind === 3) fill(canvas, ring(x + w / 2, y + h / 2, w * 0.38, w * 0.22), flat(ink));
      if (kind === 4) for (let i = 0; i < 4; i++) fill(canvas, box(x, y + (h / 4) * i, w, h / 8), flat(ink));
    }
  }
}

function quarter(x: number, y: number, w: number, h: number, corner: number) {
  const cx = corner % 2 === 0 ? x : x + w;
  const cy = corner < 2 ? y : y + h;
  const points: [number, number][] = [[cx, cy]];
  const start = ([0, 0.5, 1.5, 1] as const)[corner]!;
  for (let i = 0; i <= 16; i++) {
    const turn = (start + i / 32) * Math.PI;
    points.push([cx + Math.cos(turn) * w, cy + Math.sin(turn) * h]);
  }
  return polygon(points);
}

function stones(stage: Stage) {
  const { random, palette, canvas, unit } = stage;
  const colors = [palette.accent, palette.second, palette.land[0], palette.sky[0], palette.light, palette.land[1]];
  for (let i = 0; i < 9; i++) {
    const [x, y] = spot(stage, random.between(0.08, 0.92), random.between(0.1, 0.92));
    const size = unit * random.between(0.1, 0.26) * (1 - i * 0.05);
    const turn = random.next() * 6;
    const points = Array.from({ length: 7 }, (_, k) => {
      const angle = (k / 7) * Math.PI * 2 + turn;
      const reach = size * random.between(0.72, 1.1);
      return [x + Math.cos(angle) * reach, y + Math.sin(angle) * reach * 0.86] as const;
    });
    fill(canvas, smooth(points.map(([px, py]) => [px + size * 0.12, py + size * 0.2] as const)), flat(palette.shade), {
      opacity: 0.3,
      blur: size * 0.16,
    });
    solid(stage, smooth(points), colors[i % colors.length]!, { gloss: 0.45 });
  }
}
