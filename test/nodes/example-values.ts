import type { AssetId, ImageValue, Turn, Value } from "#lib/protocol/values.ts";
import type { AssetStore } from "#lib/runtime/ports.ts";
import { type Pixel, paintPng } from "./paint-png.ts";

/**
 * The named fixtures an example may use in place of a value: real, small pictures made by code, the same bytes every time.
 * In `inputs` a name stands for its value, in `config` for its asset id (see `fillExampleNames`).
 *
 * | name | what |
 * |---|---|
 * | `@landscape` | 96×64, sky, sun and ground, opaque |
 * | `@other` | 96×64, the same scene at dusk: "take B" of `@landscape` |
 * | `@drawn` | `@landscape` as a model's answer: it carries a turn whose asset it is |
 * | `@touched` | `@other` carrying the turn of `@drawn`: pixels changed since |
 * | `@portrait` | 64×96, opaque |
 * | `@square` | 64×64, opaque |
 * | `@alpha` | 64×64, an opaque disc on transparency |
 * | `@logo` | 24×12, half of it transparent |
 * | `@mask` | mask for the 96×64 pictures: the middle 48×32 is to change |
 * | `@mask-square` | mask for `@square`: its left half is to change |
 * | `@mask-empty` | mask for the 96×64 pictures: nothing is to change |
 * | `@cube` | a 3D .cube table that swaps red and blue |
 */
export const EXAMPLE_NAMES = [
  "@landscape",
  "@other",
  "@drawn",
  "@touched",
  "@portrait",
  "@square",
  "@alpha",
  "@logo",
  "@mask",
  "@mask-square",
  "@mask-empty",
  "@cube",
] as const;
export type ExampleName = (typeof EXAMPLE_NAMES)[number];

/** Is this string the name of a fixture? */
export const isExampleName = (name: unknown): name is ExampleName => EXAMPLE_NAMES.includes(name as ExampleName);

/** The value a fixture's name stands for; its bytes are put into `store`. Throws for a name that is not a fixture's. */
export async function exampleValue(name: string, store: AssetStore): Promise<Value> {
  if (!isExampleName(name)) throw new Error(`${name} is not an example value; there are ${EXAMPLE_NAMES.join(", ")}.`);
  return MAKERS[name](store);
}

/** Every fixture name inside `config`, at any depth, replaced by the asset id of its bytes. */
export async function fillExampleNames(config: unknown, store: AssetStore): Promise<unknown> {
  if (isExampleName(config)) return assetOf(await exampleValue(config, store));
  if (Array.isArray(config)) return Promise.all(config.map((entry) => fillExampleNames(entry, store)));
  if (config === null || typeof config !== "object") return config;
  const entries = Object.entries(config).map(async ([key, entry]) => [key, await fillExampleNames(entry, store)]);
  return Object.fromEntries(await Promise.all(entries));
}

function assetOf(value: Value): AssetId {
  if (!("asset" in value)) throw new Error(`A ${value.kind} has no asset.`);
  return value.asset;
}

const MAKERS: Record<ExampleName, (store: AssetStore) => Promise<Value>> = {
  "@landscape": (store) => image(store, 96, 64, scene(96, 64, DAY)),
  "@other": (store) => image(store, 96, 64, scene(96, 64, DUSK)),
  "@drawn": async (store) => {
    const value = await image(store, 96, 64, scene(96, 64, DAY));
    return { ...value, turn: turnOf(value.asset), made: { by: "model", simulated: true } };
  },
  "@touched": async (store) => {
    const drawn = await image(store, 96, 64, scene(96, 64, DAY));
    const value = await image(store, 96, 64, scene(96, 64, DUSK));
    return { ...value, turn: turnOf(drawn.asset), made: { by: "local", parents: [drawn.asset] } };
  },
  "@portrait": (store) => image(store, 64, 96, scene(64, 96, DAY)),
  "@square": (store) => image(store, 64, 64, scene(64, 64, DAY)),
  "@alpha": (store) =>
    image(store, 64, 64, (x, y) => (Math.hypot(x - 31.5, y - 31.5) < 24 ? [200, 60, 40, 255] : [0, 0, 0, 0])),
  "@logo": (store) => image(store, 24, 12, (x) => (x < 12 ? [255, 255, 255, 255] : [255, 255, 255, 0])),
  "@mask": (store) => mask(store, 96, 64, (x, y) => x >= 24 && x < 72 && y >= 16 && y < 48),
  "@mask-square": (store) => mask(store, 64, 64, (x) => x < 32),
  "@mask-empty": (store) => mask(store, 96, 64, () => false),
  "@cube": async (store) => {
    const bytes = Buffer.from(swapRedAndBlue());
    const { asset } = await store.put(bytes);
    return { kind: "file", asset, mediaType: "text/plain", bytes: bytes.length, extension: "cube" };
  },
};

const DAY = { sky: [90, 160, 230], sun: [250, 230, 120], ground: [70, 120, 50] };
const DUSK = { sky: [60, 50, 110], sun: [240, 130, 70], ground: [40, 50, 60] };

const scene =
  (width: number, height: number, light: Record<keyof typeof DAY, Pixel>) =>
  (x: number, y: number): Pixel => {
    const sun = Math.hypot(x - width * 0.7, y - height * 0.3) < Math.min(width, height) * 0.12;
    const base = sun ? light.sun : y < height * 0.6 ? light.sky : light.ground;
    const fade = Math.round((y * 24) / height) - 12;
    return base.map((level) => Math.min(255, Math.max(0, level + fade)));
  };

async function image(
  store: AssetStore,
  width: number,
  height: number,
  paint: (x: number, y: number) => Pixel,
): Promise<ImageValue> {
  const { asset } = await store.put(paintPng(width, height, paint));
  return { kind: "image", asset, width, height, mediaType: "image/png", made: { by: "upload" } };
}

async function mask(
  store: AssetStore,
  width: number,
  height: number,
  changes: (x: number, y: number) => boolean,
): Promise<Value> {
  const { asset } = await store.put(paintPng(width, height, (x, y) => [changes(x, y) ? 255 : 0]));
  return { kind: "mask", asset, width, height };
}

const turnOf = (asset: AssetId): Turn => ({
  responseId: "resp_example",
  callId: "ig_example",
  asset,
  depth: 1,
  provider: "simulator",
  createdAt: 0,
});

function swapRedAndBlue(): string {
  const lines = ['TITLE "swap red and blue"', "LUT_3D_SIZE 2"];
  for (let b = 0; b < 2; b++) for (let g = 0; g < 2; g++) for (let r = 0; r < 2; r++) lines.push(`${b} ${g} ${r}`);
  return `${lines.join("\n")}\n`;
}
