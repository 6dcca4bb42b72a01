import type { GraphInput } from "../../protocol/graph.ts";
import { type HookView, SIGNED_HEADERS } from "../../protocol/hooks.ts";

/** A body as another system would send it: every mapped input at its path, the others by their own names. */
export function exampleBody(
  inputs: readonly GraphInput[],
  { mapping, inputs: fixed }: Pick<HookView, "mapping" | "inputs">,
): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const input of inputs) {
    if (!Object.hasOwn(fixed, input.key)) place(body, (mapping[input.key] ?? input.key).split("."), exampleOf(input));
  }
  return body;
}

function place(body: Record<string, unknown>, [name = "", ...rest]: string[], value: unknown): void {
  if (rest.length === 0) body[name] = value;
  else {
    const inner = (typeof body[name] === "object" && body[name] !== null ? body[name] : {}) as Record<string, unknown>;
    body[name] = inner;
    place(inner, rest, value);
  }
}

function exampleOf({ type, default: byDefault, options, title, key }: GraphInput): unknown {
  if (type === "image") return "https://example.com/photo.jpg";
  if (byDefault !== undefined && byDefault !== null && byDefault !== "") return byDefault;
  if (type === "number") return 1;
  if (type === "boolean") return true;
  if (type === "color") return "#e4572e";
  if (type === "choice") {
    const [first] = options ?? [];
    return typeof first === "string" ? first : (first?.value ?? "");
  }
  return title ?? key;
}

/** Shell lines that sign a body and send it, as the hook wants it. The secret stands in a variable, never in the lines. */
export function curlExample(url: string, body: unknown): string {
  const text = JSON.stringify(body).replaceAll("'", "'\\''");
  return [
    "SECRET='…the secret you were shown once…'",
    `BODY='${text}'`,
    "NOW=$(date +%s)",
    `SIGNATURE=$(printf '%s' "$NOW.$BODY" | openssl dgst -sha256 -hmac "$SECRET" | sed 's/^.* //')`,
    `curl -sS '${url}' \\`,
    "  -H 'content-type: application/json' \\",
    `  -H "${SIGNED_HEADERS.timestamp}: $NOW" \\`,
    `  -H "${SIGNED_HEADERS.signature}: v1=$SIGNATURE" \\`,
    `  -H "${SIGNED_HEADERS.id}: post-42" \\`,
    `  --data-binary "$BODY"`,
  ].join("\n");
}
