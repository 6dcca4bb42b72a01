/** The names every step can fill into a text (`ctx.fill`). They stand one by one in a setting's `late`, so that any other is found before a run. */
export const STEP_NAMES = ["graph.id", "graph.name", "run.id", "run.date"] as const;
export type StepName = (typeof STEP_NAMES)[number];
