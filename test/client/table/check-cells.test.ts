import { describe, expect, test } from "vitest";
import { missingPictures, picturesOfCell, valueOfCell } from "#lib/client/table/cell-values.ts";
import { createCellCheck } from "#lib/client/table/check-cells.ts";
import {
  bodyOf,
  countRows,
  letters,
  nextProblem,
  problemsOf,
  startDraft,
  withCell,
  withHeader,
  withoutRows,
} from "#lib/client/table/draft.ts";
import { guessMapping, looksLikeHeader, withMapped } from "#lib/client/table/guess-mapping.ts";
import { readPasted } from "#lib/client/table/read-pasted.ts";
import { GraphInput } from "#lib/protocol/graph.ts";

const input = (part: Partial<GraphInput> & { key: string }) => GraphInput.parse(part);
const INPUTS = [
  input({ key: "product", title: "Product name", required: true }),
  input({ key: "price", type: "number", min: 1 }),
  input({ key: "look", type: "choice", options: ["warm", "cold"] }),
  input({ key: "photo", type: "image" }),
  input({ key: "refs", type: "image", many: true }),
];
const HEX = "ab".repeat(32);
const DROPPED = new Map([["shoe.png", { asset: `sha256:${HEX}`, name: "Shoe.PNG" }]]);

describe("columns and inputs", () => {
  test("are matched by key and by title, without case, spaces and punctuation, each input once", () => {
    expect(guessMapping(["Product Name", "PRICE", "Notes", "product"], INPUTS)).toEqual([
      undefined,
      "price",
      undefined,
      "product",
    ]);
    expect(guessMapping(["PRODUCT-name"], INPUTS)).toEqual(["product"]);
    expect(guessMapping(["whatever"], [INPUTS[0] as GraphInput])).toEqual(["product"]);
  });

  test("mapping a column to an input takes it from the column that had it", () => {
    expect(withMapped(["product", undefined, "price"], 1, "product")).toEqual([undefined, "product", "price"]);
    expect(withMapped(["product"], 0, undefined)).toEqual([undefined]);
  });

  test("the first line is taken for names when it reads like names", () => {
    const header = (text: string) => looksLikeHeader(readPasted(text).records, INPUTS);
    expect(header("price\tnotes\n1\tx\n")).toBe(true);
    expect(header("Colour\tSize\nred\t2\n")).toBe(true);
    expect(header("Shoe\t12\nBoot\t14\n")).toBe(false);
    expect(header("https://a.example/1.png\tx\nhttps://a.example/2.png\ty\n")).toBe(false);
  });
});

const draftOf = (text: string) => startDraft(readPasted(text), INPUTS);
const problems = (draft: ReturnType<typeof draftOf>) => problemsOf(draft, INPUTS, createCellCheck(DROPPED));

