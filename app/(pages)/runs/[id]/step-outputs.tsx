"use client";
import { assetUrl } from "#lib/client/call-api.ts";
import { verdictWord } from "#lib/client/quality/verdict-words.ts";
import { count } from "#lib/client/words.ts";
import type { Value } from "#lib/protocol/values.ts";
import { VerdictChip } from "../../../_ui/quality/verdict-chip.tsx";
import { Picture } from "./picture.tsx";
import { Words } from "./words.tsx";

/** What a step gave: pictures large, everything else in words. */
export function StepOutputs({ outputs, title }: { outputs: Record<string, Value[]>; title: string }) {
  const ports = Object.entries(outputs).filter(([, values]) => values.length > 0);
  return ports.map(([port, values]) => {
    const pictures = values.filter((value) => value.kind === "image" || value.kind === "mask");
    const others = values.filter((value) => value.kind !== "image" && value.kind !== "mask");
    return (
      <div key={port} className="flex flex-col gap-3">
        {ports.length > 1 && <h3 className="text-soft text-xs">{port}</h3>}
        {pictures.length > 0 && (
          <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,18rem),1fr))] gap-3">
            {pictures.map((picture, index) => (
              <Picture key={index} picture={picture} alt={`${title}, picture ${index + 1}`} />
            ))}
          </div>
        )}
        {others.map((value, index) => (
          <OtherValue key={index} value={value} />
        ))}
      </div>
    );
  });
}

function OtherValue({ value }: { value: Value }) {
  switch (value.kind) {
    case "text":
      return <Words text={value.text} />;
    case "number":
      return <p className="font-mono text-sm tabular-nums">{Number(value.number.toPrecision(4))}</p>;
    case "spec":
      return <Words text={value.text} title={value.name} />;
    case "verdict":
      return (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <VerdictChip verdict={value} />
          {value.notes && <Words text={value.notes} />}
        </div>
      );
    case "revision":
      return <Words text={value.notes} title={`A picture was ${verdictWord({ decision: value.mode })}`} />;
    case "thread":
      return <p className="text-sm text-soft">A conversation of {count(value.turn.depth, "turn")}.</p>;
    case "file":
      return (
        <p className="text-sm">
          <a
            href={`${assetUrl(value.asset)}?download=${encodeURIComponent(`${value.label ?? "picture"}.${value.extension}`)}`}
            className="text-brand underline underline-offset-4"
          >
            {value.label ?? "File"}.{value.extension}
          </a>{" "}
          <span className="text-soft text-xs">{Math.ceil(value.bytes / 1024)} KiB</span>
        </p>
      );
    case "record":
      return <RecordWords record={value.record} />;
    default:
      return null;
  }
}

function RecordWords({ record }: { record: Record<string, unknown> }) {
  const { asset, name, extension } = record;
  if (typeof asset === "string" && typeof name === "string") {
    const file = `${name}${typeof extension === "string" ? `.${extension}` : ""}`;
    return (
      <p className="text-sm">
        <a
          href={`${assetUrl(asset)}?download=${encodeURIComponent(file)}`}
          className="break-all text-brand underline underline-offset-4"
        >
          {file}
        </a>
      </p>
    );
  }
  const plain = Object.entries(record).filter(([, v]) => typeof v === "string" || typeof v === "number");
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 text-xs">
      {plain.map(([key, value]) => (
        <div key={key} className="contents">
          <dt className="text-soft">{key}</dt>
          <dd className="truncate">{String(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
