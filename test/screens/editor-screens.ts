import type { Page } from "playwright-core";
import { editor, type Screen } from "./screen.ts";
import type { Stage } from "./stage.ts";

/** Shows the whole graph and selects a node by its id. */
const select = async (page: Page, id: string) => {
  await page.keyboard.press("1");
  await page.waitForTimeout(600);
  await page.locator(`.react-flow__node[data-id="${id}"]`).click();
  await page.waitForTimeout(300);
};
const command = async (page: Page, words: string) => {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Commands" }).fill(words);
  await page.keyboard.press("Enter");
};
/** A panel of the left rail. */
const panel = (title: string) => async (page: Page, stage: Stage) => {
  await editor(page, stage);
  await page.getByRole("button", { name: title, exact: true }).click();
  await page.getByRole("region", { name: title }).waitFor();
};

/** The canvas and everything that opens over it. */
export const EDITOR_SCREENS: readonly Screen[] = [
  {
    name: "editor-empty",
    async open(page, { served, emptyId }) {
      await page.goto(`${served.base}/graphs/${emptyId}`);
      await page.locator(".react-flow").waitFor();
      await page.waitForTimeout(800);
    },
  },
  { name: "editor", open: editor },
  {
    name: "editor-close",
    async open(page, stage) {
      await editor(page, stage);
      await select(page, "hero");
      await page.keyboard.press("f");
      await page.waitForTimeout(700);
    },
  },
  {
    name: "editor-inspector",
    phone: false,
    async open(page, stage) {
      await editor(page, stage);
      await select(page, "visitor");
      await page.getByRole("complementary", { name: "Inspector" }).getByText("Strict lock").first().waitFor();
    },
  },
  {
    name: "editor-subgraph",
    async open(page, stage) {
      await editor(page, { ...stage, graphId: stage.subgraphId });
      await page.getByRole("list", { name: "Steps inside" }).waitFor();
      await select(page, "skarn");
      await page.waitForTimeout(800);
    },
  },
  {
    name: "editor-subgraph-inside",
    async open(page, { served, subgraphId }) {
      await page.goto(`${served.base}/graphs/${subgraphId}-part?in=${subgraphId}~skarn`);
      await page.getByRole("navigation", { name: "Graphs around this one" }).waitFor();
      await page.locator(".react-flow__node").first().waitFor();
      await page.waitForTimeout(1_500);
    },
  },
  { name: "editor-outline", open: panel("Outline") },
  { name: "editor-inputs", open: panel("Inputs") },
  { name: "editor-runs", open: panel("Runs") },
  { name: "editor-versions", open: panel("Versions") },
  {
    name: "editor-picker",
    async open(page, stage) {
      await editor(page, stage);
      await page.getByRole("button", { name: "Add a node" }).click();
      await page.getByRole("dialog").getByRole("combobox").waitFor();
    },
  },
  {
    name: "editor-palette",
    phone: false,
    async open(page, stage) {
      await editor(page, stage);
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: "Commands" }).waitFor();
    },
  },
  {
    name: "editor-find",
    phone: false,
    async open(page, stage) {
      await editor(page, stage);
      await page.keyboard.press("Control+f");
      await page.getByRole("textbox", { name: /^Find/ }).fill("snow");
    },
  },
  {
    name: "editor-keys",
    phone: false,
    async open(page, stage) {
      await editor(page, stage);
      await page.locator(".react-flow__pane").click({ position: { x: 400, y: 700 } });
      await page.keyboard.press("?");
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "editor-menu",
    phone: false,
    async open(page, stage) {
      await editor(page, stage);
      await page.locator(".react-flow__node").filter({ hasText: "Dusk" }).first().click({ button: "right" });
      await page.getByRole("menu").waitFor();
    },
  },
  {
    name: "mask",
    async open(page, stage) {
      await editor(page, stage);
      await select(page, "spot");
      await page.getByLabel("Source", { exact: true }).selectOption("");
      await page.getByRole("button", { name: /Paint/ }).first().click();
      await page.getByRole("dialog").waitFor();
      await page.waitForTimeout(800);
    },
  },
  {
    name: "picture",
    phone: false,
    async open(page, stage) {
      await editor(page, stage);
      await select(page, "winter");
      await page.keyboard.press("f");
      await page.waitForTimeout(600);
      await page.locator(".react-flow__node.selected .canvas-pictures img").first().dblclick();
      await page.getByRole("dialog").waitFor();
      await page.waitForTimeout(800);
    },
  },
  {
    name: "compare",
    phone: false,
    async open(page, stage) {
      await editor(page, stage);
      await select(page, "dusk");
      await page.locator('.react-flow__node[data-id="winter"]').click({ modifiers: ["Shift"] });
      await command(page, "Compare pictures");
      await page.getByRole("dialog").waitFor();
      await page.waitForTimeout(800);
    },
  },
  {
    name: "versions",
    async open(page, stage) {
      await editor(page, stage);
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: "Commands" }).fill("compare versions");
      await page
        .getByRole("option", { name: /compare versions/i })
        .first()
        .click();
      await page.waitForTimeout(1_000);
    },
  },
];
