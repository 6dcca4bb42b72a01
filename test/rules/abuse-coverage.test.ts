import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { filesIn, ROOT } from "./source-files.ts";

const CASE = /\b(?:AU|BU|CL|CLI|CO|CR|CS|EX|GR|IM|NM|NP|NX|OA|PF|PP|RS|SC|SE|SF|ST|TI|WH)-\d{3}\b/g;
const rows = readFileSync(join(ROOT, "docs/abuse-coverage.md"), "utf8")
  .split("\n")
  .filter((line) => /^\| [A-Z]+-\d{3} /.test(line))
  .map((line) => {
    const [id = "", , tests = "", remark = ""] = line
      .split("|")
      .slice(1)
      .map((cell) => cell.trim());
    return { id, files: [...tests.matchAll(/`([^`]+)`/g)].map(([, file]) => `test/${file}`), remark };
  });
const tested = new Map(filesIn("test").map(({ path, text }) => [path, new Set(text.match(CASE))]));

describe("docs/abuse-coverage.md", () => {
  test("names every case once, and says of each which test carries its id or what it waits for", () => {
    expect(rows.length).toBeGreaterThan(190);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(rows.filter(({ files, remark }) => files.length === 0 && remark === "").map(({ id }) => id)).toEqual([]);
  });

  test("every test file it names carries the id", () => {
    const wrong = rows.flatMap(({ id, files }) =>
      files.filter((file) => !tested.get(file)?.has(id)).map((file) => `${id} is not in ${file}`),
    );
    expect(wrong).toEqual([]);
  });

  test("a case that has a test is not said to be without one", () => {
    const all = new Set([...tested.values()].flatMap((ids) => [...ids]));
    expect(rows.filter(({ id, files }) => files.length === 0 && all.has(id)).map(({ id }) => id)).toEqual([]);
  });
});
