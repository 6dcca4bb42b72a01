import { StepError } from "../protocol/failure.ts";
import { nearestSize } from "../protocol/models.ts";
import { toUsd } from "../protocol/money.ts";
import type { ImageValue, ThreadValue, Turn } from "../protocol/values.ts";
import type { DrawRequest, JudgeRequest, ModelTools, TalkRequest } from "../sdk/model-tools.ts";
import type { CallScope, KeptAnswer, LedgerPorts } from "./call-scope.ts";
import type { Omitted } from "./describe-request.ts";
import { sha256 } from "./digest.ts";
import { isTooLargeToJudge, JUDGE_SIDE, knownSizes, pixelsOf, seenAfter, tokensRead } from "./known-sizes.ts";
import { paidCall } from "./paid-call.ts";
import type { KnownSizes, TurnRow } from "./ports.ts";
import { Fenced } from "./ports.ts";
import { InDoubt, Paused, Stopped } from "./step-signals.ts";
import { type Composed, composeDraw, composeOneshot, composeTalk, type Sheet, type Thread } from "./threading.ts";

const MAX_HISTORY = 64;

type Conversation = Extract<Omitted, { lane: "conversation" }>;

export type ModelScope = CallScope & {
  about: { node: string; type: string; run: string };
  warn(message: string): void;
  rehydrated(): void;
};

const turnOf = (continues: ThreadValue | Turn | undefined): Turn | undefined =>
  continues && ("kind" in continues ? continues.turn : continues);

/** The size to ask for: an edit keeps its picture's size as nearly as the model can draw it. */
export const askedSize = (request: DrawRequest): string =>
  request.settings.size === "auto" && request.picture
    ? nearestSize(request.picture.width, request.picture.height, request.settings.imageModel)
    : request.settings.size;

