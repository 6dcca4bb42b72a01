"use client";
import Link from "next/link";
import { useState } from "react";
import { sayWhy } from "#lib/client/call-api.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import { curlExample, exampleBody } from "#lib/client/ways-in/curl-example.ts";
import { removeHook, rotateHook, switchHook } from "#lib/client/ways-in/ways-in-server.ts";
import { ago, count, usd } from "#lib/client/words.ts";
import type { HookDeliveries, HookSecret, HookView } from "#lib/protocol/hooks.ts";
import type { Template } from "#lib/protocol/templates.ts";
import { StatePill } from "../../../../_ui/state-pill.tsx";
import { CodeBlock } from "./code-block.tsx";
import { Quiet, Switch } from "./controls.tsx";

type Props = { hook: HookView; template: Template; onChanged(): void; onSecret(made: HookSecret): void };

/** One hook: whether it is on, how it is called, what came by it. */
export function HookCard({ hook, template, onChanged, onSecret }: Props) {
  const [error, setError] = useState<string>();
  const [sure, setSure] = useState<"rotate" | "remove">();
  const act = async (work: () => Promise<unknown>) => {
    setError(undefined);
    setSure(undefined);
    try {
      await work();
      onChanged();
    } catch (failed) {
      setError(sayWhy(failed));
    }
  };
  const facts = [
    hook.deliveries === 0
      ? "never used"
      : `${count(hook.deliveries, "delivery", "deliveries")}, last ${ago(hook.lastAt ?? 0, Date.now())}`,
    hook.dayBudgetUsd === null ? "" : `${usd(hook.dayBudgetUsd)} a day at most`,
    `${hook.perMinute} a minute`,
  ].filter(Boolean);
  return (
    <article aria-label={hook.name} className="rounded-xl border border-line bg-surface">
      <div className="flex items-start justify-between gap-4 py-3 pr-2 pl-4">
        <div className="min-w-0">
          <h3 className="font-medium">{hook.name}</h3>
          <p className="text-sm text-soft">{facts.join(" · ")}</p>
        </div>
        <Switch label={`${hook.name} is on`} on={hook.enabled} onChange={(on) => act(() => switchHook(hook.id, on))} />
      </div>
      {!hook.ready && (
        <p className="px-4 pb-2 text-hold text-sm">
          Its secret cannot be opened on this machine, so it takes nothing. Give it a new one.
        </p>
      )}
      <div className="px-4 pb-3">
        <CodeBlock label="Call it from a shell" text={curlExample(hook.url, exampleBody(template.inputs, hook))} />
      </div>
      <Deliveries hook={hook} />
      <div className="flex flex-wrap items-center gap-1 border-line border-t px-2 py-1.5">
        {sure === undefined ? (
          <>
            <Quiet onClick={() => setSure("rotate")}>New secret</Quiet>
            <Quiet onClick={() => setSure("remove")}>Remove</Quiet>
          </>
        ) : (
          <>
            <span className="px-2 text-sm">
              {sure === "rotate" ? "The secret in use stops working at once." : "Whoever calls it will be turned away."}
            </span>
            <Quiet
              onClick={() =>
                act(sure === "remove" ? () => removeHook(hook.id) : async () => onSecret(await rotateHook(hook.id)))
              }
            >
              {sure === "rotate" ? "Give it a new secret" : "Remove it"}
            </Quiet>
            <Quiet onClick={() => setSure(undefined)}>Keep it</Quiet>
          </>
        )}
        {error && (
          <p role="alert" className="px-2 text-fail text-sm">
            {error}
          </p>
        )}
      </div>
    </article>
  );
}

function Deliveries({ hook }: { hook: HookView }) {
  const { value } = useLoaded<HookDeliveries>(`/api/hooks/${hook.id}/deliveries`);
  const some = value?.deliveries.slice(0, 5) ?? [];
  if (some.length === 0) return null;
  return (
    <ul aria-label={`Deliveries of ${hook.name}`} className="divide-y divide-line border-line border-t">
      {some.map(({ deliveryId, runId, at, status }) => (
        <li key={deliveryId} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-sm">
          <span className="min-w-0 flex-1 basis-40 truncate font-mono text-xs">{deliveryId}</span>
          <span className="text-soft">{ago(at, Date.now())}</span>
          {status && <StatePill state={status} />}
          {runId && (
            <Link href={`/runs/${runId}`} className="underline underline-offset-2">
              Run
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}
