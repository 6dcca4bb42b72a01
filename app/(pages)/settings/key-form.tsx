"use client";
import { useId, useState } from "react";
import { callApi, sayWhy } from "#lib/client/call-api.ts";
import type { KeyCheck, SettingsAnswer, SettingsChange } from "#lib/protocol/settings.ts";
import { Button } from "../../_ui/button.tsx";
import { Notice } from "../../_ui/notice.tsx";
import { Section } from "./section.tsx";
import { SettingField } from "./setting-field.tsx";
import type { Save } from "./settings-screen.tsx";

/** The provider said no, in words made for people. */
class Refused extends Error {}

/** Who draws: the key goes to the server once, is sealed there and never comes back. */
export function KeyForm(props: {
  settings: SettingsAnswer;
  save: Save;
  change(part: SettingsChange): Promise<unknown>;
}) {
  const { settings, save, change } = props;
  const id = useId();
  const [key, setKey] = useState("");
  const [state, setState] = useState<{ busy?: boolean; error?: string; told?: string }>({});
  const attempt = async (act: () => Promise<string | undefined>) => {
    setState({ busy: true });
    try {
      setState({ told: await act() });
    } catch (error) {
      setState({ error: error instanceof Refused ? error.message : sayWhy(error) });
    }
  };
  const check = async () => {
    const { ok, message } = await callApi<KeyCheck>("/api/settings/key/check", { method: "POST" });
    if (!ok) throw new Refused(message);
    return message;
  };
  const put = () =>
    attempt(async () => {
      await save("/api/settings/key", "PUT", { key: key.trim() });
      setKey("");
      return "Stored. Runs started from now on are drawn by the provider and paid for.";
    });

  return (
    <Section
      title="Provider"
      says="With a key, OpenAI draws and every call is paid for within the budgets below. Without one, the simulator draws for free and labels every picture."
    >
      <p className="text-sm">
        {settings.simulated ? "The simulator draws; nothing is paid." : "OpenAI draws; runs are paid for."}
      </p>
      {settings.key.problem && <Notice tone="hold" title={settings.key.problem} />}
      {settings.key.source === "environment" ? (
        <p className="text-sm text-soft">The key is set by OPENAI_API_KEY in the environment of the server.</p>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (key.trim() !== "") void put();
          }}
        >
          <label htmlFor={id} className="font-medium text-sm">
            {settings.key.source === "stored" ? "Replace the key" : "OpenAI key"}
          </label>
          <div className="mt-1 flex flex-wrap gap-2">
            <input
              id={id}
              type="password"
              autoComplete="off"
              spellCheck={false}
              value={key}
              placeholder="sk-…"
              onChange={(event) => setKey(event.target.value)}
              className="min-h-10 min-w-0 flex-1 basis-60 rounded-lg border border-line bg-well px-3 py-2 font-mono text-sm"
            />
            <Button type="submit" disabled={state.busy || key.trim() === ""}>
              Store the key
            </Button>
          </div>
          <p className="mt-1 text-soft text-xs">
            It is encrypted on the server and never shown again. That protects a copied data folder, not a machine that
            others control.
          </p>
        </form>
      )}
      <div className="flex flex-wrap gap-2">
        {settings.key.set && (
          <Button disabled={state.busy} onClick={() => void attempt(check)}>
            Check the key
          </Button>
        )}
        {settings.key.source === "stored" && (
          <Button
            disabled={state.busy}
            onClick={() =>
              void attempt(async () => {
                await save("/api/settings/key", "DELETE");
                return "Removed. The simulator draws from now on.";
              })
            }
          >
            Remove the key
          </Button>
        )}
      </div>
      <p aria-live="polite" className={`text-sm empty:hidden ${state.error ? "text-fail" : "text-done"}`}>
        {state.error ?? state.told}
      </p>
      <SettingField
        title="Address"
        says="Any server that speaks the same protocol. A stored key goes only to the address it was entered for."
        shown={settings.values.openaiBaseUrl}
        source={settings.sources.openaiBaseUrl}
        variable="OPENAI_BASE_URL"
        inputMode="url"
        wrong={(text) => (URL.canParse(text) ? undefined : "Write an address like https://api.openai.com/v1.")}
        save={(text) => change({ openaiBaseUrl: text })}
        reset={() => change({ openaiBaseUrl: "default" })}
      />
    </Section>
  );
}
