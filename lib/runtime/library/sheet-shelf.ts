import { StepError } from "../../protocol/failure.ts";
import type { SheetSample } from "../../protocol/library.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { looksSecret } from "../../protocol/looks-secret.ts";
import { parseSheetRef, sheetIdOf } from "../../protocol/sheet-ref.ts";
import type { ImageValue } from "../../protocol/values.ts";
import type { NodeContext } from "../../sdk/context.ts";
import { sha256 } from "../digest.ts";
import type { Library } from "../ports.ts";
import { contentHash, resolveSheet } from "./resolve-sheet.ts";

/**
 * The library as a node sees it. `house@3#<hash>` is what the run settled on when it was created; without a hash the sheet is looked up as it
 * is now. A sheet saved under a name that is known becomes its next version, and none when nothing is new.
 */
export const sheetShelf = (
  library: Pick<Library, "sheet" | "sheetVersion" | "sheetSnapshot" | "saveSheet">,
): NodeContext["sheets"] => ({
  async load(ref) {
    const [name = "", hash] = ref.split("#");
    const parsed = parseSheetRef(name);
    if (!parsed) throw new StepError("SHEET_UNKNOWN", `"${name.slice(0, 80)}" names no sheet of the library.`);
    const kept = hash ? await library.sheetSnapshot(hash) : undefined;
    const { text, samples, version } = kept
      ? { ...kept, version: parsed.version ?? 1 }
      : await resolveSheet(library, parsed);
    const sent = samples.filter(({ send }) => send).map(pictureOf);
    return {
      kind: "spec",
      name: parsed.id,
      text,
      hash: sha256(text),
      ...(sent.length > 0 ? { samples: sent } : {}),
      sheet: { id: parsed.id, version },
    };
  },

  async save(name, spec) {
    const id = sheetIdOf(name);
    if (id === "") throw new StepError("SHEET_NAME", `"${name.slice(0, 80)}" cannot be the name of a sheet.`);
    if (looksSecret(spec.text))
      throw new StepError("SECRET_IN_SHEET", "This text holds what looks like a key or a password; it is not kept.");
    const text = spec.text.slice(0, LIMITS.promptChars);
    const samples = (spec.samples ?? []).map(sampleOf);
    const content = { text, samples, hash: contentHash({ text, samples }), note: "Written from a conversation" };
    const made = await library.saveSheet({ id, name: name.trim(), content }, undefined);
    const after = made && "saved" in made ? made : await library.saveSheet({ id, content }, "any");
    if (!after || !("saved" in after)) throw new StepError("SHEET_UNKNOWN", `The sheet ${name} could not be saved.`);
    return `${id}@${after.saved.newest}`;
  },
});

const pictureOf = ({ asset, width, height, mediaType, role, note }: SheetSample): ImageValue => ({
  kind: "image",
  ...{ asset, width, height, mediaType },
  ...(role ? { role } : {}),
  ...(note ? { note } : {}),
  made: { by: "upload" },
});

const sampleOf = ({ asset, width, height, mediaType, role, note }: ImageValue): SheetSample => ({
  ...{ asset, width, height, mediaType, send: true },
  ...(role ? { role: role.slice(0, 40) } : {}),
  ...(note ? { note: note.slice(0, 1000) } : {}),
});
