import { MOST_TOKENS } from "../protocol/models.ts";
import type { ImageValue, Turn } from "../protocol/values.ts";
import type { DrawRequest, ModelTools } from "../sdk/model-tools.ts";
import type { Omitted } from "./describe-request.ts";
import { sha256 } from "./digest.ts";
import { judgedSize, knownSizes, pixelsOf, seenAfter } from "./known-sizes.ts";
import { askedSize } from "./live-model.ts";
import type { Clock, KnownSizes, Provider } from "./ports.ts";
import { composeDraw, composeOneshot, composeTalk } from "./threading.ts";

type Conversation = Extract<Omitted, { lane: "conversation" }>;

/** Model work that only writes the bill: requests are composed as they would be sent, priced, and answered by stand-ins. */
export function createDryModel(
  ports: { provider: Provider; clock: Clock },
  seed: string,
  bill: { calls: number; costMicro: number },
): ModelTools {
  let count = 0;
  const charge = (request: Omitted, known: KnownSizes, times = 1) => {
    bill.calls += times;
    bill.costMicro += times * ports.provider.estimate({ ...request, callKey: "estimate" }, known);
  };
  const asset = () => `sha256:${sha256(`${seed}/${count++}`)}`;
  const facts = () => ({ provider: ports.provider.name, now: ports.clock.now() });
  const turn = (of: string | undefined, seen: Turn["seen"]): Turn => ({
    responseId: `estimate_${count}`,
    asset: of,
    depth: 1,
    provider: ports.provider.name,
    createdAt: ports.clock.now(),
    ...(seen ? { seen } : {}),
  });
  const sizeOf = (request: DrawRequest): [width: number, height: number] => {
    const [width = 1024, height = 1024] =
      askedSize(request) === "auto" ? [] : askedSize(request).split("x").map(Number);
    return [width, height];
  };
  const picture = (request: DrawRequest, threaded: boolean, seen?: Turn["seen"]): ImageValue => {
    const [width, height] = sizeOf(request);
    const name = asset();
    return {
      kind: "image",
      asset: name,
      width,
      height,
      mediaType: `image/${request.settings.format}`,
      ...(threaded ? { turn: turn(name, seen) } : {}),
      made: { by: "model" },
    };
  };
  return {
    async draw(request) {
      const mask = request.mask?.asset;
      const threaded = request.settings.lane !== "oneshot";
      if (!threaded) {
        charge(composeOneshot(request, { size: askedSize(request), mask }), knownSizes(request, undefined));
        return Array.from({ length: request.variants }, () => picture(request, false));
      }
      const continued = request.continues && ("kind" in request.continues ? request.continues.turn : request.continues);
      const known = continued ?? (request.memory === "fresh" ? undefined : request.picture?.turn);
      const thread = known && { turn: known, history: [] };
      const sizes = knownSizes(request, known);
      const wire = composeDraw(request, thread, { ...facts(), size: askedSize(request), mask }).request;
      charge(wire, sizes, request.variants);
      const [width, height] = sizeOf(request);
      const seen = seenAfter(wire as Conversation, sizes, [width * height], {});
      return Array.from({ length: request.variants }, () => picture(request, true, seen));
    },
    async talk(request) {
      const known = request.continues && ("kind" in request.continues ? request.continues.turn : request.continues);
      const sizes = knownSizes(request, known);
      const wire = composeTalk(request, known && { turn: known, history: [] }, facts()).request;
      charge(wire, sizes);
      const seen = seenAfter(wire as Conversation, sizes, [], { words: MOST_TOKENS.talk });
      return { text: request.text, thread: { kind: "thread", turn: turn(known?.asset, seen), text: request.text } };
    },
    async judge(request) {
      const { model, instructions, name, schema } = request;
      const images = request.images.map((image) => ({ type: "image" as const, asset: image.asset }));
      const parts = [{ type: "text" as const, text: request.text }, ...images];
      charge(
        { lane: "judge", model, instructions, parts, name, schema },
        { pixels: pixelsOf(request.images.map(judgedSize)) },
      );
      return { json: {}, costUsd: 0, model: request.model };
    },
  };
}
