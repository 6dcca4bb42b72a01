"use client";
import { ImagePlus } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { sayWhy } from "#lib/client/call-api.ts";
import { optionsOf } from "#lib/client/editor/fields/input-field.ts";
import { uploadPictures } from "#lib/client/editor/fields/upload-pictures.ts";
import type { GraphInput } from "#lib/protocol/graph.ts";

const BOX = "w-full rounded-md border border-brand bg-well px-2 py-1.5 text-sm";

/** Writes a cell anew, in its place. Enter saves, Ctrl+Enter saves and runs the row, Alt+Enter is a new line, Escape leaves it as it was. */
export function CellEditor(props: {
  label: string;
  text: string;
  input?: GraphInput;
  check(text: string): string | undefined;
  /** `run`: also run the row. */
  save(text: string, run: boolean): void;
  close(): void;
  /** Below the cell on a desk; in the flow of a sheet on a phone. */
  flow?: boolean;
  /** Without a run to start: the table is only being prepared. */
  plain?: boolean;
}) {
  const { input, flow = false, plain = false } = props;
  const id = useId();
  const [text, setText] = useState(props.text);
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLTextAreaElement & HTMLSelectElement>(null);
  useEffect(() => {
    box.current?.focus();
    box.current?.select?.();
  }, []);
  const save = (value: string, run: boolean) => {
    const problem = props.check(value);
    if (problem !== undefined && !plain) return setFault(problem);
    if (value === props.text && !run) return props.close();
    props.save(value, run);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    event.stopPropagation();
    if (event.key === "Escape") {
      event.preventDefault();
      props.close();
    }
    if (event.key === "Enter" && !event.altKey && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      save(text, (event.ctrlKey || event.metaKey) && !plain);
    }
    if (event.key === "Enter" && event.altKey) {
      event.preventDefault();
      const { selectionStart: start, selectionEnd: end } = event.currentTarget as HTMLTextAreaElement;
      setText(`${text.slice(0, start)}\n${text.slice(end)}`);
    }
  };
  const upload = async (files: readonly File[]) => {
    setBusy(true);
    try {
      const stored = await uploadPictures(files.slice(0, input?.many ? undefined : 1));
      const named = stored.map(({ asset }) => asset).join(" | ");
      setText(input?.many && text.trim() !== "" ? `${text} | ${named}` : named);
      setFault(undefined);
    } catch (error) {
      setFault(error instanceof RangeError ? error.message : sayWhy(error));
    } finally {
      setBusy(false);
      box.current?.focus();
    }
  };
  const options = input?.type === "choice" ? optionsOf(input) : input?.type === "boolean" ? ["yes", "no"] : undefined;
  const described = {
    "aria-label": props.label,
    "aria-invalid": fault !== undefined,
    "aria-describedby": id,
    onKeyDown,
  };
  return (
    <div
      className={
        flow
          ? "mt-1.5 flex flex-col gap-1.5"
          : "absolute top-0 left-0 flex w-[max(100%,17rem)] flex-col gap-1.5 rounded-lg border border-line bg-surface p-2 shadow-md"
      }
    >
      {options ? (
        <select {...described} ref={box} value={text} onChange={({ target }) => setText(target.value)} className={BOX}>
          {[...new Set(["", text, ...options])].map((option) => (
            <option key={option} value={option}>
              {option || "(empty)"}
            </option>
          ))}
        </select>
      ) : (
        <textarea
          {...described}
          ref={box}
          rows={2}
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            setFault(undefined);
          }}
          className={`${BOX} field-sizing-content max-h-48 resize-none`}
        />
      )}
      {input?.type === "image" && (
        <label className="inline-flex min-h-9 cursor-pointer items-center gap-1.5 self-start rounded-md border border-line px-2.5 text-sm hover:bg-ink/8">
          <ImagePlus aria-hidden="true" className="size-4" />
          {busy ? "Storing …" : "Choose a picture"}
          <input
            type="file"
            accept="image/png,image/jpeg,image/webp"
            multiple={input.many === true}
            className="sr-only"
            onChange={({ target }) => void upload([...(target.files ?? [])])}
          />
        </label>
      )}
      <p id={id} className="text-xs leading-tight">
        {fault ? (
          <span role="alert" className="text-fail">
            {fault}
          </span>
        ) : (
          <span className={`text-soft ${flow ? "pointer-coarse:hidden" : ""}`}>
            {plain ? "Enter saves · Esc leaves it" : "Enter saves · Ctrl+Enter also runs the row · Esc leaves it"}
          </span>
        )}
      </p>
      <div className="flex gap-1.5 text-xs">
        <SmallButton onClick={() => save(text, false)}>Save</SmallButton>
        {!plain && <SmallButton onClick={() => save(text, true)}>Save and run</SmallButton>}
        <SmallButton onClick={props.close}>Leave it</SmallButton>
      </div>
    </div>
  );
}

function SmallButton({ onClick, children }: { onClick(): void; children: string }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="min-h-8 rounded-md border border-line px-2.5 font-medium hover:bg-ink/8"
    >
      {children}
    </button>
  );
}
