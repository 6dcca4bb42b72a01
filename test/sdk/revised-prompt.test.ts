import { describe, expect, it } from "vitest";
import { neededWords, withConstraints } from "#lib/sdk/index.ts";

describe("a prompt that starts over", () => {
  it("keeps its own words and adds the reasons as constraints", () => {
    expect(withConstraints("A red kayak. ", "- the hull is green\n- no people")).toBe(
      "A red kayak.\n\nConstraints:\n- the hull is green\n- no people",
    );
  });

  it("is unchanged when no reasons were given", () => {
    expect(withConstraints("A red kayak.", "  ")).toBe("A red kayak.");
  });

  it("is refused when it says nothing, naming the port", () => {
    expect(() => neededWords(" \n", "instruction")).toThrow(
      expect.objectContaining({ code: "PROMPT_EMPTY", message: expect.stringContaining("instruction") }),
    );
    expect(neededWords("a kayak", "prompt")).toBe("a kayak");
  });
});
