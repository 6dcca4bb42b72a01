import { html, type Markup } from "./html.ts";

const COLOR = /^#(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/i;

function list(lines: string[]): Markup {
  if (lines.every((line) => COLOR.test(line))) {
    return html`<ul class="swatches">${lines.map((color) => html`<li><span style="background:${color}"></span>${color}</li>`)}</ul>`;
  }
  return html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

/** The spec sheet's own Markdown (headings, dashes, paragraphs) as markup; a list of hex colours becomes swatches. */
function blocks(text: string): Markup[] {
  return text
    .split(/\n{2,}|\n(?=#)|(?<=^#.*)\n/m)
    .map((block) => block.trim())
    .filter(Boolean)
    .map((block) => {
      const heading = /^#+\s+(.*)$/.exec(block);
      if (heading?.[1]) return html`<h3>${heading[1]}</h3>`;
      const lines = block.split("\n").map((line) => line.trim());
      if (lines.every((line) => line.startsWith("- "))) return list(lines.map((line) => line.slice(2)));
      return html`<p>${block}</p>`;
    });
}

/** The look that went out with every turn, with the brief in it. */
export function lookSections(spec: { name?: string; text: string }): Markup {
  const [look = "", brief] = spec.text.split(/^# Brief$/m);
  return html`<section><h2>The look</h2>
<p class="under">${spec.name ? `“${spec.name}”` : "The spec sheet"} went out with every turn, so that the last picture follows the same rules as the first.</p>
<div class="look"><div>${blocks(look)}</div>${brief && html`<div>${blocks(brief)}</div>`}</div></section>`;
}
