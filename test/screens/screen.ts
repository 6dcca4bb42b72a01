import type { Page } from "playwright-core";
import type { Stage } from "./stage.ts";

/** A screen as a person reaches it; `phone: false` = only on a desk. */
export type Screen = { name: string; phone?: false; open(page: Page, stage: Stage): Promise<void> };

/** Opens the stage's graph on the canvas. */
export const editor = async (page: Page, { served, graphId }: Stage) => {
  await page.goto(`${served.base}/graphs/${graphId}`);
  await page.locator(".react-flow__node").first().waitFor();
};
