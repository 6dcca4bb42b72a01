import sharp, { type Region } from "sharp";
import { describe, expect, it } from "vitest";
import { bytesOf, drawing, pictureOf, simulated } from "./sdk.ts";

const DAY = 86_400_000;

/** Mean difference of two pictures per channel, 0..255. */
async function difference(a: Buffer, b: Buffer, region?: Region): Promise<number> {
  const raw = async (bytes: Buffer) => {
    const image = sharp(bytes).removeAlpha();
    return (region ? image.extract(region) : image).raw().toBuffer();
  };
  const [one, two] = [await raw(a), await raw(b)];
  return one.reduce((sum, value, i) => sum + Math.abs(value - two[i]!), 0) / one.length;
}

describe("a visual conversation", () => {
  it("changes the picture before it and keeps it recognisable", async () => {
    const { client } = simulated();
    const first = await client.responses.create(
      drawing("A red sneaker on a studio pedestal", { instructions: "Calm." }),
    );
    const dusk = await client.responses.create(
      drawing(
        "Add a small plant on the left",
        { instructions: "Calm.", previous_response_id: first.id },
        { action: "edit" },
      ),
    );
    const other = await client.responses.create(drawing("A neon city at night"));
    expect(pictureOf(dusk).action).toBe("edit");
    const changed = await difference(bytesOf(first), bytesOf(dusk));
    expect(changed).toBeGreaterThan(1);
    expect(changed).toBeLessThan((await difference(bytesOf(first), bytesOf(other))) / 2);
  });

  it("lets two turns fork from the same one, each in its own way", async () => {
    const { client } = simulated();
    const first = await client.responses.create(drawing("A sneaker"));
    const fork = () =>
      client.responses.create(drawing("Make it night", { previous_response_id: first.id }, { action: "edit" }));
    const [a, b] = await Promise.all([fork(), fork()]);
    expect(a.id).not.toBe(b.id);
    expect(bytesOf(a).equals(bytesOf(b))).toBe(false);
    expect(a.previous_response_id).toBe(first.id);
  });

  it("goes on from pixels sent along rather than from the turn's own picture", async () => {
    const { client } = simulated();
    const first = await client.responses.create(drawing("A sneaker"));
    const green = await sharp({ create: { width: 1024, height: 640, channels: 3, background: "#20b040" } })
      .png()
      .toBuffer();
    const content = [
      { type: "input_text" as const, text: "The picture to change:" },
      {
        type: "input_image" as const,
        detail: "auto" as const,
        image_url: `data:image/png;base64,${green.toString("base64")}`,
      },
      { type: "input_text" as const, text: "Add a cat on the left" },
    ];
    const next = await client.responses.create(
      drawing([{ role: "user", content }], { previous_response_id: first.id }, { action: "edit" }),
    );
    const { channels } = await sharp(bytesOf(next)).extract({ left: 800, top: 100, width: 100, height: 100 }).stats();
    expect(channels[1]!.mean).toBeGreaterThan(channels[0]!.mean + 60);
  });

  it("does not change a picture that is announced as a reference", async () => {
    const { client } = simulated();
    const first = await client.responses.create(drawing("A sneaker"));
    const green = await sharp({ create: { width: 64, height: 64, channels: 3, background: "#20b040" } })
      .png()
      .toBuffer();
    const content = [
      { type: "input_text" as const, text: "Make it warm" },
      { type: "input_text" as const, text: "Image 1: style — fresh greens" },
      {
        type: "input_image" as const,
        detail: "auto" as const,
        image_url: `data:image/png;base64,${green.toString("base64")}`,
      },
    ];
    const next = await client.responses.create(
      drawing([{ role: "user", content }], { previous_response_id: first.id }, { action: "edit" }),
    );
    expect(await difference(bytesOf(first), bytesOf(next))).toBeLessThan(60);
  });

  it("takes up the colours of references in a new picture", async () => {
    const { client } = simulated();
    const magenta = await sharp({ create: { width: 64, height: 64, channels: 3, background: "#e01e9b" } })
      .png()
      .toBuffer();
    const content = [
      { type: "input_text" as const, text: "A bottle" },
      { type: "input_text" as const, text: "Image 1: style" },
      {
        type: "input_image" as const,
        detail: "auto" as const,
        image_url: `data:image/png;base64,${magenta.toString("base64")}`,
      },
    ];
    const picture = await client.responses.create(drawing([{ role: "user", content }], {}, { action: "generate" }));
    const lead = /led by #(..)(..)(..)/
      .exec(pictureOf(picture).revised_prompt ?? "")!
      .slice(1)
      .map((part) => Number.parseInt(part, 16));
    expect(Math.min(lead[0]!, lead[2]!)).toBeGreaterThan(lead[1]! + 60);
  });

  it("changes mainly what the mask opens, and drifts a little outside", async () => {
    const { client } = simulated();
    const first = await client.responses.create(drawing("A sneaker in a studio"));
    const raw = Buffer.alloc(1024 * 640 * 4, 255);
    for (let y = 200; y < 500; y++) for (let x = 600; x < 900; x++) raw[(y * 1024 + x) * 4 + 3] = 0;
    const mask = await sharp(raw, { raw: { width: 1024, height: 640, channels: 4 } })
      .png()
      .toBuffer();
    const tool = {
      action: "edit",
      input_image_mask: { image_url: `data:image/png;base64,${mask.toString("base64")}` },
    };
    const next = await client.responses.create(
      drawing("Put a yellow bottle here", { previous_response_id: first.id }, tool),
    );
    const inside = await difference(bytesOf(first), bytesOf(next), { left: 620, top: 220, width: 260, height: 260 });
    const outside = await difference(bytesOf(first), bytesOf(next), { left: 40, top: 40, width: 400, height: 400 });
    expect(inside).toBeGreaterThan(outside * 2);
    expect(outside).toBeGreaterThan(0.3);
    expect(outside).toBeLessThan(12);
  });

  it("brings an earlier picture back by its id alone", async () => {
    const { client } = simulated();
    const first = await client.responses.create(drawing("A sneaker"));
    const input = [
      { role: "user", content: "Make it night" },
      { type: "image_generation_call", id: pictureOf(first).id },
    ] as never;
    const next = await client.responses.create(drawing(input, {}, { action: "edit" }));
    expect(pictureOf(next).action).toBe("edit");
    const hidden = await client.responses.create(drawing("A cat", { store: false }));
    await expect(
      client.responses.create(drawing([{ type: "image_generation_call", id: pictureOf(hidden).id }] as never)),
    ).rejects.toMatchObject({ status: 404 });
  });

  it("breaks a chain after thirty days", async () => {
    let now = 1_790_000_000_000;
    const { client } = simulated({ now: () => now });
    const first = await client.responses.create(drawing("A sneaker"));
    now += 30 * DAY - 1000;
    expect((await client.responses.create(drawing("Make it night", { previous_response_id: first.id }))).status).toBe(
      "completed",
    );
    now += 2000;
    const refused = client.responses.create(drawing("Make it night", { previous_response_id: first.id }));
    await expect(refused).rejects.toMatchObject({
      status: 400,
      code: "previous_response_not_found",
      param: "previous_response_id",
      type: "invalid_request_error",
    });
    await expect(client.responses.retrieve(first.id)).rejects.toMatchObject({ status: 404 });
  });

  it("notes a threaded turn without instructions, or refuses it when told to", async () => {
    const open = simulated();
    const first = await open.client.responses.create(drawing("A sneaker", { instructions: "Calm." }));
    await open.client.responses.create(drawing("Make it night", { previous_response_id: first.id }));
    expect(open.simulator.ledger().violations).toEqual([expect.stringContaining("without instructions")]);
    const strict = simulated({ requireInstructionsOnThreads: true });
    const begun = await strict.client.responses.create(drawing("A sneaker", { instructions: "Calm." }));
    await expect(
      strict.client.responses.create(drawing("Night", { previous_response_id: begun.id })),
    ).rejects.toMatchObject({ param: "instructions" });
  });
});
