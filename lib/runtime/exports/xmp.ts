import type { SourceType } from "../../protocol/exports.ts";

/** What is said of a picture inside its file. Nothing else of a run goes along: no prompts, no names of nodes, no costs. */
export type Described = {
  title?: string;
  alt?: string;
  description?: string;
  creator?: string;
  credit?: string;
  /** The program, and the model that drew. */
  tool: string;
  model?: string;
  sourceType?: SourceType;
  createdAt: Date;
};

const SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/";
/** Not characters of XML 1.0, even escaped. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

/** Words as text or attribute of XML. */
export const escapedXml = (text: string): string =>
  text
    .toWellFormed()
    .replace(FORBIDDEN, "")
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? "");

/** An XMP packet (ISO 16684-1) with the fields of the IPTC Photo Metadata Standard 2025.1 that fit. */
export function xmpPacket(about: Described): string {
  const { title, alt, description, creator, credit, tool, model, sourceType, createdAt } = about;
  const date = createdAt.toISOString();
  const attributes = [
    `xmp:CreatorTool="${escapedXml(model === undefined ? tool : `${tool} (${model})`)}"`,
    `xmp:CreateDate="${date}"`,
    `photoshop:DateCreated="${date}"`,
    ...(credit === undefined ? [] : [`photoshop:Credit="${escapedXml(credit)}"`]),
    ...(sourceType === undefined ? [] : [`Iptc4xmpExt:DigitalSourceType="${SOURCE_TYPE}${sourceType}"`]),
    ...(model === undefined ? [] : [`Iptc4xmpExt:AISystemUsed="${escapedXml(model)}"`]),
  ];
  const elements = [
    ...(title === undefined ? [] : [inWords("dc:title", title)]),
    ...(description === undefined ? [] : [inWords("dc:description", description)]),
    ...(alt === undefined ? [] : [inWords("Iptc4xmpCore:AltTextAccessibility", alt)]),
    ...(creator === undefined
      ? []
      : [`<dc:creator><rdf:Seq><rdf:li>${escapedXml(creator)}</rdf:li></rdf:Seq></dc:creator>`]),
  ];
  return [
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description rdf:about=""',
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"',
    ' xmlns:xmp="http://ns.adobe.com/xap/1.0/"',
    ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"',
    ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"',
    ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"',
    ` ${attributes.join(" ")}>`,
    ...elements,
    "</rdf:Description></rdf:RDF></x:xmpmeta>",
    '<?xpacket end="r"?>',
  ].join("\n");
}

const inWords = (name: string, text: string): string =>
  `<${name}><rdf:Alt><rdf:li xml:lang="x-default">${escapedXml(text)}</rdf:li></rdf:Alt></${name}>`;
