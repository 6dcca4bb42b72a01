import AxeBuilder from "@axe-core/playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SCREENS } from "../screens/screens.ts";
import { type Stage, setStage } from "../screens/stage.ts";
import { openBrowser, type Served, serve } from "./served.ts";

let served: Served;
let browser: Awaited<ReturnType<typeof openBrowser>>;
let stage: Stage;
beforeAll(async () => {
  [served, browser] = await Promise.all([serve(), openBrowser()]);
  stage = await setStage(served);
});
afterAll(async () => {
  await browser?.close();
  await served?.stop();
});

const LOOKS = [
  { name: "on a desk, dark", viewport: { width: 1440, height: 900 }, colorScheme: "dark" },
  { name: "on a phone, light", viewport: { width: 390, height: 844 }, colorScheme: "light" },
] as const;

describe.each(LOOKS)("every screen $name", ({ name, ...look }) => {
  const shown = SCREENS.filter(({ phone }) => phone !== false || !name.includes("phone"));
  test.each(shown)("$name has nothing serious for axe, fits the window and complains about nothing", async (screen) => {
    const { page, context, complaints } = await browser.newPage(look);
    await page.goto(served.link);
    await screen.open(page, stage);
    const { violations } = await new AxeBuilder({ page }).analyze();
    const serious = violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
    expect(serious).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(look.viewport.width);
    // A graph nobody has saved is looked for and not found; the browser itself notes every such answer.
    expect(complaints.filter((line) => !/status of (404|422)/.test(line))).toEqual([]);
    await context.close();
  });
});
