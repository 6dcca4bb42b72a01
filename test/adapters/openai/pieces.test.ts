import { describe, expect, it } from "vitest";
import * as z from "zod";
import { cleanMessage } from "#lib/adapters/openai/clean-message.ts";
import { durationMs, retryAfterMs } from "#lib/adapters/openai/rate-headers.ts";
import { strictSchema, withoutNulls } from "#lib/adapters/openai/strict-schema.ts";

describe("clean messages", () => {
  it.each([
    ["a key", "used sk-proj-abcDEF123_456 today", "used [key] today"],
    ["a masked key", "provided: sk-abc***xyz.", "provided: [key]."],
    ["a bearer token", "header Bearer eyJhbGciOi.x.y!", "header Bearer [key]"],
    ["a header dump", "{ 'x-api-key': 'abc', cookie: sid=1; b=2 }", "{ 'x-api-key': [key], cookie: [key]}"],
    ["a data URL", "image data:image/webp;base64,UklGRg== was", "image [data] was"],
    ["a long run of base64", `got ${"QUJD".repeat(80)} back`, "got [data] back"],
    ["a URL with a password", "at http://me:pw@host/v1", "at http://[key]@host/v1"],
  ])("SC-004 take out %s", (_name, text, clean) => {
    expect(cleanMessage(text)).toBe(clean);
  });

  it("SC-004 take out the key itself, whatever it looks like", () => {
    expect(cleanMessage("token hunter2-hunter2 refused", ["hunter2-hunter2"])).toBe("token [key] refused");
  });
});

describe("rate headers", () => {
  it.each([
    ["1s", 1000],
    ["6m0s", 360_000],
    ["120ms", 120],
    ["1h2m3.5s", 3_723_500],
    ["2.5", 2500],
    ["soon", undefined],
  ])("%s", (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });

  it("a Retry-After that lies in the past means now", () => {
    expect(
      retryAfterMs(new Headers({ "retry-after": "Fri, 20 Nov 2026 10:00:00 GMT" }), Date.parse("2026-11-20T11:00:00Z")),
    ).toBe(0);
    expect(retryAfterMs(new Headers({ "retry-after": "later" }), 0)).toBeUndefined();
  });
});

describe("strict schemas", () => {
  it("make nested optional properties nullable and give them back as left out", () => {
    const shape = z.object({
      lines: z.array(z.object({ id: z.string(), box: z.array(z.number()).optional() })),
      note: z.string().optional(),
      none: z.null(),
    });
    const schema = z.toJSONSchema(shape) as Record<string, unknown>;
    const strict = strictSchema(schema) as Record<string, never> & {
      properties: { lines: { items: { required: string[]; additionalProperties: boolean } } };
    };
    expect(strict.required).toEqual(["lines", "note", "none"]);
    expect(strict.properties.lines.items.required).toEqual(["id", "box"]);
    expect(strict.properties.lines.items.additionalProperties).toBe(false);
    expect("$schema" in strict).toBe(false);
    const answer = { lines: [{ id: "a", box: null }], note: null, none: null };
    expect(shape.parse(withoutNulls(schema, answer))).toEqual({ lines: [{ id: "a" }], none: null });
  });
});
