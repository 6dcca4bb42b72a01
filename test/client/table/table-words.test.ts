import { describe, expect, test } from "vitest";
import { ApiError } from "#lib/client/call-api.ts";
import { confirmOf } from "#lib/client/table/confirm.ts";
import { inputWords } from "#lib/client/table/load-source.ts";
import { priceWords } from "#lib/client/table/price-words.ts";
import { cellText, tableColumns } from "#lib/client/table/table-columns.ts";
import { tableRow, withOutputs } from "#lib/client/table/table-row.ts";
import type { BatchRow } from "#lib/protocol/batches.ts";
import { GraphInput } from "#lib/protocol/graph.ts";

const ASSET = `sha256:${"ab".repeat(32)}`;
const image = {
  kind: "image",
  asset: ASSET,
  width: 64,
  height: 32,
  mediaType: "image/png",
  made: { by: "local" },
} as const;
const ROW: BatchRow = {
  index: 2,
  cells: ["Shoe", "S1"],
  status: "failed",
  outputs: {
    hero: {
      image: [image, image],
      verdict: [{ kind: "verdict", score: 0.86, passed: true, decision: "pass", checks: [], notes: "" }],
    },
    words: { text: [{ kind: "text", text: "Hi" }] },
  },
  files: [],
  costUsd: 0.04,
  error: { code: "moderation", message: "Refused." },
  seq: 3,
};

describe("what a table says", () => {
  test("the price names rows, calls, money and what is free; a table without calls costs nothing", () => {
    const estimate = { rows: 1_200, freeRows: 40, calls: 4_800, costUsd: 204.5, simulated: false };
    expect(priceWords(estimate)).toBe("1,200 rows; 40 of them free, from the cache. 4,800 calls, at most $204.50.");
    expect(priceWords({ ...estimate, simulated: true })).toContain("simulated, nothing is paid");
    expect(priceWords({ ...estimate, rows: 1, freeRows: 1, calls: 0, costUsd: 0 })).toContain("1 row, nothing to pay");
  });

  test("CS-007 only a refusal that asks for it is confirmed, with its count and its money", () => {
    const problem = { type: "", title: "", status: 409, detail: "", code: "CONFIRM_REQUIRED" };
    const refusal = new ApiError(409, { ...problem, confirm: "t1", calls: 60_000, costUsd: 2_400 } as never);
    expect(confirmOf(refusal)).toEqual({ token: "t1", calls: 60_000, costUsd: 2_400 });
    expect(confirmOf(new ApiError(409, { ...problem, code: "OTHER" }))).toBeUndefined();
    expect(confirmOf(new TypeError("no network"))).toBeUndefined();
  });

  test("what an input takes is told to whoever fills the table", () => {
    const words = (part: object) => inputWords(GraphInput.parse({ key: "a", ...part }));
    expect(words({ type: "number", min: 1, max: 5 })).toBe("number from 1 up to 5");
    expect(words({ type: "choice", options: ["a", { value: "b" }], required: true })).toBe("one of a, b; needed");
    expect(words({ default: "Skarn One", required: true })).toBe("text; without a column: Skarn One");
  });
});

describe("columns of a table", () => {
  test("own columns that feed an input come first, then results by the names of their nodes, then cost and the rest", () => {
    const row = tableRow(ROW);
    const outputs = withOutputs([], row);
    expect(withOutputs(outputs, row)).toBe(outputs);
    const view = {
      columns: ["SKU", "Product"],
      map: { Product: "product" },
      inputs: [GraphInput.parse({ key: "product" })],
    };
    const columns = tableColumns(view, outputs, new Map([["hero", "Hero shot"]]));
    expect(columns.map(({ title }) => title)).toEqual([
      "Row",
      "State",
      "Product",
      "Hero shot, image",
      "Hero shot, verdict",
      "words",
      "Cost",
      "SKU",
    ]);
  });

  test("cells are copied as text: pictures by their address, a failure with its reason", () => {
    const row = tableRow({ ...ROW, cells: ["S1", "Shoe"] });
    const view = {
      columns: ["SKU", "Product"],
      map: { Product: "product" },
      inputs: [GraphInput.parse({ key: "product" })],
    };
    const columns = tableColumns(view, withOutputs([], row), new Map());
    const address = `http://x/api/assets/${"ab".repeat(32)}`;
    expect(columns.map((column) => cellText(row, column, "http://x"))).toEqual([
      "3",
      "Failed: Refused.",
      "Shoe",
      `${address}\n${address}`,
      "Passed, 86 %",
      "Hi",
      "0.04",
      "S1",
    ]);
  });
});
