import { type Block, type Piece, readMarkdown } from "#lib/client/editor/canvas/light-markdown.ts";

/** What a node type says of itself. Markdown becomes elements, never HTML. */
export function Docs({ text }: { text: string }) {
  return (
    <div className="flex flex-col gap-2 text-soft text-xs leading-relaxed">
      {readMarkdown(text).map((block, index) => (
        <One key={index} block={block} />
      ))}
    </div>
  );
}

function One({ block }: { block: Block }) {
  if (block.kind === "heading") return <h4 className="font-semibold text-ink">{<Pieces of={block.pieces} />}</h4>;
  if (block.kind === "list")
    return (
      <ul className="flex list-disc flex-col gap-1 pl-4">
        {block.items.map((item, index) => (
          <li key={index}>
            <Pieces of={item} />
          </li>
        ))}
      </ul>
    );
  return (
    <p>
      <Pieces of={block.pieces} />
    </p>
  );
}

const Pieces = ({ of }: { of: readonly Piece[] }) =>
  of.map(({ text, style }, index) => {
    if (style === "strong")
      return (
        <strong key={index} className="font-semibold text-ink">
          {text}
        </strong>
      );
    if (style === "em") return <em key={index}>{text}</em>;
    if (style === "code")
      return (
        <code key={index} className="rounded bg-ink/8 px-1 font-mono text-[11px] text-ink">
          {text}
        </code>
      );
    return text;
  });
