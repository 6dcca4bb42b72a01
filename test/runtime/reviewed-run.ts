import { expect } from "vitest";
import type { RunDocument } from "#lib/protocol/run.ts";
import type { ImageValue } from "#lib/protocol/values.ts";
import type { Clock } from "#lib/runtime/ports.ts";
import { edge, graph, hastyClock, node, type openTestStudio } from "./test-studio.ts";

export const small = { size: "1024x1024", partials: 0 };
export const images = (run: RunDocument | undefined, id: string, port: string) =>
  (run?.outputs[id]?.[port] ?? []) as ImageValue[];
export const stepOf = (run: RunDocument | undefined, id: string, pass = 0) =>
  run?.steps.find((step) => step.nodeId === id && step.pass === pass);

/** A picture (or several), a person who decides about it, and what comes after. */
export const reviewed = (config: Record<string, unknown> = {}, variants = 1, loop = false) =>
  graph(
    [
      node("p", "text", { text: "a harbour" }),
      node("hero", "generate", { ...small, variants }),
      node("ok", "review", config),
      node("after", "grade", { exposure: 1 }),
    ],
    [
      edge("p.text", "hero.prompt"),
      edge("hero.image", "ok.image"),
      edge("ok.approved", "after.image"),
      ...(loop ? [edge("ok.revision", "hero.revision", { loop: { passes: 3 } })] : []),
    ],
  );

type Opened = Awaited<ReturnType<typeof openTestStudio>>;
/** Answers the step, and drives the run on. */
export async function answered(
  { studio }: Opened,
  runId: string,
  answer: unknown,
  where: [string, number] = ["ok", 0],
) {
  expect(await studio.answer(runId, where[0], where[1], answer)).toBe("answered");
  await studio.drive(runId);
  return await studio.run(runId);
}

/** A clock whose days can be made to pass. */
export function days(): Clock & { pass(ms: number): void; jump(ms: number): void } {
  const base = hastyClock();
  let wall = 0;
  let mono = 0;
  return {
    ...base,
    now: () => base.now() + wall,
    monotonic: () => base.monotonic() + mono,
    pass: (ms) => {
      wall += ms;
      mono += ms;
    },
    jump: (ms) => {
      wall += ms;
    },
  };
}
export const DAY = 86_400_000;
