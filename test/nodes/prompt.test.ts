import { describe, expect, it } from "vitest";
import prompt from "#nodes/prompt.ts";
import { runNode } from "./run-node.ts";

const texts = (...words: string[]) => words.map((text) => ({ kind: "text", text }));
async function write(config: Record<string, unknown>, ...upstream: string[]): Promise<string> {
  const { outputs } = await runNode(prompt, { config, inputs: { text: texts(...upstream) } });
  const value = outputs.text?.[0];
  if (value?.kind !== "text") throw new Error("no text came out");
  return value.text;
}

describe("prompt", () => {
  it("puts upstream texts first, a blank line between each", async () => {
    expect(await write({ text: "own" }, "one", "two")).toBe("one\n\ntwo\n\nown");
  });

  it("puts a text where its number stands, and only the others first", async () => {
    expect(await write({ text: "See {{2}} and {{2}}." }, "one", "two", "three")).toBe(
      "one\n\nthree\n\nSee two and two.",
    );
  });

  it("counts a numbered text as named when a filter follows", async () => {
    expect(await write({ text: "{{1|upper}}!" }, "red")).toBe("RED!");
  });

  it("takes an escaped number as braces, so the text still comes first", async () => {
    expect(await write({ text: "Write \\{{1}}" }, "one")).toBe("one\n\nWrite {{1}}");
  });

  it("fails on a number without a wire, in a word that says which", async () => {
    await expect(write({ text: "{{3}}" }, "one")).rejects.toMatchObject({ code: "UNKNOWN_VARIABLE" });
  });

  it("does not fill in what an upstream text merely quotes", async () => {
    expect(await write({ text: "{{1}}" }, "literally {{2}}", "two")).toBe("two\n\nliterally {{2}}");
  });

  it("adds nothing for empty texts", async () => {
    expect(await write({ text: "" }, "one", " ", "two")).toBe("one\n\ntwo");
    expect(await write({})).toBe("");
  });

  it("structured: one line each in a fixed order, empty ones left out", async () => {
    const config = {
      mode: "structured",
      text: "not used",
      avoid: "people",
      details: "wet laces",
      camera: "85 mm",
      style: "editorial",
      lighting: "backlit",
      environment: "a ridge",
      action: "mid-stride",
      subject: "A sneaker",
    };
    expect(await write(config)).toBe(
      [
        "Subject: A sneaker",
        "Action: mid-stride",
        "Environment: a ridge",
        "Lighting: backlit",
        "Style: editorial",
        "Camera: 85 mm",
        "Details: wet laces",
        "Avoid: people",
      ].join("\n"),
    );
    expect(await write({ mode: "structured", subject: "A sneaker", avoid: " " })).toBe("Subject: A sneaker");
  });

  it("structured: wired texts may stand in any line, the others come first", async () => {
    const config = { mode: "structured", subject: "{{2}}", style: "ink" };
    expect(await write(config, "Brand voice.", "A kayak")).toBe("Brand voice.\n\nSubject: A kayak\nStyle: ink");
  });
});