/** Model work through the threading rules and the ledger. One instance serves one item of one step. */
export function createLiveModel(ports: LedgerPorts, scope: ModelScope): ModelTools {
  const { provider, clock, journal } = ports;
  let slots = 0;

  const threadOf = async (turn: Turn | undefined): Promise<Thread | undefined> => {
    if (!turn) return undefined;
    const history: TurnRow[] = [];
    for (let id: string | undefined = turn.responseId; id && history.length < MAX_HISTORY; ) {
      const row: TurnRow | undefined = await journal.turn(id);
      if (!row) break;
      history.unshift(row);
      id = row.parentId;
    }
    return { turn, history };
  };

  /** Sends a composed turn; when the provider no longer has the thread, the rebuilt one. Tells whether it was rebuilt. */
  const sendTurn = async (
    slot: number,
    composed: Composed,
    prompt: string,
    known: KnownSizes,
  ): Promise<{ answer: KeptAnswer; rehydrated: boolean; turn: TurnRow | undefined }> => {
    const turnRow = (request: Conversation, answer: KeptAnswer): TurnRow => ({
      responseId: answer.responseId ?? "",
      parentId: composed.parentId,
      provider: provider.name,
      prompt,
      specText: composed.sheet?.text,
      specName: composed.sheet?.name,
      asset: answer.pictures[0]?.asset,
      stored: true,
      turn: {
        responseId: answer.responseId ?? "",
        callId: answer.pictures[0]?.callId,
        asset: answer.pictures[0]?.asset,
        specHash: composed.sheet ? sha256(composed.sheet.text) : undefined,
        depth: composed.depth,
        provider: provider.name,
        createdAt: answer.sentAt,
        seen: seenAfter(request, known, [...pixelsOf(answer.pictures).values()], { read: tokensRead(answer.usage) }),
      },
      createdAt: answer.sentAt,
    });
    const go = async (request: Omitted, rehydrated: boolean) => {
      const row = (given: KeptAnswer) => turnRow(request as Conversation, given);
      const answer = await paidCall(ports, scope, { slot, request, known, turn: row });
      return {
        answer,
        rehydrated: answer.rehydrated ?? rehydrated,
        turn: answer.responseId ? row(answer) : undefined,
      };
    };
    if (composed.mode === "rehydrated") return await go({ ...composed.request, rehydrated: true } as Omitted, true);
    try {
      return await go(composed.request, false);
    } catch (error) {
      if (!(error instanceof StepError) || error.code !== "previous_response_not_found" || !composed.rehydrated)
        throw error;
      return await go({ ...composed.rehydrated, rehydrated: true } as Omitted, true);
    }
  };

  const made = (
    answer: KeptAnswer,
    request: Omitted,
    rehydrated: boolean,
    prompt: string,
    spec: Sheet | undefined,
    parents: string[],
  ) => ({
    by: "model" as const,
    ...scope.about,
    parents,
    simulated: provider.simulated || undefined,
    rehydrated: rehydrated || undefined,
    lane: request.lane === "oneshot" ? ("oneshot" as const) : ("conversation" as const),
    model: answer.model ?? (request.lane === "oneshot" ? undefined : request.model),
    imageModel:
      request.lane === "oneshot"
        ? request.imageModel
        : request.lane === "conversation"
          ? request.tool?.imageModel
          : undefined,
    prompt,
    spec: spec ? { name: spec.name, hash: sha256(spec.text), text: spec.text, sheet: spec.sheet } : undefined,
    asked:
      request.lane === "conversation"
        ? (request.tool as Record<string, unknown> | undefined)
        : request.lane === "oneshot"
          ? oneshotSettings(request)
          : undefined,
    usage: answer.usage,
    responseId: answer.responseId,
    requestId: answer.requestId,
  });

  const drawConversation = async (request: DrawRequest, mask: string | undefined): Promise<ImageValue[]> => {
    const turn = turnOf(request.continues) ?? (request.memory === "fresh" ? undefined : request.picture?.turn);
    const composed = composeDraw(request, await threadOf(turn), {
      provider: provider.name,
      now: clock.now(),
      size: askedSize(request),
      mask,
    });
    const known = knownSizes(request, turn, mask);
    const first = slots;
    slots += request.variants;
    const settled = await Promise.allSettled(
      Array.from({ length: request.variants }, (_, index) => sendTurn(first + index, composed, request.prompt, known)),
    );
    const images: ImageValue[] = [];
    for (const result of settled) {
      if (result.status === "rejected") continue;
      const { answer, rehydrated, turn: row } = result.value;
      if (rehydrated) scope.rehydrated();
      const [picture, ...extra] = answer.pictures;
      if (!picture) continue;
      const sent = rehydrated && composed.rehydrated ? composed.rehydrated : composed.request;
      images.push({
        kind: "image",
        asset: picture.asset,
        width: picture.width,
        height: picture.height,
        mediaType: picture.mediaType,
        turn: row?.turn,
        made: {
          ...made(answer, sent, rehydrated, request.prompt, composed.sheet, parentsOf(request)),
          revisedPrompt: picture.revisedPrompt,
          given: picture.given,
          callId: picture.callId,
          costUsd: toUsd(answer.costMicro),
          ...(extra.length > 0 ? { extraAssets: extra.map((one) => one.asset) } : {}),
        },
      });
    }
    return enough(images, request.variants, settled, scope);
  };

  const drawOneshot = async (request: DrawRequest, mask: string | undefined): Promise<ImageValue[]> => {
    const wire = composeOneshot(request, { size: askedSize(request), mask });
    const answer = await paidCall(ports, scope, {
      slot: slots++,
      request: wire,
      known: knownSizes(request, undefined, mask),
    });
    const images = answer.pictures.map(
      (picture): ImageValue => ({
        kind: "image",
        asset: picture.asset,
        width: picture.width,
        height: picture.height,
        mediaType: picture.mediaType,
        made: {
          ...made(answer, wire, false, request.prompt, request.spec, parentsOf(request)),
          revisedPrompt: picture.revisedPrompt,
          given: picture.given,
          costUsd: toUsd(answer.costMicro) / answer.pictures.length,
        },
      }),
    );
    return enough(images, request.variants, [], scope);
  };

  return {
    async draw(request) {
      let mask: string | undefined;
      if (request.mask) {
        if (
          request.picture &&
          (request.mask.width !== request.picture.width || request.mask.height !== request.picture.height)
        ) {
          throw new StepError(
            "MASK_SIZE_MISMATCH",
            `The mask is ${request.mask.width}×${request.mask.height}, the picture ${request.picture.width}×${request.picture.height}. Make the mask from this picture.`,
          );
        }
        const ready = await ports.ops.alphaMask(await ports.assets.get(request.mask.asset));
        mask = (await ports.assets.put(ready)).asset;
      }
      return request.settings.lane === "oneshot"
        ? await drawOneshot(request, mask)
        : await drawConversation(request, mask);
    },

    async talk(request: TalkRequest) {
      const thread = await threadOf(turnOf(request.continues));
      const composed = composeTalk(request, thread, { provider: provider.name, now: clock.now() });
      const { answer, rehydrated, turn } = await sendTurn(
        slots++,
        composed,
        request.text,
        knownSizes(request, thread?.turn),
      );
      if (rehydrated) scope.rehydrated();
      if (!answer.text || !turn)
        throw new StepError("EMPTY_RESULT", "The model answered without any words. Run again, or rephrase the text.");
      // A turn of words keeps the picture its thread has come to, so that an edit after it still has one.
      const asset = turn.turn.asset ?? thread?.turn.asset;
      return { text: answer.text, thread: { kind: "thread", turn: { ...turn.turn, asset }, text: answer.text } };
    },

    async judge(request: JudgeRequest) {
      // Taken before anything is waited for: calls made side by side must find their own answers again after a crash.
      const slot = slots++;
      const parts: Extract<Omitted, { lane: "judge" }>["parts"] = [{ type: "text", text: request.text }];
      const pixels = pixelsOf(request.images);
      for (const image of request.images) {
        let asset = image.asset;
        if (isTooLargeToJudge(image)) {
          const small = await ports.ops.thumbnail(await ports.assets.get(image.asset), JUDGE_SIDE);
          asset = (await ports.assets.put(small.bytes)).asset;
          pixels.set(asset, small.width * small.height);
        }
        parts.push({ type: "image", asset });
      }
      const answer = await paidCall(ports, scope, {
        slot,
        known: { pixels },
        request: {
          lane: "judge",
          model: request.model,
          instructions: request.instructions,
          parts,
          name: request.name,
          schema: request.schema,
        },
      });
      return { json: answer.json, costUsd: toUsd(answer.costMicro), model: answer.model ?? request.model };
    },
  };
}

