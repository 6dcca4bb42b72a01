import type { ImageValue, Turn } from "../protocol/values.ts";
import type { DrawRequest, ModelTools } from "../sdk/model-tools.ts";
import type { Omitted } from "./describe-request.ts";
import { sha256 } from "./digest.ts";
import { askedSize } from "./live-model.ts";
import type { Clock, Provider } from "./ports.ts";
import { composeDraw, composeOneshot, composeTalk } from "./threading.ts";

/** Model work that only writes the bill: requests are composed as they would be sent, priced, and answered by stand-ins. */
export function createDryModel(
  ports: { provider: Provider; clock: Clock },
  seed: string,
  bill: { calls: number; costMicro: number },
): ModelTools {
  let count = 0;
  const charge = (request: Omitted, times = 1) => {
    bill.calls += times;
    bill.costMicro += times * ports.provider.estimate({ ...request, callKey: "estimate" });
  };
  const asset = () => `sha256:${sha256(`${seed}/${count++}`)}`;
  const facts = () => ({ provider: ports.provider.name, now: ports.clock.now() });
  const turn = (of: string | undefined): Turn => ({
    responseId: `estimate_${count}`,
    asset: of,
    depth: 1,
    provider: ports.provider.name,
    createdAt: ports.clock.now(),
  });
  const picture = (request: DrawRequest, threaded: boolean): ImageValue => {
    const [width = 1024, height = 1024] =
      askedSize(request) === "auto" ? [] : askedSize(request).split("x").map(Number);
    const name = asset();
    return {
      kind: "image",
      asset: name,
      width,
      height,
      mediaType: `image/${request.settings.format}`,
      ...(threaded ? { turn: turn(name) } : {}),
      made: { by: "model" },
    };
  };
  return {
    async draw(request) {
      const mask = request.mask?.asset;
      const threaded = request.settings.lane !== "oneshot";
      if (threaded) {
        const continued =
          request.continues && ("kind" in request.continues ? request.continues.turn : request.continues);
        const known = continued ?? request.picture?.turn;
        charge(
          composeDraw(request, known && { turn: known, history: [] }, { ...facts(), size: askedSize(request), mask })
            .request,
          request.variants,
        );
      } else charge(composeOneshot(request, { size: askedSize(request), mask }));
      return Array.from({ length: request.variants }, () => picture(request, threaded));
    },
    async talk(request) {
      const known = request.continues && ("kind" in request.continues ? request.continues.turn : request.continues);
      charge(composeTalk(request, known && { turn: known, history: [] }, facts()).request);
      return { text: request.text, thread: { kind: "thread", turn: turn(known?.asset), text: request.text } };
    },
    async judge(request) {
      charge({
        lane: "judge",
        model: request.model,
        instructions: request.instructions,
        parts: [
          { type: "text", text: request.text },
          ...request.images.map((image) => ({ type: "image" as const, asset: image.asset })),
        ],
        name: request.name,
        schema: request.schema,
      });
      return { json: {}, costUsd: 0, model: request.model };
    },
  };
}
