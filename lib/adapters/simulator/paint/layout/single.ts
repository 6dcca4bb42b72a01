import { BACKDROPS } from "../backdrop/index.ts";
import { vignette } from "../backdrop/sky.ts";
import { lighten, lightness } from "../raster/color.ts";
import { defocus } from "../raster/defocus.ts";
import { lineWidth } from "../raster/lettering.ts";
import { asSubject, type Stage, spot } from "../stage.ts";
import { SUBJECTS } from "../subject/index.ts";
import { weather } from "../weather.ts";
import type { Scene } from "../words/scene-from-words.ts";

const SHOT_SIZE = { close: 0.66, normal: 0.53, wide: 0.34 } as const;
const OPEN_AIR = ["hills", "ocean", "city", "desert", "forest"];

/** One place, one thing in it. */
export function single(stage: Stage, scene: Scene, options: { headline?: boolean; center?: number } = {}): void {
  const name = scene.subject ?? (stage.bare || scene.backdrop === "studio" ? "sculpture" : null);
  const ground = stage.bare ? 0.86 : (BACKDROPS[scene.backdrop] ?? BACKDROPS.abstract!)(stage, name);
  // Fog belongs behind the subject: over it, it would wash out the one thing the picture is about.
  const fog = scene.weather === "fog";
  if (fog && !stage.bare) weather(stage, "fog");
  if (scene.shallow && name && !stage.bare) defocus(stage.canvas, stage.unit * 0.011);
  if (name) stand(stage, scene, name, ground, options.center);
  if (stage.bare) return;
  if (scene.weather && !fog) weather(stage, scene.weather);
  vignette(stage, 0.34);
  if (options.headline !== false && scene.headline) title(stage, scene.headline, 0.085);
}

function stand(stage: Stage, scene: Scene, name: string, ground: number, at = 0.5) {
  const { random, unit } = stage;
  const people = name === "portrait";
  const open = OPEN_AIR.includes(scene.backdrop);
  const center = scene.shot === "wide" && !stage.bare ? random.pick([0.36, 0.64]) : at;
  const share = stage.bare ? 0.6 : SHOT_SIZE[scene.shot] * (people ? 1.36 : open ? 1.06 : 1);
  const low = people && !stage.bare ? 1.01 : ground;
  const [x, base] = spot(stage, center, low);
  const room = (base - stage.top) / (unit * 1.18);
  SUBJECTS[name]?.(asSubject(stage, name), { x, y: base, size: unit * Math.min(share, room) });
}

/** Sets a headline near the top (share of height), sized to fit. */
export function title(stage: Stage, text: string, at: number, most = 0.1): void {
  const width = lineWidth(text, { size: 1, tracking: 0.34 });
  const size = Math.min(most, (stage.width / stage.unit) * (0.84 / Math.max(1, width)));
  const dark = stage.palette.night || lightness(stage.palette.sky[0]) < 0.5;
  stage.letters.push({
    text,
    x: 0.5,
    y: at,
    size,
    color: dark ? lighten(stage.palette.light, 0.25) : stage.palette.ink,
    align: "center",
    weight: 0.16,
    tracking: 0.34,
  });
}
