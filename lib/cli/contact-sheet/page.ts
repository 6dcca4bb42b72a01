import type { Graph } from "#lib/protocol/graph.ts";
import type { RunDocument } from "#lib/protocol/run.ts";
import type { AssetId, ImageValue } from "#lib/protocol/values.ts";
import { count, lasted, money, when } from "../words.ts";
import { conversationOf, renditionsOf, type TurnCard } from "./conversation.ts";
import { html, Markup } from "./html.ts";
import { lookSections } from "./look-section.ts";
import { STYLE } from "./style.ts";

/** `pathOf`: where an asset's file stands, relative to the page; undefined for what was not written. */
export type SheetSource = { graph: Graph; run: RunDocument; pathOf(asset: AssetId): string | undefined };

const src = (path: string) => path.split("/").map(encodeURIComponent).join("/");

const picture = (source: SheetSource, image: Pick<ImageValue, "asset" | "width" | "height">, alt: string): Markup =>
  html`<img src="${src(source.pathOf(image.asset) ?? "")}" width="${image.width}" height="${image.height}" alt="${alt}">`;

const row = (name: string, value: string | undefined) =>
  value !== undefined && value !== "" && html`<dt>${name}</dt><dd>${value}</dd>`;

const asked = (image: ImageValue) =>
  [
    image.made.imageModel,
    image.made.given?.size ?? image.made.asked?.size,
    image.made.given?.quality ?? image.made.asked?.quality,
  ]
    .filter((part) => typeof part === "string" && part !== "auto")
    .join(", ");

/** Untouched pictures are continued by the id of their turn alone (docs: threading rules). */
function fromLine({ continues, image, lock }: TurnCard, order: number): string {
  if (!continues) return "Opens the conversation";
  const untouched = continues.image.asset === continues.image.turn?.asset && !lock && !image.made.rehydrated;
  const how = untouched ? "from memory: no pixels were sent again" : "with the picture as it is now";
  return `${order > 0 ? "Another fork: continues" : "Continues"} turn ${continues.number}, ${continues.title}, ${how}`;
}

function turnCard(source: SheetSource, card: TurnCard, order: number): Markup {
  const { image } = card;
  const { prompt, revisedPrompt, model } = image.made;
  return html`<li><article class="turn">
<figure>${picture(source, image, card.title)}</figure>
<div class="told">
<h3><span class="number" title="Turn ${card.number} of its thread">${card.number}</span>${card.title}</h3>
<p class="from">${fromLine(card, order)}</p>
<dl class="said">${row("Prompt sent", prompt)}</dl>
${revisedPrompt && revisedPrompt !== prompt ? html`<details><summary>As the model rewrote it</summary><p>${revisedPrompt}</p></details>` : undefined}
<dl class="made">
${row("Drawn by", asked(image))}${row("Talking to", model)}${row("Cost", source.run.simulated ? "nothing, simulated" : card.cached ? `${money(card.costUsd)}, paid before` : money(card.costUsd))}${row("Why it ran", card.why)}
</dl>
</div></article>
${card.forks.length > 0 && html`<ol class="thread">${card.forks.map((fork, index) => turnCard(source, fork, index))}</ol>`}
</li>`;
}

const allTurns = (cards: TurnCard[]): TurnCard[] => cards.flatMap((card) => [card, ...allTurns(card.forks)]);

function lockSection(source: SheetSource, { image, title, lock }: TurnCard): Markup | undefined {
  if (!lock) return undefined;
  const percent = `${(lock.drift * 100).toFixed(lock.drift < 0.001 ? 2 : 1)} %`;
  return html`<section><h2>Only what was meant to change</h2>
<p class="under">“${title}” may change one part of the picture. Everything outside the mask is put back afterwards, pixel by pixel.</p>
<div class="pair">
<figure><div class="frame">${picture(source, lock.before, "Before")}</div><figcaption><b>Before</b></figcaption></figure>
<figure><div class="frame">${picture(source, lock.before, "The part that may change")}<img class="mask" src="${src(source.pathOf(lock.mask.asset) ?? "")}" alt=""></div><figcaption><b>The mask</b>: only the bright part may change</figcaption></figure>
<figure><div class="frame">${picture(source, image, "After")}</div><figcaption><b>After</b>, locked</figcaption></figure>
</div>
<div class="drift"><strong>${percent}</strong><p>of the pixels outside the mask had been changed by the model. <em>All of them were put back.</em></p></div>
</section>`;
}

