import { expect, test } from "vitest";
import { convert, fit } from "#lib/engine/fit.ts";
import { StepError } from "#lib/protocol/failure.ts";
import { KINDS, type VerdictValue } from "#lib/protocol/values.ts";
import { drawn, image, text } from "./small-values.ts";

const ALSO = ["image→thread", "spec→text", "number→text", "verdict→text"];

test("equal kinds, any, and exactly four other pairs fit; what does not fit says so in a sentence", () => {
  for (const from of KINDS)
    for (const to of KINDS) {
      const fits = from === to || ALSO.includes(`${from}→${to}`);
      if (fits) expect(fit(from, to)).toBeNull();
      else expect(fit(from, to)).toMatch(/^an? \w+ does not fit where an? \w+ is wanted$/);
    }
  for (const kind of KINDS) expect([fit(kind, "any"), fit("any", kind)]).toEqual([null, null]);
  expect(fit("image", "mask")).toBe("an image does not fit where a mask is wanted");
});

test("values are read as what fits", () => {
  const verdict: VerdictValue = {
    kind: "verdict",
    score: 1,
    passed: true,
    decision: "pass",
    checks: [],
    notes: "good",
  };
  expect(convert({ kind: "spec", name: "s", text: "sheet", hash: "h" }, "text")).toEqual(text("sheet"));
  expect(convert({ kind: "number", number: 0.5 }, "text")).toEqual(text("0.5"));
  expect(convert(verdict, "text")).toEqual(text("good"));
  expect(convert(verdict, "any")).toBe(verdict);
  const picture = drawn("p", "resp_1");
  expect(convert(picture, "image")).toBe(picture);
  expect(convert(picture, "thread")).toEqual({ kind: "thread", turn: picture.turn });
});

test("an image without a turn continues nothing, and what arrives by a wire of any kind is looked at again", () => {
  const code = (work: () => unknown) => {
    try {
      work();
    } catch (error) {
      return error instanceof StepError ? error.code : "other";
    }
    return "none";
  };
  expect(code(() => convert(image("p"), "thread"))).toBe("NO_THREAD");
  expect(code(() => convert(text("x"), "image"))).toBe("PORT_TYPE_MISMATCH");
});
