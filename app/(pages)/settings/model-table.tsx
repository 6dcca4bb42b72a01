"use client";
import { usd } from "#lib/client/words.ts";
import {
  AS_OF,
  IMAGE_MODELS,
  type ImageModel,
  outputTokens,
  retirement,
  TEXT_MODELS,
  type TextModel,
} from "#lib/protocol/models.ts";
import { Section } from "./section.tsx";

const day = (date: string): string =>
  new Date(date).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** USD for one picture's output at 1024 × 1024; undefined where no price or token count is published. */
function pictureUsd(model: ImageModel, quality: string): string {
  const tokens = model.qualities.includes(quality) ? outputTokens(model, "1024x1024", quality) : undefined;
  return tokens === undefined || !model.price ? "–" : usd((tokens * model.price.imageOut) / 1e6);
}

/** The models this edition knows, what they cost and until when the provider serves them. */
export function ModelTable() {
  const now = Date.now();
  return (
    <Section title="Models" says={`What the provider published by ${day(AS_OF)}: prices and shutdown dates.`}>
      <Table
        caption="Image models"
        heads={["Model", "Low", "Medium", "High", "Served until"]}
        note="Price of one 1024 × 1024 picture’s output."
        rows={IMAGE_MODELS.map((model) => ({
          model,
          cells: ["low", "medium", "high"].map((quality) => pictureUsd(model, quality)),
        }))}
        now={now}
      />
      <Table
        caption="Text models"
        heads={["Model", "Input", "Cached", "Output", "Served until"]}
        note="USD per million tokens."
        rows={TEXT_MODELS.map((model) => ({
          model,
          cells: [model.price?.input, model.price?.cached, model.price?.output].map((price) =>
            price === undefined ? "–" : usd(price),
          ),
        }))}
        now={now}
      />
    </Section>
  );
}

function Table(props: {
  caption: string;
  heads: string[];
  note: string;
  rows: { model: ImageModel | TextModel; cells: string[] }[];
  now: number;
}) {
  return (
    // A wide table scrolls by itself, also with the arrow keys.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="overflow-x-auto" tabIndex={0} aria-label={props.caption}>
      <table className="w-full min-w-140 text-sm tabular-nums">
        <caption className="pb-2 text-left">
          <span className="font-medium">{props.caption}</span> <span className="text-soft text-xs">{props.note}</span>
        </caption>
        <thead>
          <tr className="border-line border-b text-left text-soft text-xs">
            {props.heads.map((head) => (
              <th key={head} scope="col" className="py-1.5 pr-4 font-medium">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map(({ model, cells }) => (
            <tr key={model.id} className="border-line/60 border-b">
              <th scope="row" className="whitespace-nowrap py-1.5 pr-4 text-left font-mono font-normal text-xs">
                {model.id}
              </th>
              {cells.map((cell, index) => (
                <td key={props.heads[index + 1]} className="py-1.5 pr-4">
                  {cell}
                </td>
              ))}
              <td className="whitespace-nowrap py-1.5">
                <Until model={model} now={props.now} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Until({ model, now }: { model: ImageModel | TextModel; now: number }) {
  const state = retirement(model, now);
  if (!model.shutdown) return <span className="text-soft">no date</span>;
  const tone = state === "retired" ? "text-fail" : state === "soon" ? "text-hold" : "";
  return (
    <span className={tone}>
      {state === "retired" ? `gone since ${day(model.shutdown)}` : day(model.shutdown)}
      {model.replacement && <span className="text-soft"> → {model.replacement}</span>}
    </span>
  );
}
