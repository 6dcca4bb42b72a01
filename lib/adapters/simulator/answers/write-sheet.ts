import { planNew } from "../paint/draw-new.ts";
import type { Measured } from "../paint/measure.ts";
import { toHex, toHsl } from "../paint/raster/color.ts";
import type { Conversation } from "../responses/conversation.ts";

const MEDIA: Readonly<Record<string, string>> = {
  woodblock: "- Mokuhanga woodblock print: flat inks, graded bokashi sky, dark key line, grain of block and paper.",
  panel: "- Inked comic panel: flat tones in few steps, dot screen in the shadows, firm black line.",
  "retro-ad": "- Mid-century magazine advertisement: coarse dots, warm faded inks, cream paper.",
};

/** A reusable system prompt: constants of the look, from the measured picture and what was said on the way. */
export function writeSheet(seed: string, conversation: Conversation, picture: Measured | null): string {
  const said = conversation.earlier.filter((text) => text.trim()).map((text) => text.replace(/\s+/g, " ").trim());
  const { palette, scene } = planNew({
    seed,
    prompt: said.join("\n"),
    instructions: conversation.instructions,
    earlier: "",
    referenceColors: [],
    width: 1024,
    height: 1024,
    transparent: false,
  });
  const colors =
    picture && picture.colors.length > 0
      ? [...picture.colors]
          .sort((a, b) => toHsl(b.color)[1] - toHsl(a.color)[1])
          .slice(0, 5)
          .map(({ color, share }) => `- ${toHex(color)} (about ${Math.max(1, Math.round(share * 100))} %)`)
      : [palette.accent, palette.second, palette.paper].map((color) => `- ${toHex(color)}`);
  const light = !picture
    ? "even"
    : picture.light > 0.62
      ? "bright and airy"
      : picture.light < 0.35
        ? "low-key, with deep shadows"
        : "balanced, mid-key";
  const contrast = !picture || picture.contrast < 0.12 ? "soft" : picture.contrast > 0.22 ? "hard" : "medium";
  const saturation = !picture
    ? "natural"
    : picture.colorfulness > 0.5
      ? "vivid"
      : picture.colorfulness < 0.2
        ? "restrained"
        : "natural";
  return [
    "You make pictures of one series. Follow this sheet in every picture.",
    "",
    "Medium and finish",
    MEDIA[scene.layout] ?? "- Clean, dimensional illustration; smooth gradients, fine even grain, no outlines.",
    "Palette",
    ...colors,
    `- ${saturation} saturation; the most colourful value belongs to the subject alone.`,
    "Light",
    `- One source from the upper left, ${light}, ${contrast} contrast, a soft contact shadow under the subject.`,
    "Composition",
    `- ${scene.shot === "close" ? "Close" : scene.shot === "wide" ? "Wide" : "Medium"} shot at eye level, subject near the middle third, generous negative space, calm ground.`,
    ...(said.length > 0
      ? [
          "Subject matter so far",
          ...said.slice(0, 6).map((text) => `- ${text.length > 160 ? `${text.slice(0, 157)}…` : text}`),
        ]
      : []),
    "Mood",
    `- ${palette.name}.`,
    "Always",
    "- Keep palette, light direction and finish the same from picture to picture.",
    "Never",
    "- No stray lettering, no second light source, no clutter behind the subject.",
  ].join("\n");
}
