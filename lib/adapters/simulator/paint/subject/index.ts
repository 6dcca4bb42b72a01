import { bird, cat } from "./animals.ts";
import { shoe } from "./footwear.ts";
import { bag, carton, chair, headphones, lamp, watch } from "./goods.ts";
import { fruit, house, plant, sculpture, tree } from "./growing.ts";
import { figure, portrait } from "./people.ts";
import type { Subject } from "./place-on.ts";
import { boat, car, rocket } from "./vehicles.ts";
import { bottle, can, cup } from "./vessels.ts";

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
  figure,
  portrait,
  plant,
  fruit,
  box: carton,
  tree,
  house,
  sculpture,
};
