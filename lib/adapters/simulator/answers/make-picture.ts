import { createHash } from "node:crypto";
import { animate } from "../paint/animate.ts";
import { drawNew } from "../paint/draw-new.ts";
import { drawEdit } from "../paint/edit/draw-edit.ts";
import type { EditPlan } from "../paint/edit/plan.ts";
import { encode } from "../paint/encode.ts";
import { characterColors, measure } from "../paint/measure.ts";
import type { RawPicture } from "../paint/raster/canvas.ts";
import { type Color, toHex } from "../paint/raster/color.ts";
import { drawSvg } from "../paint/svg.ts";
import type { Scene } from "../paint/words/scene-from-words.ts";
import type { MadePicture, PictureOrder } from "./picture-order.ts";
import { pictureSize } from "./picture-size.ts";

/** Makes one picture: the same order gives the same bytes in any process. */
export async function makePicture(order: PictureOrder): Promise<MadePicture> {
  const { width, height } = await pictureSize(order.size, order.prompt, order.base);
  const referenceColors = await colorsOf(order.references);
  const transparent =
    order.background === "transparent" ||
    (order.background === "auto" && /\btransparent\b/i.test(order.prompt) && order.format !== "jpeg");
  const shared = { seed: order.seed, width, height, referenceColors, likeness: likenessOf(order) };
  const words = {
    prompt: order.prompt,
    instructions: order.instructions,
    earlier: order.earlier.join("\n"),
    first: order.earlier[0],
    transparent,
  };
  if (order.format === "svg") {
    return {
      bytes: Buffer.from(drawSvg({ ...shared, ...words })),
      width,
      height,
      revisedPrompt: order.prompt,
      background: transparent ? "transparent" : "opaque",
    };
  }
  const drawn = order.base
    ? await drawEdit({ ...shared, instruction: order.prompt, base: order.base, mask: order.mask })
    : await drawNew({ ...shared, ...words });
  const revisedPrompt =
    "plan" in drawn
      ? describeEdit(order.prompt, drawn.plan)
      : describeNew(order.prompt, drawn.scene, drawn.palette.accent);
  return {
    bytes: await encodeAs(order, drawn.picture),
    width,
    height,
    revisedPrompt,
    background: transparent ? "transparent" : "opaque",
  };
}

/** What a picture shown beside the words looks like decides first, then how the conversation began. */
function likenessOf({ references, likeness }: PictureOrder): string | undefined {
  const [shown] = references;
  return shown ? createHash("sha256").update(shown).digest("hex") : likeness;
}

function encodeAs(order: PictureOrder, picture: RawPicture): Promise<Uint8Array> {
  if (order.format === "gif") return animate(picture, order.frames, order.frameMs);
  return encode(picture, order.format as "png" | "jpeg" | "webp", order.compression);
}

async function colorsOf(references: readonly Uint8Array[]): Promise<Color[]> {
  const measured = await Promise.all(references.slice(0, 4).map((bytes) => measure(bytes)));
  return measured.flatMap((one) => characterColors(one, 2)).slice(0, 4);
}

function describeNew(prompt: string, scene: Scene, accent: Color): string {
  const setting =
    {
      studio: "in a softly lit studio",
      hills: "before layered hills",
      ocean: "by the open sea",
      city: "in front of a city skyline",
      desert: "among dunes",
      forest: "in a misty forest",
      interior: "in a quiet room",
      space: "in deep space",
      abstract: "on an abstract ground",
    }[scene.backdrop] ?? "";
  return `${clip(prompt)} Drawn ${setting}, ${scene.shot === "close" ? "close-up" : scene.shot === "wide" ? "wide shot" : "medium shot"}, led by ${toHex(accent)}, one clear light from the upper left.`;
}

function describeEdit(instruction: string, plan: EditPlan): string {
  const steps = [
    plan.thing && `bring in the ${plan.thing}`,
    plan.recolor && `turn the leading colour to ${toHex(plan.recolor)}`,
    plan.surroundings && `surroundings in ${toHex(plan.surroundings)}`,
    plan.backdrop && `put a new place behind what is kept: ${plan.backdrop}`,
    plan.weather && `let there be ${plan.weather}`,
    plan.lettering && `set the words "${plan.lettering}"`,
  ].filter(Boolean);
  return `Edit the picture, keeping composition and subject: ${clip(instruction)}${steps.length > 0 ? ` Steps: ${steps.join("; ")}.` : ""}`;
}

function clip(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 600 ? `${line.slice(0, 597)}…` : line;
}
