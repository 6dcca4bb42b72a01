import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { bytesOf, drawing, pictureOf, simulated } from "./sdk.ts";

type Event = { type: string; sequence_number: number; [key: string]: unknown };

async function eventsOf(stream: unknown): Promise<Event[]> {
  const events: Event[] = [];
  for await (const event of stream as AsyncIterable<Event>) events.push(event);
  return events;
}

const names = (events: Event[]) => events.map((event) => event.type.replace("response.", ""));

describe("the lanes of the Responses API", () => {
  it("draws in a plain call and says what it drew", async () => {
    const { client } = simulated();
    const response = await client.responses.create(drawing("A red sneaker on a ridge"));
    expect(response.status).toBe("completed");
    const picture = pictureOf(response);
    expect(picture).toMatchObject({ status: "completed", size: "1024x640", quality: "low", output_format: "png" });
    expect(picture.revised_prompt).toContain("A red sneaker on a ridge");
    expect(await sharp(bytesOf(response)).metadata()).toMatchObject({ format: "png", width: 1024, height: 640 });
    expect(response.tool_usage?.image_gen?.output_tokens).toBe(107);
    expect(response.usage?.input_tokens).toBeGreaterThan(2300);
  });

  it("streams events in the provider's order, numbered without gaps", async () => {
    const { client } = simulated();
    const request = { ...drawing("A blue bottle", {}, { partial_images: 2 }), stream: true as const };
    const events = await eventsOf(await client.responses.create(request));
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, i) => i));
    expect(names(events)).toEqual([
      "created",
      "in_progress",
      "output_item.added",
      "output_item.done",
      "output_item.added",
      "image_generation_call.in_progress",
      "image_generation_call.generating",
      "image_generation_call.partial_image",
      "image_generation_call.partial_image",
      "image_generation_call.completed",
      "output_item.done",
      "completed",
    ]);
    const partials = events.filter((event) => event.type.endsWith("partial_image"));
    expect(partials.map((event) => event.partial_image_index)).toEqual([0, 1]);
    const final = events.find((event) => event.type === "response.output_item.done" && event.output_index === 1)!;
    const pixels = (b64: unknown) =>
      sharp(Buffer.from(String(b64), "base64"))
        .resize(256, 256)
        .raw()
        .toBuffer();
    const done = await pixels((final.item as { result: string }).result);
    const away = await Promise.all(
      partials.map(async (event) => {
        const state = await pixels(event.partial_image_b64);
        return state.reduce((sum, value, i) => sum + Math.abs(value - done[i]!), 0);
      }),
    );
    expect(away[1]).toBeLessThan(away[0]!);
    expect(away[1]).toBeGreaterThan(0);
  });

  it("works in the background by the clock: queued, in progress, completed", async () => {
    let now = 1_790_000_000_000;
    const { client } = simulated({ latencyMs: 4000, now: () => now });
    const begun = await client.responses.create(drawing("A lamp", { background: true }));
    expect(begun.status).toBe("queued");
    now += 1500;
    expect((await client.responses.retrieve(begun.id)).status).toBe("in_progress");
    now += 3000;
    const done = await client.responses.retrieve(begun.id);
    expect(done.status).toBe("completed");
    expect(bytesOf(done).length).toBeGreaterThan(10_000);
  });

  it("cancels background work and stays cancelled", async () => {
    let now = 1_790_000_000_000;
    const { client } = simulated({ latencyMs: 4000, now: () => now });
    const begun = await client.responses.create(drawing("A lamp", { background: true }));
    expect((await client.responses.cancel(begun.id)).status).toBe("cancelled");
    now += 60_000;
    const later = await client.responses.retrieve(begun.id);
    expect([later.status, later.output.length]).toEqual(["cancelled", 0]);
    expect((await client.responses.cancel(begun.id)).status).toBe("cancelled");
  });

  it("resumes a background stream after a given event with the same numbers and the same picture", async () => {
    const { client } = simulated();
    const request = { ...drawing("A cup", { background: true }, { partial_images: 1 }), stream: true as const };
    const all = await eventsOf(await client.responses.create(request));
    const id = (all[0]!.response as { id: string }).id;
    const rest = await eventsOf(await client.responses.retrieve(id, { stream: true, starting_after: 6 }));
    expect(rest).toEqual(all.slice(7));
  });

  it("refuses to stream again what was not created as a background stream", async () => {
    const { client } = simulated();
    const begun = await client.responses.create(drawing("A cup", { background: true }));
    await expect(client.responses.retrieve(begun.id, { stream: true })).rejects.toMatchObject({ status: 400 });
  });

  it("answers in words when no picture is wanted, plain and streamed alike", async () => {
    const { client } = simulated();
    const ask = { model: "gpt-6.1-terra", input: "We launch a trail sneaker. What should the hero shot say?" };
    const plain = await client.responses.create(ask);
    expect(plain.output_text.length).toBeGreaterThan(40);
    expect(plain.tool_usage?.image_gen?.output_tokens).toBe(0);
    const events = await eventsOf(await client.responses.create({ ...ask, stream: true }));
    const text = events.filter((event) => event.type === "response.output_text.delta").map((event) => event.delta);
    const final = events.at(-1)!.response as { output: { content?: { text: string }[] }[] };
    expect(text.join("")).toBe(final.output.at(-1)!.content![0]!.text);
  });

  it("forgets a deleted response", async () => {
    const { client } = simulated();
    const response = await client.responses.create(drawing("A cup"));
    await client.responses.delete(response.id);
    await expect(client.responses.retrieve(response.id)).rejects.toMatchObject({ status: 404 });
  });

  it("keeps nothing of a response sent with store: false", async () => {
    const { client } = simulated();
    const response = await client.responses.create(drawing("A cup", { store: false }));
    await expect(client.responses.retrieve(response.id)).rejects.toMatchObject({ status: 404 });
    await expect(client.responses.create(drawing("more", { previous_response_id: response.id }))).rejects.toMatchObject(
      {
        code: "previous_response_not_found",
      },
    );
  });
});

