import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FrontServer, startFront, TOKEN, withJson } from "./front-server.ts";

let front: FrontServer;
beforeAll(async () => {
  front = await startFront();
});
afterAll(() => front.close());

const MiB = 1024 * 1024;
const raw = (body: Uint8Array | string, type = "image/png") =>
  front.fetch("/api/assets", { method: "POST", headers: { "content-type": type }, body: body as BodyInit });
const form = (parts: string[], boundary = "edge") => {
  const body = parts.map((part) => `--${boundary}\r\n${part}\r\n`).join("");
  return raw(`${body}--${boundary}--\r\n`, `multipart/form-data; boundary=${boundary}`);
};
const part = (name: string, content = "PNG bytes") =>
  `Content-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: image/png\r\n\r\n${content}`;
const field = (name: string) => `Content-Disposition: form-data; name="${name}"\r\n\r\nvalue`;
type Stored = {
  asset: string;
  width: number;
  height: number;
  mediaType: string;
  name?: string;
  assets?: { name?: string }[];
  code?: string;
};
const body = async (answer: Response) => (await answer.json()) as Stored;

describe("uploads", () => {
  it("raw bytes are 201, the same bytes again 200", async () => {
    const first = await raw("picture one");
    const stored = await body(first);
    expect([first.status, stored]).toEqual([
      201,
      { asset: expect.stringMatching(/^sha256:[0-9a-f]{64}$/), width: 4, height: 3, mediaType: "image/png" },
    ]);
    expect(first.headers.get("location")).toBe(`/api/assets/${stored.asset.slice(7)}`);
    expect((await raw("picture one")).status).toBe(200);
  });

  it("a look-up table is stored as it is and given back as a download; what is none is refused", async () => {
    const table = (text: string) =>
      front.fetch("/api/assets/luts", {
        method: "POST",
        headers: { "content-type": "application/octet-stream", "x-file-name": "warm.cube" },
        body: text,
      });
    const first = await table("LUT_3D_SIZE 2");
    const stored = (await first.json()) as { asset: string };
    expect([first.status, stored]).toMatchObject([201, { cubic: true, size: 2, name: "warm.cube" }]);
    expect((await table("LUT_3D_SIZE 2")).status).toBe(200);
    const back = await front.fetch(`/api/assets/${stored.asset.slice(7)}`);
    expect([back.headers.get("content-type"), back.headers.get("content-disposition"), await back.text()]).toEqual([
      "application/octet-stream",
      expect.stringMatching(/^attachment/),
      "LUT_3D_SIZE 2",
    ]);
    const refused = await table("<html>");
    expect([refused.status, (await body(refused)).code]).toEqual([422, "LUT_INVALID"]);
    expect((await table("x".repeat(8 * MiB + 1))).status).toBe(413);
  });

  it("a form brings one file or several, byte for byte", async () => {
    const bytes = "\x00\x01--edg\r\n--not the edge\r\n\r\n";
    expect((await form([field("note"), part("a.png", bytes)])).status).toBe(201);
    expect(Buffer.from(front.studio.uploads.at(-1) ?? []).toString()).toBe(bytes);
    const several = await body(await form([part("one.png", "1"), part("two.png", "2")]));
    expect(several.assets?.map((a) => a.name)).toEqual(["one.png", "two.png"]);
  });

  it("reads the form a browser would send", async () => {
    const data = new FormData();
    data.append("file", new Blob(["browser bytes"], { type: "image/png" }), "fröhlich.png");
    const answer = await front.fetch("/api/assets", { method: "POST", body: data });
    expect([answer.status, (await body(answer)).name]).toEqual([201, "fröhlich.png"]);
  });

  it("a picture's address is fetched by the studio, whose refusal is handed on; anything else is no address", async () => {
    const ask = (value: unknown) =>
      front.fetch("/api/assets/from-url", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(value),
      });
    const refused = await ask({ url: "https://example.com/a.png" });
    expect([refused.status, (await body(refused)).code]).toEqual([422, "URL_FAILED"]);
    expect((await ask({ url: 7 })).status).toBe(422);
    expect((await ask({ url: "https://example.com/a.png", headers: {} })).status).toBe(422);
    expect((await front.fetch("/api/assets/from-url")).status).toBe(405);
  });

  it("IM-016 refuses 26 MiB, whether the length is told or not", async () => {
    const before = front.studio.uploads.length;
    expect((await raw(new Uint8Array(26 * MiB))).status).toBe(413);
    let sent = 0;
    const stream = new ReadableStream({
      pull(controller) {
        sent += 1;
        if (sent > 26) controller.close();
        else controller.enqueue(new Uint8Array(MiB));
      },
    });
    const init = { method: "POST", headers: { "content-type": "image/png" }, body: stream, duplex: "half" };
    expect((await front.fetch("/api/assets", init as RequestInit)).status).toBe(413);
    expect(front.studio.uploads.length).toBe(before);
  });

  it("IM-016 takes exactly 25 MiB", async () => {
    expect((await raw(new Uint8Array(25 * MiB).fill(65))).status).toBe(201);
  });

  it("IM-016 refuses too many files, too many fields and a huge part header", async () => {
    const code = async (answer: Promise<Response>) => {
      const it = await answer;
      return [it.status, (await body(it)).code];
    };
    expect(await code(form(Array.from({ length: 17 }, (_, i) => part(`${i}.png`, `${i}`))))).toEqual([
      413,
      "TOO_MANY_FILES",
    ]);
    expect(await code(form(Array.from({ length: 101 }, (_, i) => field(`f${i}`))))).toEqual([413, "TOO_MANY_FIELDS"]);
    expect(await code(form([`X: ${"x".repeat(MiB)}\r\n${part("a.png")}`]))).toEqual([413, "PART_HEADER_TOO_LARGE"]);
  });

  it("IM-017 takes no JSON that plays a parsed form", async () => {
    const answer = await front.fetch(
      "/api/assets",
      withJson({ files: { x: { filepath: "/etc/passwd", originalFilename: "a.png" } } }),
    );
    expect(answer.status).toBe(415);
  });

  it.each([
    ["../../x.png", "x.png"],
    ["C:\\temp\\x.png", "x.png"],
    ["a\u0000b\u202e.png", "ab.png"],
    ["n".repeat(4096), "n".repeat(120)],
    ["..", ".."],
    ["", undefined],
  ])("IM-019 keeps the file name %j as text to show only", async (given, shown) => {
    expect((await body(await form([part(given, "named")]))).name).toBe(shown);
  });

  it.each([
    "no boundary at all",
    "--edge\r\nContent-Dispo",
    "--edge\r\nContent-Disposition: form-data; name=x\r\n\r\nnever ends",
    "--edge junk",
  ])("a damaged form is 400: %j", async (text) => {
    expect((await raw(text, "multipart/form-data; boundary=edge")).status).toBe(400);
    expect((await raw(text, "multipart/form-data")).status).toBe(400);
  });

  it("says what is wrong with a picture", async () => {
    const svg = await raw("<svg/>");
    expect([svg.status, await body(svg)]).toEqual([
      422,
      expect.objectContaining({ code: "UNSUPPORTED_IMAGE_TYPE", status: "invalid" }),
    ]);
    expect((await body(await raw(""))).code).toBe("EMPTY_FILE");
  });

  it("IM-020 an upload that breaks off leaves nothing and gives its place back", async () => {
    const before = front.studio.uploads.length;
    for (let i = 0; i < 20; i += 1) {
      await new Promise<void>((resolve) => {
        const socket = connect(front.port, "127.0.0.1", () => {
          socket.write(
            `POST /api/assets HTTP/1.1\r\nHost: 127.0.0.1:${front.port}\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Type: image/png\r\nContent-Length: 1000\r\n\r\nhalf`,
            () => socket.destroy(),
          );
        });
        socket.on("close", () => resolve());
        socket.on("error", () => {});
      });
    }
    await new Promise((r) => setTimeout(r, 50));
    expect(front.studio.uploads.length).toBe(before);
    expect((await raw("after the storm")).status).toBe(201);
    expect(front.errors).toEqual([]);
  });
});