function sizesSection(source: SheetSource): Markup | undefined {
  const images = renditionsOf(source.graph, source.run);
  if (images.length === 0) return undefined;
  return html`<section><h2>${count(images.length, "size")} from one picture</h2>
<p class="under">Cut around what catches the eye, each from the same decoded original. The files lie beside this page with a record of how they were made.</p>
<div class="sizes">${images.map((image) => {
    const ratio = (image.width / image.height).toFixed(4);
    return html`<figure style="flex:${ratio} 1 calc(${ratio} * 210px)"><div class="frame">${picture(source, image, image.label ?? "")}</div><figcaption><b>${(image.label ?? "").replaceAll("-", " ")}</b><br>${image.width} × ${image.height}${source.run.simulated && ", simulated"}</figcaption></figure>`;
  })}</div></section>`;
}

function stepsSection({ graph, run }: SheetSource): Markup {
  const titles = new Map(graph.nodes.map((node) => [node.id, node.title ?? node.id]));
  return html`<section><h2>Every step, and why</h2>
<p class="under">A step whose settings and inputs are the same as before is taken from the cache and costs nothing. Run it again and see.</p>
<div class="scroll"><table><thead><tr><th>Step</th><th>State</th><th>Why</th><th>Calls</th><th>Cost</th></tr></thead><tbody>
${run.steps.map(
  (step) =>
    html`<tr><td>${titles.get(step.nodeId) ?? step.nodeId}</td><td>${step.cached ? "cached" : step.state}</td><td>${step.why}</td><td>${step.calls || ""}</td><td>${step.calls ? money(step.costUsd) : "free"}</td></tr>\n`,
)}</tbody></table></div></section>`;
}

/** The contact sheet of a run: one HTML page for a client, with pictures beside it. Everything foreign is escaped. */
export function contactSheet(source: SheetSource): string {
  const { graph, run } = source;
  const threads = conversationOf(graph, run);
  const turns = allTurns(threads);
  const spec = turns.find(({ image }) => image.made.spec)?.image.made.spec;
  const time = run.startedAt && run.endedAt ? lasted(run.endedAt - run.startedAt) : undefined;
  const fact = (name: string, value: string) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${graph.name}: contact sheet</title><style>${new Markup(STYLE)}</style></head>
<body><main>
<div class="top"><b>Throughline</b><span>Contact sheet, ${when(run.endedAt ?? run.createdAt).slice(0, 10)}</span></div>
<h1>${graph.name}</h1>
<p class="lede">${graph.description ?? ""}</p>
<dl class="facts">${fact("drawn in one conversation", count(turns.length, "picture"))}${fact("cut from the last one", count(renditionsOf(graph, run).length, "size"))}${fact(count(run.paidCalls, "call to the model", "calls to the model"), run.costUsd === 0 ? "nothing charged" : money(run.costUsd))}${time && fact("from brief to archive", time)}</dl>
${run.simulated && html`<p class="note">Drawn by the simulator: no key was set, so every drawn picture carries its label and nothing was charged. With a key the same graph is drawn by the model.</p>`}
<section><h2>One conversation</h2>
<p class="under">The double line is the conversation itself: each picture continues the model response that drew the one before, so it keeps the same shoe, light and ledge without starting over. Forks continue the same turn side by side.</p>
${threads.length > 0 ? html`<ol class="thread">${threads.map((card) => turnCard(source, card, 0))}</ol>` : html`<p>No picture was drawn in this run.</p>`}
</section>
${turns.map((turn) => lockSection(source, turn))}
${sizesSection(source)}
${spec && lookSections(spec)}
${stepsSection(source)}
<footer>Run <code>${run.runId}</code> of graph <code>${graph.id}</code>, revision <code>${run.revision.slice(0, 12)}</code>. The whole record is in <a href="run.json">run.json</a>.</footer>
</main></body></html>
`.text;
}
