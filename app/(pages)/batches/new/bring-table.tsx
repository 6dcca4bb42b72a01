"use client";
import { ClipboardPaste, FileUp } from "lucide-react";
import { useId, useRef, useState } from "react";
import { type Draft, startDraft } from "#lib/client/table/draft.ts";
import { inputWords } from "#lib/client/table/load-source.ts";
import { readFile } from "#lib/client/table/read-file.ts";
import { readPasted } from "#lib/client/table/read-pasted.ts";
import type { GraphInput } from "#lib/protocol/graph.ts";
import { InvalidError } from "#lib/protocol/problems.ts";
import { Button } from "../../../_ui/button.tsx";
import { Notice } from "../../../_ui/notice.tsx";

/** Takes the rows: pasted, typed, dropped or chosen. Says what is wrong with them, with the line. */
export function BringTable(props: { inputs: readonly GraphInput[]; bring(draft: Draft, note?: string): void }) {
  const { inputs } = props;
  const id = useId();
  const files = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [over, setOver] = useState(false);
  const [problems, setProblems] = useState<readonly string[]>();
  const [copied, setCopied] = useState(false);

  const attempt = (read: () => { draft: Draft; note?: string }) => {
    try {
      const { draft, note } = read();
      props.bring(draft, note);
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      setProblems(error.problems.map(({ message }) => message));
    }
  };
  const paste = (pasted: string) => attempt(() => ({ draft: startDraft(readPasted(pasted), inputs) }));
  const take = async (file: File) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    attempt(() => {
      const { note, ...records } = readFile(bytes);
      return { draft: startDraft(records, inputs), note };
    });
  };
  const names = inputs.map(({ key, title }) => title ?? key);

  return (
    <div className="grid gap-6 lg:grid-cols-[1fr_20rem]">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a further way beside the button and the text field inside. */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          const [file] = event.dataTransfer.files;
          if (file) void take(file);
          else if (event.dataTransfer.getData("text/plain")) paste(event.dataTransfer.getData("text/plain"));
        }}
        className={`flex flex-col gap-3 rounded-xl border border-dashed p-4 transition ${over ? "border-brand bg-brand/8" : "border-line"}`}
      >
        <label htmlFor={id} className="flex items-center gap-2 font-medium">
          <ClipboardPaste aria-hidden="true" className="size-4.5 text-soft" />
          Paste your rows
        </label>
        <textarea
          id={id}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onPaste={(event) => {
            const pasted = event.clipboardData.getData("text/plain");
            // A whole table is taken at once; a word pasted into typed text stays there.
            if (text !== "" || !/[\n\t]/.test(pasted)) return;
            event.preventDefault();
            setText(pasted);
            paste(pasted);
          }}
          spellCheck={false}
          rows={9}
          placeholder={`${names.join("\t")}\n…`}
          aria-describedby={`${id}-help`}
          className="w-full resize-y rounded-lg border border-line bg-well px-3 py-2 font-mono text-sm"
        />
        <p id={`${id}-help`} className="text-soft text-sm">
          Copy the cells in Excel, Numbers or Google Sheets, with the line of names on top, and press Ctrl+V here. Or
          drop a CSV or TSV file.
        </p>
        <div className="flex flex-wrap gap-2">
          <Button look="first" disabled={text.trim() === ""} onClick={() => paste(text)}>
            Read these rows
          </Button>
          <Button onClick={() => files.current?.click()}>
            <FileUp aria-hidden="true" className="size-4" />
            Choose a file
          </Button>
          <input
            ref={files}
            type="file"
            accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
            aria-label="Table file"
            tabIndex={-1}
            className="sr-only"
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              event.target.value = "";
              if (file) void take(file);
            }}
          />
        </div>
        {problems && (
          <div role="alert">
            <Notice tone="fail" title="These rows cannot be read as a table.">
              <ul className="list-disc pl-4">
                {problems.map((problem) => (
                  <li key={problem}>{problem}</li>
                ))}
              </ul>
            </Notice>
          </div>
        )}
      </div>
      <section aria-label="What a row needs" className="flex flex-col gap-3">
        <h2 className="font-medium">What a row needs</h2>
        <dl className="grid gap-2 text-sm">
          {inputs.map((input) => (
            <div key={input.key}>
              <dt className="font-medium">{input.title ?? input.key}</dt>
              <dd className="text-soft">{inputWords(input)}</dd>
            </div>
          ))}
        </dl>
        <Button
          className="self-start"
          onClick={() => void navigator.clipboard.writeText(names.join("\t")).then(() => setCopied(true))}
        >
          {copied ? "Copied. Paste it into a sheet" : "Copy these names"}
        </Button>
      </section>
    </div>
  );
}
