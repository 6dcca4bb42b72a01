/** A piece of a line: words, maybe strong or slanted or code. */
export type Piece = { text: string; style?: "strong" | "em" | "code" };
/** A block of a note. */
export type Block =
  | { kind: "heading"; level: number; pieces: Piece[] }
  | { kind: "words"; pieces: Piece[] }
  | { kind: "list"; items: Piece[][] };

/** Reads the little Markdown notes use: headings, lists, strong, slanted, code. Everything else, HTML too, stays as the text it is. */
export function readMarkdown(text: string): Block[] {
  const blocks: Block[] = [];
  let fresh = true;
  for (const line of text.split("\n")) {
    const last = blocks.at(-1);
    const heading = /^(#{1,4})\s+(.*)$/.exec(line);
    const item = /^\s*(?:[-*]|\d+[.)])\s+(.*)$/.exec(line);
    if (heading) blocks.push({ kind: "heading", level: heading[1]?.length ?? 1, pieces: pieces(heading[2] ?? "") });
    else if (item && last?.kind === "list" && !fresh) last.items.push(pieces(item[1] ?? ""));
    else if (item) blocks.push({ kind: "list", items: [pieces(item[1] ?? "")] });
    else if (line.trim() !== "") {
      if (last?.kind === "words" && !fresh) last.pieces.push({ text: "\n" }, ...pieces(line));
      else blocks.push({ kind: "words", pieces: pieces(line) });
    }
    fresh = line.trim() === "" || heading !== null;
  }
  return blocks;
}

function pieces(line: string): Piece[] {
  return line.split(/(\*\*[^*]+\*\*|`[^`]+`|\*[^*\s][^*]*\*|_[^_\s][^_]*_)/).flatMap((part): Piece[] => {
    if (part === "") return [];
    if (/^\*\*.+\*\*$/.test(part)) return [{ text: part.slice(2, -2), style: "strong" }];
    if (/^`.+`$/.test(part)) return [{ text: part.slice(1, -1), style: "code" }];
    if (/^(\*.+\*|_.+_)$/.test(part)) return [{ text: part.slice(1, -1), style: "em" }];
    return [{ text: part }];
  });
}
