"use client";
import { Search } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { KeyCap } from "./key-cap.tsx";

/** One line that can be chosen. `why`: it cannot, and this sentence says so. */
export type Option = { id: string; title: string; detail?: string; keyName?: string; mark?: ReactNode; why?: string };
export type Section = { title: string; options: readonly Option[] };

/** Lines drawn at most; more is found by typing. */
const SHOWN = 120;

/** A search box over a list: typing narrows, arrows move, Enter takes. A combobox with a listbox for screen readers. */
export function SearchList({
  label,
  placeholder,
  query,
  onQuery,
  sections,
  empty,
  onPick,
  onTab,
  onBack,
}: {
  label: string;
  placeholder: string;
  query: string;
  onQuery(query: string): void;
  sections: readonly Section[];
  empty: string;
  onPick(id: string): void;
  /** What Tab does where it is more than moving on. */
  onTab?(back: boolean): void;
  /** Backspace in an empty box. */
  onBack?(): void;
}) {
  const base = useId();
  const list = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const options = sections.flatMap((section) => section.options).slice(0, SHOWN);
  const active = options[Math.min(at, options.length - 1)];
  const idOf = (option: Option) => `${base}-${options.indexOf(option)}`;
  const activeId = active && idOf(active);
  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: "nearest" });
  }, [activeId]);

  const pick = (option: Option | undefined) => option && option.why === undefined && onPick(option.id);
  const onKeyDown = (event: KeyboardEvent) => {
    const last = options.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: at >= last ? 0 : at + 1,
      ArrowUp: at <= 0 ? last : at - 1,
      PageDown: Math.min(last, at + 8),
      PageUp: Math.max(0, at - 8),
    };
    if (event.nativeEvent.isComposing) return;
    if (event.key in moves) setAt(moves[event.key] ?? 0);
    else if (event.key === "Enter") pick(active);
    else if (event.key === "Tab" && onTab) onTab(event.shiftKey);
    else if (event.key === "Backspace" && query === "" && onBack) onBack();
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div className="flex items-center gap-2 border-line border-b px-3">
        <Search aria-hidden="true" className="size-4 shrink-0 text-soft" />
        <input
          role="combobox"
          aria-label={label}
          aria-expanded="true"
          aria-controls={`${base}-list`}
          aria-activedescendant={activeId}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: the box is what the dialog was opened for.
          autoFocus
          value={query}
          placeholder={placeholder}
          onChange={(event) => {
            onQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          className="h-11 w-full min-w-0 bg-transparent text-sm outline-none placeholder:text-soft"
        />
      </div>
      <div
        ref={list}
        id={`${base}-list`}
        role="listbox"
        aria-label={label}
        tabIndex={-1}
        className="min-h-0 overflow-y-auto overscroll-contain p-1.5"
      >
        {sections.map((section, index) => {
          const shown = section.options.filter((option) => options.includes(option));
          if (shown.length === 0) return null;
          return (
            // biome-ignore lint/a11y/useSemanticElements: a group of a listbox is no fieldset.
            <div key={section.title} role="group" aria-labelledby={`${base}-s${index}`}>
              <div id={`${base}-s${index}`} className="px-2 pt-2 pb-1 font-medium text-soft text-xs">
                {section.title}
              </div>
              {shown.map((option) => (
                <Line
                  key={option.id}
                  id={idOf(option)}
                  option={option}
                  active={option === active}
                  onHover={() => setAt(options.indexOf(option))}
                  onPick={() => pick(option)}
                />
              ))}
            </div>
          );
        })}
        {options.length === 0 && <p className="px-2 py-6 text-center text-soft text-sm">{empty}</p>}
      </div>
      <p role="status" className="sr-only">
        {options.length === 0 ? empty : `${options.length} found`}
      </p>
    </>
  );
}

function Line({
  id,
  option,
  active,
  onHover,
  onPick,
}: {
  id: string;
  option: Option;
  active: boolean;
  onHover(): void;
  onPick(): void;
}) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the box above has the keyboard; it names this line as its active one.
    // biome-ignore lint/a11y/useFocusableInteractive: as above.
    <div
      id={id}
      role="option"
      aria-selected={active}
      aria-disabled={option.why !== undefined}
      onPointerMove={active ? undefined : onHover}
      onClick={onPick}
      className={`flex min-h-9 cursor-pointer items-center gap-2.5 rounded-lg px-2 py-1.5 text-sm aria-disabled:cursor-default ${active ? "bg-ink/10" : ""}`}
    >
      {option.mark}
      <span className="min-w-0 flex-1">
        <span className={`block truncate ${option.why === undefined ? "" : "text-soft"}`}>{option.title}</span>
        {(option.why ?? option.detail) && (
          <span className="block truncate text-soft text-xs">{option.why ?? option.detail}</span>
        )}
      </span>
      {option.keyName && <KeyCap name={option.keyName} />}
    </div>
  );
}
