import type { Form, Place, Schema } from "./fill-form.ts";

/** A number between the schema's bounds: a part of the focus box, a picture's number, or the score scaled to the range. */
export function fillNumber(form: Form, schema: Schema, place: Place, whole: boolean): number {
  const { score, focus } = form.judge(place.line, place.picture, place.sample);
  const parts: Record<string, number> = {
    x: focus.x,
    left: focus.x,
    y: focus.y,
    top: focus.y,
    w: focus.width,
    width: focus.width,
    h: focus.height,
    height: focus.height,
    right: focus.x + focus.width,
    bottom: focus.y + focus.height,
  };
  const low = Number(schema.minimum ?? schema.exclusiveMinimum ?? 0);
  const stated = /\b(\d+)\s*(?:to|-|–|…|\.\.)\s*(\d+)\b/.exec(String(schema.description ?? ""));
  const high = Number(
    schema.maximum ?? schema.exclusiveMaximum ?? (stated ? stated[2] : whole ? Math.max(1, form.pictures - 1) : 1),
  );
  const part = parts[place.key];
  if (part !== undefined && !whole) return round(Math.min(high, part * (high > 1 ? high : 1)));
  if (/^(index|winner|best|choice|pick|selected|image|picture|candidate)$/i.test(place.key)) {
    const chosen =
      place.key === "image" || place.key === "picture" || place.key === "candidate"
        ? place.picture
        : (form.order[place.sample] ?? 0);
    return Math.min(high, chosen + (low >= 1 ? 1 : 0));
  }
  const value = low + (high - low) * score;
  return whole ? Math.round(value) : round(value);
}

/** Words for a key: the question's id or text, the reason, or plain filler within the length allowed. */
export function fillString(form: Form, schema: Schema, place: Place): string {
  const most = Number(schema.maxLength ?? 400);
  const text = wordsFor(form, place);
  const least = Number(schema.minLength ?? 0);
  return text.slice(0, most).padEnd(least, ".");
}

/** True for schemas that say something about their items. */
export function isGiven(schema: Schema): boolean {
  return Object.keys(schema).length > 0;
}

function wordsFor(form: Form, { key, line, picture, sample }: Place): string {
  if (/^(id|key|check|criterion|name)$/i.test(key)) return line?.id ?? "picture";
  if (/^question$/i.test(key)) return line?.question ?? "Is it well made?";
  if (/^(text|read|transcript|lettering)$/i.test(key)) return form.lettering;
  return form.judge(line, picture, sample).reason;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
