import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AssetMissing, type AssetStore } from "#lib/runtime/ports.ts";

/** Opens an empty store. `damage` changes a stored asset's bytes behind the store's back, keeping their number. */
export type OpenAssets = () => Promise<{
  assets: AssetStore;
  damage(asset: string): Promise<void>;
  discard(): Promise<void>;
}>;

const bytes = (text: string) => Buffer.from(text);
const nameOf = (of: Uint8Array) => `sha256:${createHash("sha256").update(of).digest("hex")}`;

/** Every rule of the AssetStore port. Whatever stores assets passes this suite unchanged. */
export function assetStoreConformance(name: string, open: OpenAssets): void {
  describe(`${name} keeps the rules of the asset store`, () => {
    let opened: Awaited<ReturnType<OpenAssets>>;
    const store = () => opened.assets;
    const listed = async () => {
      const found = [];
      for await (const entry of store().list()) found.push(entry);
      return found.toSorted((a, b) => a.asset.localeCompare(b.asset));
    };
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.discard());

    it("names bytes by their SHA-256 and gives them back", async () => {
      const { asset, known } = await store().put(bytes("hello"));
      expect(asset).toBe(nameOf(bytes("hello")));
      expect(known).toBe(false);
      expect(await store().get(asset)).toEqual(bytes("hello"));
      expect(await store().has(asset)).toBe(true);
    });

    it("stores the empty file and a large one", async () => {
      const large = Buffer.alloc(5_000_000, "throughline");
      for (const content of [Buffer.alloc(0), large]) {
        const { asset } = await store().put(content);
        expect((await store().get(asset)).equals(content)).toBe(true);
      }
    });

    it("takes a view of a larger buffer for its own bytes only", async () => {
      const view = bytes("xxhelloxx").subarray(2, 7);
      expect((await store().put(view)).asset).toBe(nameOf(bytes("hello")));
    });

    it("says that known bytes are known, and keeps one copy", async () => {
      await store().put(bytes("hello"));
      expect(await store().put(bytes("hello"))).toMatchObject({ known: true });
      expect(await listed()).toHaveLength(1);
    });

    it("stores the same bytes once when twenty put them at once", async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => store().put(bytes("same"))));
      expect(new Set(answers.map((answer) => answer.asset)).size).toBe(1);
      expect(await listed()).toHaveLength(1);
      expect(await store().get(answers[0]!.asset)).toEqual(bytes("same"));
    });

    it("throws AssetMissing for what is not there and for what is no name", async () => {
      for (const asset of [nameOf(bytes("nobody")), "sha256:../../etc/passwd", "../x", "", "sha256:ABC"]) {
        await expect(store().get(asset)).rejects.toThrow(AssetMissing);
        expect(await store().has(asset)).toBe(false);
      }
    });

    it("ST-005 never returns bytes that do not fit their name", async () => {
      const { asset } = await store().put(bytes("precious"));
      await opened.damage(asset);
      await expect(store().get(asset)).rejects.toThrow(/damaged/);
    });

    it("lists every asset with its size, and none that was deleted", async () => {
      const one = await store().put(bytes("one"));
      const three = await store().put(bytes("three"));
      const found = await listed();
      expect(found.map(({ asset, bytes: size }) => [asset, size])).toEqual(
        [
          [one.asset, 3],
          [three.asset, 5],
        ].toSorted((a, b) => String(a[0]).localeCompare(String(b[0]))),
      );
      expect(found.every((entry) => entry.modifiedAt > 0)).toBe(true);
      await store().delete(one.asset);
      await store().delete(one.asset);
      await store().delete("no name");
      expect((await listed()).map((entry) => entry.asset)).toEqual([three.asset]);
      expect(await store().has(one.asset)).toBe(false);
    });

    it("is empty before anything was put, and has nothing to sweep", async () => {
      expect(await listed()).toEqual([]);
      expect(await store().sweep(0)).toBe(0);
    });

    it("sweeps no asset, however old", async () => {
      const { asset } = await store().put(bytes("kept"));
      await store().sweep(0);
      expect(await store().has(asset)).toBe(true);
    });
  });
}
