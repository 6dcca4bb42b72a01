"use client";
import { type ReactNode, useId, useState } from "react";
import { sayWhy } from "#lib/client/call-api.ts";
import type { SettingsAnswer } from "#lib/protocol/settings.ts";

type Source = SettingsAnswer["sources"][string];

/**
 * One setting that is saved when the field is left or Enter is pressed. What the environment sets is shown and cannot be changed;
 * what is stored can go back to its default.
 */
export function SettingField(props: {
  title: string;
  says?: ReactNode;
  unit?: string;
  /** What the field shows. */
  shown: string;
  placeholder?: string;
  source: Source | undefined;
  variable: string;
  inputMode?: "decimal" | "numeric" | "url";
  /** A sentence when the text cannot be saved. */
  wrong(text: string): string | undefined;
  save(text: string): Promise<unknown>;
  reset(): Promise<unknown>;
}) {
  const id = useId();
  const [draft, setDraft] = useState<string>();
  const [state, setState] = useState<{ busy?: boolean; error?: string; saved?: boolean }>({});
  const fixed = props.source === "environment";
  const attempt = async (act: () => Promise<unknown>) => {
    setState({ busy: true });
    try {
      await act();
      setDraft(undefined);
      setState({ saved: true });
    } catch (error) {
      setState({ error: sayWhy(error) });
    }
  };
  const commit = () => {
    if (draft === undefined || draft === props.shown) return setDraft(undefined);
    const error = props.wrong(draft.trim());
    if (error !== undefined) return setState({ error });
    return void attempt(() => props.save(draft.trim()));
  };
  return (
    <div>
      <div className="flex items-baseline justify-between gap-4">
        <label htmlFor={id} className="font-medium text-sm">
          {props.title}
        </label>
        {props.source === "stored" && !state.busy && (
          <button
            type="button"
            className="text-soft text-xs underline hover:text-ink"
            onClick={() => void attempt(props.reset)}
          >
            Back to the default
          </button>
        )}
      </div>
      <div className="mt-1 flex items-center gap-2">
        <input
          id={id}
          value={draft ?? props.shown}
          placeholder={props.placeholder}
          inputMode={props.inputMode}
          readOnly={fixed}
          aria-describedby={`${id}-says`}
          aria-invalid={state.error !== undefined}
          onChange={(event) => {
            setDraft(event.target.value);
            setState({});
          }}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === "Enter") commit();
            if (event.key === "Escape") setDraft(undefined);
          }}
          className="min-h-10 w-full min-w-0 rounded-lg border border-line bg-well px-3 py-2 text-sm read-only:text-soft aria-invalid:border-fail"
        />
        {props.unit && <span className="whitespace-nowrap text-sm text-soft">{props.unit}</span>}
      </div>
      <p id={`${id}-says`} className="mt-1 text-xs text-soft" aria-live="polite">
        {state.error ? (
          <span className="text-fail">{state.error}</span>
        ) : fixed ? (
          `Set by ${props.variable} in the environment of the server.`
        ) : state.saved ? (
          <span className="text-done">Saved; it holds from now on.</span>
        ) : (
          props.says
        )}
      </p>
    </div>
  );
}