const oneshotSettings = ({
  lane: _lane,
  op,
  prompt: _prompt,
  images: _images,
  mask: _mask,
  markup: _markup,
  ...settings
}: Extract<Omitted, { lane: "oneshot" }>) => ({ op, ...settings });

const parentsOf = (request: DrawRequest): string[] => [
  ...new Set(
    [
      request.picture?.asset,
      ...request.references.map((image) => image.asset),
      turnOf(request.continues)?.asset,
    ].filter((asset) => asset !== undefined),
  ),
];

/** Fewer pictures than asked is a warning; none at all is the first failure. What stops the whole run goes first. */
function enough(
  images: ImageValue[],
  asked: number,
  settled: PromiseSettledResult<unknown>[],
  scope: ModelScope,
): ImageValue[] {
  const errors = settled.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  for (const kind of [Fenced, Stopped, Paused, InDoubt]) {
    const found = errors.find((error) => error instanceof kind);
    if (found) throw found;
  }
  const odd = errors.find((error) => !(error instanceof StepError));
  if (odd) throw odd;
  if (images.length === 0) throw errors[0] ?? new StepError("EMPTY_RESULT", "The provider answered without a picture.");
  if (images.length < asked)
    scope.warn(`${images.length} of ${asked} pictures came${errors[0] ? `: ${(errors[0] as Error).message}` : "."}`);
  return images;
}
