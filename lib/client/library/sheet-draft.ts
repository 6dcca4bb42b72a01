import type { Sheet, SheetDraft, SheetOrigin, SheetSample } from "../../protocol/library.ts";

/** A sheet while it is written. `tags` as they are typed: words between commas. */
export type Draft = {
  name: string;
  text: string;
  extends: string;
  tags: string;
  samples: readonly SheetSample[];
  note: string;
  madeFrom?: SheetOrigin;
};

export const emptyDraft: Draft = { name: "", text: "", extends: "", tags: "", samples: [], note: "" };

export const draftOf = (sheet: Sheet): Draft => ({
  name: sheet.name,
  text: sheet.text,
  extends: sheet.extends ?? "",
  tags: sheet.tags.join(", "),
  samples: sheet.samples,
  note: "",
});

export const tagsOf = (typed: string): string[] => [
  ...new Set(
    typed
      .split(/[,;\n]/)
      .map((tag) => tag.trim().slice(0, 40))
      .filter(Boolean),
  ),
];

/** The draft as the server takes it. */
export const bodyOf = ({ name, text, extends: parent, tags, samples, note, madeFrom }: Draft): SheetDraft => ({
  name: name.trim(),
  text,
  ...(parent ? { extends: parent } : {}),
  samples: [...samples],
  tags: tagsOf(tags).slice(0, 20),
  ...(note.trim() ? { note: note.trim() } : {}),
  ...(madeFrom ? { madeFrom } : {}),
});

/** What saving would do: nothing, change its name or tags, or make another version. */
export function whatChanged(draft: Draft, sheet: Sheet | undefined): "nothing" | "about" | "version" {
  if (!sheet) return draft.text.trim() === "" && draft.name.trim() === "" ? "nothing" : "version";
  const words =
    draft.text === sheet.text &&
    draft.extends === (sheet.extends ?? "") &&
    JSON.stringify(draft.samples) === JSON.stringify(sheet.samples);
  if (!words) return "version";
  const about = draft.name.trim() === sheet.name && tagsOf(draft.tags).join() === sheet.tags.join();
  return about ? "nothing" : "about";
}

/** Why it cannot be saved as it is, in a sentence. */
export const unfit = (draft: Draft): string | undefined =>
  draft.name.trim() === ""
    ? "Give the sheet a name."
    : draft.text.trim() === "" && draft.extends === ""
      ? "Write what holds for every picture, or choose a sheet to extend."
      : undefined;
