"use client";
import Link from "next/link";
import { useEffect, useState } from "react";
import { sayWhy } from "#lib/client/call-api.ts";
import type { Draft } from "#lib/client/table/draft.ts";
import { loadSource, type Source } from "#lib/client/table/load-source.ts";
import { Notice } from "../../../_ui/notice.tsx";
import { BringTable } from "./bring-table.tsx";
import { ChooseSource } from "./choose-source.tsx";
import { MapTable } from "./map-table.tsx";

/** A new table: what runs, the rows, which column goes where, what it costs. */
export function NewScreen({ graph, template }: { graph?: string; template?: string }) {
  const [state, setState] = useState<{ source?: Source; error?: unknown }>({});
  const [brought, setBrought] = useState<{ draft: Draft; note?: string }>();
  const chosen = graph !== undefined || template !== undefined;
  useEffect(() => {
    if (graph === undefined && template === undefined) return;
    let wanted = true;
    setState({});
    setBrought(undefined);
    loadSource({ graph, template }).then(
      (source) => wanted && setState({ source }),
      (error: unknown) => wanted && setState({ error }),
    );
    return () => {
      wanted = false;
    };
  }, [graph, template]);

  const { source, error } = state;
  if (source && brought)
    return <MapTable source={source} first={brought.draft} note={brought.note} back={() => setBrought(undefined)} />;
  return (
    <div className="flex flex-col gap-6">
      <header>
        <h1 className="font-semibold text-2xl tracking-tight">New table</h1>
        {source && (
          <p className="mt-1 text-soft">
            Runs{" "}
            <Link href={source.href} className="text-ink underline underline-offset-4">
              {source.name}
            </Link>{" "}
            once per row.{" "}
            <Link href="/batches/new" className="underline underline-offset-4 hover:text-ink">
              Choose something else
            </Link>
          </p>
        )}
      </header>
      {!chosen && <ChooseSource />}
      {chosen && !source && error === undefined && <p className="py-8 text-soft text-sm">Loading …</p>}
      {error !== undefined && (
        <Notice tone="fail" title="What this table would run could not be loaded.">
          {sayWhy(error)}{" "}
          <Link href="/batches/new" className="underline underline-offset-4 hover:text-ink">
            Choose something else
          </Link>
        </Notice>
      )}
      {source && source.inputs.length === 0 && (
        <Notice tone="hold" title="Every row would be the same: this graph has no inputs.">
          Add one in the editor, under Inputs, and write it into a prompt as {"{{product}}"}. Then come back.{" "}
          <Link href={source.href} className="underline underline-offset-4 hover:text-ink">
            Open it
          </Link>
        </Notice>
      )}
      {source && source.inputs.length > 0 && (
        <BringTable inputs={source.inputs} bring={(draft, note) => setBrought({ draft, note })} />
      )}
    </div>
  );
}
