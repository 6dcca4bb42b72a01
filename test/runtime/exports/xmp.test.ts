import { describe, expect, it } from "vitest";
import { type Described, escapedXml, xmpPacket } from "#lib/runtime/exports/xmp.ts";

const about: Described = { tool: "Throughline 1.2.3", createdAt: new Date("2026-02-03T04:05:06.000Z") };

describe("an XMP packet", () => {
  it("holds what is known, in the fields of IPTC and XMP", () => {
    const packet = xmpPacket({
      ...about,
      title: "Kite",
      alt: "a kite",
      description: "Made with generative AI.",
      creator: "Ada",
      credit: "Kite Co",
      model: "gpt-image-2",
      sourceType: "trainedAlgorithmicMedia",
    });
    for (const part of [
      'xmp:CreatorTool="Throughline 1.2.3 (gpt-image-2)"',
      'xmp:CreateDate="2026-02-03T04:05:06.000Z"',
      'photoshop:Credit="Kite Co"',
      'Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"',
      'Iptc4xmpExt:AISystemUsed="gpt-image-2"',
      '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Kite</rdf:li></rdf:Alt></dc:title>',
      "<Iptc4xmpCore:AltTextAccessibility><rdf:Alt>",
      "<dc:creator><rdf:Seq><rdf:li>Ada</rdf:li></rdf:Seq></dc:creator>",
    ])
      expect(packet).toContain(part);
  });

  it("leaves out what is not known", () => {
    expect(xmpPacket(about)).not.toMatch(/dc:title>|AltText|DigitalSourceType=|AISystemUsed=|Credit=|dc:creator>/);
  });

  it("cannot be broken out of, whatever people write", () => {
    const evil = `"/><script>x</script>&'\u0000\u0008\ud800 ]]> <!-- -->`;
    const packet = xmpPacket({ ...about, title: evil, credit: evil, model: evil });
    expect(packet).not.toContain("<script>");
    expect(packet).not.toMatch(/<!--|[\u0000-\u0008]/);
    expect(escapedXml(evil)).toBe("&quot;/&gt;&lt;script&gt;x&lt;/script&gt;&amp;&apos;\ufffd ]]&gt; &lt;!-- --&gt;");
    expect(escapedXml("\uffff\u{1f6f4}\t")).toBe("\u{1f6f4}\t");
  });
});