describe("assets", () => {
  it("answer to bare hex and to sha256:, unchanging, typed, sandboxed", async () => {
    const { asset } = await body(await raw("served"));
    for (const name of [asset, asset.slice(7), encodeURIComponent(asset)]) {
      const answer = await front.fetch(`/api/assets/${name}`);
      expect([answer.status, await answer.text()]).toEqual([200, "served"]);
      expect(answer.headers.get("content-type")).toBe("image/png");
      expect(answer.headers.get("cache-control")).toContain("immutable");
      expect(answer.headers.get("content-security-policy")).toBe("sandbox; default-src 'none'");
      expect(answer.headers.get("content-disposition")).toMatch(/^inline; filename="[0-9a-f]{12}\.png"$/);
      expect(answer.headers.get("cross-origin-resource-policy")).toBe("same-origin");
    }
  });

  it("what is no picture is only ever downloaded", async () => {
    const { asset } = await body(await raw("{<script>"));
    const answer = await front.fetch(`/api/assets/${asset}`);
    expect(answer.headers.get("content-type")).toBe("application/octet-stream");
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment/);
  });

  it("come as previews with ?w=, within bounds", async () => {
    const { asset } = await body(await raw("preview"));
    const answer = await front.fetch(`/api/assets/${asset}?w=320`);
    expect([answer.headers.get("content-type"), await answer.text()]).toEqual(["image/webp", "thumb 320"]);
    for (const w of ["0", "100000", "1.5", "x"])
      expect((await front.fetch(`/api/assets/${asset}?w=${w}`)).status).toBe(422);
  });

  it("are not sent again to who has them", async () => {
    const { asset } = await body(await raw("again"));
    const etag = (await front.fetch(`/api/assets/${asset}`)).headers.get("etag") ?? "";
    expect((await front.fetch(`/api/assets/${asset}`, { headers: { "if-none-match": etag } })).status).toBe(304);
  });

  it("download under a name that cannot break the header", async () => {
    const { asset } = await body(await raw("named download"));
    const answer = await front.fetch(`/api/assets/${asset}?download=${encodeURIComponent('a"\r\nX-Evil: 1/fröh.png')}`);
    expect(answer.headers.get("content-disposition")).toBe(
      "attachment; filename=\"a___X-Evil: 1_fr_h.png\"; filename*=UTF-8''a___X-Evil%3A%201_fr%C3%B6h.png",
    );
    expect(answer.headers.get("x-evil")).toBeNull();
  });

  it("AU-012 an unknown or malformed hash is 404", async () => {
    for (const name of ["0".repeat(64), "abc", "sha256:zz", "..%2F..%2Fetc%2Fpasswd", `md5:${"0".repeat(64)}`])
      expect([name, (await front.fetch(`/api/assets/${name}`)).status]).toEqual([name, 404]);
  });
});
