import {
  type CREDENTIAL_WISHES,
  type ExportFormat,
  type ExportLook,
  ExportOptions,
  type ExportWhat,
  isWrittenAnew,
} from "../../protocol/exports.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { byteSize, count } from "../words.ts";

/** What a dialog was opened for: archive entries, pictures of runs, or all final pictures of a run. */
export type Wanted = Partial<ExportWhat>;
/** What is chosen; `size` as it is typed. */
export type Wish = Omit<ExportOptions, "size"> & { size: string };

export const FORMATS: readonly { as: ExportFormat; title: string; says: string }[] = [
  { as: "original", title: "Original", says: "The stored file, byte for byte." },
  { as: "png", title: "PNG", says: "Without loss; can carry its graph." },
  { as: "jpeg", title: "JPEG", says: "Small; white shows where it was transparent." },
  { as: "webp", title: "WebP", says: "Small, with transparency." },
  { as: "psd", title: "PSD", says: "In layers: the original, each change, lettering and masks." },
];
export const CREDENTIAL_CHOICES: readonly { value: (typeof CREDENTIAL_WISHES)[number]; title: string }[] = [
  { value: "keep", title: "Keep" },
  { value: "sign", title: "Sign in any case" },
  { value: "strip", title: "Leave out" },
];

export const START: Wish = { ...ExportOptions.parse({}), size: "" };

/** Which of the choices count for a format. */
export const counts = ({ as }: Pick<Wish, "as">) => ({
  size: isWrittenAnew(as),
  quality: as === "jpeg" || as === "webp",
  metadata: isWrittenAnew(as) || as === "psd",
  credentials: isWrittenAnew(as),
  graph: as === "png",
});

/** Why the size that was typed cannot be used. */
export function wrongSize({ size, as }: Wish): string | undefined {
  if (size.trim() === "" || !isWrittenAnew(as)) return undefined;
  const pixels = Number(size);
  return Number.isInteger(pixels) && pixels >= 16 && pixels <= LIMITS.sidePixels
    ? undefined
    : `A whole number from 16 to ${LIMITS.sidePixels.toLocaleString("en-US")}, or nothing for the full size.`;
}

/** What is asked of the server: choices that do not count for the format are left at their default. */
export function optionsOf(wish: Wish): ExportOptions {
  const used = counts(wish);
  return {
    as: wish.as,
    size: used.size && wish.size.trim() !== "" ? Number(wish.size) : undefined,
    quality: used.quality ? wish.quality : START.quality,
    metadata: used.metadata ? wish.metadata : START.metadata,
    credentials: used.credentials ? wish.credentials : START.credentials,
    graph: used.graph && wish.graph,
  };
}

/** What will become of content credentials, before anything is written. */
export function credentialsAhead(wish: Wish, { credentials, files, signer }: ExportLook): string {
  const some = files === 1 ? "The original carries" : `${credentials} of ${files} originals carry`;
  const carried = credentials > 0 ? `${some} content credentials` : "";
  if (!isWrittenAnew(wish.as)) {
    if (!carried) return files === 1 ? "The original carries none." : "The originals carry none.";
    return wish.as === "psd"
      ? `${carried}. They are lost: this format has no place for them.`
      : `${carried}. They stay where the stored file is the original.`;
  }
  if (wish.credentials === "strip") return carried ? `${carried}. They are left out.` : "None are written.";
  const signs = wish.credentials === "sign" || signer.kind === "own" || credentials > 0;
  if (!signs) return "The originals carry none, so there is nothing to keep.";
  const ahead = carried ? `${carried}; it is named as the source in a new signature.` : "A new signature is written.";
  return `${ahead} ${signer.says}`;
}

/** `3 pictures, 4.2 MB`. */
export const whatItIs = ({ files, pictures, bytes }: ExportLook): string =>
  `${files === pictures ? count(files, "picture") : count(files, "file")}, ${byteSize(bytes)} as stored`;
