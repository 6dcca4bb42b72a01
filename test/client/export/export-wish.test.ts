import { describe, expect, it } from "vitest";
import { credentialsAhead, optionsOf, START, type Wish, whatItIs, wrongSize } from "#lib/client/export/export-wish.ts";
import { fetchExport, nameIn } from "#lib/client/export/fetch-export.ts";
import { ExportOptions } from "#lib/protocol/exports.ts";

const wish = (more: Partial<Wish>): Wish => ({ ...START, ...more });
const look = {
  files: 1,
  pictures: 1,
  bytes: 4_200_000,
  credentials: 1,
  simulated: 0,
  signer: { kind: "test" as const, says: "A local test certificate: others will not trust it." },
};

describe("what is chosen for an export", () => {
  it("choices that do not count for the format are not sent", () => {
    const busy = wish({ size: "512", quality: 70, graph: true, credentials: "strip", metadata: false });
    expect(optionsOf({ ...busy, as: "original" })).toEqual(ExportOptions.parse({}));
    expect(optionsOf({ ...busy, as: "psd" })).toEqual(ExportOptions.parse({ as: "psd", metadata: false }));
    expect(optionsOf({ ...busy, as: "jpeg" })).toMatchObject({ size: 512, quality: 70, graph: false });
    expect(optionsOf({ ...busy, as: "png" })).toMatchObject({ quality: 90, graph: true, credentials: "strip" });
  });

  it("a size is a whole number of pixels, or nothing", () => {
    expect(wrongSize(wish({ as: "png", size: "" }))).toBeUndefined();
    expect(wrongSize(wish({ as: "png", size: "1080" }))).toBeUndefined();
    for (const size of ["8", "1.5", "99999", "wide"])
      expect(wrongSize(wish({ as: "png", size }))).toMatch(/whole number/);
    expect(wrongSize(wish({ as: "original", size: "wide" }))).toBeUndefined();
  });

  it("people are told beforehand what becomes of content credentials", () => {
    const ahead = (more: Partial<Wish>, seen = look) => credentialsAhead(wish(more), seen);
    expect(ahead({ as: "original" })).toMatch(/carries content credentials. They stay/);
    expect(ahead({ as: "psd" })).toMatch(/are lost/);
    expect(ahead({ as: "png" })).toMatch(
      /named as the source in a new signature. A local test certificate: others will not trust it/,
    );
    expect(ahead({ as: "png", credentials: "strip" })).toMatch(/left out/);
    const bare = { ...look, credentials: 0 };
    expect(ahead({ as: "png" }, bare)).toMatch(/nothing to keep/);
    expect(ahead({ as: "png", credentials: "sign" }, bare)).toMatch(/^A new signature is written/);
    expect(ahead({ as: "png" }, { ...look, files: 3 })).toMatch(/^1 of 3 originals carry/);
    expect(whatItIs(look)).toBe("1 picture, 4.2 MB as stored");
  });
});

describe("asking for it", () => {
  const asked: [string, RequestInit?][] = [];
  const server =
    (answer: Response): typeof fetch =>
    async (url, init) => {
      asked.push([String(url), init]);
      return answer;
    };
  const file = () =>
    new Response("bytes", {
      headers: {
        "content-disposition": `attachment; filename="b_e.png"; filename*=UTF-8''b%C3%B6e.png`,
        "throughline-credentials": "kept; Credentials%20kept",
      },
    });

  it("one file comes by itself, several as a zip", async () => {
    asked.length = 0;
    const one = await fetchExport({ entries: ["entry_1"] }, wish({ as: "png", size: "64" }), server(file()));
    expect(one).toMatchObject({ name: "böe.png", says: "Credentials kept" });
    expect(await one.blob.text()).toBe("bytes");
    const asset = `sha256:${"a".repeat(64)}`;
    await fetchExport({ pictures: [{ run: "run_1", asset }] }, START, server(file()));
    await fetchExport({ entries: ["a", "b"] }, START, server(new Response("zip")));
    await fetchExport({ run: "run_1" }, START, server(new Response("zip")));
    expect(asked.map(([url]) => url.split("?")[0])).toEqual([
      "/api/archive/entry_1/export",
      "/api/runs/run_1/export",
      "/api/exports",
      "/api/exports",
    ]);
    expect(asked[0]?.[0]).toContain("as=png&size=64");
    expect(new URLSearchParams(asked[1]?.[0].split("?")[1]).get("asset")).toBe(asset);
    expect(JSON.parse(String(asked[2]?.[1]?.body))).toMatchObject({ entries: ["a", "b"], as: "original" });
  });

  it("a refusal is told in the server's words", async () => {
    const refusal = Response.json({ detail: "The graph holds a key.", code: "SECRET_IN_EXPORT" }, { status: 422 });
    await expect(fetchExport({ entries: ["a"] }, START, server(refusal))).rejects.toThrow("The graph holds a key.");
    expect(nameIn('attachment; filename="plain.zip"')).toBe("plain.zip");
    expect(nameIn("attachment")).toBeUndefined();
  });
});
