"use client";
import { BookOpen, ExternalLink, Pin, Radio, TriangleAlert, X } from "lucide-react";
import { useState } from "react";
import { assetUrl } from "#lib/client/call-api.ts";
import { choiceWords, following, pinned, type SheetChoice, sheetChoice } from "#lib/client/library/sheet-choice.ts";
import { useSheets } from "#lib/client/library/use-sheets.ts";
import { BOX, type ControlProps, MINI, SMALL } from "../inspector/controls/control-props.ts";
import { KeepSheet } from "./keep-sheet.tsx";
import { SheetPicker } from "./sheet-picker.tsx";
import { SheetUpdate } from "./sheet-update.tsx";

const ALL = { q: "", tag: "", archived: false };

/** A sheet of the library as a setting: its picture and name, pinned to a version or following, and what a newer one would change. */
export function SheetField(props: ControlProps<"sheet">) {
  const { id, field, control, value, onChange, onDone, describedBy, wrong } = props;
  const [picking, setPicking] = useState(false);
  const { list, reload } = useSheets(ALL);
  const choice = sheetChoice(value, list?.sheets);
  const set = (next: string | undefined, first?: Parameters<typeof onChange>[1]) => {
    onChange(next, first);
    onDone();
  };
  // What an input of the graph fills in, or nobody can read, is edited as it is written.
  if (!choice && typeof value === "string" && value !== "")
    return (
      <input
        id={id}
        type="text"
        value={value}
        aria-describedby={describedBy}
        aria-invalid={wrong || undefined}
        onChange={({ target }) => onChange(target.value || undefined)}
        onBlur={onDone}
        className={BOX}
      />
    );
  return (
    <div className="flex flex-col gap-2">
      {choice && <Chosen choice={choice} title={field.title} loaded={list !== undefined} onChange={set} />}
      {choice?.update !== undefined && (
        <SheetUpdate choice={choice} onUpdate={() => set(pinned({ ...choice, version: choice.update }))} />
      )}
      {choice && control.keeps && <p className="text-soft text-xs">The text of this node is not used.</p>}
      <div className="flex flex-wrap gap-1.5">
        <button
          id={id}
          type="button"
          aria-labelledby={`${id}-label ${id}`}
          aria-describedby={describedBy}
          onClick={() => setPicking(true)}
          className={SMALL}
        >
          <BookOpen aria-hidden="true" className="size-3.5" />
          {choice ? "Change" : "Choose a sheet"}
        </button>
        {!choice && control.keeps && (
          <KeepSheet
            parts={control.keeps}
            onKept={(ref, first) => {
              reload();
              set(ref, first);
            }}
          />
        )}
      </div>
      {picking && (
        <SheetPicker
          onClose={() => setPicking(false)}
          onChoose={(sheet) => {
            setPicking(false);
            reload();
            set(`${sheet.id}@${sheet.version}`);
          }}
        />
      )}
    </div>
  );
}

function Chosen({
  choice,
  title,
  loaded,
  onChange,
}: {
  choice: SheetChoice;
  title: string;
  loaded: boolean;
  onChange(next: string | undefined): void;
}) {
  const { sheet, follows, ref } = choice;
  const [sample] = sheet?.samples ?? [];
  // Put away sheets are not listed and work all the same: the server says when one is really missing.
  const unlisted = loaded && !sheet;
  return (
    <div className="flex flex-col gap-2 rounded-lg border border-line bg-well p-2">
      <div className="flex items-center gap-2.5">
        {sample && (
          <img src={assetUrl(sample.asset, 320)} alt="" className="h-14 w-18 shrink-0 rounded-md object-cover" />
        )}
        <div className="min-w-0 flex-1">
          <p className="truncate font-medium text-sm">{sheet?.name ?? ref.id}</p>
          <p className={`flex gap-1 text-xs ${unlisted ? "text-hold" : "text-soft"}`}>
            {unlisted && <TriangleAlert aria-hidden="true" className="mt-0.5 size-3 shrink-0" />}
            {loaded ? (unlisted ? "Not listed in this library" : choiceWords(choice)) : "Loading …"}
          </p>
        </div>
        <a
          href={`/sheets/${encodeURIComponent(ref.id)}`}
          target="_blank"
          rel="noreferrer"
          className={MINI}
          title="Open in the library"
          aria-label={`Open ${sheet?.name ?? ref.id} in the library`}
        >
          <ExternalLink aria-hidden="true" className="size-3.5" />
        </a>
        <button
          type="button"
          className={MINI}
          title="Use none"
          aria-label={`${title}: use none`}
          onClick={() => onChange(undefined)}
        >
          <X aria-hidden="true" className="size-3.5" />
        </button>
      </div>
      {sheet && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a frame and a legend of its own
        <div role="group" aria-label="Which version" className="grid grid-cols-2 gap-1 rounded-lg bg-ink/6 p-0.5">
          <Way pressed={!follows} Icon={Pin} onClick={() => onChange(pinned(choice))}>
            Pin to {choice.version}
          </Way>
          <Way pressed={follows} Icon={Radio} onClick={() => onChange(following(choice))}>
            Follow
          </Way>
        </div>
      )}
    </div>
  );
}

function Way({
  pressed,
  Icon,
  onClick,
  children,
}: {
  pressed: boolean;
  Icon: typeof Pin;
  onClick(): void;
  children: React.ReactNode;
}) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onClick}
      className="inline-flex min-h-8 items-center justify-center gap-1.5 rounded-md text-soft text-xs aria-pressed:bg-surface aria-pressed:font-medium aria-pressed:text-ink aria-pressed:shadow-sm pointer-coarse:min-h-10"
    >
      <Icon aria-hidden="true" className="size-3.5" />
      {children}
    </button>
  );
}
