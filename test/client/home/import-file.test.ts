import { describe, expect, it } from "vitest";
import { ApiError } from "#lib/client/call-api.ts";
import { importFile } from "#lib/client/home/import-file.ts";

const file = (name: string) => new File(["{}"], name);
const refusing = (status: number, detail: string) => async () => {
  throw new ApiError(status, { type: "", title: "", status, detail, code: "X" });
};

describe("a file that is opened", () => {
  it("is handed to the server as it is, and gives what became of it", async () => {
    const made = { graphId: "g", name: "G", revision: 1, assets: 0, sheets: 0, contacts: [], warnings: [] };
    const given = file("poster.zip");
    expect(await importFile(given, async (sent) => (sent === given ? made : { ...made, graphId: "?" }))).toBe(made);
  });

  it("that is refused is told by name, with the reason", async () => {
    const send = refusing(422, "This zip is not a bundle: it has no manifest.json.");
    await expect(importFile(file("x.zip"), send)).rejects.toThrow(
      "“x.zip” holds no graph that can be opened. This zip is not a bundle: it has no manifest.json.",
    );
  });

  it("is not blamed for a server that is away or a session that is over", async () => {
    await expect(importFile(file("a.json"), refusing(500, "down"))).rejects.toBeInstanceOf(ApiError);
    await expect(importFile(file("a.json"), refusing(401, "out"))).rejects.toBeInstanceOf(ApiError);
  });
});
