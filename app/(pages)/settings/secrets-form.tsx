"use client";
import { useId, useState } from "react";
import { sayWhy } from "#lib/client/call-api.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import { putSecret, removeSecret } from "#lib/client/ways-in/ways-in-server.ts";
import { ago } from "#lib/client/words.ts";
import type { SecretList } from "#lib/protocol/hooks.ts";
import { Button } from "../../_ui/button.tsx";
import { Section } from "./section.tsx";

const FIELD = "min-h-10 min-w-0 rounded-lg border border-line bg-well px-3 py-2 text-sm";

/** Secrets that webhook nodes sign with: graphs know their names, the server alone knows them. */
export function SecretsForm() {
  const id = useId();
  const { value, reload } = useLoaded<SecretList>("/api/secrets");
  const [name, setName] = useState("");
  const [origin, setOrigin] = useState("");
  const [secret, setSecret] = useState("");
  const [state, setState] = useState<{ busy?: boolean; error?: string; told?: string }>({});
  const attempt = async (act: () => Promise<string>) => {
    setState({ busy: true });
    try {
      setState({ told: await act() });
      reload();
    } catch (error) {
      setState({ error: sayWhy(error) });
    }
  };
  const store = () =>
    attempt(async () => {
      const stored = await putSecret(name.trim(), { secret: secret.trim(), origin: origin.trim() });
      setSecret("");
      setName("");
      setOrigin("");
      return `Stored. It signs what goes to ${stored.origin} and nothing else.`;
    });
  return (
    <Section
      title="Secrets"
      says="Results that leave by a webhook node are signed with one of these. A graph holds only its name, so that it can be shared."
    >
      {value && value.secrets.length > 0 && (
        <ul aria-label="Stored secrets" className="divide-y divide-line rounded-xl border border-line">
          {value.secrets.map((one) => (
            <li key={one.name} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1.5 pr-1.5 pl-4 text-sm">
              <span className="font-medium font-mono">{one.name}</span>
              <span className="min-w-0 flex-1 basis-48 truncate text-soft">
                {one.origin},{" "}
                {one.ready ? ago(one.createdAt, Date.now()) : "cannot be opened on this machine; enter it again"}
              </span>
              <button
                type="button"
                aria-label={`Remove ${one.name}`}
                onClick={() =>
                  void attempt(async () => {
                    await removeSecret(one.name);
                    return `${one.name} is removed.`;
                  })
                }
                className="inline-flex min-h-9 items-center rounded-lg px-2.5 text-soft hover:bg-ink/8 hover:text-ink"
              >
                Remove
              </button>
            </li>
          ))}
        </ul>
      )}
      <form
        className="grid gap-3 sm:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault();
          void store();
        }}
      >
        <label htmlFor={`${id}-name`} className="flex flex-col gap-1 font-medium text-sm">
          Name
          <input
            id={`${id}-name`}
            value={name}
            placeholder="cms"
            spellCheck={false}
            onChange={(event) => setName(event.target.value)}
            className={`${FIELD} font-mono font-normal`}
          />
        </label>
        <label htmlFor={`${id}-origin`} className="flex flex-col gap-1 font-medium text-sm">
          Used for
          <input
            id={`${id}-origin`}
            value={origin}
            inputMode="url"
            placeholder="https://cms.example.com"
            onChange={(event) => setOrigin(event.target.value)}
            className={`${FIELD} font-normal`}
          />
        </label>
        <label htmlFor={`${id}-secret`} className="flex flex-col gap-1 font-medium text-sm sm:col-span-2">
          Signing secret
          <input
            id={`${id}-secret`}
            type="password"
            autoComplete="off"
            spellCheck={false}
            value={secret}
            onChange={(event) => setSecret(event.target.value)}
            className={`${FIELD} font-mono font-normal`}
          />
        </label>
        <div className="sm:col-span-2">
          <Button
            type="submit"
            disabled={state.busy || name.trim() === "" || origin.trim() === "" || secret.trim().length < 16}
          >
            Store the secret
          </Button>
          <p className="mt-1 text-soft text-xs">
            16 characters or more. Encrypted on the server, and never shown again.
          </p>
        </div>
      </form>
      <p aria-live="polite" className={`text-sm empty:hidden ${state.error ? "text-fail" : "text-done"}`}>
        {state.error ?? state.told}
      </p>
    </Section>
  );
}
