import { planNew } from "../paint/draw-new.ts";
import { toHex } from "../paint/raster/color.ts";
import type { Conversation } from "../responses/conversation.ts";

const PLACES: Readonly<Record<string, string>> = {
  studio: "a softly lit studio",
  hills: "layered hills with a low sun",
  ocean: "the open sea",
  city: "a city skyline",
  desert: "wind-drawn dunes",
  forest: "a misty forest",
  interior: "a quiet room with window light",
  space: "deep space",
  abstract: "an abstract ground",
};

/** A short, sensible reply that says how the picture would be approached. */
export function talkOver(seed: string, conversation: Conversation): string {
  const { scene, palette } = planNew({
    seed,
    prompt: conversation.prompt,
    instructions: conversation.instructions,
    earlier: conversation.earlier.join("\n"),
    referenceColors: [],
    width: 1024,
    height: 1024,
    transparent: false,
  });
  const subject = scene.subject ? `the ${scene.subject}` : "the idea";
  const place = PLACES[scene.backdrop] ?? "a calm setting";
  const before = conversation.depth > 0 ? " I keep what we settled earlier." : "";
  const seen =
    conversation.pictures.length > 0
      ? ` I have looked at ${conversation.pictures.length === 1 ? "the picture" : `the ${conversation.pictures.length} pictures`}.`
      : "";
  return `Understood.${before}${seen} I would set ${subject} in ${place}, led by ${toHex(palette.accent)} with ${toHex(palette.second)} as its counterpart, one clear light from the upper left and room around the subject${scene.headline ? `, with the words "${scene.headline}" as the only lettering` : ""}. Tell me when to draw, or what to change first. (Simulated answer.)`;
}
