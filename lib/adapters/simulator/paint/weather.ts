import { mist, stars } from "./backdrop/sky.ts";
import { lighten } from "./raster/color.ts";
import { ellipse, stroke } from "./raster/contours.ts";
import { fill } from "./raster/fill.ts";
import { flat } from "./raster/paint-kinds.ts";
import { type Stage, spot } from "./stage.ts";

/** Draws what falls or hangs in the air over a finished scene. */
export function weather(stage: Stage, kind: string): void {
  const { random, canvas, unit, palette } = stage;
  if (kind === "fog") {
    for (let i = 0; i < 3; i++) mist(stage, 0.52 + i * 0.14, 0.16, 0.34);
    return;
  }
  if (kind === "stars") {
    stars(stage, 0.55, 170);
    return;
  }
  const count = kind === "rain" ? 210 : kind === "snow" ? 190 : 60;
  for (let i = 0; i < count; i++) {
    const [x, y] = spot(stage, random.next() * 1.1 - 0.05, random.next());
    const near = random.next() ** 2;
    if (kind === "rain") {
      const length = unit * (0.025 + near * 0.05);
      fill(
        canvas,
        stroke([x, y, x - length * 0.22, y + length], unit * (0.0012 + near * 0.0014)),
        flat(lighten(palette.light, 0.3)),
        { opacity: 0.3 + near * 0.25 },
      );
    } else if (kind === "snow") {
      fill(canvas, ellipse(x, y, unit * (0.0022 + near * 0.009)), flat([1, 1, 1]), {
        opacity: 0.9 - near * 0.45,
        blur: near * unit * 0.004,
      });
    } else {
      const color = random.pick([palette.accent, palette.second, lighten(palette.accent, 0.4)]);
      fill(
        canvas,
        ellipse(x, y, unit * (0.006 + near * 0.01), unit * (0.003 + near * 0.006), random.next() * 3),
        flat(color),
        { opacity: 0.85, blur: near * 2 },
      );
    }
  }
}
