import { describe, expect, it } from "vitest";
import type { Subject } from "./journal.ts";
import { aRun, asset, digest } from "./rows.ts";

const aTemplate = (id: string, name = "Sneaker hero") => ({
  id,
  name,
  graphHash: digest("a"),
  graphRevision: 4,
  description: "",
  notes: "",
  form: { groups: [] },
  asks: 2,
});

export const templateRules = (journal: Subject) =>
  describe("templates", () => {
    it("counts revisions from 1 and makes the newest current", async () => {
      const form = { groups: [{ title: "Words", fields: [{ key: "product", shown: true, help: "One word" }] }] };
      const first = await journal().templates.publish({ ...aTemplate("t"), form, cover: asset("c") });
      expect(first).toMatchObject({ revision: 1, current: true, form, cover: asset("c"), graphRevision: 4 });
      expect(first.publishedAt).toBeGreaterThan(0);
      await journal().templates.publish(aTemplate("t", "second"));
      expect(await journal().templates.find("t")).toMatchObject({ revision: 2, current: true, name: "second" });
      expect(await journal().templates.find("t", 1)).toEqual({ ...first, current: false });
      expect(await journal().templates.find("t", 3)).toBeUndefined();
      expect(await journal().templates.find("other")).toBeUndefined();
    });

    it("gives every one of many publishers a number of their own", async () => {
      const made = await Promise.all(["a", "b", "c"].map((name) => journal().templates.publish(aTemplate("t", name))));
      expect(made.map(({ revision }) => revision).sort()).toEqual([1, 2, 3]);
    });

    it("rolls back to a revision there is, and to no other", async () => {
      for (const name of ["one", "two"]) await journal().templates.publish(aTemplate("t", name));
      expect(await journal().templates.makeCurrent("t", 1)).toMatchObject({ revision: 1, current: true, name: "one" });
      expect(await journal().templates.makeCurrent("t", 3)).toBeUndefined();
      expect(await journal().templates.find("t")).toMatchObject({ revision: 1 });
      expect((await journal().templates.publish(aTemplate("t"))).revision).toBe(3);
    });

    it("takes back what is published, keeps its revisions, and publishes it again", async () => {
      await journal().templates.publish(aTemplate("t"));
      expect(await journal().templates.unpublish("t")).toBe(true);
      expect(await journal().templates.unpublish("t")).toBe(false);
      expect(await journal().templates.find("t")).toBeUndefined();
      expect(await journal().templates.list({ limit: 10 })).toEqual([]);
      expect(await journal().templates.revisions("t", { limit: 10 })).toMatchObject([{ revision: 1, current: false }]);
      expect(await journal().templates.makeCurrent("t", 1)).toMatchObject({ current: true });
      expect((await journal().templates.publish(aTemplate("t"))).revision).toBe(2);
    });

    it("lists what is current page by page, and revisions newest first", async () => {
      for (const id of ["b", "a", "c"]) await journal().templates.publish(aTemplate(id));
      await journal().templates.publish(aTemplate("b", "newer"));
      const first = await journal().templates.list({ limit: 2 });
      expect(first.map(({ id, revision }) => [id, revision])).toEqual([
        ["a", 1],
        ["b", 2],
      ]);
      expect((await journal().templates.list({ limit: 2, after: "b" })).map(({ id }) => id)).toEqual(["c"]);
      const revisions = await journal().templates.revisions("b", { limit: 1 });
      expect(revisions.map(({ revision }) => revision)).toEqual([2]);
      expect((await journal().templates.revisions("b", { limit: 5, before: 2 })).map((r) => r.revision)).toEqual([1]);
    });

    it("finds the runs of a template among all others, and keeps the cover from the garbage", async () => {
      const template = { id: "t", revision: 1 };
      await journal().createRun(aRun("r1", { createdAt: 1 }));
      await journal().createRun(aRun("r2", { createdAt: 2, params: { inputs: {}, inDoubt: "hold", template } }));
      await journal().createRun(aRun("r3", { createdAt: 3, params: { inputs: {}, inDoubt: "hold", template } }));
      const found = await journal().listRuns({ limit: 10, templateId: "t" });
      expect(found.map(({ id }) => id)).toEqual(["r3", "r2"]);
      expect(found[0]?.params.template).toEqual(template);
      await journal().templates.publish({ ...aTemplate("t"), cover: asset("c") });
      expect(await journal().referencedAssets()).toContain(asset("c"));
    });
  });
