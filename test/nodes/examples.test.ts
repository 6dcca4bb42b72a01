import { describe, expect, it } from "vitest";
import { NODES } from "#nodes/index.ts";
import { testContext } from "./node-context.ts";
import { expectedOutputs, portFault, runNode } from "./run-node.ts";

describe.each(NODES)("the examples of $type", (node) => {
  it.each(node.examples)("$name", async (example) => {
    const context = testContext();
    if (example.fails) {
      await expect(runNode(node, example, context)).rejects.toMatchObject({ code: example.fails });
      expect(context.asked, "nothing is paid for a step that cannot work").toEqual([]);
      return;
    }
    const { outputs } = await runNode(node, example, context);
    expect(portFault(node, outputs)).toBeUndefined();
    if (typeof example.gives === "function") {
      expect(example.gives(outputs)).toBe(true);
      return;
    }
    const expected = await expectedOutputs(example.gives, context);
    expect(Object.keys(outputs).sort()).toEqual(Object.keys(expected).sort());
    expect(outputs).toMatchObject(expected);
  });
});
