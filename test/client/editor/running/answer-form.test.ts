import { describe, expect, it } from "vitest";
import * as z from "zod";
import { answerOf, answerWays } from "#lib/client/editor/running/answer-form.ts";
import { schemaOf } from "#lib/sdk/registry.ts";

describe("the form of an answer", () => {
  it("asks for every part of the answer in its own way", () => {
    const schema = schemaOf(
      z.object({
        decision: z.enum(["approve", "send back"]),
        sendBackNotes: z.string().optional(),
        picks: z.array(z.int()).optional(),
        stars: z.number().default(3),
        final: z.boolean().optional(),
      }),
    );
    const [way] = answerWays(schema);
    expect(way?.fields.map(({ name, title, kind, required }) => [name, title, kind, required])).toEqual([
      ["decision", "Decision", "choice", true],
      ["sendBackNotes", "Send back notes", "text", false],
      ["picks", "Picks", "json", false],
      ["stars", "Stars", "number", false],
      ["final", "Final", "boolean", false],
    ]);
    expect(way && answerOf(way, { decision: "approve", picks: "[1, 2]", final: "true" })).toEqual({
      decision: "approve",
      picks: [1, 2],
      stars: 3,
      final: true,
    });
    expect(() => way && answerOf(way, { picks: "[1," })).toThrow(SyntaxError);
  });

  it("is one form for each way to answer", () => {
    const ways = answerWays(
      schemaOf(
        z.union([
          z.object({ decision: z.literal("approve") }),
          z.object({ decision: z.literal("send_back"), notes: z.string() }),
        ]),
      ),
    );
    expect(ways.map(({ title, fields }) => [title, fields.length])).toEqual([
      ["Approve", 0],
      ["Send back", 1],
    ]);
    expect(ways[1] && answerOf(ways[1], { notes: "brighter" })).toEqual({ decision: "send_back", notes: "brighter" });
  });

  it("takes an answer that is one value", () => {
    const [way] = answerWays(schemaOf(z.string()));
    expect(way && answerOf(way, { "": "yes" })).toBe("yes");
  });
});
