import { inspect } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { createZip } from "#lib/adapters/zip/zip.ts";
import { EXPORT_FORMATS, ExportManifest, ExportOptions } from "#lib/protocol/exports.ts";
import { jsonWithoutSecrets } from "#lib/runtime/exports/no-secrets.ts";
import type { ArchiveRow } from "#lib/runtime/ports.ts";
import { busy, codeOf } from "../../adapters/sharp/pictures.ts";
import { edge, graph, node } from "../test-studio.ts";
import { anExportingStudio, closeAll } from "./an-exporting-studio.ts";

const CANARY = "sk-CANARY-7f3a91c2e5d84b60a1";
const leaks = (bytes: Uint8Array | string): boolean => Buffer.from(bytes).includes(CANARY);
const options = (more: Partial<ExportOptions>) => ExportOptions.parse(more);
afterAll(closeAll);

/** An entry as an older edition or another program could have left it: a key wherever a word can stand. */
async function poisoned(set: Awaited<ReturnType<typeof anExportingStudio>>, change: (entry: ArchiveRow) => ArchiveRow) {
  const asset = await set.put(busy(32, 32));
  const run = await set.go(
    graph(
      [node("draw", "drawn", { asset }), node("keep", "archive", { name: "hero" })],
      [edge("draw.image", "keep.image")],
    ),
  );
  const [entry] = await set.journal.entries({ runId: run.runId, limit: 1 });
  const row = change(entry!);
  const archive = { ...set.journal.archive, card: async () => undefined };
  const journal = { ...set.journal, archive, entry: async () => row };
  return { row, journal };
}

const EVERYWHERE = (entry: ArchiveRow): ArchiveRow => ({
  ...entry,
  name: `hero ${CANARY}`,
  title: `title ${CANARY}`,
  alt: `alt ${CANARY}`,
  tags: [CANARY],
  record: {
    ...entry.record,
    run: { id: entry.runId, inputs: { key: `Bearer ${CANARY}` } },
    made: { by: "model", prompt: `draw ${CANARY}`, imageModel: "gpt-image-2", node: "draw" },
    lineage: [
      {
        asset: entry.asset,
        parents: [],
        node: { id: "draw", title: `t ${CANARY}`, type: "drawn" },
        made: { by: "model", prompt: CANARY },
      },
    ],
  },
});

describe("SC-001 SC-003 a key that found its way into an entry", () => {
  it.each(EXPORT_FORMATS)(
    "is in no export as %s: what would hold it is refused, and no refusal repeats it",
    async (as) => {
      const set = await anExportingStudio();
      const { row, journal } = await poisoned(set, EVERYWHERE);
      const exports = set.exportsOver(journal);
      const said: unknown[] = [];
      const wishes = [
        options({ as, metadata: false, credentials: "sign" }),
        options({ as }),
        options({ as, metadata: false }),
        options({ as, credentials: "sign", graph: as === "png" }),
      ];
      for (const wish of wishes) {
        try {
          const file = await exports.one({ entry: row.id }, wish);
          said.push(file.name, file.credentials);
          expect(leaks(file.bytes)).toBe(false);
        } catch (error) {
          said.push(error);
          expect((error as { code?: string }).code).toBe("SECRET_IN_EXPORT");
        }
        const whole: Uint8Array[] = [];
        for await (const chunk of (await exports.many({ entries: [row.id], pictures: [] }, wish)).chunks)
          whole.push(chunk);
        for await (const file of createZip({ names: () => (name) => name }).read(Buffer.concat(whole))) {
          said.push(file.name);
          const bytes = await file.bytes();
          expect(leaks(bytes), file.name).toBe(false);
          if (file.name === "manifest.json") {
            const manifest = ExportManifest.parse(JSON.parse(String(bytes)));
            expect(manifest.missing.map(({ code }) => code)).toContain("SECRET_IN_EXPORT");
            expect(manifest.files.every(({ record }) => record === undefined)).toBe(true);
          }
        }
      }
      expect(leaks(inspect(said, { depth: 9, showHidden: true }))).toBe(false);
    },
  );

  it("in the graph keeps the graph out of a picture", async () => {
    const set = await anExportingStudio();
    const { row } = await poisoned(set, (entry) => entry);
    const stored = await set.journal.getGraph(String((row.record.graph as { revision: string }).revision));
    const journal = {
      ...set.journal,
      getGraph: async () => ({ ...stored!, description: `use ${CANARY}` }),
    };
    const exports = set.exportsOver(journal);
    expect(await codeOf(exports.one({ entry: row.id }, options({ as: "png", graph: true })))).toBe("SECRET_IN_EXPORT");
    expect(leaks((await exports.one({ entry: row.id }, options({ as: "png" }))).bytes)).toBe(false);
  });

  it("in a record or an answer is left out of what a run writes into a folder", () => {
    const written = jsonWithoutSecrets({ deep: [{ prompt: `draw ${CANARY}`, cost: 1, fine: "a kite" }] });
    expect(leaks(written)).toBe(false);
    expect(JSON.parse(written)).toEqual({
      deep: [{ prompt: "[left out: it looks like a key]", cost: 1, fine: "a kite" }],
    });
  });

  it("in an input starts no run: nothing of it is kept", async () => {
    const set = await anExportingStudio();
    const asset = await set.put(busy(32, 32));
    const document = graph([node("draw", "drawn", { asset })], [], { inputs: [{ key: "product", type: "text" }] });
    await expect(set.go(document, { inputs: { product: CANARY } })).rejects.toMatchObject({
      problems: [expect.objectContaining({ code: "SECRET_IN_INPUT" })],
    });
    expect(set.errors).toEqual([]);
  });
});
