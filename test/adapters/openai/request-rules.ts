import { readFileSync } from "node:fs";
import * as z from "zod";

/*
 * What a strict server refuses about a request: the generated schema of the SDK's types, and the rules between fields that no schema holds.
 */

const document = JSON.parse(
  readFileSync(new URL("../../fixtures/openai-request.schema.json", import.meta.url), "utf8"),
);
const root = (name: string): z.ZodType => z.fromJSONSchema({ ...document, $ref: `#/$defs/${name}` });
const RESPONSES = root("ResponsesCreate");
const GENERATE = root("ImagesGenerate");
const EDIT = root("ImagesEditJson");
const FORM = root("ImagesEditMultipartFields");

type Json = Record<string, unknown>;
const issues = (schema: z.ZodType, body: unknown): string[] =>
  (schema.safeParse(body).error?.issues ?? []).map((issue) => `${issue.path.join(".")}: ${issue.message}`);

function drawFaults(draw: Json, stream: unknown): string[] {
  const found: string[] = [];
  const say = (wrong: unknown, what: string) => wrong && found.push(what);
  say(!/^gpt-image-/.test(String(draw.model)), "an image model is named");
  say("input_fidelity" in draw, "input_fidelity must be left out");
  say("output_compression" in draw && draw.output_format === "png", "png takes no compression");
  say(draw.background === "transparent" && draw.output_format === "jpeg", "jpeg has no transparency");
  say(Number(draw.partial_images ?? 0) > 0 && stream !== true, "partial pictures need a stream");
  const [width = 0, height = 0] = String(draw.size).split("x").map(Number);
  say(draw.size !== "auto" && (width % 16 || height % 16 || width * height < 655_360), "the size is not legal");
  return found;
}

function imageUrls(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(imageUrls);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "image_url" && typeof inner === "string" ? [inner] : imageUrls(inner),
  );
}

function responsesFaults(body: Json): string[] {
  const found = issues(RESPONSES, body);
  const say = (wrong: unknown, what: string) => wrong && found.push(what);
  const tools = (body.tools ?? []) as Json[];
  say(/^gpt-image-/.test(String(body.model)), "the outer model must not be an image model");
  for (const tool of tools) found.push(...drawFaults(tool, body.stream));
  say(tools.length === 0 && "tool_choice" in body, "tool_choice names a tool that is not there");
  say(body.background === true && body.store !== true, "a background response must be stored");
  for (const url of imageUrls(body))
    say(
      !/^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/]+=*$/.test(url),
      "a picture is not a data URL with its type",
    );
  for (const [key, value] of Object.entries((body.metadata ?? {}) as Json))
    say(key.length > 64 || String(value).length > 512, "metadata is too long");
  const format = (body.text as { format?: Json } | undefined)?.format;
  if (format) found.push(...strictFaults(format.schema, "schema"));
  return found;
}

function strictFaults(schema: unknown, path: string): string[] {
  if (Array.isArray(schema)) return schema.flatMap((each, index) => strictFaults(each, `${path}[${index}]`));
  if (typeof schema !== "object" || schema === null) return [];
  const { type, properties, required, additionalProperties } = schema as Json;
  const found: string[] = [];
  if (type === "object") {
    const names = Object.keys((properties ?? {}) as Json).sort();
    if (JSON.stringify([...((required as string[]) ?? [])].sort()) !== JSON.stringify(names))
      found.push(`${path}: every property must be required`);
    if (additionalProperties !== false) found.push(`${path}: additionalProperties must be false`);
  }
  return [...found, ...Object.entries(schema).flatMap(([key, inner]) => strictFaults(inner, `${path}.${key}`))];
}

/** Everything a strict server would refuse about this POST; empty when it would take it. */
export function requestFaults(path: string, headers: Record<string, unknown>, body: unknown): string[] {
  const found: string[] = [];
  if (!/^Bearer \S+$/.test(String(headers.authorization))) found.push("no bearer token");
  if (headers["x-stainless-retry-count"] !== "0") found.push("the SDK repeated a paid request");
  if (path.endsWith("/cancel")) return found;
  if (path.endsWith("/responses")) return [...found, ...responsesFaults(body as Json)];
  if (String(headers["content-type"]).startsWith("multipart/form-data")) {
    const fields = Object.fromEntries([...(body as FormData)].filter(([, value]) => typeof value === "string"));
    const typed = Object.fromEntries(
      Object.entries(fields).map(([k, v]) => [k, /^\d+$/.test(v as string) ? Number(v) : v === "true" ? true : v]),
    );
    return [...found, ...issues(FORM, typed), ...drawFaults(typed, typed.stream)];
  }
  const json = body as Json;
  const schema = path.endsWith("/generations") ? GENERATE : EDIT;
  return [...found, ...issues(schema, json), ...drawFaults(json, json.stream)];
}
