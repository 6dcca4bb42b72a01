import { describe, expect, it } from "vitest";
import type { Subject } from "./journal.ts";
import { aGraph } from "./rows.ts";

export const graphRules = (journal: Subject) =>
  describe("graphs", () => {
    it("keeps a snapshot under its hash and never changes it", async () => {
      await journal().putGraph(aGraph("g", "first"), "h");
      await journal().putGraph(aGraph("g", "second"), "h");
      expect((await journal().getGraph("h"))?.name).toBe("first");
      expect(await journal().getGraph("other")).toBeUndefined();
    });

    it("saves a new graph as revision 1 and the next one with its etag as revision 2", async () => {
      const first = await journal().saveGraph(aGraph("g", "one"), "h1", undefined);
      if (!("saved" in first)) throw new Error("a new id must be saved");
      expect(first).toMatchObject({ created: true, saved: { id: "g", revision: 1, hash: "h1", name: "one" } });
      const second = await journal().saveGraph(aGraph("g", "two"), "h2", first.saved.etag);
      expect(second).toMatchObject({ created: false, saved: { revision: 2, name: "two" } });
      expect((await journal().loadGraph("g"))?.graph.name).toBe("two");
      expect((await journal().loadGraph("g", 1))?.graph.name).toBe("one");
      expect(await journal().loadGraph("g", 3)).toBeUndefined();
    });

    it("answers a stale or missing etag with the current revision and changes nothing", async () => {
      const first = await journal().saveGraph(aGraph("g", "one"), "h1", undefined);
      await journal().saveGraph(aGraph("g", "two"), "h2", "saved" in first ? first.saved.etag : "");
      for (const stale of [undefined, "saved" in first ? first.saved.etag : ""]) {
        const refused = await journal().saveGraph(aGraph("g", "three"), "h3", stale);
        expect(refused).toMatchObject({ conflict: { revision: 2, graph: { name: "two" } } });
      }
      expect((await journal().loadGraph("g"))?.name).toBe("two");
    });

    it("lets one of two writers with the same etag win", async () => {
      const first = await journal().saveGraph(aGraph("g", "one"), "h1", undefined);
      const etag = "saved" in first ? first.saved.etag : "";
      const answers = await Promise.all(
        ["a", "b", "c"].map((name) => journal().saveGraph(aGraph("g", name), name, etag)),
      );
      expect(answers.filter((answer) => "saved" in answer)).toHaveLength(1);
      expect((await journal().loadGraph("g"))?.revision).toBe(2);
    });

    it("makes no revision of what is there already, and takes * for any etag", async () => {
      await journal().saveGraph(aGraph("g", "one"), "h1", undefined);
      expect(await journal().saveGraph(aGraph("g", "one"), "h1", "*")).toMatchObject({ saved: { revision: 1 } });
      expect(await journal().saveGraph(aGraph("g", "two"), "h2", "*")).toMatchObject({ saved: { revision: 2 } });
    });

    it("deletes a graph with its revisions, and a new one of the same id never gets an old etag", async () => {
      const first = await journal().saveGraph(aGraph("g"), "h", undefined);
      expect(await journal().deleteGraph("g")).toBe(true);
      expect(await journal().deleteGraph("g")).toBe(false);
      expect(await journal().loadGraph("g")).toBeUndefined();
      expect(await journal().listGraphs({ limit: 10 })).toEqual([]);
      const again = await journal().saveGraph(aGraph("g"), "h", undefined);
      expect(again).toMatchObject({ created: true });
      expect("saved" in again && "saved" in first && again.saved.etag !== first.saved.etag).toBe(true);
    });

    it("lists the saves of a graph, newest first, a page at a time, and none of a deleted or unknown one", async () => {
      let etag: string | undefined;
      for (const name of ["one", "two", "three"]) {
        const answer = await journal().saveGraph(aGraph("g", name), name, etag);
        etag = "saved" in answer ? answer.saved.etag : undefined;
      }
      const newest = await journal().listRevisions("g", { limit: 2 });
      expect(newest.map(({ revision, name }) => [revision, name])).toEqual([
        [3, "three"],
        [2, "two"],
      ]);
      expect(newest[0]).toMatchObject({ etag, nodes: aGraph("g", "three").nodes.length });
      expect(newest[0]?.savedAt).toBeGreaterThan(0);
      expect((await journal().listRevisions("g", { limit: 2, before: 2 })).map(({ name }) => name)).toEqual(["one"]);
      await journal().deleteGraph("g");
      expect(await journal().listRevisions("g", { limit: 2 })).toEqual([]);
    });

    it("lists graphs page by page without repeating or skipping one", async () => {
      for (const id of ["b", "a", "d", "c", "e"]) await journal().saveGraph(aGraph(id), id, undefined);
      const seen: string[] = [];
      for (let after: string | undefined; ; ) {
        const page = await journal().listGraphs({ limit: 2, after });
        seen.push(...page.map((graph) => graph.id));
        after = page.at(-1)?.id;
        if (page.length < 2) break;
      }
      expect(seen.toSorted()).toEqual(["a", "b", "c", "d", "e"]);
    });
  });
