import type { GraphNode } from "../../../protocol/graph.ts";
import type { Value, VerdictValue } from "../../../protocol/values.ts";
import type { AnyNode } from "../../../sdk/define-node.ts";
import { chipWords } from "../../quality/verdict-words.ts";
import type { NodeRun } from "../node-run.ts";
import { applies, settingsOf } from "./node-schema.ts";

/** A picture on a card. `asset` for a stored one, `url` for one that is still being drawn, neither for one that is awaited. Sizes in pixels where they are known. */
export type CardPicture = {
  asset?: string;
  url?: string;
  width?: number;
  height?: number;
  partial?: boolean;
  pending?: boolean;
  /** What was last found of it. */
  verdict?: VerdictValue;
};

/** What the middle of a card shows. `made`: it is a result, not a setting. */
export type CardBody =
  | { kind: "pictures"; pictures: readonly CardPicture[]; more: number; made: boolean }
  | { kind: "words"; words: string; made: boolean }
  | { kind: "nothing" };

/** Pictures one card shows at most. */
const MOST = 9;
const WORDS = 420;
/** The place kept for a picture whose size the model decides. */
const UNKNOWN = { width: 3, height: 2 };
const NOTHING: CardBody = { kind: "nothing" };

/** Picture first: what is being drawn, else what came out, else what the settings hold. */
export function bodyOf(node: GraphNode, type: AnyNode | undefined, run: NodeRun | undefined): CardBody {
  if (run?.state === "running" && run.partials.length > 0) return drawing(node, run);
  if (run?.state === "running" && type && draws(type))
    return pictures([{ pending: true, ...(askedSize(node.config) ?? UNKNOWN) }], true);
  const made = run && run.state !== "failed" ? madeBody(Object.values(run.outputs).flat()) : NOTHING;
  if (made.kind !== "nothing" || !type) return made;
  return ownBody(node.config, type);
}

function drawing(node: GraphNode, run: NodeRun): CardBody {
  const size = askedSize(node.config);
  const places = [...run.partials].sort((a, b) => a.item - b.item || a.slot - b.slot);
  return pictures(
    places.map(({ url }) => ({ url, partial: true, ...size })),
    true,
  );
}

/** Does a model draw here? Its place is kept while nothing has arrived. */
const draws = (type: AnyNode): boolean =>
  type.effect === "model" && Object.values(type.outputs).some(({ kind }) => kind === "image");

/** What a setting like `1536x1024` says the picture will be; nothing when the model decides. */
export function askedSize(config: Record<string, unknown>): { width: number; height: number } | undefined {
  const [, width, height] = /^(\d{2,5})x(\d{2,5})$/.exec(String(config.size ?? "")) ?? [];
  return width === undefined ? undefined : { width: Number(width), height: Number(height) };
}

function madeBody(values: readonly Value[]): CardBody {
  const seen = values.flatMap(pictureIn);
  if (seen.length > 0) return pictures(seen, true);
  return words(values.flatMap(wordsOf), true);
}

function pictureIn(value: Value): CardPicture[] {
  if (value.kind === "image" || value.kind === "mask") {
    const verdict = value.kind === "image" ? value.verdicts?.at(-1) : undefined;
    return [{ asset: value.asset, width: value.width, height: value.height, ...(verdict ? { verdict } : {}) }];
  }
  if (value.kind === "file" && value.image)
    return [{ asset: value.image.asset, width: value.image.width, height: value.image.height }];
  const { asset, mediaType } = value.kind === "record" ? value.record : {};
  const shows = typeof asset === "string" && (mediaType === undefined || String(mediaType).startsWith("image/"));
  return shows ? [{ asset }] : [];
}

function wordsOf(value: Value): string {
  if (value.kind === "text") return value.text;
  if (value.kind === "number") return String(Number(value.number.toPrecision(4)));
  if (value.kind === "spec") return value.text;
  if (value.kind === "verdict") return `${chipWords(value)}\n${value.notes}`;
  if (value.kind === "revision") return value.notes;
  if (value.kind === "thread") return value.text ?? `A conversation of ${value.turn.depth} turns`;
  if (value.kind === "file") return `${value.label ?? "file"}.${value.extension}`;
  return "";
}

function ownBody(config: Record<string, unknown>, type: AnyNode): CardBody {
  const all = settingsOf(type);
  for (const { field, schema } of all) {
    if (schema.control !== "assets" || !Array.isArray(config[field])) continue;
    const own = (config[field] as { asset?: unknown }[]).flatMap((entry) =>
      typeof entry?.asset === "string" ? [{ asset: entry.asset }] : [],
    );
    if (own.length > 0) return pictures(own, false);
  }
  const own = all
    .filter(
      (one) => (one.schema.control === "longtext" || one.schema.control === "markdown") && applies(one, config, all),
    )
    .map(({ field }) => config[field])
    .filter((text) => typeof text === "string");
  return words(own, false);
}

function words(texts: readonly string[], made: boolean): CardBody {
  const text = texts
    .join("\n")
    .replaceAll(/\s*\n\s*/g, "\n")
    .trim();
  return text === "" ? NOTHING : { kind: "words", words: text.slice(0, WORDS), made };
}

const pictures = (all: readonly CardPicture[], made: boolean): CardBody => ({
  kind: "pictures",
  pictures: all.slice(0, MOST),
  more: Math.max(0, all.length - MOST),
  made,
});
