/** A piece of a line. */
export type Inline =
  | { kind: "text" | "strong" | "em" | "code"; text: string }
  | { kind: "link"; text: string; href: string };

/** A part of a page. */
export type Block =
  | { kind: "heading"; level: number; inlines: Inline[] }
  | { kind: "paragraph"; inlines: Inline[] }
  | { kind: "list"; ordered: boolean; items: Inline[][] }
  | { kind: "code"; text: string };

const BULLET = /^\s*[-*+]\s+(.*)$/;
const NUMBERED = /^\s*\d+[.)]\s+(.*)$/;
const HEADING = /^(#{1,6})\s+(.*)$/;

/** Reads the little Markdown that node docs and notes are written in. What it does not know stays as it is written; nothing becomes HTML. */
export function readMarkdown(source: string): Block[] {
  const blocks: Block[] = [];
  const lines = source.replace(/\r\n?/g, "\n").split("\n");
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? "";
    if (line.trim() === "") {
      at += 1;
      continue;
    }
    if (line.startsWith("```")) {
      const end = lines.findIndex((one, index) => index > at && one.startsWith("```"));
      const to = end < 0 ? lines.length : end;
      blocks.push({ kind: "code", text: lines.slice(at + 1, to).join("\n") });
      at = to + 1;
      continue;
    }
    const heading = HEADING.exec(line);
    if (heading) {
      blocks.push({ kind: "heading", level: heading[1]?.length ?? 1, inlines: readInline(heading[2] ?? "") });
      at += 1;
      continue;
    }
    const item = BULLET.test(line) ? BULLET : NUMBERED.test(line) ? NUMBERED : undefined;
    const start = at;
    const texts: string[] = [];
    while (at < lines.length && (lines[at] ?? "").trim() !== "") {
      const here = lines[at] ?? "";
      if (at > start && (HEADING.test(here) || here.startsWith("```"))) break;
      const found = item?.exec(here);
      if (!item && at > start && (BULLET.test(here) || NUMBERED.test(here))) break;
      if (found) texts.push(found[1] ?? "");
      else if (item) texts[texts.length - 1] += ` ${here.trim()}`;
      else texts.push(here.trim());
      at += 1;
    }
    if (item) blocks.push({ kind: "list", ordered: item === NUMBERED, items: texts.map(readInline) });
    else blocks.push({ kind: "paragraph", inlines: readInline(texts.join(" ")) });
  }
  return blocks;
}

const MARKS = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s](?:[^*]*[^*\s])?)\*|\[([^\]]+)\]\((https?:\/\/[^\s)]+)\)/g;

/** Code, strong, emphasis and links to web addresses within a line. */
export function readInline(text: string): Inline[] {
  const found: Inline[] = [];
  let at = 0;
  for (const match of text.matchAll(MARKS)) {
    if (match.index > at) found.push({ kind: "text", text: text.slice(at, match.index) });
    const [whole, code, strong, em, label, href] = match;
    if (code !== undefined) found.push({ kind: "code", text: code });
    else if (strong !== undefined) found.push({ kind: "strong", text: strong });
    else if (em !== undefined) found.push({ kind: "em", text: em });
    else found.push({ kind: "link", text: label ?? "", href: href ?? "" });
    at = match.index + whole.length;
  }
  if (at < text.length) found.push({ kind: "text", text: text.slice(at) });
  return found;
}
