import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { makePicture } from "#lib/adapters/simulator/answers/make-picture.ts";
import type { PictureOrder } from "#lib/adapters/simulator/answers/picture-order.ts";
import { measure, shareOf } from "#lib/adapters/simulator/paint/measure.ts";
import { hex } from "#lib/adapters/simulator/paint/raster/color.ts";
import { randomFrom } from "#lib/adapters/simulator/paint/raster/random.ts";
import { sceneFromWords } from "#lib/adapters/simulator/paint/words/scene-from-words.ts";

const order = (more: Partial<PictureOrder>): PictureOrder => ({
  seed: "a",
  prompt: "A lamp",
  instructions: "",
  earlier: [],
  base: null,
  mask: null,
  references: [],
  size: "1024x1024",
  background: "auto",
  format: "png",
  compression: null,
  frames: 9,
  frameMs: 200,
  ...more,
});
const scene = (prompt: string, context = "") => sceneFromWords(prompt, context, randomFrom("x"));
/** Mean difference of two pictures of one size, 0–255, inside a box of shares. */
async function difference(a: Uint8Array, b: Uint8Array, [x, y, w, h]: [number, number, number, number]) {
  const [left, top, width, height] = [x, y, w, h].map((share) => Math.round(share * 1024));
  const part = { left: left!, top: top!, width: width!, height: height! };
  const [one, other] = await Promise.all(
    [a, b].map((bytes) => sharp(bytes).removeAlpha().extract(part).raw().toBuffer()),
  );
  let sum = 0;
  for (let i = 0; i < one!.length; i++) sum += Math.abs(one![i]! - other![i]!);
  return sum / one!.length;
}

describe("the craft a text asks for", () => {
  it("is a woodblock print, also where only the spec sheet says so", () => {
    expect(scene("A heron by the lake, mokuhanga").layout).toBe("woodblock");
    expect(scene("A boat at dusk", "Mokuhanga: Japanese woodblock prints").layout).toBe("woodblock");
  });

  it("is a single comic panel where one is numbered, a page where a comic is asked for", () => {
    expect(scene("Panel 2 of 4: the hero in a kitchen").layout).toBe("panel");
    expect(scene("A comic about a hero").layout).toBe("comic");
  });

  it("is an old advertisement only when it is both old and an advertisement", () => {
    expect(scene("Retro ad of the 1950s for a bottle").layout).toBe("retro-ad");
    expect(scene("A retro lamp").layout).toBe("single");
    expect(scene("An ad for a bottle").layout).toBe("poster");
  });

  it.each([
    "A woodblock print: a house in the forest, rain",
    'Panel 1: a hero in the city "Tuesday."',
    'Retro ad of the sixties: a bottle, "Solvei"',
    'An infographic: how coffee is made in four steps, "The slow cup"',
  ])("gives the same picture for the same order, with the label: %s", async (prompt) => {
    const [one, again] = await Promise.all([makePicture(order({ prompt })), makePicture(order({ prompt }))]);
    expect(Buffer.from(one.bytes).equals(Buffer.from(again.bytes))).toBe(true);
    const { channels } = await sharp(one.bytes)
      .extract({ left: 24, top: 960, width: 150, height: 36 })
      .greyscale()
      .stats();
    expect([channels[0]!.min < 40, channels[0]!.max > 240]).toEqual([true, true]);
  });
});

describe("what a conversation is about", () => {
  const first = "Subject: Pim: a small orange fox in a teal scarf\nEnvironment: studio";

  it("is said by the line that names the subject, not by whatever else is mentioned", () => {
    expect(scene("Subject: A table lamp\nStyle: furniture catalogue, chairs and sofas").subject).toBe("lamp");
  });

  it("stays the character with a name, whatever stands around it in the new scene", () => {
    expect(scene("Pim waits among the boats and houses of the harbour", first).subject).toBe("cat");
    expect(scene("Now a house by the sea", first).subject).toBe("house");
  });

  it("keeps its colours and its looks from turn to turn", async () => {
    const at = (prompt: string, seed: string) =>
      makePicture(order({ prompt, seed, likeness: "first", earlier: [first] })).then(({ bytes }) => measure(bytes));
    for (const seen of [await at("Pim in the forest", "one"), await at("Pim in the city at night", "two")]) {
      expect(shareOf(seen, hex("#f4842b"))).toBeGreaterThan(0.02);
    }
  });
});

describe("an edit", () => {
  it("shows the picture on a desk, being drawn, when the words change the point of view", async () => {
    const page = await makePicture(order({ prompt: "An infographic about tea" }));
    const desk = await makePicture(
      order({ prompt: "Point of view of the illustrator: hands drawing this page", base: page.bytes }),
    );
    expect(await difference(page.bytes, desk.bytes, [0, 0, 1, 1])).toBeGreaterThan(20);
    expect(desk.revisedPrompt).toContain("Point of view");
  });

  it("puts a new place behind what a mask keeps, and leaves that alone", async () => {
    const cut = await makePicture(order({ prompt: "An armchair in moss", background: "transparent" }));
    const alpha = await sharp(cut.bytes).extractChannel(3).raw().toBuffer();
    const open = Buffer.alloc(alpha.length * 4, 255);
    for (let i = 0; i < alpha.length; i++) open[i * 4 + 3] = alpha[i]!;
    const mask = await sharp(open, { raw: { width: 1024, height: 1024, channels: 4 } })
      .png()
      .toBuffer();
    const edit = (prompt: string) => makePicture(order({ prompt, base: cut.bytes, mask }));
    const forest = await edit("Replace the background with a forest in green light");
    const coast = await edit("Replace the background with the coast at dusk");
    expect((await measure(forest.bytes)).transparent).toBe(0);
    expect(await difference(forest.bytes, coast.bytes, [0, 0.05, 1, 0.2])).toBeGreaterThan(20);
    expect(await difference(forest.bytes, coast.bytes, [0.45, 0.62, 0.08, 0.05])).toBeLessThan(12);
  });
});
