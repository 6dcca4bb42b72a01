import { describe, expect, it } from "vitest";
import { scriptedProvider } from "./scripted-provider.ts";
import { edge, graph, node, openTestStudio } from "./test-studio.ts";

const drawing = graph(
  [node("words", "text", { text: "a lamp" }), node("draw", "generate")],
  [edge("words.text", "draw.prompt")],
);

describe("a run that meets another provider than the one it began with", () => {
  it.each([
    ["the simulator", true, "a key is set now"],
    ["a key", false, "none is set now"],
  ])("begun with %s it ends with words, and nothing is sent", async (_with, simulated, words) => {
    const first = await openTestStudio(scriptedProvider({ simulated }).provider);
    const { runId } = await first.studio.startRun({ graph: drawing });
    await first.studio.stop();

    const other = scriptedProvider({ simulated: !simulated });
    const { studio } = await openTestStudio(other.provider, { folder: first.folder });
    expect(await studio.drive(runId)).toBe("failed");
    const run = await studio.run(runId);
    expect(run?.error).toMatchObject({ code: "provider_changed", message: expect.stringContaining(words) });
    expect(other.sent).toEqual([]);
    await studio.stop();

    const again = await openTestStudio(scriptedProvider({ simulated }).provider, { folder: first.folder });
    expect(await again.studio.resume(runId, {})).toBe("queued");
    expect(await again.studio.drive(runId)).toBe("succeeded");
    await again.studio.stop();
  });
});
