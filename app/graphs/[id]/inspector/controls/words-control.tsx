"use client";
import { Plus, X } from "lucide-react";
import { type ClipboardEvent, useRef } from "react";
import { BOX, type ControlProps, MINI, SMALL } from "./control-props.ts";

/** A list of short texts, one a line. Enter starts the next, several pasted lines become several entries. */
export function WordsControl({
  id,
  field,
  control,
  value,
  onChange,
  onDone,
  describedBy,
  wrong,
}: ControlProps<"words">) {
  const list = useRef<HTMLUListElement>(null);
  const words = Array.isArray(value) ? value.map(String) : ((field.fallback as string[] | undefined) ?? []);
  const put = (next: string[]) => onChange(next.length === 0 ? undefined : next);
  const full = control.max !== undefined && words.length >= control.max;
  const focus = (index: number) =>
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLInputElement>("input")[index]?.focus());
  const add = (at: number, ...more: string[]) => {
    if (full) return;
    put(words.toSpliced(at, 0, ...more));
    focus(at + more.length - 1);
  };
  const remove = (index: number) => {
    put(words.toSpliced(index, 1));
    onDone();
    focus(Math.max(0, index - 1));
  };
  const paste = (event: ClipboardEvent, index: number) => {
    const lines = event.clipboardData
      .getData("text/plain")
      .split(/\r?\n/)
      .filter((line) => line.trim());
    if (lines.length < 2) return;
    event.preventDefault();
    put(words.toSpliced(index, words[index] === "" ? 1 : 0, ...lines));
    onDone();
  };
  return (
    <div className="flex flex-col gap-1">
      {words.length > 0 && (
        <ul ref={list} aria-describedby={describedBy} className="flex flex-col gap-1">
          {words.map((word, index) => (
            <li key={index} className="flex items-center gap-0.5">
              <input
                type="text"
                aria-label={`${field.title}, ${index + 1} of ${words.length}`}
                aria-invalid={wrong || undefined}
                value={word}
                onChange={(event) => put(words.with(index, event.target.value))}
                onBlur={onDone}
                onPaste={(event) => paste(event, index)}
                onKeyDown={(event) => {
                  if (event.key === "Enter") add(index + 1, "");
                  else if (event.key === "Backspace" && word === "") remove(index);
                  else return;
                  event.preventDefault();
                }}
                className={BOX}
              />
              <button
                type="button"
                aria-label={`Remove ${word || `entry ${index + 1}`}`}
                onClick={() => remove(index)}
                className={MINI}
              >
                <X aria-hidden="true" className="size-3.5" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <button
        id={id}
        type="button"
        disabled={full}
        onClick={() => add(words.length, "")}
        className={`${SMALL} w-fit`}
        aria-describedby={describedBy}
      >
        <Plus aria-hidden="true" className="size-3.5" />
        Add
      </button>
    </div>
  );
}
