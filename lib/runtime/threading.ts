import { imageModel } from "../protocol/models.ts";
import type { ImageValue, SpecValue, Turn } from "../protocol/values.ts";
import type { DrawRequest, TalkRequest } from "../sdk/model-tools.ts";
import type { Omitted } from "./describe-request.ts";
import type { DrawTool, Part, TurnRow } from "./ports.ts";

/*
 * How a visual conversation becomes requests (design section 6):
 * 1. an untouched picture is continued by id, without pixels;
 * 2. a picture whose pixels changed since its turn is continued by id and sent;
 * 3. the sheet goes out as instructions on every turn, the wired one or else the thread's;
 * 4. forks are several requests naming the same turn;
 * 5. on a fan-in one input continues, the others are references, labelled;
 * 6. a thread that cannot be continued is rebuilt from what we stored, and marked;
 * 7. the one-shot lane has no thread.
 * Pure: what is known of the thread comes in, requests come out.
 */

/** Turns older than this are not tried: the provider keeps responses 30 days (openai.md section 2). */
export const TURN_LIFETIME_MS = 30 * 24 * 3600 * 1000;

/** Sent when neither a wired sheet nor the thread has one: every turn carries instructions, since the provider inherits none. */
export const STANDING_INSTRUCTIONS =
  "You make pictures together with an art director. Draw exactly what is asked, keep what earlier turns settled, and add nothing that was not asked for.";

export type Thread = {
  /** The turn to continue. */
  turn: Turn;
  /** What is stored of it and of the turns before it, oldest first; empty when nothing is known. */
  history: TurnRow[];
};

/** What goes out as instructions, and the version of the library's sheet it was taken from. */
export type Sheet = { text: string; name?: string; sheet?: SpecValue["sheet"] };

export type Composed = {
  request: Omitted;
  mode: "new" | "continued" | "rehydrated";
  /** The request to send when the provider no longer has the turn. */
  rehydrated?: Omitted;
  sheet?: Sheet;
  parentId?: string;
  depth: number;
};

const continuable = (thread: Thread, provider: string, now: number): boolean =>
  thread.turn.provider === provider &&
  now - thread.turn.createdAt < TURN_LIFETIME_MS &&
  thread.history.at(-1)?.stored !== false;

const caption = (image: ImageValue): string => {
  const role = image.role ?? image.label ?? "reference";
  return image.note ? `${role} — ${image.note}` : role;
};

/** Each asset once, never the continued picture again. */
export function distinctReferences(references: ImageValue[], except: (string | undefined)[]): ImageValue[] {
  const seen = new Set(except.filter((asset) => asset !== undefined));
  return references.filter((image) => !seen.has(image.asset) && seen.add(image.asset));
}

const referenceParts = (references: ImageValue[]): Part[] =>
  references.flatMap((image, index): Part[] => [
    { type: "text", text: `Image ${index + 1}: ${caption(image)}` },
    { type: "image", asset: image.asset },
  ]);

const text = (value: string): Part => ({ type: "text", text: value });

/** The earlier prompts in order, the last picture, then the new instruction: one user message that stands for a lost thread. */
function rebuilt(thread: Thread, picture: ImageValue | undefined, instruction: string, references: Part[]): Part[] {
  const prompts = thread.history.map((turn, index) => `${index + 1}. ${turn.prompt}`);
  const last = picture?.asset ?? thread.turn.asset ?? thread.history.findLast((turn) => turn.asset)?.asset;
  return [
    ...(prompts.length > 0 ? [text(`Earlier in this conversation, in order:\n${prompts.join("\n")}`)] : []),
    ...(last ? [text("The picture this conversation has come to:"), { type: "image", asset: last } as const] : []),
    text(instruction),
    ...references,
  ];
}

/** The Responses tool has no layer for marks (openai.md section 0.4), so they go out in the pixels, and the model is told. */
const MARKED =
  "The picture to change. The arrows, outlines and notes drawn over it are instructions: follow them, and leave them out of the result.";

type Wanted = Pick<TalkRequest, "spec" | "references"> & { prompt: string; picture?: ImageValue; fresh: boolean };

