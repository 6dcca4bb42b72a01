import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FrontServer, startFront, withJson } from "./front-server.ts";

let front: FrontServer;
beforeAll(async () => {
  front = await startFront();
});
afterAll(() => front.close());

const save = (id: string, graph: unknown, ifMatch?: string) =>
  front.fetch(`/api/graphs/${id}`, {
    method: "PUT",
    headers: { "content-type": "application/json", ...(ifMatch === undefined ? {} : { "if-match": ifMatch }) },
    body: JSON.stringify(graph),
  });

describe("saved graphs", () => {
  it("a new id is 201, a save with the right If-Match is 200 and a new revision", async () => {
    const made = await save("hero", { name: "One" });
    expect([made.status, made.headers.get("location")]).toEqual([201, "/api/graphs/hero"]);
    const tag = made.headers.get("etag") ?? "";
    expect(tag).toMatch(/^"[^"]+"$/);
    const saved = await save("hero", { name: "Two" }, tag);
    expect([saved.status, ((await saved.json()) as { revision: number }).revision]).toEqual([200, 2]);
    expect(saved.headers.get("etag")).not.toBe(tag);
  });

  it("an existing graph without If-Match is 428", async () => {
    await save("known", { name: "One" });
    const answer = await save("known", { name: "Two" });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([428, "IF_MATCH_REQUIRED"]);
    expect(await (await front.fetch("/api/graphs/known")).json()).toMatchObject({ name: "One" });
  });

  it("CO-003 a stale revision is refused with both revisions, and nothing is overwritten", async () => {
    const first = (await save("tabs", { name: "Mine" })).headers.get("etag") ?? "";
    await save("tabs", { name: "Theirs" }, first);
    const answer = await save("tabs", { name: "Mine again" }, first);
    expect(answer.status).toBe(412);
    const body = (await answer.json()) as Record<string, unknown>;
    expect(body).toMatchObject({
      code: "REVISION_CONFLICT",
      current: { revision: 2, graph: { name: "Theirs" } },
      yours: { graph: { name: "Mine again" } },
    });
    expect(answer.headers.get("etag")).toBe(`"${(body.current as { etag: string }).etag}"`);
  });

  it.each(['W/"e1"', '"nonsense"', '""', ""])("If-Match %j matches nothing", async (tag) => {
    await save("strict", { name: "One" });
    expect([412, 428]).toContain((await save("strict", { name: "Two" }, tag)).status);
  });

  it("If-Match: * takes whatever is there, but does not create", async () => {
    await save("any", { name: "One" });
    expect((await save("any", { name: "Two" }, "*")).status).toBe(200);
    expect((await save("nothing-there", { name: "Two" }, "*")).status).toBe(412);
  });

  it("gives the document back, as it is or as it was, and 304 when it is known", async () => {
    const tag = (await save("back", { name: "One" })).headers.get("etag") ?? "";
    await save("back", { name: "Two" }, tag);
    const now = await front.fetch("/api/graphs/back");
    expect(await now.json()).toMatchObject({ format: "throughline/graph", id: "back", name: "Two" });
    expect(await (await front.fetch("/api/graphs/back?revision=1")).json()).toMatchObject({ name: "One" });
    expect((await front.fetch("/api/graphs/back?revision=9")).status).toBe(404);
    const known = await front.fetch("/api/graphs/back", {
      headers: { "if-none-match": now.headers.get("etag") ?? "" },
    });
    expect(known.status).toBe(304);
  });

  it("a bad graph is 422 and is not saved", async () => {
    expect((await save("bad", { nodes: 5 })).status).toBe(422);
    expect((await front.fetch("/api/graphs/bad")).status).toBe(404);
  });

  it("lists a page at a time", async () => {
    for (const id of ["list-a", "list-b", "list-c"]) await save(id, { name: id });
    const seen: string[] = [];
    let after = "";
    do {
      const page = (await (await front.fetch(`/api/graphs?limit=2${after}`)).json()) as {
        graphs: { id: string }[];
        next?: string;
      };
      expect(page.graphs.length).toBeLessThanOrEqual(2);
      seen.push(...page.graphs.map((g) => g.id));
      after = page.next === undefined ? "" : `&after=${page.next}`;
    } while (after !== "");
    expect(seen).toEqual(expect.arrayContaining(["list-a", "list-b", "list-c"]));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it("lists the saves of a graph, newest first, a page at a time", async () => {
    const first = (await save("saves", { name: "One", nodes: [{ id: "a", type: "text" }] })).headers.get("etag") ?? "";
    const second = (await save("saves", { name: "Two" }, first)).headers.get("etag") ?? "";
    await save("saves", { name: "Three" }, second);
    const page = async (query: string) => (await front.fetch(`/api/graphs/saves/revisions${query}`)).json();
    const newest = (await page("?limit=2")) as { revisions: { revision: number; etag: string }[]; next?: number };
    expect(newest).toMatchObject({ revisions: [{ revision: 3, name: "Three", nodes: 0 }, { revision: 2 }], next: 2 });
    expect(`"${newest.revisions[1]?.etag}"`).toBe(second);
    expect(await page(`?limit=2&before=${newest.next}`)).toMatchObject({ revisions: [{ name: "One", nodes: 1 }] });
    expect(await page(`?limit=2&before=${newest.next}`)).not.toHaveProperty("next");
    expect(await page("?before=1")).toEqual({ revisions: [] });
  });

  it("a save is named, renamed and lets go of its name; the save stays as it is", async () => {
    await save("named", { name: "One" });
    const label = (revision: number | string, text: unknown) =>
      front.fetch(`/api/graphs/named/revisions/${revision}/label`, { ...withJson({ label: text }), method: "PUT" });
    const labels = async () => {
      const page = (await (await front.fetch("/api/graphs/named/revisions")).json()) as { revisions: object[] };
      return page.revisions.map((one) => ("label" in one ? one.label : undefined));
    };
    expect(await labels()).toEqual([undefined]);
    expect((await label(1, " before client review ")).status).toBe(204);
    expect(await labels()).toEqual(["before client review"]);
    expect((await front.fetch("/api/graphs/named")).headers.get("throughline-revision")).toBe("1");
    expect((await label(1, "")).status).toBe(204);
    expect(await labels()).toEqual([undefined]);
    for (const revision of [0, 2, "1e1", "x"]) expect((await label(revision, "x")).status, String(revision)).toBe(404);
    for (const text of ["x".repeat(121), 5, `sk-${"a".repeat(40)}`]) expect((await label(1, text)).status).toBe(422);
  });

  it.each(["?limit=0", "?limit=201", "?before=0", "?before=x", "?after=2"])("saves%s are refused", async (query) => {
    await save("odd", { name: "One" });
    expect((await front.fetch(`/api/graphs/odd/revisions${query}`)).status).toBe(422);
  });

  it("whether there is a graph can be asked without a 404", async () => {
    const answer = await front.fetch("/api/graphs/nobody?absent=ok");
    expect([answer.status, await answer.text()]).toEqual([204, ""]);
    expect((await front.fetch("/api/graphs/nobody?absent=no")).status).toBe(422);
  });

  it("the saves of an unknown graph are 404", async () => {
    expect((await front.fetch("/api/graphs/nobody/revisions")).status).toBe(404);
  });

  it("CO-009 a deleted graph is gone; deleting it again is 404", async () => {
    await save("gone", { name: "One" });
    expect((await front.fetch("/api/graphs/gone", { method: "DELETE" })).status).toBe(204);
    expect((await front.fetch("/api/graphs/gone")).status).toBe(404);
    expect((await front.fetch("/api/graphs/gone", { method: "DELETE" })).status).toBe(404);
  });
});
