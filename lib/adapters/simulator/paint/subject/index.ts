import { bird, cat } from "./animals.ts";
import { figure } from "./figure.ts";
import { shoe } from "./footwear.ts";
import { chair, lamp } from "./furniture.ts";
import { fruit, house, plant, sculpture, tree } from "./growing.ts";
import { heron } from "./heron.ts";
import { carton, headphones } from "./packaged.ts";
import type { Subject } from "./place-on.ts";
import { portrait } from "./portrait.ts";
import { boat, car, rocket } from "./vehicles.ts";
import { bottle, can, cup } from "./vessels.ts";
import { bag, watch } from "./wearables.ts";

/** Everything the simulator can draw, by the names used in scene-words. */
export const SUBJECTS: Readonly<Record<string, Subject>> = {
  shoe,
  bottle,
  can,
  cup,
  watch,
  bag,
  chair,
  lamp,
  headphones,
  car,
  boat,
  rocket,
  cat,
  bird,
  heron,
  figure,
  portrait,
  plant,
  fruit,
  box: carton,
  tree,
  house,
  sculpture,
};
