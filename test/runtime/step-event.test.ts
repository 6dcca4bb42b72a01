import { expect, it } from "vitest";
import { stepEvent } from "#lib/runtime/step-event.ts";

const resting = { nodeId: "e", pass: 0, cached: false, items: [], calls: 0, costMicro: 0 };

it("a step that never began is told under the word of its own state", () => {
  for (const state of ["cancelled", "blocked"] as const) {
    const event = stepEvent({ ...resting, state, why: "the run was stopped" });
    expect(event).toMatchObject({
      type: "step.failed",
      state,
      error: { code: state, message: "the run was stopped" },
    });
  }
});
