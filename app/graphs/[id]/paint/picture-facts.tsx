"use client";
import { useState } from "react";
import { usd } from "#lib/client/words.ts";
import type { ImageValue } from "#lib/protocol/values.ts";
import { SaveSheet } from "../../../_ui/save-sheet/save-sheet.tsx";
import { BarButton } from "../../../_ui/stage/controls.tsx";

/** What is known of a picture: size, place in its conversation, model, cost, and the words it was made with. */
export function PictureFacts({ picture }: { picture: ImageValue }) {
  const { made, turn, width, height, mediaType, role, note } = picture;
  const steps = made.steps?.map(({ op }) => op).join(", ");
  const facts: [string, string | undefined][] = [
    ["Size", `${width} × ${height} · ${mediaType.replace("image/", "").toUpperCase()}`],
    [
      "Made by",
      made.by === "model" ? (made.simulated ? "Simulator" : "Model") : made.by === "local" ? "Local step" : "Upload",
    ],
    ["Turn", turn && `${turn.depth}${made.rehydrated ? " (conversation rebuilt)" : ""}`],
    ["Lane", made.lane],
    ["Image model", made.imageModel],
    ["Text model", made.lane === "oneshot" ? undefined : made.model],
    ["Cost", made.costUsd === undefined ? undefined : usd(made.costUsd)],
    ["Spec sheet", made.spec && sheetName(made.spec)],
    ["Changed by", steps || undefined],
    ["Role", role],
    ["Note", note],
  ];
  return (
    <div className="grid gap-4">
      {turn && (
        <div>
          <SaveSheet picture={picture} title={picture.label} />
        </div>
      )}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-xs">
        {facts.map(([name, value]) =>
          value === undefined ? null : (
            <div key={name} className="contents">
              <dt className="text-soft">{name}</dt>
              <dd className="min-w-0 break-words text-right">{value}</dd>
            </div>
          ),
        )}
      </dl>
      {made.prompt && <Words title="Prompt" text={made.prompt} />}
      {made.revisedPrompt && made.revisedPrompt !== made.prompt && (
        <Words title="Revised by the model" text={made.revisedPrompt} />
      )}
    </div>
  );
}

/** The sheet a picture was drawn under, with its version where it came from the library. */
const sheetName = ({ name, sheet }: NonNullable<ImageValue["made"]["spec"]>): string =>
  sheet ? `${sheet.id}, version ${sheet.version}` : name || "Unnamed";

function Words({ title, text }: { title: string; text: string }) {
  const [copied, setCopied] = useState<boolean>();
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <section aria-label={title} className="grid gap-1.5">
      <div className="flex items-center justify-between gap-2">
        <h3 className="font-medium text-soft text-xs">{title}</h3>
        <BarButton onClick={copy} className="min-h-7 px-2 text-xs">
          <span aria-live="polite">{copied ? "Copied" : copied === false ? "Not allowed" : "Copy"}</span>
        </BarButton>
      </div>
      <p className="max-h-56 overflow-y-auto whitespace-pre-wrap rounded-lg bg-well p-2.5 text-xs leading-5">{text}</p>
    </section>
  );
}
