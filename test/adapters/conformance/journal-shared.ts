import { describe, expect, it } from "vitest";
import type { Subject } from "./journal.ts";
import { aCall, aGraph, anEntry, aResult, aRun, aStep, asset, held, noCaps, skipped } from "./rows.ts";

/** A unit of this many ms never refills during a test. */
const DAY = 86_400_000;

export const sharedRules = (journal: Subject) => {
  describe("rate buckets", () => {
    it("gives the burst at once, then says how long to wait", async () => {
      for (let n = 0; n < 3; n += 1) expect(await journal().takeRate("images", 1, DAY, 3)).toBe(0);
      const wait = await journal().takeRate("images", 1, DAY, 3);
      expect(wait).toBeGreaterThan(DAY / 2);
      expect(wait).toBeLessThanOrEqual(DAY);
      expect(await journal().takeRate("tokens", 1, DAY, 3)).toBe(0);
    });

    it("gives no more than the burst when many ask at once", async () => {
      const waits = await Promise.all(Array.from({ length: 20 }, () => journal().takeRate("images", 1, DAY, 7)));
      expect(waits.filter((wait) => wait === 0)).toHaveLength(7);
    });

    it("lets a want larger than the bucket through when the bucket is full", async () => {
      expect(await journal().takeRate("tokens", 50, DAY, 10)).toBe(0);
      expect(await journal().takeRate("tokens", 50, DAY, 10)).toBeGreaterThan(0);
    });

    it("pauses a bucket for everybody, and a shorter pause does not cut a longer one", async () => {
      await journal().pauseRate("images", 600_000, 1_000, 5);
      await journal().pauseRate("images", 1_000, 1_000, 5);
      const wait = await journal().takeRate("images", 1, 1_000, 5);
      expect(wait).toBeGreaterThan(500_000);
      expect(wait).toBeLessThanOrEqual(602_000);
    });
  });

  describe("archive", () => {
    const fill = async (...entries: ReturnType<typeof anEntry>[]) => {
      const epoch = await held(journal(), "run-1");
      await journal().write("run-1", epoch, { entries });
    };

    it("lists the newest first, page by page, and by run", async () => {
      await fill(
        ...["a", "b", "c"].map((id, n) => anEntry(id, { createdAt: n })),
        anEntry("d", { runId: "run-2", createdAt: 0 }),
      );
      const ids = async (query: Parameters<ReturnType<Subject>["entries"]>[0]) =>
        (await journal().entries(query)).map((entry) => entry.id);
      expect(await ids({ limit: 3 })).toEqual(["c", "b", "d"]);
      expect(await ids({ limit: 3, before: "d" })).toEqual(["a"]);
      expect(await ids({ limit: 3, runId: "run-2" })).toEqual(["d"]);
      expect(await ids({ limit: 3, before: "nobody" })).toEqual([]);
    });

    it("replaces an entry that is written again", async () => {
      await fill(anEntry("a", { title: "one" }), anEntry("a", { title: "two" }));
      expect(await journal().entries({ limit: 9 })).toMatchObject([{ id: "a", title: "two" }]);
      expect(await journal().entry("nobody")).toBeUndefined();
    });
  });

  describe("notes", () => {
    it("keeps the newest value per kind and id", async () => {
      await journal().putNote("sheet", "b", { v: 1 });
      await journal().putNote("sheet", "a", { v: 1 });
      await journal().putNote("sheet", "a", { v: 2 });
      await journal().putNote("price", "a", { v: 3 });
      expect(await journal().getNote("sheet", "a")).toEqual({ v: 2 });
      expect(await journal().getNote("sheet", "c")).toBeUndefined();
      expect(await journal().listNotes("sheet")).toEqual([
        { id: "a", value: { v: 2 } },
        { id: "b", value: { v: 1 } },
      ]);
    });
  });

  describe("upkeep", () => {
    it("knows every place that names an asset", async () => {
      const j = journal();
      const named = (seed: string) => ({
        kind: "file" as const,
        asset: asset(seed),
        mediaType: "x",
        bytes: 1,
        extension: "x",
      });
      const epoch = await held(j, "r", { params: { inputs: { photo: { asset: asset("1") } }, inDoubt: "hold" } });
      await j.putGraph({ ...aGraph("g"), meta: { a: asset("2") } }, "h2");
      await j.saveGraph({ ...aGraph("g"), meta: { a: asset("3") } }, "h3", undefined);
      const turn = { responseId: "t", depth: 1, provider: "p", createdAt: 1, asset: asset("4") };
      await j.write("r", epoch, {
        steps: [
          aStep("s", { state: "done", outputs: { file: [named("5")] } }),
          aStep("w", { question: { a: asset("6") } }),
        ],
        results: [aResult("k", "r", { outputs: { file: [named("7")] } })],
        turns: [{ responseId: "t", provider: "p", prompt: "", stored: true, asset: asset("4"), turn, createdAt: 1 }],
        entries: [anEntry("e", { asset: asset("8"), record: { parent: asset("9") } })],
      });
      await j.reserve("r", epoch, aCall("r", "k", { request: { reference: asset("a") } }), noCaps, []);
      await j.settle(
        "k",
        epoch,
        { state: "completed", costMicro: 0, estimated: false, answer: { made: asset("b") } },
        [],
      );
      await j.putNote("sheet", "s", { sample: asset("c") });
      await j.putAssetInfo({ asset: asset("d"), bytes: 1, mediaType: "x" });
      expect([...(await j.referencedAssets())].toSorted()).toEqual([..."123456789abc"].map(asset));
    });

    it("forgets what it knows of an asset when told", async () => {
      await journal().putAssetInfo({ asset: asset("a"), bytes: 1, mediaType: "image/png" });
      await journal().putAssetInfo({ asset: asset("a"), bytes: 2, mediaType: "image/png", width: 5, height: 6 });
      expect(await journal().assetInfo(asset("a"))).toMatchObject({ bytes: 2, width: 5 });
      await journal().putAssetInfo({ asset: asset("b"), bytes: 40, mediaType: "image/png" });
      expect(await journal().assetTotals()).toEqual({ assets: 2, bytes: 42 });
      await journal().deleteAssetInfo(asset("a"));
      expect(await journal().assetInfo(asset("a"))).toBeUndefined();
      expect(await journal().assetTotals()).toEqual({ assets: 1, bytes: 40 });
    });

    it("finds itself well, and names a run whose graph is not stored", async () => {
      const epoch = await held(journal(), "r");
      await journal().write("r", epoch, { events: [skipped("a")] });
      expect(await journal().check()).toEqual({ ok: true, problems: [] });
      await journal().createRun(aRun("odd", { graphHash: "nowhere" }));
      const { ok, problems } = await journal().check();
      expect(ok).toBe(false);
      expect(problems.join()).toContain("odd");
    });
  });
};
