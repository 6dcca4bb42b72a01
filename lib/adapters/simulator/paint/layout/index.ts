import type { Stage } from "../stage.ts";
import type { Scene } from "../words/scene-from-words.ts";
import { comic } from "./comic.ts";
import { infographic } from "./infographic.ts";
import { panel } from "./panel.ts";
import { pattern } from "./pattern.ts";
import { poster } from "./poster.ts";
import { retroAd } from "./retro-ad.ts";
import { single } from "./single.ts";
import { woodblock } from "./woodblock.ts";

/** Ways of arranging a picture, by the names used in scene-words. */
export const LAYOUTS: Readonly<Record<string, (stage: Stage, scene: Scene) => void>> = {
  single,
  poster,
  comic,
  infographic,
  pattern,
  panel,
  "retro-ad": retroAd,
  woodblock,
};
