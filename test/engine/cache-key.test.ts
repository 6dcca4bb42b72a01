import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonical, itemCanonical, keyParts, valueIdentity, whyChanged } from "#lib/engine/cache-key.ts";
import type { SpecValue, Value, VerdictValue } from "#lib/protocol/values.ts";
import { asset, drawn, image, revision, text } from "./small-values.ts";

describe("canonical JSON", () => {
  test("the order of keys does not count, the order of lists does", () => {
    expect(canonical({ b: [1, { d: null, c: "x" }], a: true })).toBe('{"a":true,"b":[1,{"c":"x","d":null}]}');
    expect(canonical([2, 1])).not.toBe(canonical([1, 2]));
  });

  test("absent and undefined are alike; what JSON cannot hold is null", () => {
    expect(canonical({ a: undefined })).toBe(canonical({}));
    expect(canonical([undefined, Number.NaN])).toBe("[null,null]");
  });

  test("it is JSON of an equal value, whatever the value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe("where outputs lead", () => {
  const item = { type: "t", typeVersion: 1, config: {}, inputs: {}, take: 1 };
  test("counts for a node that heeds it and leaves the keys of all others as they were", () => {
    const keys = [{}, { ways: { back: "open" } }, { ways: { back: "over" } }].map((more) =>
      itemCanonical({ ...item, ...more }),
    );
    expect(new Set(keys).size).toBe(3);
    expect(itemCanonical({ ...item, ways: undefined })).toBe(keys[0]);
    const parts = ["open", "over"].map((back) =>
      keyParts({ version: 1, config: {}, items: [{}], take: 1, ways: { back } }, (text) => text),
    );
    expect(whyChanged(parts[0], parts[1] as NonNullable<(typeof parts)[1]>)).toBe("what becomes of back changed");
  });
});

describe("what of a value counts", () => {
  const same = (a: Value, b: Value) => canonical(valueIdentity(a)) === canonical(valueIdentity(b));

  test("a picture is its bytes, its turn and the words that go with it, not how it was made", () => {
    const picture = drawn("p", "resp_1");
    expect(same(picture, { ...picture, made: { by: "upload", run: "other", costUsd: 3 } })).toBe(true);
    expect(same(picture, { ...picture, verdicts: [] })).toBe(true);
    expect(same(picture, drawn("p", "resp_2"))).toBe(false);
    expect(same(picture, image("p"))).toBe(false);
    expect(same(picture, drawn("q", "resp_1"))).toBe(false);
    for (const more of [{ label: "l" }, { role: "style" }, { note: "n" }, { markup: asset("m") }])
      expect(same(image("p"), image("p", more))).toBe(false);
  });

  test("when a turn happened and how deep it is does not count", () => {
    const a = drawn("p", "resp_1");
    const b = { ...a, turn: a.turn && { ...a.turn, createdAt: 9, depth: 4, specHash: "s" } };
    expect(same(a, b)).toBe(true);
    expect(
      same(
        { kind: "thread", turn: a.turn as NonNullable<typeof a.turn>, text: "x" },
        { kind: "thread", turn: b.turn as NonNullable<typeof b.turn> },
      ),
    ).toBe(true);
  });

  test("pictures inside other values count by the same rule", () => {
    const spec: SpecValue = { kind: "spec", name: "s", text: "t", hash: "h", samples: [image("a")] };
    expect(same(spec, { ...spec, samples: [image("a", { made: { by: "model" } })] })).toBe(true);
    expect(same(spec, { ...spec, samples: [image("b")] })).toBe(false);
    expect(same(spec, { ...spec, name: "other" })).toBe(false);
    const back = revision("r");
    expect(same(back, { ...back, image: { ...back.image, made: { by: "model" } } })).toBe(true);
    expect(same(back, { ...back, notes: "else" })).toBe(false);
    const file: Value = {
      kind: "file",
      asset: asset("f"),
      mediaType: "image/png",
      bytes: 3,
      extension: "png",
      image: image("a"),
    };
    expect(same(file, { ...file, image: image("a", { made: { by: "model" } }) })).toBe(true);
  });

  test("what a verdict cost does not count, what it says does", () => {
    const verdict: VerdictValue = {
      kind: "verdict",
      score: 1,
      passed: true,
      decision: "pass",
      checks: [],
      notes: "n",
      costUsd: 1,
    };
    expect(same(verdict, { ...verdict, costUsd: 2 })).toBe(true);
    expect(same(verdict, { ...verdict, notes: "m" })).toBe(false);
  });
});

describe("an item's key", () => {
  const item = {
    type: "draw",
    typeVersion: 1,
    config: { size: "auto", partials: 2 },
    inputs: { prompt: text("a"), references: [image("r")], spec: undefined },
    take: 1,
    realm: "",
  };

  test("every part of it counts", () => {
    const key = itemCanonical(item);
    const others = [
      { type: "paint" },
      { typeVersion: 2 },
      { take: 2 },
      { realm: "simulator" },
      { config: { size: "1024x1024", partials: 2 } },
      { config: { size: "auto", partials: 0 } },
      { inputs: { ...item.inputs, prompt: text("b") } },
      { inputs: { ...item.inputs, references: [image("r"), image("r")] } },
    ].map((change) => itemCanonical({ ...item, ...change }));
    expect(new Set([key, ...others]).size).toBe(9);
  });

  test("settings that do not change results do not, nor does an input that is not there", () => {
    const notKeyed = ["partials"];
    expect(itemCanonical({ ...item, notKeyed, config: { size: "auto", partials: 0 } })).toBe(
      itemCanonical({ ...item, notKeyed }),
    );
    expect(itemCanonical({ ...item, inputs: { prompt: item.inputs.prompt, references: item.inputs.references } })).toBe(
      itemCanonical(item),
    );
    expect(itemCanonical({ ...item, realm: undefined })).toBe(itemCanonical(item));
  });
});

describe("why a step runs", () => {
  const hash = (words: string) => words.slice(0, 200);
  const step = {
    version: 1,
    config: { text: "a", size: "auto", partials: 2 },
    items: [{ image: image("a"), mask: undefined }],
    take: 2,
    notKeyed: ["partials"],
  };
  const before = keyParts(step, hash);
  const why = (change: Partial<typeof step>) => whyChanged(before, keyParts({ ...step, ...change }, hash));

  test("the parts are named, short, and only those that count", () => {
    expect(Object.keys(before.fields)).toEqual(["text", "size"]);
    expect(Object.keys(before.inputs)).toEqual(["image"]);
    expect(before).toMatchObject({ version: 1, take: 2 });
  });

  test("it is said in words", () => {
    expect(whyChanged(undefined, before)).toBe("first run");
    expect(why({ config: { ...step.config, text: "b" } })).toBe("text changed");
    expect(why({ config: { text: "b", size: "1x1", partials: 0 } })).toBe("text and size changed");
    expect(why({ take: 3 })).toBe("take 2 → 3");
    expect(why({ items: [{ image: image("b"), mask: undefined }] })).toBe("input image changed");
    expect(why({ items: [...step.items, ...step.items] })).toBe("input image changed");
    expect(why({ version: 2, take: 3, config: { ...step.config, text: "c" } })).toBe(
      "node version 1 → 2; take 2 → 3; text changed",
    );
    expect(why({ config: { ...step.config, partials: 0 } })).toBe("nothing changed, but no result is stored");
  });

  test("settings and inputs that came or went are changes too", () => {
    const less = keyParts(
      { ...step, config: { text: "a", size: "auto" }, items: [{} as (typeof step.items)[0]] },
      hash,
    );
    expect(whyChanged(before, less)).toBe("input image changed");
    expect(whyChanged({ ...before, fields: {} }, before)).toBe("text and size changed");
  });
});
