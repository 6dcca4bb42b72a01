import { createHash } from "node:crypto";
import type { AssetStore } from "#lib/runtime/ports.ts";
import type {
  DrawRequest,
  ImageValue,
  JudgeRequest,
  ModelTools,
  TalkRequest,
  ThreadValue,
  Turn,
} from "#lib/sdk/index.ts";
import { paintPng } from "./paint-png.ts";

/** What a node asked of the model, in order. */
export type Asked =
  | ({ kind: "draw" } & DrawRequest)
  | ({ kind: "talk" } & TalkRequest)
  | ({ kind: "judge" } & JudgeRequest);

type Schema = {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  maximum?: number;
  minItems?: number;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
};

const shortHash = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 12);
const turnOf = (continues: ThreadValue | Turn | undefined): Turn | undefined =>
  continues && "kind" in continues ? continues.turn : continues;

/** The kindest answer a schema allows: the first choice, the highest score, yes. */
function kindest(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf?.[0]) return kindest(schema.anyOf[0]);
  switch (schema.type) {
    case "object":
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, part]) => [key, kindest(part)]));
    case "array":
      return Array.from({ length: schema.minItems ?? 1 }, () => kindest(schema.items ?? {}));
    case "number":
    case "integer":
      return schema.maximum ?? 1;
    case "boolean":
      return true;
    default:
      return "as asked";
  }
}

/**
 * A model that answers at once and always the same: pictures of the size asked for (an edit keeps its picture's), coloured by their prompt,
 * with turns in the conversation lane. Keeps what it was asked. `answers` are given to judge requests before the kindest possible ones.
 */
export function createScriptedModel(store: AssetStore, answers: unknown[] = []): ModelTools & { asked: Asked[] } {
  const asked: Asked[] = [];
  const turn = (before: Turn | undefined, name: string, more: Partial<Turn>): Turn => ({
    responseId: `resp_${shortHash(`${before?.responseId ?? ""}/${name}`)}`,
    depth: (before?.depth ?? 0) + 1,
    provider: "simulator",
    createdAt: 0,
    ...more,
  });

  const drawOne = async (request: DrawRequest, variant: number): Promise<ImageValue> => {
    const name = `${request.prompt}/${variant}`;
    const hash = shortHash(name);
    const [width = 32, height = 32] =
      request.settings.size === "auto"
        ? [request.picture?.width, request.picture?.height]
        : request.settings.size.split("x").map((side) => Number(side) / 16);
    const color = [0, 2, 4].map((at) => Number.parseInt(hash.slice(at, at + 2), 16));
    const { asset } = await store.put(paintPng(width, height, () => color));
    const before = turnOf(request.continues) ?? (request.memory === "fresh" ? undefined : request.picture?.turn);
    return {
      kind: "image",
      asset,
      width,
      height,
      mediaType: "image/png",
      ...(request.settings.lane === "conversation"
        ? { turn: turn(before, name, { asset, callId: `ig_${hash}`, specHash: request.spec?.hash }) }
        : {}),
      made: { by: "model", simulated: true, prompt: request.prompt },
    };
  };

  return {
    asked,
    async draw(request) {
      asked.push({ kind: "draw", ...request });
      return await Promise.all(Array.from({ length: request.variants }, (_, variant) => drawOne(request, variant)));
    },
    async talk(request) {
      asked.push({ kind: "talk", ...request });
      const text = `Answer to: ${request.text}`;
      const before = turnOf(request.continues);
      return { text, thread: { kind: "thread", turn: turn(before, request.text, { asset: before?.asset }), text } };
    },
    async judge(request) {
      asked.push({ kind: "judge", ...request });
      const json = answers.length > 0 ? answers.shift() : kindest(request.schema as Schema);
      return { json, costUsd: 0.001, model: request.model };
    },
  };
}
