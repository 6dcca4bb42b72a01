import { describe, expect, test } from "vitest";
import { triageAction } from "#lib/client/review/triage-keys.ts";
import { verdictOn } from "#lib/client/review/verdict-lines.ts";
import { alreadyDecided, timeLeft } from "#lib/client/review/words.ts";
import { picture } from "./asking.ts";

const press = (key: string, over: object = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...over });
const free = { typing: false, dialog: false, control: false };

describe("keys of triage", () => {
  test("J K A X R, stars, Space and Z mean what the help says", () => {
    const meant = ["j", "K", "a", "X", "r", "3", " ", "z"].map((key) => triageAction(press(key), free));
    expect(meant).toEqual([
      { do: "next" },
      { do: "previous" },
      { do: "decide", decision: "approve" },
      { do: "decide", decision: "reject" },
      { do: "note" },
      { do: "stars", stars: 3 },
      { do: "pick" },
      { do: "undo" },
    ]);
    expect(triageAction(press("z", { ctrlKey: true }), free)).toEqual({ do: "undo" });
  });

  test("are never taken from words being typed, from dialogs, or from the browser", () => {
    for (const key of ["a", "x", " ", "j", "5"]) {
      expect(triageAction(press(key), { ...free, typing: true })).toBeUndefined();
      expect(triageAction(press(key), { ...free, dialog: true })).toBeUndefined();
      expect(triageAction(press(key, { ctrlKey: true }), free)).toBeUndefined();
      expect(triageAction(press(key, { altKey: true }), free)).toBeUndefined();
    }
    expect(triageAction(press(" "), { ...free, control: true })).toBeUndefined();
    expect(triageAction(press("a"), { ...free, control: true })).toBeDefined();
    for (const key of ["6", "Enter", "Tab", "q"]) expect(triageAction(press(key), free)).toBeUndefined();
  });
});

describe("a verdict", () => {
  test("is told with what failed first, and each box has its number", () => {
    const line = (id: string, score: number, passed: boolean, box?: number[]) => ({
      id,
      kind: "judged",
      score,
      passed,
      reason: "",
      ...(box ? { box } : {}),
    });
    const { lines, verdict } = verdictOn(
      picture("a", [
        { kind: "verdict", score: 0.1, passed: false, decision: "iterate", notes: "old", checks: [] },
        {
          kind: "verdict",
          score: 0.6,
          passed: false,
          decision: "iterate",
          notes: "",
          checks: [
            line("light", 0.9, true, [0, 0, 1, 1]),
            line("anatomy", 0.5, false),
            line("brand-style", 0.2, false, [0.1, 0.1, 0.2, 0.2]),
            line("odd", 1, true, [1, 2]),
          ],
        },
      ]),
    );
    expect(verdict?.score).toBe(0.6);
    expect(lines.map(({ title, number }) => [title, number])).toEqual([
      ["Brand style", 1],
      ["Anatomy", undefined],
      ["Light", 2],
      ["Odd", undefined],
    ]);
    expect(verdictOn(undefined).lines).toEqual([]);
  });
});

describe("words", () => {
  test("say who decided what and when", () => {
    const now = new Date(2026, 10, 20, 16, 0).getTime();
    const at = new Date(2026, 10, 20, 15, 58).getTime();
    const anna = { by: "Anna, by a link", at, answer: { decision: "approve" } };
    expect(alreadyDecided(anna, now)).toBe("Already approved by Anna, by a link, at 15:58.");
    expect(alreadyDecided({ ...anna, at: at - 86_400_000, answer: { decision: "revise" } }, now)).toBe(
      "Already sent back by Anna, by a link, on 19 Nov at 15:58.",
    );
    expect(alreadyDecided({ answer: { picks: [1] } }, now)).toBe("Already answered.");
    expect(alreadyDecided({ by: "a program", answer: {} }, now)).toBe("Already answered by a program.");
    expect(alreadyDecided(undefined, now)).toContain("no longer asked");
  });

  test("say how much time is left", () => {
    const hour = 3_600_000;
    expect([-1, hour / 2, 3 * hour, 47 * hour, 72 * hour].map((ms) => timeLeft(ms, 0))).toEqual([
      "in 0 min",
      "in 30 min",
      "in 3 h",
      "in 47 h",
      "in 3 days",
    ]);
  });
});
