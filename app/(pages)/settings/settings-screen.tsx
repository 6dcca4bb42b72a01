"use client";
import { useState } from "react";
import { callApi, sayWhy } from "#lib/client/call-api.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import type { SettingsAnswer, SettingsChange } from "#lib/protocol/settings.ts";
import { Notice } from "../../_ui/notice.tsx";
import { KeyForm } from "./key-form.tsx";
import { Look } from "./look.tsx";
import { ModelTable } from "./model-table.tsx";
import { MoneyForm } from "./money-form.tsx";
import { PaceForm } from "./pace-form.tsx";
import { SecretsForm } from "./secrets-form.tsx";
import { Storage } from "./storage.tsx";

/** Sends a change and gives what holds afterwards; undefined when it was refused (the reason is shown). */
export type Save = (path: string, method: "PUT" | "DELETE", body?: unknown) => Promise<boolean>;

/** Everything that is set for this studio, each with where it comes from. */
export function SettingsScreen() {
  const { value, error, reload } = useLoaded<SettingsAnswer>("/api/settings");
  const [newest, setNewest] = useState<SettingsAnswer>();
  const settings = newest ?? value;
  const save: Save = async (path, method, body) => {
    setNewest(await callApi<SettingsAnswer>(path, { method, body }));
    return true;
  };
  const change = (part: SettingsChange) => save("/api/settings", "PUT", part);

  return (
    <div className="flex flex-col gap-10">
      <h1 className="font-semibold text-2xl tracking-tight">Settings</h1>
      {error !== undefined && (
        <Notice tone="fail" title={sayWhy(error)}>
          <button type="button" className="underline" onClick={reload}>
            Try again
          </button>
        </Notice>
      )}
      {!settings && error === undefined && <div className="h-96 rounded-xl bg-surface" aria-busy="true" />}
      {settings && (
        <>
          <KeyForm settings={settings} save={save} change={change} />
          <MoneyForm settings={settings} change={change} />
          <PaceForm settings={settings} change={change} />
          <SecretsForm />
          <Storage settings={settings} />
        </>
      )}
      <ModelTable />
      <Look />
    </div>
  );
}
