import { describe, expect, it } from "vitest";
import { createGraphServer } from "#lib/client/editor/drafts/graph-server.ts";
import { aGraph } from "./ports.ts";

const graph = aGraph({ a: "one" });
const problem = (status: number, more: object = {}) =>
  new Response(JSON.stringify({ code: "X", detail: "No.", ...more }), {
    status,
    headers: { "content-type": "application/problem+json" },
  });
const answering = (answer: Response) => {
  const asked: Request[] = [];
  const server = createGraphServer(async (input, init) => {
    asked.push(new Request(new URL(String(input), "http://studio"), init));
    return answer;
  });
  return { server, asked };
};

describe("the saved graphs over HTTP", () => {
  it("a load gives the document with its revision and etag, and undefined for an unknown one", async () => {
    const headers = { etag: '"7-abc"', "throughline-revision": "7" };
    const { server, asked } = answering(new Response(JSON.stringify(graph), { headers }));
    expect(await server.load("a b", 7)).toEqual({ graph, revision: 7, etag: "7-abc" });
    expect(asked[0]?.url).toBe("http://studio/api/graphs/a%20b?absent=ok&revision=7");
    expect(await answering(new Response(null, { status: 204 })).server.load("g")).toBeUndefined();
  });

  it("news are only asked for against what is known", async () => {
    const { server, asked } = answering(new Response(null, { status: 304 }));
    expect(await server.news("g", "7-abc")).toBe("same");
    expect(asked[0]?.headers.get("if-none-match")).toBe('"7-abc"');
  });

  it("a save names the revision it stands on; a new graph names none", async () => {
    const saved = answering(Response.json({ id: "g", name: "Hero", revision: 2, etag: "e2" }));
    expect(await saved.server.save("g", graph, "e1")).toEqual({ saved: { revision: 2, etag: "e2" } });
    expect(saved.asked[0]?.headers.get("if-match")).toBe('"e1"');
    const made = answering(Response.json({ revision: 1, etag: "e1" }, { status: 201 }));
    await made.server.save("g", graph, undefined);
    expect(made.asked[0]?.headers.has("if-match")).toBe(false);
  });

  it.each([412, 428])("a %i is a conflict with what stands there", async (status) => {
    const current = { revision: 3, etag: "e3", graph };
    expect(await answering(problem(status, { current })).server.save("g", graph, "e1")).toEqual({ conflict: current });
  });

  it.each([422, 413, 400])("a %i is a refusal of this document, with the reason", async (status) => {
    const problems = [{ level: "error", code: "SECRET_IN_GRAPH", message: "A key was typed into this graph." }];
    expect(await answering(problem(status, { problems })).server.save("g", graph, "e1")).toEqual({
      refused: "A key was typed into this graph.",
    });
  });

  it.each([500, 503, 429, 401])(
    "a %i says nothing about the document: it is thrown, to be tried again",
    async (status) => {
      await expect(answering(problem(status)).server.save("g", graph, "e1")).rejects.toMatchObject({ status });
    },
  );
});