describe("the Image API", () => {
  it("gives n pictures that differ, with usage", async () => {
    const { client } = simulated();
    const answer = await client.images.generate({
      model: "gpt-image-2.5-flare",
      prompt: "Two cats",
      n: 2,
      size: "1536x1024",
      quality: "high",
    });
    expect(answer.data).toHaveLength(2);
    expect(answer.data![0]!.b64_json).not.toBe(answer.data![1]!.b64_json);
    expect(answer.usage?.output_tokens).toBe(2 * 5488);
    expect(answer.size).toBe("1536x1024");
  });

  it("streams partial pictures and ends with the finished one", async () => {
    const { client } = simulated();
    const events = await eventsOf(
      await client.images.generate({ model: "gpt-image-2.5-flare", prompt: "A lamp", stream: true, partial_images: 2 }),
    );
    expect(events.map((event) => event.type)).toEqual([
      "image_generation.partial_image",
      "image_generation.partial_image",
      "image_generation.completed",
    ]);
  });

  it("edits what comes as multipart", async () => {
    const { client } = simulated();
    const png = await sharp({ create: { width: 512, height: 512, channels: 3, background: "#cc3344" } })
      .png()
      .toBuffer();
    const answer = await client.images.edit({
      model: "gpt-image-2.5-flare",
      prompt: "Make it night",
      image: new File([new Uint8Array(png)], "a.png", { type: "image/png" }),
      size: "1024x1024",
    });
    const stats = await sharp(Buffer.from(answer.data![0]!.b64_json!, "base64")).stats();
    expect(stats.channels[0]!.mean).toBeLessThan(150);
    expect(stats.channels[0]!.mean).toBeGreaterThan(stats.channels[1]!.mean);
  });

  it("edits what comes as JSON", async () => {
    const { client } = simulated();
    const png = await sharp({ create: { width: 512, height: 512, channels: 3, background: "#cc3344" } })
      .png()
      .toBuffer();
    const body = {
      model: "gpt-image-2.5-flare",
      prompt: "Add a cat",
      images: [{ image_url: `data:image/png;base64,${png.toString("base64")}` }],
    };
    const answer = (await client.post("/images/edits", { body })) as { data: unknown[] };
    expect(answer.data).toHaveLength(1);
  });
});

describe("the small endpoints", () => {
  it("lists models with the day they go, and leaves out those that are gone", async () => {
    const { client } = simulated({ now: () => Date.parse("2026-12-02") });
    const ids: string[] = [];
    for await (const model of client.models.list()) ids.push(model.id);
    expect(ids).toContain("gpt-image-2.5-flare");
    expect(ids).not.toContain("gpt-image-1.5");
    expect(await client.models.retrieve("gpt-5")).toMatchObject({ shutdown_date: "2026-12-11" });
  });

  it("takes files and uses them as pictures", async () => {
    const { client } = simulated();
    const png = await sharp({ create: { width: 64, height: 64, channels: 3, background: "#3344cc" } })
      .png()
      .toBuffer();
    const file = await client.files.create({
      file: new File([new Uint8Array(png)], "a.png", { type: "image/png" }),
      purpose: "vision",
    });
    const input = [
      {
        role: "user" as const,
        content: [
          { type: "input_text" as const, text: "Make it warm" },
          { type: "input_image" as const, detail: "auto" as const, file_id: file.id },
        ],
      },
    ];
    const response = await client.responses.create(drawing(input, {}, { action: "edit" }));
    expect(pictureOf(response).action).toBe("edit");
    await client.files.delete(file.id);
    await expect(client.responses.create(drawing(input))).rejects.toMatchObject({ status: 404 });
  });

  it("flags a text that its moderation stops", async () => {
    const { client } = simulated();
    const { results } = await client.moderations.create({ model: "omni-moderation-latest", input: "a gory scene" });
    expect(results[0]!.flagged).toBe(true);
    await expect(client.responses.create(drawing("a gory scene"))).rejects.toMatchObject({
      status: 400,
      code: "moderation_blocked",
    });
  });
});
