import { imageToolOf, type ResponseRecord, responseOfCall } from "./response-record.ts";

/** One message or one earlier picture, as it stands in the input. */
type Item = {
  type?: string;
  role?: string;
  id?: string;
  content?: string | { type: string; text?: string; image_url?: string }[];
};

/** A picture somewhere in the conversation. */
export type ContextPicture =
  | { readonly origin: "input"; readonly ref: string; readonly turn: number; readonly reference: boolean }
  | { readonly origin: "drawn"; readonly callId: string; readonly turn: number; readonly reference: boolean };

/** All that the model sees, oldest first. */
export type Conversation = {
  /** What this turn asks. */
  prompt: string;
  instructions: string;
  /** Texts of earlier turns. */
  earlier: string[];
  pictures: ContextPicture[];
  /** How many responses came before. */
  depth: number;
};

const DEEPEST = 500;

/** Follows previous_response_id back to the first turn. `load` finds stored responses. */
export function conversationOf(record: ResponseRecord, load: (id: string) => ResponseRecord | null): Conversation {
  const chain: ResponseRecord[] = [];
  for (let at: ResponseRecord | null = record; at && chain.length < DEEPEST; ) {
    chain.unshift(at);
    at = at.body.previous_response_id ? load(at.body.previous_response_id) : null;
  }
  const pictures: ContextPicture[] = [];
  const turns = chain.map((turn, i) => {
    const words = readTurn(turn, i, pictures);
    const drew =
      i < chain.length - 1 && imageToolOf(turn.body) && turn.cancelledAt === null && turn.fault?.name !== "text-only";
    if (drew) pictures.push({ origin: "drawn", callId: `ig_${turn.id.slice(5)}00`, turn: i, reference: false });
    return words;
  });
  const prompt = turns.at(-1)?.asks ?? "";
  const earlier = turns.flatMap((words, i) => (i < turns.length - 1 ? [words.earlier, words.asks] : [words.earlier]));
  return {
    prompt,
    instructions: record.body.instructions ?? "",
    earlier: earlier.filter(Boolean),
    pictures,
    depth: chain.length - 1,
  };
}

/** The picture an edit goes on from: what this turn brought for it, else the last one drawn, else the first one there is. */
export function pictureToEdit(conversation: Conversation): ContextPicture | null {
  const { pictures, depth } = conversation;
  const brought = pictures.filter((picture) => picture.turn === depth && !picture.reference);
  const drawn = pictures.filter((picture) => picture.origin === "drawn");
  return brought[0] ?? drawn.at(-1) ?? pictures.find((picture) => !picture.reference) ?? pictures[0] ?? null;
}

function readTurn(record: ResponseRecord, turn: number, pictures: ContextPicture[]): { asks: string; earlier: string } {
  const { input } = record.body;
  if (typeof input === "string") return { asks: input, earlier: "" };
  const reader = { asks: [] as string[], earlier: [] as string[], before: "", found: [] as Found[] };
  for (const item of (input ?? []) as Item[]) {
    if (item.type === "image_generation_call" && item.id && responseOfCall(item.id))
      reader.found.push({ callId: item.id, before: "" });
    if (item.role === "assistant" || item.role === "system" || item.role === "developer") continue;
    if (typeof item.content === "string") reader.asks.push(item.content);
    for (const part of Array.isArray(item.content) ? item.content : []) readPart(part, reader);
  }
  const asks = reader.asks.join("\n");
  reader.found.forEach(({ ref, callId, before }, i) => {
    const reference = isReference(before, asks, i + 1);
    pictures.push(
      callId ? { origin: "drawn", callId, turn, reference } : { origin: "input", ref: ref!, turn, reference },
    );
  });
  return { asks, earlier: reader.earlier.join("\n") };
}

type Found = { ref?: string; callId?: string; before: string };

const ANNOUNCES = /^\s*image\s*\d+\s*[:=(—–-]/i;
const PRESENTS = /\bpicture\b[^\n]*:\s*$/i;
const RECALLS = /^\s*earlier in (?:this|the) conversation/i;

/** Words that only present a picture, or recall earlier turns, are not what this turn asks for. */
function readPart(
  part: { type: string; text?: string; image_url?: string },
  reader: { asks: string[]; earlier: string[]; before: string; found: Found[] },
) {
  if (part.type === "input_image" && part.image_url) reader.found.push({ ref: part.image_url, before: reader.before });
  reader.before = part.type === "input_text" ? (part.text ?? "") : "";
  if (part.type !== "input_text" || !part.text || PRESENTS.test(part.text)) return;
  if (RECALLS.test(part.text)) reader.earlier.push(part.text);
  else if (!ANNOUNCES.test(part.text) || part.text.includes("\n")) reader.asks.push(part.text);
}

/** True when a picture is announced as something to look at, not to change: by the words right before it, or by number in the text. */
export function isReference(before: string, text: string, position: number): boolean {
  if (ANNOUNCES.test(before)) return !/\bpicture to (?:change|edit)\b/i.test(before);
  if (PRESENTS.test(before)) return false;
  const announced = new RegExp(`\\bimage\\s*${position}\\s*[:=(—–-]\\s*([^\\n]*)`, "i").exec(text)?.[1];
  return announced !== undefined && !/\bpicture to (?:change|edit)\b/i.test(announced);
}
