import type { EntryChange } from "../../protocol/catalogue.ts";
import { StepError } from "../../protocol/failure.ts";
import { looksSecret } from "../../protocol/looks-secret.ts";
import type { Zip } from "../ports/zip.ts";
import type { ImageOps } from "../ports.ts";
import type { EntryCatalogue } from "./archive-api.ts";
import { entryGraph } from "./entry-graph.ts";
import { anotherOf, type RemakePorts, remakeEntry } from "./remake.ts";
import { manifestOf, takeBundle } from "./take-bundle.ts";
import { writeBundle } from "./write-bundle.ts";

/** Values of one facet that are told. */
const MOST_VALUES = 60;

/** The archive as people use it (archive-api.ts). */
export function createEntryCatalogue(ports: RemakePorts & { zip: Zip; ops: ImageOps }): EntryCatalogue {
  const { journal, assets, clock } = ports;
  const { archive } = journal;
  return {
    async search(filter, page) {
      const { cards, next } = await archive.search(filter, page);
      return { entries: cards, ...(next === undefined ? {} : { next }) };
    },
    facets: (filter) => archive.facets(filter, MOST_VALUES),
    async entry(id) {
      const card = await archive.card(id);
      const record = card && (await archive.records([id])).get(id);
      return card && record && { ...card, record };
    },
    records: (ids) => archive.records(ids),
    async change(ids, change) {
      refuseSecretWords(change);
      // What nothing else named may be gone by now: an entry without its picture would only lie there.
      if (change.deleted === false)
        for (const id of ids) {
          const card = await archive.card(id);
          if (card && !(await assets.has(card.asset)))
            throw new StepError(
              "ASSET_MISSING",
              `The picture of ${card.name} is not stored any more, so it stays in the bin.`,
            );
        }
      return await archive.change(ids, change, clock.now());
    },
    collections: () => archive.collections(),
    addCollection: async (name) => archive.addCollection(checkedName(name)),
    renameCollection: async (from, to) => archive.renameCollection(from, checkedName(to)),
    removeCollection: (name) => archive.removeCollection(name),
    async graphOf(id, options) {
      const entry = await journal.entry(id);
      return entry && (await entryGraph(journal, entry, options));
    },
    async remake(id, options) {
      const entry = await journal.entry(id);
      return entry && (await remakeEntry(ports, entry, options));
    },
    async similar(id, options) {
      const entry = await journal.entry(id);
      return entry && (await anotherOf(ports, entry, options));
    },
    async bundle(id, options) {
      const entry = await journal.entry(id);
      return entry && (await writeBundle(ports, entry, options));
    },
    isBundle: async (archive) => (await manifestOf(ports.zip, archive)) !== undefined,
    takeBundle: (archive) => takeBundle(ports, archive),
  };
}

function refuseSecretWords({ title, alt, tags, addTags, collection }: EntryChange): void {
  if ([title, alt, collection, ...(tags ?? []), ...(addTags ?? [])].some((text) => text && looksSecret(text)))
    throw new StepError(
      "SECRET_IN_TEXT",
      "This looks like a key or a password. Entries are shared and exported: it is not kept.",
    );
}

function checkedName(name: string): string {
  refuseSecretWords({ collection: name });
  return name;
}
