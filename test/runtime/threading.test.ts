import { describe, expect, test } from "vitest";
import type { ImageValue, Turn } from "#lib/protocol/values.ts";
import type { TurnRow } from "#lib/runtime/ports.ts";
import {
  composeDraw,
  composeOneshot,
  composeTalk,
  STANDING_INSTRUCTIONS,
  TURN_LIFETIME_MS,
} from "#lib/runtime/threading.ts";
import type { DrawRequest } from "#lib/sdk/model-tools.ts";

const asset = (letter: string) => `sha256:${letter.repeat(64)}`;
const NOW = 1_800_000_000_000;
const turn = (more: Partial<Turn> = {}): Turn => ({
  responseId: "resp_1",
  asset: asset("a"),
  depth: 1,
  provider: "openai",
  createdAt: NOW - 1000,
  ...more,
});
const image = (letter: string, more: Partial<ImageValue> = {}): ImageValue => ({
  kind: "image",
  asset: asset(letter),
  width: 1024,
  height: 1024,
  mediaType: "image/png",
  made: { by: "model" },
  ...more,
});
const settings: DrawRequest["settings"] = {
  lane: "conversation",
  model: "gpt-6.1-terra",
  imageModel: "gpt-image-2.5-flare",
  size: "1024x1024",
  quality: "low",
  background: "auto",
  format: "png",
  partials: 0,
  moderation: "auto",
};
const draw = (more: Partial<DrawRequest> = {}): DrawRequest => ({
  prompt: "a harbour at dusk",
  settings,
  variants: 1,
  action: "auto",
  references: [],
  ...more,
});
const row = (id: string, prompt: string, more: Partial<TurnRow> = {}): TurnRow => ({
  responseId: id,
  provider: "openai",
  prompt,
  stored: true,
  turn: turn({ responseId: id }),
  createdAt: NOW,
  asset: asset("a"),
  ...more,
});
const facts = { provider: "openai", now: NOW, size: "1024x1024" };
const conversation = (request: ReturnType<typeof composeDraw>["request"]) => {
  if (request.lane !== "conversation") throw new Error("not a conversation");
  return {
    ...request,
    words: request.parts.flatMap((part) => (part.type === "text" ? [part.text] : [])),
    pixels: request.parts.flatMap((part) => (part.type === "image" ? [part.asset] : [])),
  };
};