function converse(wanted: Wanted, thread: Thread | undefined, provider: string, now: number) {
  const kept = wanted.fresh ? undefined : thread;
  const known = kept?.history.findLast((turn) => turn.specText);
  const sheet: Sheet | undefined = wanted.spec
    ? { text: wanted.spec.text, name: wanted.spec.name, sheet: wanted.spec.sheet }
    : known?.specText
      ? { text: known.specText, name: known.specName }
      : undefined;
  const untouched = wanted.picture !== undefined && kept !== undefined && wanted.picture.asset === kept.turn.asset;
  const shown =
    wanted.picture && !untouched
      ? [
          text(wanted.picture.markup ? MARKED : "The picture to change:"),
          { type: "image", asset: wanted.picture.asset } as const,
        ]
      : [];
  const references = referenceParts(distinctReferences(wanted.references, [wanted.picture?.asset, kept?.turn.asset]));
  const turnParts: Part[] = [...shown, text(wanted.prompt), ...references];
  const lost = kept && rebuilt(kept, wanted.picture, wanted.prompt, references);
  const alive = kept !== undefined && continuable(kept, provider, now);
  return {
    instructions: sheet?.text || STANDING_INSTRUCTIONS,
    sheet,
    parts: alive || !lost ? turnParts : lost,
    previousResponseId: alive ? kept.turn.responseId : undefined,
    mode: !kept ? ("new" as const) : alive ? ("continued" as const) : ("rehydrated" as const),
    lost: alive ? lost : undefined,
    parentId: kept?.turn.responseId,
    depth: (kept?.turn.depth ?? 0) + 1,
  };
}

/** The requests of a turn: the one to send, and the one that stands for a lost thread. `tool` undefined = a turn of words. */
function requests(turn: ReturnType<typeof converse>, model: string, tool: DrawTool | undefined): Composed {
  const make = (parts: Part[], previousResponseId?: string): Omitted => ({
    lane: "conversation",
    model,
    instructions: turn.instructions,
    ...(previousResponseId ? { previousResponseId } : {}),
    parts,
    ...(tool ? { tool } : {}),
  });
  const { mode, lost, sheet, parentId, depth } = turn;
  const request = make(turn.parts, turn.previousResponseId);
  return { request, mode, ...(lost ? { rehydrated: make(lost) } : {}), sheet, parentId, depth };
}

/** Rules 1–6 for a picture. `size` is already one the model can draw; `mask` is provider-ready. */
export function composeDraw(
  request: DrawRequest,
  thread: Thread | undefined,
  facts: { provider: string; now: number; size: string; mask?: string },
): Composed {
  const { prompt, spec, references, picture, settings } = request;
  const fresh = request.memory === "fresh";
  const turn = converse({ prompt, spec, references, picture, fresh }, thread, facts.provider, facts.now);
  const { model, imageModel, quality, background, format, compression, moderation, partials } = settings;
  return requests(turn, model, {
    imageModel,
    action: request.action,
    size: facts.size,
    quality,
    background,
    format,
    ...(compression === undefined ? {} : { compression }),
    moderation,
    partials,
    ...(facts.mask ? { mask: facts.mask } : {}),
  });
}

/** Rules 3–6 for a turn of words. */
export function composeTalk(
  request: TalkRequest,
  thread: Thread | undefined,
  facts: { provider: string; now: number },
): Composed {
  const { text: prompt, spec, references } = request;
  const turn = converse({ prompt, spec, references, fresh: false }, thread, facts.provider, facts.now);
  return requests(turn, request.model, undefined);
}

/**
 * Rule 7: the Image API. The sheet stands before the prompt; the picture to change is the first image. Marks drawn over it go as a layer of
 * their own where the model takes one and no mask is sent (the two exclude each other), else in the pixels.
 */
export function composeOneshot(request: DrawRequest, facts: { size: string; mask?: string }): Omitted {
  const { settings, picture } = request;
  const apart = !facts.mask && imageModel(settings.imageModel)?.markup ? picture?.unmarked : undefined;
  const markup = apart && picture?.markup;
  const first = markup ? apart : picture?.asset;
  const references = distinctReferences(request.references, [picture?.asset, first]);
  const images = [...(picture ? [picture] : []), ...references];
  const announced = images.map(
    (image, index) => `Image ${index + 1}: ${image === picture ? "the picture to change" : caption(image)}`,
  );
  const prompt = [request.spec?.text, references.length > 0 ? announced.join("\n") : undefined, request.prompt]
    .filter(Boolean)
    .join("\n\n");
  return {
    lane: "oneshot",
    op: images.length > 0 ? "edit" : "generate",
    imageModel: settings.imageModel,
    prompt,
    images: images.map((image) => (image === picture && first ? first : image.asset)),
    ...(facts.mask ? { mask: facts.mask } : {}),
    ...(markup ? { markup } : {}),
    n: request.variants,
    size: facts.size,
    quality: settings.quality,
    background: settings.background,
    format: settings.format,
    ...(settings.compression === undefined ? {} : { compression: settings.compression }),
    moderation: settings.moderation,
    partials: settings.partials,
  };
}