describe("a cell", () => {
  test("is checked by the law of a run, with its sentence at its place", () => {
    const draft = draftOf("product\tprice\tlook\nShoe\t12\twarm\n\t0\thot\nBoot\t\t\n");
    const { cells, total } = problems(draft);
    expect(total).toBe(3);
    expect([...cells.keys()]).toEqual([1]);
    expect(Object.fromEntries(cells.get(1) ?? [])).toEqual({
      0: 'The input "product" needs a value.',
      1: 'The input "price" must be at least 1.',
      2: 'The input "look" must be one of warm, cold.',
    });
    const mended = ["Sandal", "1", "cold"].reduce((was, text, column) => withCell(was, 1, column, text), draft);
    expect(problems(mended).total).toBe(0);
    expect(mended.table.rows[0]).toBe(draft.table.rows[0]);
    expect(problems(withoutRows(draft, new Set([1]))).total).toBe(0);
  });

  test("with a mistake is found from the one before, and from the top again behind the last", () => {
    const wrong = problems(draftOf("product\tprice\nShoe\tx\n\t0\nBoot\t2\n"));
    const found = [nextProblem(wrong, undefined)];
    for (let i = 0; i < 3; i += 1) found.push(nextProblem(wrong, found.at(-1)));
    expect(found.map((cell) => [cell?.row, cell?.column])).toEqual([
      [0, 1],
      [1, 0],
      [1, 1],
      [0, 1],
    ]);
    expect(nextProblem(problems(draftOf("product\nShoe\n")), undefined)).toBeUndefined();
  });

  test("an input that nothing feeds is named once, until it has a value for all rows", () => {
    const draft = draftOf("price\n3\n4\n");
    expect([...problems(draft).inputs]).toEqual([["product", 'The input "product" needs a value.']]);
    expect(problems({ ...draft, same: { product: "Shoe" } }).total).toBe(0);
    expect(problems({ ...draft, same: { product: "Shoe", look: "hot" } }).inputs.get("look")).toContain("one of");
  });

  test("names pictures by file, asset and address; what nobody dropped is named", () => {
    expect(picturesOfCell(" C:\\shots\\SHOE.png ", false, DROPPED)).toEqual([
      { kind: "asset", asset: `sha256:${HEX}`, name: "Shoe.PNG" },
    ]);
    expect(picturesOfCell(`${HEX} | https://a.example/x.png\nboot.png`, true, DROPPED)).toEqual([
      { kind: "asset", asset: `sha256:${HEX}` },
      { kind: "url", url: "https://a.example/x.png" },
      { kind: "missing", name: "boot.png" },
    ]);
    const { cells } = problems(draftOf("photo\tproduct\nboot.png\tBoot\nhttps://a.example/x.png\tShoe\n"));
    expect(cells.get(0)?.get(0)).toContain("“boot.png”");
    expect(cells.has(1)).toBe(false);
    const table = { columns: ["photo"], rows: [["boot.png"], ["shoe.png"], ["x/Boot.PNG"]], lines: [2, 3, 4] };
    expect(missingPictures(table, [{ column: 0, many: false }], DROPPED)).toEqual(["boot.png"]);
  });

  test("gives a run what its type takes; what is the same for all rows stands in for a column", () => {
    const draft = { ...draftOf("product\tphoto\tnote\nShoe\tshoe.png\tshoe.png\n"), same: { price: "3", look: "" } };
    expect(bodyOf(draft, INPUTS, DROPPED)).toEqual({
      columns: ["product", "photo", "note"],
      rows: [["Shoe", `sha256:${HEX}`, "shoe.png"]],
      map: { product: "product", photo: "photo", note: null },
      inputs: { price: "3" },
      combine: "zip",
    });
    expect(valueOfCell(INPUTS[4] as GraphInput, "shoe.png|https://a.example/x.png", DROPPED)).toEqual([
      { asset: `sha256:${HEX}` },
      { url: "https://a.example/x.png" },
    ]);
    expect(valueOfCell(INPUTS[3] as GraphInput, " ", DROPPED)).toBeUndefined();
  });
});

describe("a draft", () => {
  test("reads its first line as names or as a row, as a person says", () => {
    const draft = draftOf("product\tprice\nShoe\t3\n");
    expect([draft.header, draft.mapping, countRows(draft).rows]).toEqual([true, ["product", "price"], 1]);
    const rows = withHeader(draft, false, INPUTS);
    expect([rows.table.columns, rows.mapping, countRows(rows).rows]).toEqual([["A", "B"], ["product", "price"], 2]);
  });

  test("as a product it makes every combination, and empty cells are no problem", () => {
    const draft = { ...draftOf("product\tlook\nShoe\twarm\nBoot\tcold\nSandal\t\n\t\n"), combine: "product" as const };
    expect([countRows(draft), problems(draft).total]).toEqual([{ rows: 6, tooMany: false }, 0]);
    const wide = draftOf(`product\tlook\n${Array.from({ length: 101 }, (_, i) => `a${i}\tb${i}`).join("\n")}`);
    expect(countRows({ ...wide, combine: "product" })).toEqual({ rows: 10_201, tooMany: true });
  });
});

test("columns without names are named as spreadsheets do", () => {
  expect([0, 25, 26, 701, 702].map(letters)).toEqual(["A", "Z", "AA", "ZZ", "AAA"]);
});