describe("threading", () => {
  test("rule 1: an untouched picture is continued by id, without pixels", () => {
    const { request, mode } = composeDraw(
      draw({ picture: image("a", { turn: turn() }) }),
      { turn: turn(), history: [] },
      facts,
    );
    expect(mode).toBe("continued");
    expect(conversation(request)).toMatchObject({ previousResponseId: "resp_1", pixels: [] });
  });

  test("rule 2: a picture changed since its turn is continued by id and its new pixels are sent", () => {
    const { request } = composeDraw(
      draw({ picture: image("b", { turn: turn() }) }),
      { turn: turn(), history: [] },
      facts,
    );
    expect(conversation(request)).toMatchObject({ previousResponseId: "resp_1", pixels: [asset("b")] });
  });

  test("rule 3: the wired sheet goes out on every turn, and the thread's own when none is wired", () => {
    const history = [row("resp_1", "a lighthouse", { specText: "Ink on rice paper.", specName: "Ink" })];
    const sheet = { kind: "spec" as const, name: "New", text: "Oil on canvas.", hash: "h" };
    const kept = composeDraw(draw({ picture: image("a", { turn: turn() }) }), { turn: turn(), history }, facts);
    const wired = composeDraw(
      draw({ picture: image("a", { turn: turn() }), spec: sheet }),
      { turn: turn(), history },
      facts,
    );
    expect(conversation(kept.request).instructions).toBe("Ink on rice paper.");
    expect(conversation(wired.request).instructions).toBe("Oil on canvas.");
    expect(conversation(composeDraw(draw(), undefined, facts).request).instructions).toBe(STANDING_INSTRUCTIONS);
  });

  test("rule 5: references are labelled in order, each once, never the continued picture again", () => {
    const references = [
      image("c", { role: "style", note: "palette only" }),
      image("a"),
      image("c", { role: "layout" }),
      image("d", { role: "product" }),
    ];
    const { request } = composeDraw(
      draw({ picture: image("a", { turn: turn() }), references }),
      { turn: turn(), history: [] },
      facts,
    );
    const sent = conversation(request);
    expect(sent.pixels).toEqual([asset("c"), asset("d")]);
    expect(sent.words).toEqual(["a harbour at dusk", "Image 1: style — palette only", "Image 2: product"]);
  });

  test("rule 6: a turn older than 30 days is not tried; sheet, prompts in order, picture and instruction stand for it", () => {
    const old = turn({ responseId: "resp_2", createdAt: NOW - TURN_LIFETIME_MS - 1 });
    const history = [
      row("resp_1", "a lighthouse", { specText: "Ink." }),
      row("resp_2", "add a boat", { asset: asset("a") }),
    ];
    const { request, mode } = composeDraw(
      draw({ prompt: "make it night", picture: image("a", { turn: old }) }),
      { turn: old, history },
      facts,
    );
    const sent = conversation(request);
    expect(mode).toBe("rehydrated");
    expect(sent.previousResponseId).toBeUndefined();
    expect(sent.instructions).toBe("Ink.");
    expect(sent.words.join("\n")).toMatch(/1\. a lighthouse\n2\. add a boat[\s\S]*make it night$/);
    expect(sent.pixels).toEqual([asset("a")]);
  });

  test("rule 6: a turn of another provider, or one that was never stored, is rebuilt at once", () => {
    const foreign = turn({ provider: "simulator" });
    expect(
      composeDraw(draw({ picture: image("a", { turn: foreign }) }), { turn: foreign, history: [] }, facts).mode,
    ).toBe("rehydrated");
    const unstored = { turn: turn(), history: [row("resp_1", "x", { stored: false })] };
    expect(composeDraw(draw({ picture: image("a", { turn: turn() }) }), unstored, facts).mode).toBe("rehydrated");
  });

  test("rule 6: a turn that should be there carries the rebuilt request along, in case the provider lost it", () => {
    const { rehydrated } = composeDraw(
      draw({ picture: image("a", { turn: turn() }) }),
      { turn: turn(), history: [row("resp_1", "a lighthouse")] },
      facts,
    );
    expect(rehydrated && conversation(rehydrated).previousResponseId).toBeUndefined();
    expect(rehydrated && conversation(rehydrated).pixels).toEqual([asset("a")]);
  });

  test("memory fresh sends the picture and no previous id", () => {
    const { request, mode } = composeDraw(
      draw({ memory: "fresh", picture: image("a", { turn: turn() }) }),
      { turn: turn(), history: [row("resp_1", "x", { specText: "Ink." })] },
      facts,
    );
    expect(mode).toBe("new");
    expect(conversation(request)).toMatchObject({ pixels: [asset("a")], instructions: STANDING_INSTRUCTIONS });
    expect(conversation(request).previousResponseId).toBeUndefined();
  });

  test("rule 7: the one-shot lane puts the sheet before the prompt and the picture first", () => {
    const sheet = { kind: "spec" as const, name: "Ink", text: "Ink on paper.", hash: "h" };
    const request = composeOneshot(
      draw({ spec: sheet, picture: image("a"), references: [image("b", { role: "style" })], variants: 3 }),
      { size: "1024x1024" },
    );
    expect(request).toMatchObject({ lane: "oneshot", op: "edit", n: 3, images: [asset("a"), asset("b")] });
    if (request.lane === "oneshot")
      expect(request.prompt).toBe(
        "Ink on paper.\n\nImage 1: the picture to change\nImage 2: style\n\na harbour at dusk",
      );
  });

  describe("marks drawn over a picture", () => {
    const marked = image("c", { turn: turn(), markup: asset("d"), unmarked: asset("a") });
    const oneshot = (imageModel: string, more: { mask?: string; picture?: ImageValue } = {}) =>
      composeOneshot(draw({ settings: { ...settings, imageModel }, picture: more.picture ?? marked }), {
        size: "1024x1024",
        ...(more.mask ? { mask: more.mask } : {}),
      });

    test("go as a layer of their own over the picture without them, in the one-shot lane of models that take it", () => {
      for (const model of ["gpt-image-2.5-flare", "gpt-image-2.6-sunburst"])
        expect(oneshot(model)).toMatchObject({ op: "edit", images: [asset("a")], markup: asset("d") });
    });

    test("are in the pixels for a model that takes none, beside a mask, and once the marked picture was changed", () => {
      const { unmarked: _, ...graded } = marked;
      for (const request of [
        oneshot("gpt-image-2"),
        oneshot("gpt-image-2.5-flare", { mask: asset("e") }),
        oneshot("gpt-image-2.5-flare", { picture: graded }),
      ]) {
        expect(request).toMatchObject({ images: [asset("c")] });
        expect(request).not.toHaveProperty("markup");
      }
    });

    test("are in the pixels in a conversation, which goes on, and the model is told what they are", () => {
      const { request } = composeDraw(draw({ picture: marked }), { turn: turn(), history: [] }, facts);
      const sent = conversation(request);
      expect(sent).toMatchObject({ previousResponseId: "resp_1", pixels: [asset("c")] });
      expect(sent.words[0]).toMatch(/notes drawn over it are instructions/);
      expect(sent.tool).not.toHaveProperty("markup");
    });

    test("are not sent again as a reference to what lies under them", () => {
      const request = composeOneshot(draw({ picture: marked, references: [image("a"), image("c"), image("b")] }), {
        size: "1024x1024",
      });
      expect(request).toMatchObject({ images: [asset("a"), asset("b")], markup: asset("d") });
    });
  });

  test("a turn of words continues a thread without any tool", () => {
    const { request, depth } = composeTalk(
      { text: "What light would suit it?", model: "gpt-6.1-terra", references: [], continues: turn() },
      { turn: turn(), history: [] },
      facts,
    );
    expect(request).toMatchObject({ lane: "conversation", previousResponseId: "resp_1" });
    expect("tool" in request).toBe(false);
    expect(depth).toBe(2);
  });
});
