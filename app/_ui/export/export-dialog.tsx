"use client";
import { Download } from "lucide-react";
import { useId, useState } from "react";
import { sayWhy } from "#lib/client/call-api.ts";
import {
  CREDENTIAL_CHOICES,
  counts,
  credentialsAhead,
  FORMATS,
  START,
  type Wanted,
  type Wish,
  whatItIs,
  wrongSize,
} from "#lib/client/export/export-wish.ts";
import { fetchExport } from "#lib/client/export/fetch-export.ts";
import { Modal } from "../../review/modal.tsx";
import { Button } from "../button.tsx";
import { Notice } from "../notice.tsx";
import { FIELD, Line, Switch } from "./choices.tsx";
import { saveBlob } from "./save-blob.ts";
import { useLook } from "./use-look.ts";

const SAYS = {
  psd: "Title, alt text, that it was made with AI, and the prompt in a hidden layer. Never the metadata of pictures that went in.",
  other:
    "Title, alt text, and that it was made with AI, inside the file. Never the prompts of a run or the metadata of pictures that went in.",
};

type State = { busy?: true; done?: string; error?: unknown };

/** Chooses how pictures leave, says beforehand what they will carry, and hands them to the browser's downloads. */
export function ExportDialog({ wanted, onClose }: { wanted: Wanted; onClose(): void }) {
  const { look, error: unseen } = useLook(wanted);
  const [wish, setWish] = useState<Wish>(START);
  const [state, setState] = useState<State>({});
  const [wrong, formats] = [wrongSize(wish), useId()];
  const used = counts(wish);
  const choose = (change: Partial<Wish>) => {
    setWish({ ...wish, ...change });
    setState({});
  };
  const go = async () => {
    setState({ busy: true });
    try {
      const { name, blob, says } = await fetchExport(wanted, wish);
      saveBlob(name, blob);
      setState({ done: [`${name} is in your downloads.`, says].filter(Boolean).join(" ") });
    } catch (error) {
      setState({ error });
    }
  };
  const error = state.error ?? unseen;
  return (
    <Modal title="Export" onClose={onClose}>
      <p className="-mt-3 text-soft text-xs">{look ? whatItIs(look) : "Looking…"}</p>
      <fieldset className="grid gap-2">
        <legend className="sr-only">Format</legend>
        <div className="grid grid-cols-5 overflow-hidden rounded-lg border border-line">
          {FORMATS.map(({ as, title }) => (
            <label
              key={as}
              className="grid min-h-10 cursor-pointer place-items-center border-line border-l text-sm first:border-l-0 hover:bg-ink/8 has-checked:bg-brand has-checked:font-medium has-checked:text-on-brand has-focus-visible:outline-2 has-focus-visible:outline-ink has-focus-visible:-outline-offset-2"
            >
              <input
                type="radio"
                name={formats}
                checked={wish.as === as}
                onChange={() => choose({ as })}
                className="sr-only"
              />
              {title}
            </label>
          ))}
        </div>
        <p className="text-soft text-xs leading-5">{FORMATS.find(({ as }) => as === wish.as)?.says}</p>
      </fieldset>
      {used.size && (
        <Line title="Longest side" says={wrong ?? "Pictures are made smaller, never larger."}>
          {({ id, says }) => (
            <span className="flex items-center gap-2">
              <input
                id={id}
                inputMode="numeric"
                aria-describedby={says}
                aria-invalid={wrong !== undefined}
                placeholder="full size"
                value={wish.size}
                onChange={(event) => choose({ size: event.target.value })}
                className={`${FIELD} w-28 text-right tabular-nums`}
              />
              <span className="text-soft text-sm">px</span>
            </span>
          )}
        </Line>
      )}
      {used.quality && (
        <Line title="Quality">
          {({ id }) => (
            <span className="flex items-center gap-3">
              <input
                id={id}
                type="range"
                min={1}
                max={100}
                value={wish.quality}
                onChange={(event) => choose({ quality: Number(event.target.value) })}
                className="w-40 accent-brand"
              />
              <output htmlFor={id} className="w-8 text-right text-sm tabular-nums">
                {wish.quality}
              </output>
            </span>
          )}
        </Line>
      )}
      {used.metadata && (
        <Line title="Say what it is" says={SAYS[wish.as === "psd" ? "psd" : "other"]}>
          {(ids) => <Switch {...ids} on={wish.metadata} onChange={(metadata) => choose({ metadata })} />}
        </Line>
      )}
      <Line title="Content credentials" says={look && credentialsAhead(wish, look)}>
        {({ id, says }) =>
          used.credentials ? (
            <select
              id={id}
              aria-describedby={says}
              value={wish.credentials}
              onChange={(event) => choose({ credentials: event.target.value as Wish["credentials"] })}
              className={FIELD}
            >
              {CREDENTIAL_CHOICES.map(({ value, title }) => (
                <option key={value} value={value}>
                  {title}
                </option>
              ))}
            </select>
          ) : (
            <output id={id} className="text-soft text-sm">
              {wish.as === "psd" ? "Not possible" : "As they are"}
            </output>
          )
        }
      </Line>
      {used.graph && (
        <Line
          title="Carry the graph"
          says="Whoever drops the picture on the canvas opens the graph that made it: its nodes and texts, without keys, results or history."
        >
          {(ids) => <Switch {...ids} on={wish.graph} onChange={(graph) => choose({ graph })} />}
        </Line>
      )}
      <div aria-live="polite" className="grid gap-2 empty:hidden">
        {error !== undefined && (
          <Notice tone="fail" title="This could not be exported.">
            {sayWhy(error)}
          </Notice>
        )}
        {state.done && <Notice title="Exported">{state.done}</Notice>}
      </div>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Close</Button>
        <Button look="first" onClick={go} disabled={state.busy || wrong !== undefined || !look}>
          <Download aria-hidden="true" className="size-4" />
          {state.busy ? "Writing…" : look && look.files > 1 ? `Export ${look.files} as a zip` : "Export"}
        </Button>
      </div>
    </Modal>
  );
}
