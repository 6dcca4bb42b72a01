type Document = Record<string, unknown>;

/** The newest version of the graph document this program writes. */
export const GRAPH_VERSION = 1;

/**
 * Document of an older version → document of the next one, by the older version's number. A release that changes the format adds an entry
 * here and a frozen file in test/fixtures/graphs; entries are never edited afterwards, since every file ever saved must stay readable.
 */
export const migrations: Readonly<Record<number, (document: Document) => Document>> = {};

/** Brings a document from its version to the newest, one step at a time. */
export function migrateGraph(document: Document, from: number, steps = migrations, to = GRAPH_VERSION): Document {
  let current = document;
  for (let version = from; version < to; version++) {
    const step = steps[version];
    if (!step) throw new Error(`No migration leads on from graph version ${version}.`);
    current = { ...step(current), version: version + 1 };
  }
  return current;
}
