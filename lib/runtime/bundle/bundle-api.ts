import type { Contacts, Imported } from "../../protocol/bundle.ts";
import type { Problem } from "../../protocol/problems.ts";

/** A saved graph, or a published template; its newest or current revision, or the one that is named. */
export type ExportWish = { of: "graph" | "template"; id: string; revision?: number };
export type ExportedText = { name: string; text: string };
export type ExportedZip = { name: string; bytes: AsyncIterable<Uint8Array> };

/**
 * Graphs and templates as files, and back. Undefined: there is no such graph or template. Exports throw InvalidError SECRET_IN_EXPORT, which names node
 * and field, before a byte is written.
 */
export type Bundles = {
  /** One JSON file, canonical: the same document always gives the same bytes. */
  exportText(wish: ExportWish): Promise<ExportedText | undefined>;
  /** A zip with the document, the graphs it uses, its pictures and its sheets, and a manifest of checksums; with a table as CSV when one is given. */
  exportZip(wish: ExportWish, table?: Uint8Array): Promise<ExportedZip | undefined>;
  /** Writes such a file below a folder a person named, and gives its path. */
  exportTo(folder: string, wish: ExportWish, as: "json" | "zip", table?: Uint8Array): Promise<string[] | undefined>;
  /**
   * Graph or template JSON, a bundle, or a PNG that carries a graph, as a draft: nothing runs, nothing is fetched, nothing is paid, and its runs wait
   * until a person has seen whom they contact. Throws InvalidError and StepError; then nothing was made.
   */
  importBytes(bytes: Uint8Array): Promise<Imported>;
  /** Whom runs of an imported graph contact, and whether that was allowed. Graphs made here are allowed what they say. */
  contacts(graphId: string): Promise<Contacts | undefined>;
  allowContacts(graphId: string): Promise<Contacts | undefined>;
  /** Why a run of this graph must wait for a person. */
  refusal(graphId: string): Promise<Problem[]>;
};
