import type { Stage } from "../stage.ts";
import { abstract } from "./abstract.ts";
import { city } from "./city.ts";
import { desert } from "./desert.ts";
import { forest } from "./forest.ts";
import { hills } from "./hills.ts";
import { interior } from "./interior.ts";
import { ocean } from "./ocean.ts";
import { space } from "./space.ts";
import { studio } from "./studio.ts";

/** Every place a picture can be set in; each gives the height (share) where the subject named stands. */
export const BACKDROPS: Readonly<Record<string, (stage: Stage, subject: string | null) => number>> = {
  studio,
  hills,
  ocean,
  city,
  desert,
  forest,
  interior,
  space,
  abstract,
};
