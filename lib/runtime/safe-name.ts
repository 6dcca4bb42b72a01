import { LIMITS } from "../protocol/limits.ts";
import { sha256 } from "./digest.ts";

const WINDOWS_DEVICES = /^(con|prn|aux|nul|clock\$|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?$/i;
/** Controls, direction overrides, zero-width characters: invisible, so they only ever mislead. */
const INVISIBLE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;
const RESERVED = /[<>:"|?*\\/]/g;

/** Cuts on a grapheme edge so that it fits `bytes` of UTF-8, with a hash of the whole so that long twins stay apart. */
function fit(segment: string, bytes: number): string {
  if (Buffer.byteLength(segment) <= bytes) return segment;
  const mark = `~${sha256(segment).slice(0, 8)}`;
  let kept = "";
  for (const { segment: grapheme } of new Intl.Segmenter().segment(segment)) {
    if (Buffer.byteLength(kept + grapheme) > bytes - mark.length) break;
    kept += grapheme;
  }
  return kept + mark;
}

function safeSegment(raw: string): string {
  const clean = raw
    .toWellFormed()
    .normalize("NFC")
    .replace(INVISIBLE, "")
    .replace(RESERVED, "-")
    .replace(/^[.\-\s]+/, "")
    .replace(/[.\s]+$/, "");
  const named = WINDOWS_DEVICES.test(clean) ? `_${clean}` : clean;
  return fit(named, LIMITS.nameSegmentBytes).replace(/[.\s]+$/, "");
}

/**
 * A name for a file below some folder, safe on every system: `/` separates folders; each segment is cleaned after all values were filled in;
 * nothing can climb out, start with a dot or dash, hide characters or be a device. Empty → `untitled`.
 */
export function safeName(raw: string): string {
  const segments = raw
    .split("/")
    .map(safeSegment)
    .filter((segment) => segment !== "");
  return segments.slice(-LIMITS.nameSegments).join("/") || "untitled";
}

/**
 * Hands out names that never collide, also not on systems that ignore case or normalise Unicode, and never a file where another name has a
 * folder: the second gets `-2`.
 */
export function nameKeeper(): (name: string, extension: string) => string {
  const files = new Set<string>();
  const folders = new Set<string>();
  return (wanted, extension) => {
    let name = wanted;
    for (let count = 1; ; count += 1) {
      const candidate = `${name}${count === 1 ? "" : `-${count}`}.${extension}`;
      const folded = candidate.normalize("NFD").toLowerCase();
      const above = foldersAbove(folded);
      const fileAbove = above.findIndex((folder) => files.has(folder));
      if (fileAbove >= 0) {
        name = name
          .split("/")
          .with(fileAbove, `${name.split("/")[fileAbove]}-2`)
          .join("/");
        count = 0;
        continue;
      }
      if (files.has(folded) || folders.has(folded)) continue;
      files.add(folded);
      for (const folder of above) folders.add(folder);
      return candidate;
    }
  };
}

const foldersAbove = (name: string): string[] =>
  name.split("/").flatMap((_part, index, parts) => (index === 0 ? [] : [parts.slice(0, index).join("/")]));
