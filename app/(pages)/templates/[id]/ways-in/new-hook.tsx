"use client";
import { useId, useState } from "react";
import { askedGroups } from "#lib/client/templates/form-fields.ts";
import { toldProblems } from "#lib/client/templates/told-problems.ts";
import { usdIn } from "#lib/client/ways-in/usd-field.ts";
import { makeHook } from "#lib/client/ways-in/ways-in-server.ts";
import type { HookSecret } from "#lib/protocol/hooks.ts";
import type { Template } from "#lib/protocol/templates.ts";
import { Button } from "../../../../_ui/button.tsx";
import { FIELD, Field } from "./part.tsx";

/** A name, where each input stands in the body, and what it may cost. */
export function NewHook(props: { template: Template; onMade(made: HookSecret): void; onCancel(): void }) {
  const { template, onMade, onCancel } = props;
  const id = useId();
  const groups = askedGroups(template.inputs, template.form);
  const fields = groups.flatMap((group) => group.fields);
  const [name, setName] = useState("");
  const [paths, setPaths] = useState<Record<string, string>>({});
  const [day, setDay] = useState("");
  const [state, setState] = useState<{ busy?: boolean; error?: string }>({});
  const dayBudget = usdIn(day);
  const make = async () => {
    if (dayBudget === undefined) return;
    setState({ busy: true });
    const mapping = Object.fromEntries(
      Object.entries(paths)
        .map(([key, path]) => [key, path.trim()])
        .filter(([, path]) => path !== ""),
    );
    try {
      onMade(
        await makeHook({ templateId: template.id, name: name.trim() || "Hook", mapping, dayBudgetUsd: dayBudget }),
      );
    } catch (error) {
      const told = toldProblems(error, []);
      setState({ error: told.form });
    }
  };
  return (
    <form
      aria-label="New hook"
      className="flex flex-col gap-4 rounded-xl border border-line bg-surface p-4"
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field id={`${id}-name`} title="Name" help="Who sends: CMS, ticket desk …">
          <input
            id={`${id}-name`}
            value={name}
            maxLength={100}
            onChange={(event) => setName(event.target.value)}
            className={FIELD}
          />
        </Field>
        <Field
          id={`${id}-day`}
          title="Most in a day, USD"
          help="Left empty: only the studio's own caps hold."
          fault={dayBudget === undefined ? "Write an amount, like 5." : undefined}
        >
          <input
            id={`${id}-day`}
            inputMode="decimal"
            value={day}
            onChange={(event) => setDay(event.target.value)}
            className={FIELD}
          />
        </Field>
      </div>
      {fields.length > 0 && (
        <fieldset className="flex flex-col gap-3 border-line border-t pt-3">
          <legend className="float-left w-full font-medium text-sm">Where each input stands in the body</legend>
          <p className="clear-left -mt-2 text-soft text-xs">
            Names separated by dots, like <code className="font-mono">post.title</code> or{" "}
            <code className="font-mono">images.0.src</code>. Left empty, the property of the input's own name is taken.
          </p>
          <div className="grid gap-3 sm:grid-cols-2">
            {fields.map(({ input, title }) => (
              <Field key={input.key} id={`${id}-${input.key}`} title={title}>
                <input
                  id={`${id}-${input.key}`}
                  value={paths[input.key] ?? ""}
                  placeholder={input.key}
                  spellCheck={false}
                  onChange={(event) => setPaths({ ...paths, [input.key]: event.target.value })}
                  className={`${FIELD} font-mono`}
                />
              </Field>
            ))}
          </div>
        </fieldset>
      )}
      {state.error && (
        <p role="alert" className="text-fail text-sm">
          {state.error}
        </p>
      )}
      <div className="flex gap-2">
        <Button type="submit" look="first" disabled={state.busy}>
          Make the hook
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
