import type { EntryCard } from "../../protocol/catalogue.ts";
import { EntryRecord, type LineagePicture } from "../../protocol/entry-record.ts";
import type { Provenance } from "../../protocol/values.ts";
import { usd } from "../words.ts";

export type Fact = { name: string; value: string };

/** A record as far as it can be read; records of other editions may lack anything. */
export const readRecord = (record: unknown): EntryRecord | undefined => EntryRecord.safeParse(record).data;

/** What was said to make a picture: the last prompt that was sent, and what the model made of it. */
export function promptsOf(made: Provenance | undefined): { sent?: string; revised?: string } {
  const { prompt, revisedPrompt } = made ?? {};
  return { sent: prompt, revised: revisedPrompt === prompt ? undefined : revisedPrompt };
}

/** How one picture of a lineage came to be, in a few words. */
export function madeHow({ made, node, role, turn }: LineagePicture): string {
  if (made?.by === "local") return made.steps?.map(({ op }) => op).at(-1) ?? "changed here";
  if (made?.by === "model") return turn && turn.depth > 1 ? `turn ${turn.depth}` : "drawn";
  return role && role !== "other" ? role : node ? "brought in" : "brought in";
}

const facts = (list: [string, string | undefined][]): Fact[] =>
  list.flatMap(([name, value]) => (value === undefined || value === "" ? [] : [{ name, value }]));

/** What is known of an entry, for people. */
export function entryFacts(entry: EntryCard, record: EntryRecord | undefined): Fact[] {
  const made = record?.made;
  const size = entry.width && entry.height ? `${entry.width} × ${entry.height}` : undefined;
  return facts([
    ["Picture", [size, entry.mediaType.replace(/^image\//, "").toUpperCase()].filter(Boolean).join(" · ")],
    ["Drawn by", made?.simulated || entry.simulated ? "Simulator" : undefined],
    ["Image model", made?.imageModel],
    ["Text model", made?.lane === "oneshot" ? undefined : made?.model],
    ["Lane", made?.lane],
    ["Turn", record?.turn && `${record.turn.depth}${made?.rehydrated ? " (conversation rebuilt)" : ""}`],
    ["Cost of this picture", record?.costs?.pictureUsd === undefined ? undefined : usd(record.costs.pictureUsd)],
    ["Cost of all behind it", record?.costs && usd(record.costs.totalUsd)],
    [
      "Takes",
      record?.takes &&
        Object.entries(record.takes)
          .map(([node, take]) => `${node} ${take}`)
          .join(", "),
    ],
    ["Spec sheet", record?.sheets?.map(({ name, ref }) => ref ?? name ?? "unnamed").join(", ")],
    ["Template", record?.template && `${record.template.id}, revision ${record.template.revision}`],
    [
      "Table",
      record?.batch && `${record.batch.id}${record.batch.row === undefined ? "" : `, row ${record.batch.row + 1}`}`,
    ],
  ]);
}

/** Settings asked for and, where the model said so, what it really did. */
export function settingFacts(made: Provenance | undefined): { name: string; asked?: string; given?: string }[] {
  const asked = made?.asked ?? {};
  const given = made?.given ?? {};
  const word = (value: unknown) =>
    value === undefined || value === null || value === ""
      ? undefined
      : typeof value === "object"
        ? undefined
        : String(value);
  return [...new Set([...Object.keys(asked), ...Object.keys(given)])]
    .filter((name) => !["mask", "imageModel", "op"].includes(name))
    .map((name) => ({ name, asked: word(asked[name]), given: word(given[name]) }))
    .filter((one) => one.asked !== undefined || one.given !== undefined);
}

/** Names by which others know it: for support, not for reading. */
export const idFacts = (entry: EntryCard, record: EntryRecord | undefined): Fact[] =>
  facts([
    ["Entry", entry.id],
    ["Picture", entry.asset],
    ["Run", entry.runId],
    ["Graph revision", record?.graph.revision],
    ["Saved as", record?.graph.saved === undefined ? undefined : `revision ${record.graph.saved}`],
    ["Response", record?.made?.responseId],
    ["Image call", record?.made?.callId],
  ]);

/** Inputs as people gave them; a picture is told by its kind. */
export const inputFacts = (record: EntryRecord | undefined): Fact[] =>
  facts(
    Object.entries(record?.run.inputs ?? {}).map(([name, value]) => [
      name,
      typeof value === "object" && value !== null
        ? JSON.stringify(value).includes("sha256:")
          ? "a picture"
          : JSON.stringify(value)
        : String(value),
    ]),
  );
