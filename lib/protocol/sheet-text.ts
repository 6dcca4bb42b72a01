/** A part of a sheet: the words under one heading; `title` is empty for what stands before the first one. */
export type SheetSection = { title: string; text: string };

/** How a section of the sheet that is sent came about. */
export type MergedSection = SheetSection & { from: "parent" | "own" | "replaced" | "both" };

const HEADING = /^#{1,4}[ \t]+(.+?)[ \t#]*$/;

/** A sheet cut at its headings (`#` to `####`); the words of a section keep their heading line. */
export function sheetSections(text: string): SheetSection[] {
  const sections: { title: string; lines: string[] }[] = [{ title: "", lines: [] }];
  let fenced = false;
  for (const line of text.split(/\r\n?|\n/)) {
    if (/^\s*(?:```|~~~)/.test(line)) fenced = !fenced;
    const title = fenced ? undefined : HEADING.exec(line)?.[1];
    if (title !== undefined) sections.push({ title, lines: [] });
    sections.at(-1)?.lines.push(line);
  }
  return sections
    .map(({ title, lines }) => ({ title, text: lines.join("\n").trim() }))
    .filter(({ text: words }) => words !== "");
}

const keyOf = (title: string): string => title.trim().toLowerCase().replace(/\s+/g, " ");
const isEmpty = ({ text }: SheetSection): boolean => !text.includes("\n");

/**
 * A sheet over the one it extends: a section under a heading the parent has stands in its place, a heading with nothing under it takes the
 * parent's away, other sections follow at the end; the words before the first heading come after the parent's.
 */
export function mergeSections(parent: readonly SheetSection[], own: readonly SheetSection[]): MergedSection[] {
  const named = new Map(own.filter(({ title }) => title !== "").map((section) => [keyOf(section.title), section]));
  const opening = own.find(({ title }) => title === "");
  const merged: MergedSection[] = [];
  const before = parent.find(({ title }) => title === "");
  const words = [before?.text, opening?.text].filter(Boolean).join("\n\n");
  if (words !== "")
    merged.push({ title: "", text: words, from: before && opening ? "both" : opening ? "own" : "parent" });
  for (const section of parent) {
    if (section.title === "") continue;
    const key = keyOf(section.title);
    const mine = named.get(key);
    named.delete(key);
    if (!mine) merged.push({ ...section, from: "parent" });
    else if (!isEmpty(mine)) merged.push({ ...mine, from: "replaced" });
  }
  for (const section of named.values()) merged.push({ ...section, from: "own" });
  return merged;
}

export const joinSections = (sections: readonly SheetSection[]): string =>
  sections.map(({ text }) => text).join("\n\n");

/** The text of a sheet over the one it extends. Without a parent it is left as it is. */
export const extendSheet = (parent: string | undefined, own: string): string =>
  parent === undefined || parent.trim() === ""
    ? own.trim()
    : joinSections(mergeSections(sheetSections(parent), sheetSections(own)));
