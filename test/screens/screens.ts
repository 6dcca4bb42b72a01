import { EDITOR_SCREENS } from "./editor-screens.ts";
import type { Screen } from "./screen.ts";

/** Rows as they are pasted, two of them with a mistake. */
const TABLE = [
  "Product\tGround\tSKU",
  "Skarn One\twet rock\tSKU-1040",
  "Ridge “storm”\tsand\tSKU-1041",
  '"Løype\nvinter"\tsnow\tSKU-1042',
  "\tmoss\tSKU-1043",
].join("\n");

/** Every screen of the product, in the order a newcomer meets them. */
export const SCREENS: readonly Screen[] = [
  {
    name: "home",
    async open(page, { served }) {
      await page.goto(`${served.base}/`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForTimeout(1_000);
    },
  },
  {
    name: "graphs",
    async open(page, { served }) {
      await page.goto(`${served.base}/graphs`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForTimeout(1_000);
    },
  },
  {
    name: "templates",
    async open(page, { served }) {
      await page.goto(`${served.base}/templates`);
      await page.getByRole("list", { name: "Published templates" }).waitFor();
      await page.waitForTimeout(800);
    },
  },
  {
    name: "template-form",
    async open(page, { served, templateId }) {
      await page.goto(`${served.base}/templates/${templateId}`);
      await page.getByRole("form").waitFor();
      await page.waitForTimeout(1_500);
    },
  },
  {
    name: "template-result",
    async open(page, { served, templateId }) {
      await page.goto(`${served.base}/templates/${templateId}`);
      await page.getByRole("region", { name: "Made before" }).getByRole("article").first().click();
      await page.getByRole("list", { name: "Pictures" }).waitFor();
      await page.waitForTimeout(800);
    },
  },
  {
    name: "template-revisions",
    async open(page, { served, templateId }) {
      await page.goto(`${served.base}/templates/${templateId}/revisions`);
      await page.getByRole("list", { name: "Revisions" }).waitFor();
      await page.waitForTimeout(800);
    },
  },
  {
    name: "editor-publish",
    async open(page, { served, templateId }) {
      await page.goto(`${served.base}/graphs/${templateId}`);
      await page.locator(".react-flow__node").first().waitFor();
      await page.getByRole("button", { name: /^Published/ }).click();
      await page.getByRole("dialog", { name: "Publish as a template" }).getByText("As others see it").waitFor();
      await page.waitForTimeout(800);
    },
  },
  {
    name: "runs",
    async open(page, { served }) {
      await page.goto(`${served.base}/runs`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForTimeout(1_000);
    },
  },
  {
    name: "run",
    async open(page, { served, runId }) {
      await page.goto(`${served.base}/runs/${runId}`);
      await page.getByText("Succeeded").first().waitFor();
    },
  },
  {
    name: "run-replay",
    async open(page, { served, runId }) {
      await page.goto(`${served.base}/runs/${runId}`);
      await page.getByRole("button", { name: "Replay" }).click();
      await page.getByRole("slider", { name: "Moment of the run" }).focus();
      await page.waitForTimeout(600);
      for (let n = 0; n < 8; n += 1) await page.keyboard.press("ArrowLeft");
      await page.waitForTimeout(600);
    },
  },
  {
    name: "run-stories",
    async open(page, { served, judgedRunId }) {
      await page.goto(`${served.base}/runs/${judgedRunId}`);
      await page.getByRole("region", { name: "Stories" }).scrollIntoViewIfNeeded();
      await page.waitForTimeout(1_000);
    },
  },
  {
    name: "run-waiting",
    async open(page, { served, waitingRunId }) {
      await page.goto(`${served.base}/runs/${waitingRunId}`);
      await page.getByRole("link", { name: "Decide now" }).waitFor();
      await page.waitForTimeout(1_000);
    },
  },
  {
    name: "review",
    async open(page, { served }) {
      await page.goto(`${served.base}/review`);
      await page
        .getByRole("button", { name: /^Approve/ })
        .first()
        .waitFor();
      await page.waitForTimeout(1_000);
    },
  },
  {
    name: "archive",
    async open(page, { served }) {
      await page.goto(`${served.base}/archive`);
      await page.locator("button[data-index] img").first().waitFor();
      await page.waitForTimeout(1_500);
    },
  },
  {
    name: "archive-selected",
    phone: false,
    async open(page, { served }) {
      await page.goto(`${served.base}/archive`);
      await page.locator("button[data-index]").first().focus();
      for (const key of ["x", "ArrowRight", "s", "x"]) await page.keyboard.press(key);
      await page.getByRole("region", { name: "Selected pictures" }).waitFor();
      await page.waitForTimeout(800);
    },
  },
  {
    name: "archive-entry",
    async open(page, { served }) {
      await page.goto(`${served.base}/archive`);
      await page.locator("button[data-index]").first().click();
      await page.getByRole("complementary", { name: "About this picture" }).getByText("Prompt sent").waitFor();
      await page.waitForTimeout(1_000);
    },
  },
  {
    name: "archive-empty",
    async open(page, { served }) {
      await page.goto(`${served.base}/archive?q=nothing+of+this+name`);
      await page.getByRole("heading", { name: "No picture fits" }).waitFor();
    },
  },
  {
    name: "settings",
    async open(page, { served }) {
      await page.goto(`${served.base}/settings`);
      await page.getByLabel("One run").waitFor();
    },
  },
  ...EDITOR_SCREENS,
  {
    name: "tables",
    async open(page, { served }) {
      await page.goto(`${served.base}/batches`);
      await page
        .getByRole("link", { name: /Autumn launch/ })
        .first()
        .waitFor();
    },
  },
  {
    name: "table-new",
    async open(page, { served, graphId }) {
      await page.goto(`${served.base}/batches/new?graph=${graphId}-table`);
      await page.getByLabel("Paste your rows").waitFor();
    },
  },
  {
    name: "table-map",
    async open(page, { served, graphId }) {
      await page.goto(`${served.base}/batches/new?graph=${graphId}-table`);
      await page.getByLabel("Paste your rows").fill(TABLE);
      await page.getByRole("button", { name: "Read these rows" }).click();
      await page.getByText("2 cells in 2 rows need mending.").waitFor();
    },
  },
  {
    name: "table",
    async open(page, { served, batchId }) {
      await page.goto(`${served.base}/batches/${batchId}`);
      await page.getByText("Changed", { exact: true }).first().waitFor();
      await page.waitForTimeout(600);
    },
  },
  {
    name: "sheets",
    async open(page, { served }) {
      await page.goto(`${served.base}/sheets`);
      await page.getByRole("article", { name: "Winter catalogue" }).first().waitFor();
      await page.waitForTimeout(1_000);
    },
  },
  {
    name: "sheet",
    async open(page, { served, sheetId }) {
      await page.goto(`${served.base}/sheets/${sheetId}`);
      await page.getByText("in place of theirs").first().waitFor();
      await page.getByRole("button", { name: /Compare version 1/ }).click();
      await page.getByText("rewritten.").waitFor();
    },
  },
  {
    name: "sheet-new",
    async open(page, { served }) {
      await page.goto(`${served.base}/sheets/new`);
      await page.getByText("Nothing yet.").waitFor();
    },
  },
  {
    name: "money",
    async open(page, { served }) {
      await page.goto(`${served.base}/money`);
      await page.getByRole("heading", { name: "Where it went" }).waitFor();
    },
  },
  {
    name: "ways-in",
    async open(page, { served, graphId }) {
      await page.goto(`${served.base}/templates/${graphId}-table/ways-in`);
      await page.getByRole("article", { name: "CMS" }).waitFor();
      await page.getByRole("article", { name: "Monday's picture" }).waitFor();
    },
  },
  {
    name: "ways-in-schedule",
    async open(page, { served, graphId }) {
      await page.goto(`${served.base}/templates/${graphId}-table/ways-in`);
      await page.getByRole("button", { name: "Add a schedule" }).click();
      await page.getByRole("form", { name: "New schedule" }).getByRole("list", { name: "The next times" }).waitFor();
    },
  },
  {
    name: "ways-in-hook",
    async open(page, { served, graphId }) {
      await page.goto(`${served.base}/templates/${graphId}-table/ways-in`);
      await page.getByRole("button", { name: "Add a hook" }).click();
      await page.getByRole("form", { name: "New hook" }).waitFor();
    },
  },
];
